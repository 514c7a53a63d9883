"""Find under which licence stands what a map hook loads, from those who spread it: `storymap assets add` records it.

The servers of scripts that packages are on say it of each package; of anything else nothing is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

_PACKAGE = re.compile(
    r"""(?:https?:)?//(?:
        [^/]+/npm/(?:@[^/]+/)?[^/]+              # as jsDelivr has packages of npm
        | unpkg\.com/(?:@[^/]+/)?[^/]+(?=/)      # as unpkg has them
        | [^/]+/gh/[^/]+/[^/]+                   # as jsDelivr has repositories of GitHub
    )""",
    re.VERBOSE,
)
_CDNJS = re.compile(r"/ajax/libs/([^/]+)/")


def find_licence(address: str, ask: Callable[[str], bytes]) -> str:
    """The licence of the package that `address` is a file of, by its SPDX name as a rule; empty where none is known.

    `ask` fetches what stands at an address, and may raise whatever it does where there is nothing.
    """
    about = find_description(address)
    if not about:
        return ""
    try:
        return read_licence(json.loads(ask(about)))
    except Exception:  # noqa: BLE001 - a licence that is not to be had is none that is known
        return ""


def find_description(address: str) -> str:
    """Where the package that `address` is a file of describes itself, as JSON; empty where that is not known."""
    if package := _PACKAGE.match(address):
        return f"{package[0]}/package.json"
    parts = urlsplit(address)
    library = _CDNJS.match(parts.path)
    if parts.netloc == "cdnjs.cloudflare.com" and library:
        return f"https://api.cdnjs.com/libraries/{quote(library[1])}?fields=license"
    return ""


def read_licence(description: Any) -> str:
    """The licence that a package names in its description, which once was written in several ways."""
    if not isinstance(description, dict):
        return ""
    written = description.get("license") or description.get("licenses") or ""
    named = [
        one.get("type") if isinstance(one, dict) else one
        for one in (written if isinstance(written, list) else [written])
    ]
    return " OR ".join(name.strip() for name in named if isinstance(name, str) and name.strip())[:100]
