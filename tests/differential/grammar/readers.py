"""What reads an output and is no loss: cuts, searches for the largest, draws, metrics, losses that are written out."""

from __future__ import annotations

from flake8_logits.domain.facts import SiteKind
from tests.differential.grammar.models import tensors
from tests.differential.grammar.writer import Writer

READERS: dict[SiteKind, tuple[str, ...]] = {
    SiteKind.CUT: (
        "{t} > 0.5",
        "{t} >= 0.5",
        "0.5 < {t}",
        "{o}round({t})",
        "{tf}.round({t})",
        "numpy.max({t}) > 0.5",
        "{tf}.reduce_max({t}, axis=-1) > 0.5",
        "numpy.amin({t}, axis=-1) >= 0.5",
        "numpy.array({t}).max() > 0.5",
    ),
    SiteKind.CHOICE: (
        "{o}argmax({t}, axis=-1)",
        "{tf}.argmax({t}, -1)",
        "{tf}.math.argmax({t}, axis=-1)",
        "numpy.argmax({t}, axis=-1)",
    ),
    SiteKind.SAMPLE: ("{tf}.random.categorical({t}, 1)", "{k}random.categorical({t}, 1)"),
    SiteKind.TARGET: (
        "{tf}.nn.softmax_cross_entropy_with_logits(labels={t}, logits=x)",
        "{k}losses.categorical_crossentropy({t}, x)",
        "{k}losses.BinaryCrossentropy()({t}, x)",
    ),
    SiteKind.SWAPPED: (
        "{k}losses.categorical_crossentropy({t}, labels)",
        "{k}losses.BinaryCrossentropy(from_logits=True)({t}, numpy.eye(3))",
        "{k}losses.CategoricalCrossentropy()({t}, {o}one_hot([0, 1], 3))",
    ),
    SiteKind.LAYER: ("{k}layers.Dense(2)({t})", '{k}layers.Dense(2, activation="softmax")({t})'),
    SiteKind.ACTIVATION: ("{o}softmax({t})", "{o}sigmoid({t})", "{tf}.nn.softmax({t})", "{tf}.math.sigmoid({t})"),
    SiteKind.METRIC: (
        "{k}metrics.MeanIoU(3).update_state(labels, {t})",
        "{k}metrics.IoU(2, [1]).update_state(labels, {t})",
        "{k}metrics.BinaryAccuracy()(labels, {t})",
        "{k}metrics.AUC().update_state(labels, {t})",
        "{k}metrics.CategoricalCrossentropy(from_logits=True)(labels, {t})",
    ),
    SiteKind.WRITTEN: (
        "-{o}mean(labels * {o}log({t} + 1e-7))",
        "-{o}mean(labels * {o}log({t}))",
        "-{tf}.reduce_mean(labels * {tf}.math.log({t} + 1e-7))",
        "-{o}mean(labels * {o}log({o}clip({t}, 1e-7, 1 - 1e-7)))",
        "-{tf}.reduce_mean(labels * {tf}.math.log({tf}.clip_by_value({t}, 1e-7, 1 - 1e-7)))",
        "-{o}mean((1 - labels) * {o}log(1 - {t}))",
        "1 - 2 * {o}sum(labels * {t}) / ({o}sum(labels) + {o}sum({t}))",
        "1 - (2 * {o}sum(labels * {t}) + 1) / ({o}sum(labels) + {o}sum({t}) + 1)",
        "-numpy.mean(labels * numpy.log({t} + 1e-7))",
    ),
}


def _read(w: Writer, kind: SiteKind, tensor: str) -> str:
    """An expression in which a tensor is read; where the program runs, the tensor is measured instead."""
    w.tag(f"reader: {kind.name.lower()}")
    form = w.pick(READERS[kind])
    if "{k}" in form:
        w.need("import keras")
    if "numpy" in form:
        w.need("import numpy")
    text = form.format(
        t=tensor,
        o=w.keras("ops.x")[:-1] if "{o}" in form else "",
        k="keras.",
        tf=w.tensorflow() if "{tf}" in form else "",
    )
    return w.instead(text, f"_observation(None, {tensor})")


def ask_by_reading(w: Writer) -> SiteKind:
    """Something reads what the model gives, in a function that is called once."""
    w.need("import numpy")
    kind = w.pick(tuple(READERS))
    with w.function("def step(x, labels):"):
        w.line(f"pred = {w.pick(('model(x)', 'model(x, training=False)'))}")
        out, _ = tensors(w, "pred", (3,), eager=True, most=1)
        w.line(f"answer = {_read(w, kind, out)}")
        w.line("return answer")
    w.line("step(numpy.ones((2, 4), 'float32'), numpy.eye(3))")
    return kind


def ask_by_written_loss(w: Writer) -> SiteKind:
    """A loss of the program's own that is written out."""
    with w.function("def own_loss(labels, y_pred):"):
        out, _ = tensors(w, "y_pred", (3,), eager=True, most=1)
        w.line(f"return {_read(w, SiteKind.WRITTEN, out)}")
    w.line('model.compile(optimizer="sgd", loss=own_loss)')
    return SiteKind.WRITTEN
