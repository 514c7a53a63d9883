"""Say what a page asks for: which other hosts, which a builder is told at the end, and which files of the site's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from storymap.addresses import PLUGINS, STREETS
from storymap.drawing.elsewhere import ADDED, is_elsewhere, list_elsewhere, list_hosts
from storymap.pages.policy import POLICY_TAG, list_foreign

_LOADED = re.compile(
    rb"""<(?:script|img|iframe|video|audio|source)\b[^>]*?\ssrc="([^"]+)"|<link\b[^>]*?rel="stylesheet"[^>]*?href="([^"]+)\""""
)
_ADDED = re.compile(rf"<script {ADDED}[^>]*>(.*?)</script>".encode(), re.DOTALL)
_ON_DEMAND = re.compile(rf'="(?:\.\./)*({re.escape(PLUGINS)}[^"]+|{re.escape(STREETS)})"'.encode())
_STYLED = re.compile(rb"""url\("((?:https?:)?//[^"]+)\"""")
_TILES = re.compile(rb'"kind":"tiles","url":"([^"]+)"')


def find_hosts(content: bytes) -> tuple[str, ...]:
    """The hosts that a page asks for pictures, scripts, stylesheets or tiles, sorted; none is the rule."""
    if b"//" not in content:
        return ()
    return list_hosts(_list_loaded(content))


def find_refused(content: bytes, asked: Sequence[str]) -> tuple[str, ...]:
    """Those hosts `asked` by a page that its policy does not let it ask: no browser loads anything from them."""
    granted = list_foreign(content) if asked and POLICY_TAG.encode() in content else asked
    return tuple(host for host in asked if not any(map(partial(_covers, host), granted)))


def find_on_demand(content: bytes) -> tuple[str, ...]:
    """The files on demand that a page loads, as paths of the site, sorted: streets and plugins; none is the rule."""
    if PLUGINS.encode() not in content and STREETS.encode() not in content:
        return ()
    return tuple(sorted({found[1].decode() for found in _ON_DEMAND.finditer(content)}))


def _covers(host: str, granted: str) -> bool:
    """Whether the policy's `granted` stands for `host`, which may have a blank for several servers in front."""
    several = host.startswith("{") or granted.startswith("*.")
    return granted == host or (several and granted.partition(".")[2] == host.partition(".")[2])


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
