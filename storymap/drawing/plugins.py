"""The plugins of Leaflet that Folium's common elements load, as the package carries them: prepared by its build.

An element names an address elsewhere, with a version. What is carried stands for it if the file and its library have
the same name, and the version is one that it can stand for: `browser/plugins.json` says which.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from storymap.drawing.elsewhere import is_elsewhere
from storymap.prepared import read_static

FOLDER = "plugins/"
"""In `static/`: `PACKAGE/NAME` for each file, and `index.json`, which lists them."""

NEEDLESS = {
    "https://cdnjs.cloudflare.com/ajax/libs/jqueryui/1.10.2/jquery-ui.min.js": "data:text/javascript,",
    "https://cdnjs.cloudflare.com/ajax/libs/highlight.js/8.4/styles/default.min.css": "data:text/css,",
}
"""What Folium's elements of times name and neither they nor their plugin use, with an address of nothing instead."""

_VERSION = re.compile(r"v?(\d+)(?:\.\d+)+(?:[-+].*)?")


class Plugin(Struct, frozen=True):
    """A file that is carried, as `PACKAGE/NAME`.

    `called` are the names that servers give to its library, `majors` the major versions that it can stand for, all of
    them if there are none. One that `evaluates` makes functions of texts, which a page must allow.
    """

    file: str
    called: frozenset[str]
    majors: frozenset[int]
    evaluates: bool


@lru_cache(maxsize=256)
def find_plugin(address: str) -> str | None:
    """The carried file, as `PACKAGE/NAME`, that can stand for what is at `address`; None where none can."""
    if not is_elsewhere(address):
        return None
    *folders, name = unquote(urlsplit(address).path).lower().split("/")
    wanted = name.replace(".min.", ".")
    for plugin in list_plugins():
        if plugin.file.rpartition("/")[2].lower() != wanted:
            continue
        for at, folder in enumerate(folders):
            library, _, version = folder.partition("@")
            if library in plugin.called and _fits(version or "".join(folders[at + 1 : at + 2]), plugin.majors):
                return plugin.file
    return None


@lru_cache(maxsize=1)
def list_plugins() -> tuple[Plugin, ...]:
    """Every file of a plugin that the package carries."""
    rows = json.loads(read_static(f"{FOLDER}index.json"))
    return tuple(
        Plugin(row["file"], frozenset(row["called"]), frozenset(row["majors"]), row["evaluates"]) for row in rows
    )


def read_plugin(file: str) -> bytes:
    """The content of a carried file."""
    return read_static(FOLDER + file)


def is_evaluating(file: str) -> bool:
    """Whether a carried file, as `PACKAGE/NAME`, makes functions of texts; so may any file that is not carried."""
    return next((plugin.evaluates for plugin in list_plugins() if plugin.file == file), True)


def _fits(written: str, majors: frozenset[int]) -> bool:
    """Whether a version, or what stands where one may stand, is of one of `majors`; a version that is left open is."""
    version = _VERSION.fullmatch(written)
    return not majors or version is None or int(version[1]) in majors
