"""Finished networks of packages for PyTorch: they give logits until the program replaces their last layer."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Backbone, Parameter, Weighted

_VISION = "torchvision 0.29.1"
_PLAIN = Weighted()


def _vision(place: str, parts: int, *names: str) -> tuple[Backbone, ...]:
    return tuple(
        Backbone(f"torchvision.models.{name}", _PLAIN, (place,) if place else (), parts, source=_VISION)
        for name in names
    )


_OF_TORCHVISION = (
    *_vision("fc", 0, "resnet18", "resnet34", "resnet50", "resnet101", "resnet152"),
    *_vision("fc", 0, "resnext50_32x4d", "resnext101_32x8d", "resnext101_64x4d"),
    *_vision("fc", 0, "wide_resnet50_2", "wide_resnet101_2"),
    *_vision("fc", 0, *(f"shufflenet_v2_x{size}" for size in ("0_5", "1_0", "1_5", "2_0"))),
    *_vision("fc", 0, *(f"regnet_{kind}_400mf" for kind in "xy")),
    *_vision("classifier", 0, *(f"densenet{depth}" for depth in (121, 161, 169, 201))),
    *_vision("classifier", 7, "alexnet"),
    *_vision("classifier", 7, *(f"vgg{depth}{norm}" for depth in (11, 13, 16, 19) for norm in ("", "_bn"))),
    *_vision("classifier", 2, "mobilenet_v2", *(f"mnasnet{size}" for size in ("0_5", "0_75", "1_0", "1_3"))),
    *_vision("classifier", 4, "mobilenet_v3_large", "mobilenet_v3_small"),
    *_vision("classifier", 2, *(f"efficientnet_b{size}" for size in range(8))),
    *_vision("classifier", 2, *(f"efficientnet_v2_{size}" for size in "sml")),
    *_vision("classifier", 3, *(f"convnext_{size}" for size in ("tiny", "small", "base", "large"))),
    *_vision("heads", 1, *(f"vit_{size}" for size in ("b_16", "b_32", "l_16", "l_32", "h_14"))),
    *_vision("head", 0, *(f"swin_{size}" for size in "tsb"), *(f"swin_v2_{size}" for size in "tsb")),
)

_CLASSES = Parameter("num_classes", None)

_OF_TIMM = (
    Backbone(
        "timm.create_model",
        Weighted(units=_CLASSES),
        ("fc", "head", "classifier"),
        classes=_CLASSES,
        source="timm 1.0.31",
    ),
)

# What the last parameters are called has stayed the same, where they stand has not.
_SEGMENTATION = Weighted(Parameter("activation", None), Parameter("classes", None, 1))

_OF_SEGMENTATION_MODELS = tuple(
    Backbone(
        f"segmentation_models_pytorch.{name}",
        _SEGMENTATION,
        ("segmentation_head",),
        others=(Parameter("aux_params", None),),
        source="segmentation-models-pytorch 0.6.0",
    )
    for name in (
        "DeepLabV3",
        "DeepLabV3Plus",
        "FPN",
        "Linknet",
        "MAnet",
        "PAN",
        "PSPNet",
        "Unet",
        "UnetPlusPlus",
        "create_model",
    )
)

_OF_MONAI = tuple(
    Backbone(f"monai.networks.nets.{name}", _PLAIN, source="monai 1.6.1")
    for name in ("AttentionUnet", "BasicUNet", "SegResNet", "SwinUNETR", "UNETR", "UNet", "VNet")
)

_OF_TEXT = ("SequenceClassification", "TokenClassification", "MultipleChoice", "MaskedLM")
_FOR_TEXT = (
    *("Albert", "Bert", "BigBird", "Camembert", "ConvBert", "DebertaV2", "DistilBert", "Electra"),
    *("Longformer", "MPNet", "MobileBert", "Roberta", "XLMRoberta"),
)
_OF_ANY_KIND = (
    *_OF_TEXT,
    *("AudioClassification", "CausalLM", "ImageClassification", "SemanticSegmentation", "Seq2SeqLM"),
)

_OF_HUGGING_FACE = tuple(
    Backbone(
        f"transformers.{name}",
        _PLAIN,
        ("classifier", "score", "lm_head"),
        source="transformers 5.24.0",
        attribute="logits",
    )
    for name in (
        *(f"{model}For{head}" for model in _FOR_TEXT for head in _OF_TEXT),
        *(f"AutoModelFor{head}" for head in _OF_ANY_KIND),
        *("BartForConditionalGeneration", "BartForSequenceClassification", "T5ForConditionalGeneration"),
        *("GPT2ForSequenceClassification", "GPT2LMHeadModel", "Wav2Vec2ForSequenceClassification"),
        *("SegformerForSemanticSegmentation", "SwinForImageClassification", "ViTForImageClassification"),
    )
)

ROWS: tuple[Backbone, ...] = (
    *_OF_TORCHVISION,
    *_OF_TIMM,
    *_OF_SEGMENTATION_MODELS,
    *_OF_MONAI,
    *_OF_HUGGING_FACE,
)

_HUB = {"pytorch/vision": "torchvision.models"}


def hub_network(repository: object, name: object) -> str | None:
    """The function behind a network of ``torch.hub``; None for a repository that has no rows."""
    module = _HUB.get(repository.partition(":")[0]) if isinstance(repository, str) else None
    return None if module is None else f"{module}.{name}"
