"""Begins Keras anew for each program."""

from __future__ import annotations

from unittest import mock


def begin_anew() -> None:
    """Let Keras count its names from the start, as in a new process.

    ``clear_session`` also throws TensorFlow's compiled kernels away.  They are the same for every program, and
    compiling them again takes nearly half of the time of a run.
    """
    import keras
    from tensorflow.python.eager import context

    with mock.patch.object(context.context(), "clear_kernel_cache"):
        keras.backend.clear_session(free_memory=False)
