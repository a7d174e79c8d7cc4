"""Finished classifiers of packages beside Keras and TensorFlow."""

from __future__ import annotations

from flake8_logits.domain.scales import Scale
from flake8_logits.knowledge.rows import Application, Parameter


def _hub(name: str, activation: int) -> Application:
    return Application(f"keras_hub.models.{name}", activation=Parameter("activation", activation))


# ``BertClassifier`` is the older name of ``BertTextClassifier``, and the one ``keras_nlp`` has.
_HUB_TEXT = tuple(
    _hub(f"{model}{kind}", 3)
    for model in ("Albert", "Bert", "DebertaV3", "DistilBert", "FNet", "Roberta", "XLMRoberta")
    for kind in ("Classifier", "TextClassifier")
)

_HUB_IMAGES = (
    *(_hub(f"{model}ImageClassifier", 4) for model in ("", "CSPNet", "DenseNet", "DeiT", "EfficientNet", "MiT")),
    *(_hub(f"{model}ImageClassifier", 4) for model in ("ResNet", "Xception")),
    _hub("VGGImageClassifier", 5),
    _hub("ViTImageClassifier", 5),
    _hub("DeepLabV3ImageSegmenter", 2),
)

_HUB_LANGUAGE = tuple(
    Application(f"keras_hub.models.{name}", scale=Scale.LOGITS)
    for name in (
        "AlbertMaskedLM",
        "BertMaskedLM",
        "DebertaV3MaskedLM",
        "DistilBertMaskedLM",
        "FNetMaskedLM",
        "RobertaMaskedLM",
        "XLMRobertaMaskedLM",
        "BloomCausalLM",
        "FalconCausalLM",
        "GPT2CausalLM",
        "GPTNeoXCausalLM",
        "GemmaCausalLM",
        "Gemma3CausalLM",
        "LlamaCausalLM",
        "Llama3CausalLM",
        "MistralCausalLM",
        "OPTCausalLM",
        "PaliGemmaCausalLM",
        "Phi3CausalLM",
        "BartSeq2SeqLM",
    )
)

_KERAS_CV = (
    # The other way round than keras_hub: probabilities unless told otherwise.
    Application("keras_cv.models.ImageClassifier", activation=Parameter("activation", 3, "softmax")),
    Application("keras_cv.models.DeepLabV3Plus", scale=Scale.SOFTMAX),
    Application("keras_cv.models.SegFormer", scale=Scale.SOFTMAX),
)

_SEGMENTATION = (
    Application("segmentation_models.Unet", activation=Parameter("activation", 3, "sigmoid")),
    Application("segmentation_models.Linknet", activation=Parameter("activation", 3, "sigmoid")),
    Application("segmentation_models.FPN", activation=Parameter("activation", 3, "softmax")),
    Application("segmentation_models.PSPNet", activation=Parameter("activation", 3, "softmax")),
)

_LINEAR_MODELS = (
    Application("keras.experimental.LinearModel", activation=Parameter("activation", 1), source="Keras 2 only"),
    Application("keras.experimental.WideDeepModel", activation=Parameter("activation", 2), source="Keras 2 only"),
)

ROWS: tuple[Application, ...] = (
    *_HUB_TEXT,
    *_HUB_IMAGES,
    *_HUB_LANGUAGE,
    *_KERAS_CV,
    *_SEGMENTATION,
    *_LINEAR_MODELS,
)
