"""Functions and distributions that draw from logits."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter, Sampler

_FIRST = Parameter("logits", 0)
_SECOND = Parameter("logits", 1)

ROWS: tuple[Sampler, ...] = (
    Sampler("keras.random.categorical", _FIRST),
    Sampler("tensorflow.random.categorical", _FIRST),
    Sampler("tensorflow.random.stateless_categorical", _FIRST),
    Sampler("tensorflow.random.multinomial", _FIRST, source="tf.compat.v1.random.multinomial"),
    # Distributions take logits first and probabilities by another name.
    Sampler("tensorflow.compat.v1.distributions.Bernoulli", _FIRST),
    Sampler("tensorflow.compat.v1.distributions.Categorical", _FIRST),
    Sampler("tensorflow.compat.v1.distributions.Multinomial", _SECOND),
    Sampler("tensorflow_probability.distributions.Bernoulli", _FIRST),
    Sampler("tensorflow_probability.distributions.Binomial", _SECOND),
    Sampler("tensorflow_probability.distributions.Categorical", _FIRST),
    Sampler("tensorflow_probability.distributions.ContinuousBernoulli", _FIRST),
    Sampler("tensorflow_probability.distributions.Multinomial", _SECOND),
    Sampler("tensorflow_probability.distributions.OneHotCategorical", _FIRST),
    Sampler("tensorflow_probability.distributions.RelaxedBernoulli", _SECOND),
    Sampler("tensorflow_probability.distributions.RelaxedOneHotCategorical", _SECOND),
)
