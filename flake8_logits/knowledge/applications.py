"""Finished classifiers of ``keras.applications``; all end in softmax unless told otherwise."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Application, Parameter


def _rows(top: int, activation: int, *names: str, source: str = "") -> tuple[Application, ...]:
    return tuple(
        Application(
            f"keras.applications.{name}",
            Parameter("include_top", top, True),
            Parameter("classifier_activation", activation, "softmax"),
            source=source,
        )
        for name in names
    )


_KERAS_2_ONLY = "Keras 2 only"

ROWS: tuple[Application, ...] = (
    # Keras 2.13 puts a ``model_name`` first, which moves both by one when they are given by position.
    *_rows(0, 7, *(f"ConvNeXt{size}" for size in ("Tiny", "Small", "Base", "Large", "XLarge"))),
    *_rows(0, 6, "DenseNet121", "DenseNet169", "DenseNet201"),
    *_rows(0, 6, *(f"EfficientNetB{size}" for size in range(8))),
    *_rows(0, 6, *(f"EfficientNetV2{size}" for size in ("B0", "B1", "B2", "B3", "S", "M", "L"))),
    *_rows(0, 6, "InceptionResNetV2", "InceptionV3", "VGG16", "VGG19", "Xception"),
    # Keras 2 takes the activation of these three by keyword only.
    *_rows(0, 6, "ResNet50", "ResNet101", "ResNet152"),
    *_rows(0, 6, "ResNet50V2", "ResNet101V2", "ResNet152V2"),
    *_rows(1, 6, "NASNetLarge", "NASNetMobile"),
    *_rows(2, 7, "MobileNetV2"),
    *_rows(3, 9, "MobileNetV3Large", "MobileNetV3Small"),
    *_rows(4, 9, "MobileNet"),
    *_rows(0, 6, *(f"ResNetRS{depth}" for depth in (50, 101, 152, 200, 270, 350, 420)), source=_KERAS_2_ONLY),
    *_rows(
        1,
        8,
        *(
            f"RegNet{kind}{flops}"
            for kind in "XY"
            for flops in ("002", "004", "006", "008", "016", "032", "040", "064", "080", "120", "160", "320")
        ),
        source=_KERAS_2_ONLY,
    ),
)

ANY = Application(
    "keras.applications.*",
    Parameter("include_top", None, True),
    Parameter("classifier_activation", None, "softmax"),
    source="what all of them have in common, for one that is chosen by name at run time",
)
