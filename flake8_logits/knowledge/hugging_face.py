"""TensorFlow models of Hugging Face ``transformers``: each returns an object that keeps logits in ``logits``."""

from __future__ import annotations

from flake8_logits.domain.scales import Scale
from flake8_logits.knowledge.rows import Application

_S = "SequenceClassification"
_T = "TokenClassification"
_C = "MultipleChoice"
_M = "MaskedLM"
_L = "CausalLM"
_G = "ConditionalGeneration"
_I = "ImageClassification"
_P = "SemanticSegmentation"

_HEADS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("Albert", "Bert", "Camembert", "ConvBert", "DebertaV2", "DistilBert", "Electra"), (_S, _T, _C, _M)),
    (("Funnel", "Longformer"), (_S, _T, _C, _M)),
    (("MobileBert", "MPNet", "RemBert", "Roberta", "RobertaPreLayerNorm", "RoFormer", "XLMRoberta"), (_S, _T, _C, _M)),
    (("Flaubert", "XLM", "XLNet"), (_S, _T, _C)),
    (("Deberta", "Esm", "LayoutLM"), (_S, _T, _M)),
    (("LayoutLMv3",), (_S, _T)),
    (("Bart", "CTRL", "GPT2", "GPTJ", "OpenAIGPT", "Mistral", "TransfoXL", "Wav2Vec2"), (_S,)),
    (("Camembert", "GPTJ", "Mistral", "OPT", "RemBert", "Roberta", "RoFormer", "XGLM", "XLMRoberta"), (_L,)),
    (("RobertaPreLayerNorm",), (_L,)),
    (("Speech2Text",), (_G,)),
    (("Bart", "Blenderbot", "BlenderbotSmall", "LED", "MBart", "MT5", "Pegasus", "T5", "Whisper"), (_G,)),
    (("Bert", "MobileBert"), ("NextSentencePrediction",)),
    (("Hubert", "Wav2Vec2"), ("CTC",)),
    (("ConvNext", "ConvNextV2", "Cvt", "DeiT", "EfficientFormer", "RegNet", "ResNet", "SwiftFormer", "Swin"), (_I,)),
    (("ViT",), (_I,)),
    (("Data2VecVision", "MobileViT", "Segformer"), (_I, _P)),
    (("AutoModel",), (_S, _T, _C, _M, _L, _I, _P, "AudioClassification", "NextSentencePrediction", "Seq2SeqLM")),
)

_NAMED_OTHERWISE = (
    "TFAutoModelWithLMHead",
    "TFBertLMHeadModel",
    "TFCTRLLMHeadModel",
    "TFFlaubertWithLMHeadModel",
    "TFGPT2LMHeadModel",
    "TFMarianMTModel",
    "TFOpenAIGPTLMHeadModel",
    "TFTransfoXLLMHeadModel",
    "TFXLMWithLMHeadModel",
    "TFXLNetLMHeadModel",
)

_NAMES = (
    *(f"TF{model}For{head}" for models, heads in _HEADS for model in models for head in heads),
    *_NAMED_OTHERWISE,
)

ROWS: tuple[Application, ...] = tuple(
    Application(f"transformers.{name}", scale=Scale.LOGITS, attribute="logits") for name in _NAMES
)
