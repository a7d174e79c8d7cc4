"""Functions and distributions that draw from logits or from probabilities."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter, Sampler

_FIRST = Parameter("logits", 0)
_SECOND = Parameter("logits", 1)
_THEN = Parameter("probs", 1)
_THIRD = Parameter("probs", 2)


def _torch(name: str, before: int = 0) -> Sampler:
    """A distribution of PyTorch: probabilities come before logits, and ``before`` others before them."""
    probabilities, logits = Parameter("probs", before), Parameter("logits", before + 1)
    return Sampler(f"torch.distributions.{name}", logits, probabilities=probabilities, refuses=True)


ROWS: tuple[Sampler, ...] = (
    Sampler("keras.random.categorical", _FIRST),
    Sampler("tensorflow.random.categorical", _FIRST),
    Sampler("tensorflow.random.stateless_categorical", _FIRST),
    Sampler("tensorflow.random.multinomial", _FIRST, source="tf.compat.v1.random.multinomial"),
    # Distributions take logits first and probabilities by another name.
    Sampler("tensorflow.compat.v1.distributions.Bernoulli", _FIRST, probabilities=_THEN),
    Sampler("tensorflow.compat.v1.distributions.Categorical", _FIRST, probabilities=_THEN),
    Sampler("tensorflow.compat.v1.distributions.Multinomial", _SECOND, probabilities=_THIRD),
    Sampler("tensorflow_probability.distributions.Bernoulli", _FIRST, probabilities=_THEN),
    Sampler("tensorflow_probability.distributions.Binomial", _SECOND, probabilities=_THIRD),
    Sampler("tensorflow_probability.distributions.Categorical", _FIRST, probabilities=_THEN),
    Sampler("tensorflow_probability.distributions.ContinuousBernoulli", _FIRST, probabilities=_THEN),
    Sampler("tensorflow_probability.distributions.Multinomial", _SECOND, probabilities=_THIRD),
    Sampler("tensorflow_probability.distributions.OneHotCategorical", _FIRST, probabilities=_THEN),
    Sampler("tensorflow_probability.distributions.RelaxedBernoulli", _SECOND, probabilities=_THIRD),
    Sampler("tensorflow_probability.distributions.RelaxedOneHotCategorical", _SECOND, probabilities=_THIRD),
    Sampler("jax.random.categorical", _SECOND),
    Sampler("jax.random.bernoulli", None, probabilities=Parameter("p", 1)),
    Sampler("jax.random.choice", None, probabilities=Parameter("p", 4)),
    *(
        Sampler(f"distrax.{name}", _FIRST, probabilities=_THEN)
        for name in ("Bernoulli", "Categorical", "OneHotCategorical")
    ),
    Sampler("distrax.Multinomial", _SECOND, probabilities=_THIRD),
    Sampler("distrax.Softmax", _FIRST),
    _torch("Bernoulli"),
    _torch("Binomial", 1),
    _torch("Categorical"),
    _torch("ContinuousBernoulli"),
    _torch("Geometric"),
    _torch("Multinomial", 1),
    _torch("NegativeBinomial", 1),
    _torch("OneHotCategorical"),
    _torch("OneHotCategoricalStraightThrough"),
    _torch("RelaxedBernoulli", 1),
    _torch("RelaxedOneHotCategorical", 1),
    Sampler("torch.multinomial", None, probabilities=Parameter("input", 0), refuses=True),
    Sampler("torch.nn.functional.gumbel_softmax", _FIRST),
)
