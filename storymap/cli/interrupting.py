"""End a command at the first Ctrl+C, for commands that run an author's own code."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 3.0
"""Seconds in which a command may clean up. A site is whole at every moment, so that nothing is lost after them."""

_INTERRUPTED = 130  # what shells say of a program that Ctrl+C has ended


@contextmanager
def ending_at_interrupt() -> Iterator[None]:
    """Raise `KeyboardInterrupt` as ever, and end the program soon if somebody keeps it: a map hook may catch all."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: object) -> None:  # noqa: ARG001 - what signals are handled with
        timer = threading.Timer(PATIENCE, os._exit, (_INTERRUPTED,))
        timer.daemon = True
        timer.start()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
