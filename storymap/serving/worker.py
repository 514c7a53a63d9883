"""Do the work of building and rendering away from the event loop, one piece after another.

Folium's element tree and an author's own code are made for one thread; requests and saves come at any time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


class Worker:
    """One thread, which does what it is given in order."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="storymap")

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do `work` when all that was given before is done; returns what it returns, raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def stop(self) -> None:
        """Finish what is being done, and give up the rest."""
        self._thread.shutdown(wait=False, cancel_futures=True)
