"""What hands a finished model to those who ask it for answers."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Exporter, Parameter

ROWS: tuple[Exporter, ...] = (
    Exporter("tensorflow.lite.TFLiteConverter.from_keras_model", Parameter("model", 0)),
    Exporter("tensorflow.saved_model.save", Parameter("obj", 0)),
    Exporter("tensorflowjs.converters.save_keras_model", Parameter("model", 0)),
    Exporter("tf2onnx.convert.from_keras", Parameter("model", 0)),
)
BY_NAME = {row.name: row for row in ROWS}
EXPORT_METHODS = frozenset({"export"})
"""Methods of a model that do the same."""
