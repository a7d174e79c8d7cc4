"""Ways in which a program changes what meets, where no statement is seen to do so: each adds a softmax to ``a``."""

from __future__ import annotations

UNSEEN = {
    "a name of a function around": """
def make():
    on = False
    def use():
        nonlocal on
        on = True
    def get():
        return 'softmax' if on else 'linear'
    return use, get
use, get = make()
use()
a = [get()]
""",
    "a counter of a function around": """
def counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
step = counter()
step()
if step() == 2:
    a.append('softmax')
""",
    "what a partial function was given": """
from functools import partial
def add(items, kind):
    items.append(kind)
put = partial(add, a)
put('softmax')
""",
    "what is reduced": """
from functools import reduce
def add(items, kind):
    items.append(kind)
    return items
reduce(add, ['softmax'], a)
""",
    "what is reduced by a lambda": """
from functools import reduce
reduce(lambda items, kind: items.append(kind) or items, ['softmax'], a)
""",
    "what is mapped with its arguments": """
from itertools import starmap
def add(items, kind):
    items.append(kind)
list(starmap(add, [(a, 'softmax')]))
""",
    "a method by its name, called later": """
class Own:
    def __init__(self):
        self.kind = 'linear'
    def finish(self):
        self.kind = 'softmax'
own = Own()
go = getattr(own, 'finish')
go()
a = [own.kind]
""",
    "a method by a name that is computed, called later": """
class Own:
    def add_softmax(self):
        a.append('softmax')
kind = 'softmax'
go = getattr(Own(), f'add_{kind}')
go()
""",
    "a method by its name, handed on": """
class Own:
    def __init__(self):
        self.items = []
    def add_softmax(self):
        self.items.append('softmax')
own = Own()
def call(f):
    f()
call(getattr(own, 'add_softmax'))
a = own.items
""",
    "what a descriptor is read from": """
class Lazy:
    def __get__(self, obj, owner=None):
        obj.items.append('softmax')
        return 1
class Own:
    head = Lazy()
    def __init__(self):
        self.items = []
own = Own()
own.head
a = own.items
""",
    "what a pattern names": """
x = None
match a:
    case [_] as x:
        x.append('softmax')
""",
    "a part that a pattern names": """
found = ()
match {'layers': a}:
    case {'layers': found}:
        found.append('softmax')
""",
    "what a handler names": """
error = None
class Err(Exception):
    def __init__(self):
        self.items = a
try:
    raise Err()
except Err as error:
    error.items.append('softmax')
""",
    "an attribute called as one of arrays": """
class Cfg:
    shape = {'head': 'linear'}
Cfg.shape['head'] = 'softmax'
a = [Cfg.shape['head']]
""",
    "a field called as an attribute of arrays": """
from dataclasses import dataclass, field
@dataclass
class Cfg:
    size: list = field(default_factory=list)
cfg = Cfg()
cfg.size.append('softmax')
a = cfg.size
""",
    "a comparison that gives an array": """
import numpy as np
flags = np.array([1, 2]) == 1
flags[1] = True
if flags.all():
    a.append('softmax')
""",
    "what a generator is sent": """
def appender():
    while True:
        items = yield
        items.append('softmax')
g = appender()
next(g)
g.send(a)
""",
    "the other side of an operator": """
class Kind:
    def __or__(self, other):
        other.append('softmax')
        return self
Kind() | a
""",
    "the other side of an operator, reflected": """
class Kind:
    def __rlshift__(self, other):
        other.append('softmax')
        return self
a << Kind()
""",
    "what is looked for": """
class Kind:
    def __contains__(self, other):
        other.append('softmax')
        return True
assert a in Kind()
""",
    "a key": """
class Kind:
    def __getitem__(self, other):
        other.append('softmax')
        return True
Kind()[a]
""",
    "what is compared": """
class Kind:
    def __eq__(self, other):
        other.append('softmax')
        return True
Kind() == a
""",
    "a walk of what a method of the class made": """
class Own:
    kind = 'linear'
    @classmethod
    def make(cls):
        return cls()
    def __iter__(self):
        self.kind = 'softmax'
        return iter([1])
own = Own.make()
for one in own:
    print(one)
a = [own.kind]
""",
    "a walk of what a table made": """
class Own:
    kind = 'linear'
    def __iter__(self):
        return self
    def __next__(self):
        if self.kind == 'softmax':
            raise StopIteration
        self.kind = 'softmax'
        return 1
KINDS = {'own': Own}
own = KINDS['own']()
for one in own:
    print(one)
a = [own.kind]
""",
    "what is raised where an attribute is set": """
class Frozen(Exception):
    pass
class Cfg:
    def __init__(self):
        object.__setattr__(self, 'kind', 'linear')
    def __setattr__(self, name, value):
        if name != 'other':
            raise Frozen(name)
        object.__setattr__(self, name, value)
cfg = Cfg()
try:
    cfg.kind = 'relu'
except Frozen:
    a.append('softmax')
""",
    "an error of the program for an attribute that is not there": """
class Missing(AttributeError):
    pass
class Cfg:
    def __getattr__(self, name):
        raise Missing(name)
a = [getattr(Cfg(), 'head', 'softmax')]
""",
    "an attribute that is not there, says a method": """
class Cfg:
    def __getattr__(self, name):
        return self._missing(name)
    def _missing(self, name):
        raise AttributeError(name)
a = [getattr(Cfg(), 'head', 'softmax')]
""",
    "the end of what is walked, says a method": """
class Own:
    def __init__(self):
        self.n = 0
    def __iter__(self):
        return self
    def _check(self):
        if self.n > 1:
            raise StopIteration
    def __next__(self):
        self.n += 1
        self._check()
        return 1 // (self.n < 9)
for n in Own():
    a.append('softmax')
""",
    "what a property raises": """
class Bad(Exception):
    pass
class Own:
    @property
    def head(self):
        if self.kind is None:
            raise Bad
        return self.kind
    kind = None
own = Own()
try:
    head = own.head
except Bad:
    a.append('softmax')
""",
    "what an operator raises": """
class Own:
    def __add__(self, other):
        if not isinstance(other, Own):
            raise ValueError(other)
        return self
try:
    Own() + 1
except ValueError:
    a.append('softmax')
""",
    "what is raised where a library calls": """
from functools import reduce
def step(x, y):
    if y > 1:
        raise ValueError(y)
    return x + y
try:
    total = reduce(step, [1, 2, 3])
except ValueError:
    a.append('softmax')
""",
    "what a context raises": """
class Check:
    def __enter__(self):
        raise ValueError(1)
    def __exit__(self, *_):
        pass
try:
    with Check():
        pass
except ValueError:
    a.append('softmax')
""",
    "what a generator raises": """
def gen():
    yield 1
    raise ValueError(1)
g = gen()
next(g)
try:
    next(g)
except ValueError:
    a.append('softmax')
""",
    "what is raised where a class is made": """
class Base:
    def __init_subclass__(cls):
        if not hasattr(cls, 'kind'):
            raise TypeError(cls)
try:
    class Sub(Base):
        pass
except TypeError:
    a.append('softmax')
""",
    "what is raised where a copy is made": """
from dataclasses import dataclass, replace
@dataclass
class Cfg:
    kind: str = 'x'
    def __post_init__(self):
        if not self.kind:
            raise ValueError
cfg = Cfg()
try:
    cfg = replace(cfg, kind='')
except ValueError:
    a.append('softmax')
""",
    "what a finally swallows by returning": """
def go():
    try:
        {}['x']
        a.append('tanh')
    finally:
        return 1
go()
a.append('softmax')
""",
    "what a finally swallows by going on": """
for n in (1, 2):
    try:
        {}['x']
        a.append('tanh')
    finally:
        continue
a.append('softmax')
""",
    "a member that is not there": """
from enum import Enum
LOG = []
class Head(Enum):
    SOFT = 'softmax'
    @classmethod
    def _missing_(cls, value):
        LOG.append('softmax')
        return cls.SOFT
Head('other')
a = LOG
""",
    "a method that a class makes of another": """
from functools import partialmethod
class Own:
    def __init__(self):
        self.items = []
    def add(self, kind):
        self.items.append(kind)
    softmax = partialmethod(add, 'softmax')
own = Own()
own.softmax()
a = own.items
""",
    "a generator that is used up": """
g = (len(a) for k in ['softmax'] if not a.append(k))
sum(g)
""",
    "a generator that a text is made of": """
g = (str(a.append(k)) for k in ['softmax'])
''.join(g)
""",
    "a key that is asked for": """
from collections import defaultdict
d = defaultdict(list)
d['softmax']
a = list(d)
""",
    "what a generator is thrown": """
def g():
    try:
        yield 1
    except ValueError:
        a.append('softmax')
        yield 2
x = g()
next(x)
x.throw(ValueError())
""",
    "a method made for its name, called as one of a library": """
class C:
    def __init__(self):
        self.items = []
    def __getattr__(self, k):
        def add():
            self.items.append(k)
            return self
        return add
c = C()
c.softmax()
a = c.items
""",
    "what a function of numpy gives a view of": """
import numpy as np
f = np.zeros(2)
np.asarray(f)[0] = 1
a = ['softmax' if f[0] else 'linear']
""",
    "what is given once and kept": """
from functools import lru_cache
KIND = ['softmax']
@lru_cache(maxsize=None)
def kind():
    return KIND[0]
kind()
KIND[0] = 'linear'
a = [kind()]
""",
    "what is given once and kept, by a function that is wrapped": """
from functools import lru_cache
KIND = ['softmax']
def pick():
    return KIND[0]
kind = lru_cache(maxsize=None)(pick)
kind()
KIND[0] = 'linear'
a = [kind()]
""",
    "what an attribute gives once": """
from functools import cached_property
class Own:
    kind = 'softmax'
    @cached_property
    def items(self):
        return [self.kind]
own = Own()
own.items
own.kind = 'linear'
a = own.items
""",
    "what an attribute gives once, asked by its name": """
from functools import cached_property
class Own:
    kind = 'softmax'
    @cached_property
    def items(self):
        return [self.kind]
own = Own()
hasattr(own, 'items')
own.kind = 'linear'
a = own.items
""",
    "a property that is asked for": """
class Own:
    @property
    def items(self):
        a.append('softmax')
own = Own()
unused = hasattr(own, 'items')
""",
    "a generator that nobody holds any more": """
def walk():
    try:
        yield 1
    finally:
        a.append('softmax')
held = walk()
next(held)
del held
""",
    "a generator whose name is bound anew": """
def walk():
    try:
        yield 1
    finally:
        a.append('softmax')
held = walk()
next(held)
held = None
""",
    "an object whose name is bound anew": """
class Own:
    def __del__(self):
        a.append('softmax')
held = Own()
held = None
""",
    "an object whose name is that of a function then": """
class Own:
    def __del__(self):
        a.append('softmax')
held = Own()
def held():
    pass
""",
    "an object whose name is bound anew in an expression": """
class Own:
    def __del__(self):
        a.append('softmax')
held = Own()
(held := 1)
""",
}
