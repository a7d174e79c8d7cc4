"""Which scales a kind of step leaves in place: the sets that many rows share."""

from __future__ import annotations

from flake8_logits.domain.scales import Scale

EVERYTHING = frozenset(Scale)
"""The class axis moves as a whole, or not at all."""

EACH_NUMBER = EVERYTHING - {Scale.SOFTMAX, Scale.LOG_SOFTMAX}
"""Numbers are moved or picked one by one: what holds of each still holds, what holds of their sum does not."""

PADDED = EACH_NUMBER - {Scale.LOG_SIGMOID}
"""Zeros join the numbers; zero is of each of these scales."""

AVERAGED = EVERYTHING - {Scale.LOG_SOFTMAX, Scale.LOG_SIGMOID}
"""Positions are averaged, each class with itself: a mean of distributions is one, a mean of logarithms is not."""

DROPPED = AVERAGED
"""Dropout and noise change nothing but in training, and say nothing of what the head was meant to give."""

RESCALED = frozenset({Scale.LOGITS})
"""Numbers are multiplied or shifted by what is learned or written: any real number stays any real number."""

CLIPPED = frozenset({Scale.SOFTMAX, Scale.SIGMOID, Scale.UNIT_INTERVAL})
"""Clipped near zero and one, as is done before a logarithm; clipped logits may be anything, so they are lost."""

SUMMED = frozenset({Scale.LOGITS, Scale.NON_NEGATIVE})
"""Numbers are added up over an axis."""

EXTREMA = PADDED
"""The largest or smallest of several tensors, number by number."""

JOINED = EACH_NUMBER - {Scale.LOG_SIGMOID}
"""Tensors are laid side by side, maybe along the class axis."""

MULTIPLIED = frozenset({Scale.LOGITS, Scale.SIGMOID, Scale.NON_NEGATIVE, Scale.BOUNDED, Scale.UNIT_INTERVAL})
"""Numbers of one scale are multiplied with each other."""
