"""What takes several statements: tensors that are parted, moved, joined, and softmaxes that are written out."""

from __future__ import annotations

from tests.differential.grammar.writer import Shape, Writer

KINDS = (
    "split",
    "unstack",
    "softmax written out",
    "sigmoid written out",
    "numpy softmax",
    "axes moved",
    "moved and back",
    "another axis",
    "part of another axis",
    "temperature",
    "parts joined",
    "product",
)
BEYOND_WORDS = frozenset({"parts joined", "axes moved", "moved and back"})
"""What may bring a distribution back that was none on the way: whether it is one then is a matter of words."""
OF_NUMPY = frozenset({"numpy softmax"})


def rearranged(w: Writer, tensor: str, shape: Shape, eager: bool) -> tuple[str, Shape | None]:
    """Statements, and the expression that stands for what they make of a tensor, with its shape if that is followed.

    ``eager`` says that there are numbers, of a shape that is only guessed.
    """
    kind = w.pick([kind for kind in KINDS if eager or kind not in OF_NUMPY])
    if kind in ("another axis", "part of another axis") and len(shape) < 2 and not eager:
        kind = "split"
    w.tag(f"rearranged: {kind}")
    w.beyond_words |= kind in BEYOND_WORDS
    ops = w.keras("ops.x")[:-1]
    name = w.fresh("made")
    if kind == "split":
        return _split(w, tensor, name, ops, eager), None
    if kind == "unstack":
        form = f"{w.tensorflow()}.unstack({tensor}, axis=0)" if eager else f"{ops}unstack({tensor}, axis=1)"
        w.line(f"{name} = {form}[0]")
        return (f"{name}[None]" if eager else name), None
    if kind.endswith("written out") or kind == "numpy softmax":
        return _written_out(w, kind, tensor, name, shape, eager)
    if kind in ("axes moved", "moved and back"):
        return _moved(w, kind, tensor, name, ops, shape, eager)
    if kind == "another axis":
        return f"{ops}softmax({tensor}, axis={w.pick((1, -2, 0))})", shape
    if kind == "part of another axis":
        return tensor + w.pick(("[:, :1]", "[:, 0]", "[:, -1]", "[:, 1:]", "[1:]", "[0]")), None
    if kind == "temperature":
        return _cooled(w, tensor, name, eager), shape
    if kind == "product":
        return _product(w, tensor, name, ops, shape, eager)
    return _joined(w, tensor, name, ops, eager), None


def _split(w: Writer, tensor: str, name: str, ops: str, eager: bool) -> str:
    call = f"{ops}split({tensor}, [1], axis=-1)"
    if eager and w.chance(50):
        call = f"{w.tensorflow()}.split({tensor}, [1, -1], axis=-1)"
    form = w.pick(("unpacked", "item", "sigmoid", "star"))
    if form == "item":
        w.line(f"{name} = {call}[{w.pick((0, 1, -1))}]")
    elif form == "star":
        w.line(f"{name}, *others = {call}")
    else:
        other = w.fresh("other")
        w.line(f"{w.pick((f'{name}, {other}', f'{other}, {name}'))} = {call}")
    return f"{ops}sigmoid({name})" if form == "sigmoid" else name


def _written_out(w: Writer, kind: str, tensor: str, name: str, shape: Shape, eager: bool) -> tuple[str, Shape | None]:
    if kind == "numpy softmax":
        w.need("import numpy")
        exp, total, top, keep = "numpy.exp", "numpy.sum", "numpy.max", "keepdims=True"
        tensor = w.pick((f"{tensor}.numpy()", f"numpy.array({tensor})", f"numpy.asarray({tensor})"))
    elif eager and w.chance(50):
        tf = w.tensorflow()
        exp, total, top, keep = f"{tf}.exp", f"{tf}.reduce_sum", f"{tf}.reduce_max", "keepdims=True"
    else:
        ops = w.keras("ops.x")[:-1]
        exp, total, top, keep = f"{ops}exp", f"{ops}sum", f"{ops}max", "keepdims=True"
    if kind == "sigmoid written out":
        form = w.pick(("1 / (1 + {e}(-{t}))", "1.0 / ({e}(-{t}) + 1.0)", "{e}({t}) / (1 + {e}({t}))"))
        text = form.format(e=exp, t="z")
        if w.chance(50):
            with w.function(f"def {name}(z):"):
                w.line(f"return {text}")
            return f"{name}({tensor})", shape
        return form.format(e=exp, t=tensor), shape
    axis = w.pick(("axis=-1", "axis=-1", "axis=1", "axis=[-1]", "axis=None"))
    if axis == "axis=[-1]" and not exp.startswith("tf"):
        axis = "axis=-1"
    with w.function(f"def {name}(z):"):
        inner = w.pick(("z", f"z - {top}(z, axis=-1, {keep})"))
        w.line(f"powers = {exp}({inner})")
        # Of numbers far below zero, the small one would be all that is left.
        tail = w.pick(("", "", " + 1e-9")) if inner != "z" else ""
        whole = f"{total}(powers, {axis}, {keep})"
        w.line(f"return powers / {f'({whole}{tail})' if tail else whole}")
    return f"{name}({tensor})", shape


def _moved(
    w: Writer, kind: str, tensor: str, name: str, ops: str, shape: Shape, eager: bool
) -> tuple[str, Shape | None]:
    if eager:
        moved = w.pick(
            (f"{ops}transpose({tensor})", f"{w.tensorflow()}.transpose({tensor})", f"{ops}swapaxes({tensor}, 0, 1)")
        )
        w.line(f"{name} = {moved}")
        return (f"{ops}transpose({name})" if kind == "moved and back" else name), None
    if len(shape) == 2:
        order = w.pick(("(0, 2, 1)", "(1, 0, 2)", "[0, 2, 1]", "(2, 0, 1)"))
        w.line(f"{name} = {ops}transpose({tensor}, {order})")
        after: Shape | None = (shape[1], shape[0]) if "0, 2, 1" in order else None
        if kind == "moved and back":
            back = "(1, 2, 0)" if order == "(2, 0, 1)" else order
            return f"{ops}transpose({name}, {back})", shape
        return (f"{ops}softmax({name}, axis={w.pick((1, -1))})" if w.chance(30) else name), after
    w.line(f"{name} = {w.layer('RepeatVector')}(2)({tensor})")
    if len(shape) == 1 and kind == "moved and back":
        return f"{w.layer('Permute')}((2, 1))({w.layer('Permute')}((2, 1))({name}))", (2, *shape)
    return f"{w.layer('Permute')}((2, 1))({name})", ((shape[0], 2) if len(shape) == 1 else None)


def _cooled(w: Writer, tensor: str, name: str, eager: bool) -> str:
    if eager or w.chance(50):
        w.line(f"{name} = {w.pick(('0.7', '2.0', '3'))}")
        return w.pick((f"{tensor} / {name}", f"({tensor} * {name})"))
    owner = w.fresh("Warmth")
    with w.block(f"class {owner}({w.layer('Layer')}):"):
        with w.block("def build(self, shape):"):
            w.line('self.warmth = self.add_weight(shape=(), initializer="ones", name="warmth")')
        with w.block("def call(self, z):"):
            w.line(w.pick(("return z / self.warmth", "return z * self.warmth", "return z / 2.0")))
    return f"{owner}()({tensor})"


def _product(w: Writer, tensor: str, name: str, ops: str, shape: Shape, eager: bool) -> tuple[str, Shape | None]:
    other = tensor if eager else f"{w.layer('Dense')}({shape[-1]})({tensor})"
    w.line(f"{name} = {other}")
    form = w.pick(
        (
            "{o}einsum('...i,...i->...', {a}, {b})[..., None]",
            "{o}einsum('...i,...j->...ij', {a}, {b})",
            "{o}sum({a} * {b}, axis=-1, keepdims=True)",
            "{o}matmul({a}, {o}swapaxes({b}, -1, -2))" if len(shape) > 1 or eager else "{o}multiply({a}, {b})",
        )
    )
    return form.format(o=ops, a=tensor, b=name), None


def _joined(w: Writer, tensor: str, name: str, ops: str, eager: bool) -> str:
    """Parts of several kinds laid side by side, as in the head of a detector, and one or several of them."""
    acts = [w.pick(("sigmoid", "softmax", "", "tanh", "softmax")) for _ in range(w.pick((2, 3)))]
    if w.chance(30):
        acts = acts[:1] * len(acts)
    parts = []
    for act in acts:
        piece = tensor if eager else f"{w.layer('Dense')}(2)({tensor})"
        if eager:
            piece = f"{piece}[..., :2]"
        parts.append(f"{ops}{act}({piece})" if act else piece)
    join = f"{ops}concatenate([{', '.join(parts)}], axis=-1)"
    if not eager and w.chance(50):
        join = f"{w.layer('Concatenate')}()([{', '.join(parts)}])"
    w.line(f"{name} = {join}")
    return name + w.pick(("", "[..., :2]", "[..., 2:4]", "[..., -2:]", "[..., 1:3]", "[..., ::-1]"))
