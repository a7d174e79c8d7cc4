"""Functions and distributions that draw from logits."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter, Sampler

_FIRST = Parameter("logits", 0)
_SECOND = Parameter("logits", 1)
_THEN = Parameter("probs", 1)
_THIRD = Parameter("probs", 2)

ROWS: tuple[Sampler, ...] = (
    Sampler("keras.random.categorical", _FIRST),
    Sampler("tensorflow.random.categorical", _FIRST),
    Sampler("tensorflow.random.stateless_categorical", _FIRST),
    Sampler("tensorflow.random.multinomial", _FIRST, source="tf.compat.v1.random.multinomial"),
    # Distributions take logits first and probabilities by another name.
    Sampler("tensorflow.compat.v1.distributions.Bernoulli", _FIRST, _THEN),
    Sampler("tensorflow.compat.v1.distributions.Categorical", _FIRST, _THEN),
    Sampler("tensorflow.compat.v1.distributions.Multinomial", _SECOND, _THIRD),
    Sampler("tensorflow_probability.distributions.Bernoulli", _FIRST, _THEN),
    Sampler("tensorflow_probability.distributions.Binomial", _SECOND, _THIRD),
    Sampler("tensorflow_probability.distributions.Categorical", _FIRST, _THEN),
    Sampler("tensorflow_probability.distributions.ContinuousBernoulli", _FIRST, _THEN),
    Sampler("tensorflow_probability.distributions.Multinomial", _SECOND, _THIRD),
    Sampler("tensorflow_probability.distributions.OneHotCategorical", _FIRST, _THEN),
    Sampler("tensorflow_probability.distributions.RelaxedBernoulli", _SECOND, _THIRD),
    Sampler("tensorflow_probability.distributions.RelaxedOneHotCategorical", _SECOND, _THIRD),
)
