"""Programs whose truth is known, written so that leaving out what seems to do nothing makes another program of them.

Each says ``TRUE`` where what the linter says of it is so, or ``FALSE`` where it is not: what is asked of the verifier
is that it never withdraws the first, nor confirms the second.
"""

from __future__ import annotations

HEAD = "import keras\nimport numpy as np\nimport tensorflow as tf\nfrom keras import layers\n"
LOSS = "model.compile('adam', loss='sparse_categorical_crossentropy')\n"
MODEL = "model = keras.Sequential([keras.Input((4,)), layers.Dense(10, activation=ACTIVATION)])\n"
STACK = "model = keras.Sequential(stack)\n"
FULL = "stack = [keras.Input((4,)), layers.Dense(10), layers.Softmax()]\n"
SETS = "ACTIVATION = 'softmax'\ndef plain():\n    global ACTIVATION\n    ACTIVATION = None\n"
NAMES = "class Names:\n    p = 'softmax'\n"

LOGITS = {
    "a method is called whose name is computed": "class C:\n    def plain(self):\n        return None\n"
    "name = 'pla' + 'in'\nACTIVATION = getattr(C(), name)()\n" + MODEL,
    "a module that is not imported stands before a special method": "import unheard_of\n"
    + SETS
    + "class F:\n    def __bool__(self):\n        plain()\n        return True\nif F():\n    pass\n"
    + MODEL,
    "an item is deleted": FULL + "del stack[-1]\n" + STACK,
    "a key is deleted": "d = {'activation': 'softmax'}\ndel d['activation']\n"
    "ACTIVATION = d.get('activation')\n" + MODEL,
    "an attribute is deleted": "class C:\n    activation = None\nc = C()\nc.activation = 'softmax'\ndel c.activation\n"
    "ACTIVATION = c.activation\n" + MODEL,
    "a function sets a global": SETS + "plain()\n" + MODEL,
    "a function sets a global through another": SETS + "def outer():\n    plain()\nouter()\n" + MODEL,
    "a method sets a global": SETS + "class C:\n    def go(self):\n        plain()\nC().go()\n" + MODEL,
    "a condition sets a global": SETS + "def ask():\n    plain()\n    return False\nif ask():\n    pass\n" + MODEL,
    "a lambda sets a key": "d = {'a': 'softmax'}\nact = lambda: d.update(a=None)\nact()\nACTIVATION = d['a']\n" + MODEL,
    "a callback is called": SETS + "def call(f):\n    f()\ncall(plain)\n" + MODEL,
    "a function is mapped": SETS + "def each(x):\n    plain()\nlist(map(each, [1]))\n" + MODEL,
    "a subclass is registered": "seen = []\nclass Base:\n    def __init_subclass__(cls):\n        seen.append(None)\n"
    "class Sub(Base):\n    pass\nACTIVATION = seen[0] if seen else 'softmax'\n" + MODEL,
    "a descriptor is named": "seen = []\nclass D:\n    def __set_name__(self, owner, name):\n        seen.append(1)\n"
    "class C:\n    d = D()\nACTIVATION = None if seen else 'softmax'\n" + MODEL,
    "a decorator registers": "made = {}\ndef register(f):\n    made['f'] = f\n    return f\n@register\ndef act():\n"
    "    return None\nACTIVATION = made['f']() if 'f' in made else 'softmax'\n" + MODEL,
    "truth is asked": "class Flag:\n    def __bool__(self):\n        return False\n"
    "ACTIVATION = 'softmax' if Flag() else None\n" + MODEL,
    "equality is asked": "class E:\n    def __eq__(self, other):\n        return False\n"
    "ACTIVATION = 'softmax' if E() == E() else None\n" + MODEL,
    "a container is asked": "class E:\n    def __contains__(self, other):\n        return False\n"
    "ACTIVATION = 'softmax' if 3 in E() else None\n" + MODEL,
    "an order is asked": "class E:\n    def __init__(self, n):\n        self.n = n\n    def __lt__(self, other):\n"
    "        return self.n > other.n\nbest = min([E(1), E(2)])\n"
    "ACTIVATION = 'softmax' if best.n == 1 else None\n" + MODEL,
    "another name is changed": FULL + "other = stack\nother.pop()\n" + STACK,
    "a part is changed": "d = {'stack': [keras.Input((4,)), layers.Dense(10), layers.Softmax()]}\n"
    "inner = d['stack']\ninner.pop()\nmodel = keras.Sequential(d['stack'])\n",
    "an argument is changed": FULL + "def cut(items):\n    items.pop()\ncut(stack)\n" + STACK,
    "an argument is changed through what holds it": FULL + "class H:\n    def __init__(self, s):\n        self.s = s\n"
    "    def cut(self):\n        self.s.pop()\nH(stack).cut()\n" + STACK,
    "a method of a type is called": FULL + "list.pop(stack)\n" + STACK,
    "a loop ends early": "for ACTIVATION in ['relu', None, 'softmax']:\n    if ACTIVATION is None:\n        break\n"
    + MODEL,
    "an iterator is used up": "names = iter(['softmax', None])\nnext(names)\nACTIVATION = next(names)\n" + MODEL,
    "what is raised is caught": "ACTIVATION = 'softmax'\ntry:\n    x = 1 / 0\nexcept ZeroDivisionError:\n"
    "    ACTIVATION = None\n" + MODEL,
    "what a function raises is caught": "def check():\n    y = {}['a']\nACTIVATION = 'softmax'\ntry:\n    check()\n"
    "except:\n    ACTIVATION = None\n" + MODEL,
    "what is raised skips": "ACTIVATION = None\ntry:\n    x = [][0]\n    ACTIVATION = 'softmax'\nexcept IndexError:\n"
    "    pass\n" + MODEL,
    "a context sets a global": SETS
    + "class C:\n    def __enter__(self):\n        plain()\n    def __exit__(self, *a):\n"
    "        return None\nwith C():\n    pass\n" + MODEL,
    "an instance is changed by its class": "class C:\n    a = 'softmax'\nc = C()\nC.a = None\nACTIVATION = c.a\n"
    + MODEL,
    "a layer is changed": "d = layers.Dense(10, activation='softmax')\nalias = d\n"
    "alias.activation = keras.activations.linear\nmodel = keras.Sequential([keras.Input((4,)), d])\n",
    "a function writes where it is told": "z = np.zeros(1)\nnp.add(z, 1, out=z)\n"
    "ACTIVATION = 'softmax' if z[0] == 0 else None\n" + MODEL,
    "a function writes where it is told, by position": "z = np.zeros(1)\nnp.add(z, 1, z)\n"
    "ACTIVATION = 'softmax' if z[0] == 0 else None\n" + MODEL,
    "what is raised is swallowed": "import contextlib\nACTIVATION = None\nwith contextlib.suppress(IndexError):\n"
    "    x = [][0]\n    ACTIVATION = 'softmax'\n" + MODEL,
    "a condition of the way is false at first": "def build(act):\n    global model\n    model = keras.Sequential("
    "[keras.Input((4,)), layers.Dense(10, activation=act)])\n    return model\n"
    "for act in ['softmax', None]:\n    model = build(act)\n    if act is None:\n        break\n",
}
"""The output is logits, and LGT101 is true of each; the loss is compiled behind it."""

OUT_OF_SIGHT = {
    "an attribute that is not read is changed": FULL
    + "class H:\n    pass\nh = H()\nsetattr(h, 's', stack)\nh.s.pop()\n"
    + STACK,
    "an attribute that is not read is changed later": FULL + "class H:\n    pass\nh = H()\nsetattr(h, 's', stack)\n"
    "inner = h.s\ninner.pop()\n" + STACK,
    "a method of its own is called predict": SETS + "class P:\n    def predict(self, x):\n        plain()\n"
    "P().predict(1)\n" + MODEL,
    "what is not run is handed an object whose class is named like a tensor": "import elsewhere\nclass Dataset:\n"
    "    activation = 'softmax'\ndata = Dataset()\nelsewhere.change(data)\nACTIVATION = data.activation\n" + MODEL,
    "a metaclass registers": "seen = []\nclass M(type):\n    def __init__(cls, *a):\n        seen.append(1)\n"
    "class C(metaclass=M):\n    pass\nACTIVATION = None if seen else 'softmax'\n" + MODEL,
    "a call that is not made is given the layers": FULL + "import unheard_of\nunheard_of.cut(stack)\n" + STACK,
    "what is not run gives what is called": FULL + "import unheard_of\nunheard_of.Cutter()(stack)\n" + STACK,
    "what is not run has a name": FULL + "import unheard_of\ncutter = unheard_of.Cutter()\ncutter(stack)\n" + STACK,
    "what is not run is asked for a listed method": FULL
    + "import unheard_of\nunheard_of.Cutter().build(stack)\n"
    + STACK,
    "what is not run is in a dictionary": FULL + "import unheard_of\nknown = {'a': unheard_of.cut}\nfor act in "
    "known.values():\n    act(stack)\n" + STACK,
    "what is not run is handed on": FULL + "from unheard_of import cut\ndef go(act, what):\n    act(what)\n"
    "go(cut, stack)\n" + STACK,
    "what is not run is given back": FULL
    + "import unheard_of\ndef get():\n    return unheard_of.cut\nget()(stack)\n"
    + STACK,
    "what is not run is called for each": FULL + "import unheard_of\nlist(map(unheard_of.cut, [stack]))\n" + STACK,
    "what is not run makes another of a function": FULL + "import unheard_of\n@unheard_of.wrap\ndef act(what):\n"
    "    return what\nact(stack)\n" + STACK,
    "what is not run is the base of a class": FULL
    + "import unheard_of\nclass C(unheard_of.C):\n    pass\nC(stack)\n"
    + STACK,
    "what is not run is handed an object": "import unheard_of\nclass C:\n    pass\nc = C()\nc.a = 'softmax'\n"
    "change = unheard_of.Change()\nchange(c)\nACTIVATION = c.a\n" + MODEL,
    "a method is called by its name": FULL + "import operator\noperator.methodcaller('pop')(stack)\n" + STACK,
    "errors may be swallowed": "import contextlib, os\nACTIVATION = None\nwith contextlib.suppress(KeyError):\n"
    "    home = os.environ['NOWHERE']\n    ACTIVATION = 'softmax'\n" + MODEL,
    **{
        f"a text of what is unknown is {how}": f"from unheard_of import options\n{NAMES}ACTIVATION = {test}\n" + MODEL
        for how, test in {
            "the same": "'softmax' if f'a {options.head}' == 'a softmax' else None",
            "in a row": "'softmax' if str(options.head) in ('softmax', 'probabilities') else None",
            "looked through": "'softmax' if 'soft' in '%s' % options.head else None",
            "asked": "'softmax' if 'a {}'.format(options.head).endswith('softmax') else None",
            "looked up": "{'a softmax': 'softmax'}.get(f'a {options.head}')",
            "an attribute": "getattr(Names, f'{options.head}', None)",
        }.items()
    },
    "what is unknown is looked up": "from unheard_of import options\nACTIVATION = {'p': 'softmax'}.get(options.head)\n"
    + MODEL,
    "what is unknown is looked for": "from unheard_of import options\nACTIVATION = 'softmax' if options.head in {'p'} "
    "else None\n" + MODEL,
    "what is unknown is written over options": "from unheard_of import options\nd = {'a': 'softmax'}\n"
    "d.update(options)\nACTIVATION = d['a']\n" + MODEL,
    "what is unknown comes behind options": "from unheard_of import options\nd = {'a': 'softmax', **options}\n"
    "ACTIVATION = d['a']\n" + MODEL,
    "globals are written by what is computed": "ACTIVATION = 'softmax'\nglobals()['ACTIVATION'] = None\n" + MODEL,
    "a string is run": "ACTIVATION = 'softmax'\nexec('ACTIVATION = None')\n" + MODEL,
    "a library is patched": "ACTIVATION = 'softmax'\nkeras.activations.softmax = keras.activations.linear\n" + MODEL,
    "a module that may be missing decides": "try:\n    import unheard_of\n    ACTIVATION = 'softmax'\n"
    "except ImportError:\n    ACTIVATION = None\n" + MODEL,
}
"""What the output is hangs on something that may not run: nothing can be said of it."""

CHANGED = {
    "a layer is added": "model = keras.Sequential([keras.Input((4,)), layers.Dense(10)])\n"
    + LOSS
    + "model.add(layers.Softmax())\nmodel.fit(np.zeros((2, 4)), np.zeros(2))\n",
    "an activation is set": "model = keras.Sequential([keras.Input((4,)), layers.Dense(10)])\n"
    + LOSS
    + "model.layers[-1].activation = keras.activations.softmax\nmodel.fit(np.zeros((2, 4)), np.zeros(2))\n",
    "by a function": "model = keras.Sequential([keras.Input((4,)), layers.Dense(10)])\n"
    + LOSS
    + "def end(m):\n    m.add(layers.Softmax())\nend(model)\nmodel.fit(np.zeros((2, 4)), np.zeros(2))\n",
    "where it was returned": "def build():\n    m = keras.Sequential([keras.Input((4,)), layers.Dense(10)])\n    m"
    + LOSS.removeprefix("model").rstrip()
    + "\n    return m\nmodel = build()\nmodel.add(layers.Softmax())\n"
    "model.fit(np.zeros((2, 4)), np.zeros(2))\n",
}
"""The output is a softmax when the loss first meets it: LGT101 would be false."""
