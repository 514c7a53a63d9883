"""What makes several things of the package side by side, before the package is whole."""

from __future__ import annotations

import gc
import os
import platform
import threading
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context


def start_workers() -> Executor:
    """A process per processor where processes may be copies of this one, else threads.

    A process that began anew could not import this package: where it is built, its dependencies do not exist yet. And
    a copy of a process with several threads may stand still for ever. Each ends with what it made: to search what it
    holds for garbage would take a fifth of its time, and free nothing.
    """
    if platform.system() == "Linux" and threading.active_count() == 1:
        return ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork"), initializer=gc.disable)
    return ThreadPoolExecutor()
