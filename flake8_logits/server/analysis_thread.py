"""The thread that programs are analysed on, one after the other."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

STACK = 64 * 1024 * 1024
"""Bytes of stack for it; as much as a process of its own would have, and more."""


def analysis_thread() -> ThreadPoolExecutor:
    """Return an executor with one thread, which has a stack for deep programs."""
    threading.stack_size(STACK)
    try:
        executor = ThreadPoolExecutor(1, "analysis")
        executor.submit(int).result()  # so that the thread is started with this stack
    finally:
        threading.stack_size(0)
    return executor
