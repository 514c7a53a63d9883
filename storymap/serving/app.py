"""Answer requests from the last good site: an ASGI application.

Between `storymap.serving.pages`, which finds what to send, and `storymap.serving.server`, which runs it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from storymap.prepared import read_static
from storymap.serving.guard import Guard
from storymap.serving.listeners import Listeners
from storymap.serving.pages import EVENTS, HTML, SCRIPT, Page, find_folder, find_page, find_state
from storymap.serving.preview import Mistakes, Preview
from storymap.serving.worker import StoppedError, Worker


def make_app(
    preview: Preview,
    *,
    worker: Worker,
    listeners: Listeners,
    host: str,
    notice: Callable[[Mistakes], None],
    forwarded: str = "",
) -> Starlette:
    """The application. All work on `preview` is done by `worker`; `notice` is told what keeps a page from being made.

    `host` is the name that the author asked to serve under, `forwarded` one that leads here from the web, if any.
    """

    async def answer_page(request: Request) -> Response:
        address = request.scope["path"]
        folder = await worker.run(lambda: find_folder(preview, address))
        if folder:
            return RedirectResponse(folder)
        page = await worker.run(lambda: find_page(preview, address))
        if page.mistakes:
            notice(page.mistakes)
        return _send(page, request)

    async def answer_events(request: Request) -> Response:
        address = request.query_params.get("page", "/")

        async def look() -> str:
            try:
                state, mistakes = await worker.run(lambda: find_state(preview, address))
            except StoppedError:  # the stream ends as well
                return ""
            if mistakes:
                notice(mistakes)
            return state

        return StreamingResponse(
            listeners.listen(look),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    async def answer_script(_request: Request) -> Response:
        headers = {"Cache-Control": "max-age=31536000, immutable"}
        return Response(read_static("preview.js"), media_type="text/javascript", headers=headers)

    return Starlette(
        routes=[
            Route(EVENTS, answer_events),
            Route(SCRIPT, answer_script),
            Route("/{path:path}", answer_page),
        ],
        middleware=[Middleware(Guard, host=host, forwarded=forwarded)],
        exception_handlers={StoppedError: _say_stopped},
    )


async def _say_stopped(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("The preview has been stopped.\n", 503)


def _send(page: Page, request: Request) -> Response:
    """The response: pages are always sent whole, other files only where the browser has not got them yet."""
    if page.kind == HTML:
        headers = {"Cache-Control": "no-store"}
        return Response(page.content, page.status, headers, HTML)
    tag = f'"{hashlib.sha256(page.content).hexdigest()[:32]}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag, "Accept-Ranges": "bytes"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    span = _read_range(request.headers.get("range", ""), len(page.content))
    if span is None or page.status != 200:
        return Response(page.content, page.status, headers, page.kind)
    headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{len(page.content)}"
    return Response(page.content[span.start : span.stop], 206, headers, page.kind)


def _read_range(header: str, size: int) -> range | None:
    """The one part that a Range header asks for, as film players do; None for the whole, or where it makes no sense."""
    found = re.fullmatch(r"bytes=(\d{1,15})-(\d{0,15})", header)
    if not found:
        return None
    first, last = int(found[1]), int(found[2] or size - 1)
    return range(first, min(last + 1, size)) if first <= last and first < size else None
