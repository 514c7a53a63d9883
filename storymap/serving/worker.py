"""Do the work of building and rendering away from the event loop, one piece after another.

Folium's element tree and an author's own code are made for one thread; requests and saves come at any time.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")


class StoppedError(Exception):
    """The preview ends before the work was done."""


class Worker:
    """One thread, which does what it is given in order.

    The program does not wait for it to end, as it does for an executor's: an author's code may never come back.
    """

    def __init__(self) -> None:
        self._given: queue.SimpleQueue[_Piece | None] = queue.SimpleQueue()
        self._awaited: set[asyncio.Future[Any]] = set()
        self._stopped = False
        threading.Thread(target=self._work, name="storymap", daemon=True).start()

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do `work` when all that was given before is done; returns what it returns, raises what it raises.

        Raises `StoppedError` once nothing is done any more.
        """
        if self._stopped:
            raise StoppedError
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Result] = loop.create_future()
        self._awaited.add(done)
        self._given.put(_Piece(work, loop, done))
        try:
            return await done
        finally:
            self._awaited.discard(done)

    def stop(self) -> None:
        """Do nothing after what is being done, and let nobody wait for it. Called from the event loop's thread."""
        self._stopped = True
        self._given.put(None)
        for done in self._awaited:
            if not done.done():
                done.set_exception(StoppedError())

    def _work(self) -> None:
        while (piece := self._given.get()) is not None:
            piece.do()


class _Piece:
    """Something to do, and who waits for it."""

    def __init__(self, work: Callable[[], Any], loop: asyncio.AbstractEventLoop, done: asyncio.Future[Any]) -> None:
        self._work = work
        self._loop = loop
        self._done = done

    def do(self) -> None:
        """Do it, and tell the event loop, unless that has ended meanwhile."""
        try:
            result, error = self._work(), None
        except BaseException as raised:  # noqa: BLE001 - raised where it is waited for
            result, error = None, raised
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._finish, result, error)

    def _finish(self, result: object, error: BaseException | None) -> None:
        if self._done.done():  # nobody waits any more
            return
        if error is None:
            self._done.set_result(result)
        else:
            self._done.set_exception(error)
