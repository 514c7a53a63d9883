"""Tell open pages what they should show now: a stream of server-sent events for each.

Between `storymap.serving.server`, which says that something was built, and `storymap.serving.app`, which sends.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

MOST = 4
"""Streams at a time. A browser opens six connections to a server; those that listen must leave some to load pages."""

_RETRY = 300  # milliseconds until a browser tries again when the preview has gone


class Listeners:
    """The pages that listen, oldest first. For one event loop."""

    def __init__(self) -> None:
        self._listening: list[_Listener] = []
        self._closed = False

    async def listen(self, find_state: Callable[[], Awaitable[str]]) -> AsyncIterator[bytes]:
        """The events for one page: its state at once, and again whenever it has become another.

        Where too many listen, the oldest is told to rest until somebody looks at it.
        """
        if self._closed:
            return
        listener = _Listener()
        self._listening.append(listener)
        for oldest in self._listening[:-MOST]:
            oldest.rest()
        sent = None
        try:
            yield f"retry: {_RETRY}\n\n".encode()
            while not listener.ended:
                listener.woken.clear()
                state = await find_state()
                if state != sent and not listener.ended:
                    yield _write_event(state)
                    sent = state
                await listener.woken.wait()
            if listener.resting:
                yield _write_event("", name="rest")
        finally:
            self._forget(listener)

    def wake(self) -> None:
        """Something was built: every page looks whether that changes it."""
        for listener in self._listening:
            listener.woken.set()

    def close(self) -> None:
        """End every stream, and let none begin: the preview stops."""
        self._closed = True
        for listener in self._listening:
            listener.end()

    def __len__(self) -> int:
        return len(self._listening)

    def _forget(self, listener: _Listener) -> None:
        if listener in self._listening:
            self._listening.remove(listener)


class _Listener:
    """One page that listens."""

    def __init__(self) -> None:
        self.woken = asyncio.Event()
        self.ended = False
        self.resting = False

    def end(self) -> None:
        self.ended = True
        self.woken.set()

    def rest(self) -> None:
        self.resting = True
        self.end()


def _write_event(data: str, *, name: str = "") -> bytes:
    """One event; JSON has no line break that would end it early."""
    return (f"event: {name}\n" if name else "").encode() + f"data: {data}\n\n".encode()
