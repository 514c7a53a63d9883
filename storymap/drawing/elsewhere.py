"""Find what rendered markup and script ask of other hosts, and give them other addresses.

A link that a reader may follow asks for nothing, nor does a `data:` address, which brings its content along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

ADDED = "data-map-hook"
"""The attribute of every script that an author's hook brought: the browser tells when one of them fails."""

_ADDRESS = re.compile(r"(?:https?:)?//(?:\{\w+\}\.)?(?:[\w-]+\.)*[\w-]+(?::\d+)?(?:[/?][^\s\"'`<>()\\]*)?", re.ASCII)
_ASKED_BEFORE = re.compile(
    r"""\b(?:src|poster)\s*=\s*\\?["']?$                                      # an attribute that loads
    |<link\b[^<>]*\bhref\s*=\s*\\?["']?$                                    # a stylesheet
    |\burl\(\s*\\?["']?$ | @import\s+\\?["']$                               # in a stylesheet
    |\b(?:\w*Url|src)\\?["']?\s*:\s*\\?["']$                                # an option such as iconUrl
    |[(\[,?]\s*["'`]$ | (?<!href)(?<!cite)(?<!action)(?<!xmlns)\s*=\s*["'`]$  # a text of a script""",
    re.VERBOSE,
)
_NAMESPACES = ("http://www.w3.org/", "//www.w3.org/")
_LONGEST_BEFORE = 200


def list_elsewhere(text: str) -> tuple[str, ...]:
    """The addresses of other hosts that `text`, HTML, CSS or JavaScript, asks for, once each and in order."""
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(text.replace("\\u0026", "&").replace("\\/", "/")):
        address = match[0]
        if not address.startswith(_NAMESPACES) and _is_asked(match.string, match.start(), address):
            found[address] = None
    return tuple(found)


def is_elsewhere(address: str) -> bool:
    """Whether an address leads to another host."""
    return address.startswith(("http://", "https://", "//"))


def name_host(address: str) -> str:
    """The host of an address elsewhere."""
    return address.partition("//")[2].partition("/")[0].partition("?")[0]


def lead_elsewhere(text: str, addresses: Mapping[str, str]) -> str:
    """`text` with each of `addresses` in place of what it stands for, also where a script wrote `&` as an escape."""
    for address in sorted(addresses, key=len, reverse=True):
        for written in {address, address.replace("&", "\\u0026"), address.replace("&", "&amp;")}:
            text = text.replace(written, addresses[address])
    return text


def list_hosts(addresses: Iterable[str]) -> tuple[str, ...]:
    """The hosts of addresses elsewhere, sorted."""
    return tuple(sorted({name_host(address) for address in addresses}))


def _is_asked(text: str, start: int, address: str) -> bool:
    before = text[max(0, start - _LONGEST_BEFORE) : start]
    if address.startswith("//") and "." not in name_host(address):
        return False  # the beginning of a comment
    return _ASKED_BEFORE.search(before) is not None
