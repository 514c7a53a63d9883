"""Run the preview until it is stopped: build at first and after each save, and answer requests meanwhile.

What the command `serve` calls; it gets everything to print through `Telling`.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Protocol

import uvicorn

from storymap.serving.app import make_app
from storymap.serving.guard import find_forwarded_name
from storymap.serving.listeners import Listeners
from storymap.serving.preview import Builder, Mistakes, Preview, Rebuild
from storymap.serving.watching import watch_project
from storymap.serving.worker import Worker

_PATIENCE = 2.0
"""Seconds that an open connection may take to end when the preview ends; uvicorn itself complains after 3."""


class Telling(Protocol):
    """Tells the author what happens."""

    def ready(self, rebuild: Rebuild) -> None:
        """The first build is done, and requests are answered."""

    def rebuilt(self, changed: Sequence[str], rebuild: Rebuild) -> None:
        """A build is done, because files with these names were saved."""

    def page_failed(self, mistakes: Mistakes) -> None:
        """A single page could not be made when it was asked for."""


def serve_preview(builder: Builder, root: Path, bound: socket.socket, *, host: str, telling: Telling) -> None:
    """Serve the preview of the project in `root` on a `bound` socket until Ctrl+C or a signal to end."""
    forwarded = find_forwarded_name(os.environ, bound.getsockname()[1])
    with suppress(KeyboardInterrupt):  # how an author ends it while the first build runs: nothing is amiss
        asyncio.run(_Run(builder, root, host=host, forwarded=forwarded, telling=telling).serve(bound))


class _Run:
    """One run of the preview."""

    def __init__(self, builder: Builder, root: Path, *, host: str, forwarded: str, telling: Telling) -> None:
        self._preview = Preview(builder)
        self._root = root
        self._telling = telling
        self._worker = Worker()
        self._listeners = Listeners()
        self._noticed: set[Mistakes] = set()
        self._saved: set[str] = set()
        self._wanted = asyncio.Event()
        app = make_app(
            self._preview,
            worker=self._worker,
            listeners=self._listeners,
            host=host,
            notice=self._notice,
            forwarded=forwarded,
        )
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=3
        )
        self._server = _Server(config, self._listeners, self._worker)

    async def serve(self, bound: socket.socket) -> None:
        stop = asyncio.Event()
        changes = watch_project(self._root, stop=stop)
        await anext(changes)  # from here on nothing that is saved is missed
        # The socket listens already: whoever asks meanwhile is answered as soon as there is something to answer with.
        self._telling.ready(await self._worker.run(self._preview.rebuild))
        tasks = [
            asyncio.create_task(work)
            for work in (self._server.serve(sockets=[bound]), self._collect(changes), self._build_always())
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            self._server.should_exit = True
            tasks[-1].cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._worker.stop()
        for task in done:
            task.result()

    async def _collect(self, changes: AsyncIterator[tuple[str, ...]]) -> None:
        """Note what was saved; what is saved during a build leads to the next one."""
        async for changed in changes:
            self._saved.update(changed)
            self._wanted.set()

    async def _build_always(self) -> None:
        """Build anew whenever something was saved."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            changed = tuple(sorted(self._saved))
            self._saved.clear()
            rebuild = await self._worker.run(self._preview.rebuild)
            self._noticed.clear()
            self._listeners.wake()
            self._telling.rebuilt(changed, rebuild)

    def _notice(self, mistakes: Mistakes) -> None:
        """Tell what keeps a page from being made, once for each build."""
        if mistakes not in self._noticed:
            self._noticed.add(mistakes)
            self._telling.page_failed(mistakes)


class _Server(uvicorn.Server):
    """A server that first ends the event streams and the worker: otherwise each would wait for the other."""

    def __init__(self, config: uvicorn.Config, listeners: Listeners, worker: Worker) -> None:
        super().__init__(config)
        self._listeners = listeners
        self._worker = worker

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's signature
        """Stop at a signal, for good: uvicorn's own would raise it once more when all has ended well."""
        self.force_exit = self.should_exit
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, the streams first, and then what pages are waited for; whoever still holds a connection loses it.

        uvicorn ends the connections that it knows of, once. A browser opens some ahead of need, and one that arrives a
        moment later would be waited for until the time is over.
        """
        self._listeners.close()
        self._worker.stop()
        ending = asyncio.create_task(self._end_late_connections())
        try:
            await super().shutdown(sockets)
        finally:
            ending.cancel()

    async def _end_late_connections(self) -> None:
        """Close what connections there are, and after two seconds those whose other end does not read."""
        end = asyncio.get_running_loop().time() + _PATIENCE
        while True:
            await asyncio.sleep(0.1)
            for connection in list(self.server_state.connections):
                connection.shutdown()
                if asyncio.get_running_loop().time() > end and connection.transport is not None:
                    connection.transport.abort()
