"""What is sent for an address: a file of the site, its page for a missing address, or the page for mistakes.

HTML gets the preview's script before `</body>`, with what the page should show at first; nothing else is touched.
Between `storymap.serving.preview`, which has the site, and `storymap.serving.app`, which sends.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from html import escape
from mimetypes import MimeTypes
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import asdict

from storymap.addresses import NOT_FOUND
from storymap.pages.policy import allow_preview
from storymap.prepared import read_static
from storymap.serving.preview import Mistakes, PageFailedError, Preview

OWN = "/.storymap/"
"""Below this address stands what is the preview's and not the site's."""

SCRIPT = f"{OWN}preview.js"
EVENTS = f"{OWN}events"

_ICON = "/favicon.ico"
"""What browsers ask every site for: where it has none, that is no mistake of the author's."""

HTML = "text/html; charset=utf-8"

_TYPES = MimeTypes()  # what Python itself knows: the system's list may call a script plain text


class Page(Struct, frozen=True):
    """What to send: `kind` is its media type; `mistakes` are those of making just this page, if that failed."""

    content: bytes
    kind: str
    status: int = 200
    mistakes: Mistakes | None = None


def find_page(preview: Preview, address: str) -> Page:
    """The answer for `address`, decoded and beginning with a slash: looked up in the site, never on disk."""
    if not preview.has_site:
        return _show_mistakes(preview.mistakes)
    path = preview.find_path(address)
    status = 200
    if path is None and address == _ICON:
        return Page(b"", "image/x-icon", 204)
    if path is None:
        path, status = NOT_FOUND, 404
    try:
        content, version = preview.read(path), preview.find_version(path)
    except PageFailedError as error:
        return _show_mistakes(error.mistakes, page=error.mistakes)
    if not path.endswith(".html"):
        return Page(content, _name_kind(path), status)
    if status == 404:  # it can be shown at any depth, and its links are for the place where the site will stand
        content = content.replace(b"<head>", b'<head>\n<base href="/">', 1)
    content = allow_preview(content, base=status == 404)
    return Page(_add_script(content, write_state(preview.mistakes, version=version)), HTML, status)


def find_folder(preview: Preview, address: str) -> str:
    """The address with a slash at its end where that one, but not this, leads to a page; otherwise empty."""
    if not preview.has_site or preview.find_path(address) or not preview.find_path(f"{address}/"):
        return ""
    return quote(f"/{address.strip('/')}/")


def find_state(preview: Preview, address: str) -> tuple[str, Mistakes | None]:
    """What the page at `address` should show now, as JSON.

    A page that cannot be made any more stays as it is, over which its mistakes are shown; they come back as well.
    """
    if not preview.has_site:
        return write_state(preview.mistakes, version=""), None
    try:
        version = preview.find_version(preview.find_path(address) or NOT_FOUND)
    except PageFailedError as error:
        return write_state(error.mistakes, version=""), error.mistakes
    return write_state(preview.mistakes, version=version), None


def write_state(mistakes: Mistakes, *, version: str) -> str:
    """What a page should show, as the JSON that `browser/src/preview/state.ts` reads.

    An empty `version` says that there is nothing newer to show than what stands there.
    """
    problems = [{"severity": severity.value, **asdict(told)} for severity, told in mistakes.told]
    return json.dumps({"version": version, "failed": mistakes.failed, "problems": problems}, ensure_ascii=False)


def script_version() -> str:
    """A checksum over the preview's script: its address changes with it, so that a browser may keep it."""
    return _script_version(read_static("preview.js"))


@lru_cache(maxsize=2)
def _script_version(script: bytes) -> str:
    return hashlib.sha256(script).hexdigest()[:16]


def _name_kind(path: str) -> str:
    kind = _TYPES.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _add_script(content: bytes, state: str) -> bytes:
    tag = f'<script src="{SCRIPT}?v={script_version()}" data-state="{escape(state)}"></script>\n'
    before, end, after = content.rpartition(b"</body>")
    return before + tag.encode() + end + after if end else content


def _show_mistakes(mistakes: Mistakes, *, page: Mistakes | None = None) -> Page:
    """A page that has nothing but mistakes to show: its script lists them, or without script the page itself."""
    texts = "\n".join(f"<pre>{escape(str(told))}</pre>" for _, told in mistakes.told)
    content = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>Mistakes to mend</title>\n"
        f"<style>{read_static('palette.css').decode()}html{{background:var(--paper);color:var(--ink)}}</style>\n"
        f"</head>\n<body>\n<noscript>\n<h1>Mistakes to mend</h1>\n{texts}\n</noscript>\n</body>\n</html>\n"
    )
    return Page(_add_script(content.encode(), write_state(mistakes, version="")), HTML, 500, page)
