"""Say what a page asks for: which other hosts, which a builder is told at the end, and which of the site's plugins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storymap.addresses import PLUGINS
from storymap.drawing.elsewhere import ADDED, is_elsewhere, list_elsewhere, list_hosts

_LOADED = re.compile(
    rb"""<(?:script|img|iframe|video|audio|source)\b[^>]*?\ssrc="([^"]+)"|<link\b[^>]*?rel="stylesheet"[^>]*?href="([^"]+)\""""
)
_ADDED = re.compile(rf"<script {ADDED}[^>]*>(.*?)</script>".encode(), re.DOTALL)
_PLUGIN = re.compile(rf'="(?:\.\./)*({re.escape(PLUGINS)}[^"]+)"'.encode())
_STYLED = re.compile(rb"""url\("((?:https?:)?//[^"]+)\"""")
_TILES = re.compile(rb'"kind":"tiles","url":"([^"]+)"')


def find_hosts(content: bytes) -> tuple[str, ...]:
    """The hosts that a page asks for pictures, scripts, stylesheets or tiles, sorted; none is the rule."""
    if b"//" not in content:
        return ()
    return list_hosts(_list_loaded(content))


def find_plugins(content: bytes) -> tuple[str, ...]:
    """The files of plugins that a page loads, as paths of the site, sorted; none is the rule."""
    if PLUGINS.encode() not in content:
        return ()
    return tuple(sorted({found[1].decode() for found in _PLUGIN.finditer(content)}))


def _list_loaded(page: bytes) -> Iterator[str]:
    for found in _LOADED.finditer(page):
        address = (found[1] or found[2]).decode()
        if is_elsewhere(address):
            yield address
    if b'url("' in page:  # of a style sheet whose author the settings let
        yield from (found[1].decode() for found in _STYLED.finditer(page))
    for script in _ADDED.finditer(page):
        yield from list_elsewhere(script[1].decode())
    if tiles := _TILES.search(page):
        yield tiles[1].decode()
