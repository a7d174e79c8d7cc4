"""Losses of packages that work with PyTorch.  The prediction comes first."""

from __future__ import annotations

from flake8_logits.domain.contracts import Contract, Expects, Family
from flake8_logits.knowledge.rows import Form, Loss, Parameter

_TO_CATEGORICAL = Contract(Expects.LOGITS, Family.CATEGORICAL)
_TO_BINARY = Contract(Expects.LOGITS, Family.BINARY)
_TO_EITHER = Contract(Expects.LOGITS)
_OF_PROBABILITIES = Contract(Expects.PROBABILITIES)
_SWITCHED = Contract(Expects.SWITCHED)

_TIMM = "timm 1.0.31"


def _timm(name: str, contract: Contract, prediction: str = "x", target: str = "target") -> Loss:
    call = Parameter(prediction, 0), Parameter(target, 1)
    return Loss(f"timm.loss.{name}", Form.CLASS, contract, *call, source=_TIMM)


_TIMM_LOSSES = (
    _timm("LabelSmoothingCrossEntropy", _TO_CATEGORICAL),
    _timm("SoftTargetCrossEntropy", _TO_CATEGORICAL),
    _timm("PolyCrossEntropy", _TO_CATEGORICAL),
    _timm("AsymmetricLossSingleLabel", _TO_CATEGORICAL, "inputs"),
    _timm("BinaryCrossEntropy", _TO_BINARY),
    _timm("PolyBinaryCrossEntropy", _TO_BINARY),
    _timm("AsymmetricLossMultiLabel", _TO_BINARY, target="y"),
)

_SEGMENTATION = "segmentation-models-pytorch 0.6.0"


def _segmentation(name: str, contract: Contract, switch: Parameter | None = None) -> Loss:
    call = Parameter("y_pred", 0), Parameter("y_true", 1)
    name = f"segmentation_models_pytorch.losses.{name}"
    return Loss(name, Form.CLASS, contract, *call, switch, source=_SEGMENTATION)


_SEGMENTATION_LOSSES = (
    *(
        _segmentation(name, _SWITCHED, Parameter("from_logits", 3, True))
        for name in ("DiceLoss", "JaccardLoss", "TverskyLoss")
    ),
    # Without such a switch in early releases, where something else is fifth: read by keyword only.
    _segmentation("FocalLoss", _SWITCHED, Parameter("from_logits", None, True)),
    # It has the switch and does not look at it.
    _segmentation("LovaszLoss", _TO_EITHER),
    _segmentation("SoftBCEWithLogitsLoss", _TO_BINARY),
    _segmentation("SoftCrossEntropyLoss", _TO_CATEGORICAL),
    _segmentation("MCCLoss", _OF_PROBABILITIES),
)

_MONAI = "monai 1.6.1"


def _monai(name: str, contract: Contract, first: int | None = None) -> Loss:
    """A loss of which ``sigmoid``, from place ``first`` on, ``softmax`` or a function says that it applies one."""
    call = Parameter("input", 0), Parameter("target", 1)
    name = f"monai.losses.{name}"
    if first is None:
        return Loss(name, Form.CLASS, contract, *call, source=_MONAI)
    others = Parameter("softmax", first + 1, False), Parameter("other_act", first + 2)
    switch = Parameter("sigmoid", first, False)
    return Loss(name, Form.CLASS, contract, *call, switch, source=_MONAI, other_switches=others)


_MONAI_LOSSES = (
    *(_monai(name, _SWITCHED, 2) for name in ("DiceLoss", "MaskedDiceLoss", "GeneralizedDiceLoss", "TverskyLoss")),
    _monai("HausdorffDTLoss", _SWITCHED, 3),
    # The flags are for the overlap, the other half is a cross-entropy of logits.
    *(_monai(name, _TO_EITHER) for name in ("DiceCELoss", "DiceFocalLoss", "GeneralizedDiceFocalLoss", "FocalLoss")),
    _monai("GeneralizedWassersteinDiceLoss", _TO_CATEGORICAL),
)

_KORNIA = "kornia 0.9.0"


def _kornia(cls: str, function: str, contract: Contract) -> tuple[Loss, Loss]:
    call = Parameter("pred", 0), Parameter("target", 1)
    return (
        Loss(f"kornia.losses.{cls}", Form.CLASS, contract, *call, source=_KORNIA),
        Loss(f"kornia.losses.{function}", Form.FUNCTION, contract, *call, source=_KORNIA),
    )


_KORNIA_LOSSES = (
    *_kornia("FocalLoss", "focal_loss", _TO_CATEGORICAL),
    *_kornia("DiceLoss", "dice_loss", _TO_CATEGORICAL),
    *_kornia("TverskyLoss", "tversky_loss", _TO_CATEGORICAL),
    *_kornia("LovaszSoftmaxLoss", "lovasz_softmax_loss", _TO_CATEGORICAL),
    *_kornia("LovaszHingeLoss", "lovasz_hinge_loss", _TO_BINARY),
    *_kornia("BinaryFocalLossWithLogits", "binary_focal_loss_with_logits", _TO_BINARY),
)

_FASTAI = "fastai 2.8.12"


def _fastai(name: str, contract: Contract, prediction: str = "inp", target: str = "targ") -> Loss:
    call = Parameter(prediction, 0), Parameter(target, 1)
    return Loss(f"fastai.{name}", Form.CLASS, contract, *call, source=_FASTAI)


_FASTAI_LOSSES = (
    _fastai("CrossEntropyLossFlat", _TO_CATEGORICAL),
    _fastai("LabelSmoothingCrossEntropyFlat", _TO_CATEGORICAL),
    _fastai("LabelSmoothingCrossEntropy", _TO_CATEGORICAL, "output", "target"),
    _fastai("FocalLossFlat", _TO_CATEGORICAL),
    _fastai("FocalLoss", _TO_CATEGORICAL),
    _fastai("BCEWithLogitsLossFlat", _TO_BINARY),
    _fastai("DiceLoss", _TO_CATEGORICAL, "pred"),
)

_VISION_LOSSES = (
    Loss(
        "torchvision.ops.sigmoid_focal_loss",
        Form.FUNCTION,
        _TO_BINARY,
        Parameter("inputs", 0),
        Parameter("targets", 1),
        source="torchvision 0.29.1",
    ),
)

ROWS: tuple[Loss, ...] = (
    *_TIMM_LOSSES,
    *_SEGMENTATION_LOSSES,
    *_MONAI_LOSSES,
    *_KORNIA_LOSSES,
    *_FASTAI_LOSSES,
    *_VISION_LOSSES,
)
