"""The faces that pages are set in, as a stylesheet: what `storymap.bundling.page_fonts` has prepared.

A face is loaded where a letter of it occurs and nothing waits for it. One that comes too late for the first lines is
left for the next page (`font-display: optional`), so that no line ever breaks anew before a reader's eyes.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

from storymap.addresses import font_file
from storymap.language.tags import has_latin_script, primary_language
from storymap.pages.frame import TOP
from storymap.prepared import read_static

_FOLDER = "page_fonts/"

_CYRILLIC = frozenset({"be", "bg", "mk", "ru", "rue", "sr", "uk"})
"""Languages whose Cyrillic the faces have whole; others, such as Kazakh, have more letters."""

_BEYOND = frozenset({"ak", "ee", "ff", "gaa", "ha", "ig", "lkt", "nv", "tw", "vi", "yo"})
"""Languages in Latin with letters that the faces lack: a word of two fonts is worse than one of the system's."""


@lru_cache(maxsize=1)
def list_face_files() -> dict[str, str]:
    """The files of all faces: where each stands in a site, and where among what was prepared."""
    return {_place(face["file"]): _FOLDER + face["file"] for face in _read_index()["faces"]}


def style_faces(lang: str) -> str:
    """The stylesheet that has a page in `lang` set in the faces, with addresses that are seen from the top.

    Empty for a language that they lack letters of.
    """
    primary = primary_language(lang)
    return "" if primary in _BEYOND else _style(whole=has_latin_script(lang) or primary in _CYRILLIC)


@lru_cache(maxsize=2)
def _style(*, whole: bool) -> str:
    """With all that the faces have; without `whole`, for pages in another script, with the letters of Latin alone."""
    index = _read_index()
    families = {
        hand: ",".join(f'"{family}"' for family in (names if whole else names[:1]))
        for hand, names in index["families"].items()
    }
    fitted = [_write_fitted(face) for face in index["fitted"]] if whole else []
    faces = [
        _write_face(face, index["ranges"][face["script"] if whole else "letters"])
        for face in index["faces"]
        if whole or face["script"] == "latin"
    ]
    stacks = "".join(f"--{hand}:{names},var(--system-{hand});" for hand, names in families.items())
    return "".join([*faces, *fitted, f":root{{{stacks.rstrip(';')}}}"])


def _write_face(face: dict[str, Any], characters: str) -> str:
    source = f'url("{TOP}{_place(face["file"])}")format("woff2")'
    return _write_rule(face, {"src": source, "font-display": "optional", "unicode-range": characters})


def _write_fitted(face: dict[str, Any]) -> str:
    """A font of the system's, as wide and as high as a face."""
    source = ",".join(f'local("{name}")' for name in face["local"])
    measures = {name: value for name, value in face.items() if name.endswith(("-adjust", "-override"))}
    return _write_rule(face, {"src": source, **measures})


def _write_rule(face: dict[str, Any], more: dict[str, str]) -> str:
    style = {"font-style": face["style"]} if face["style"] != "normal" else {}
    says = {"font-family": f'"{face["family"]}"', **style, "font-weight": face["weight"], **more}
    return f"@font-face{{{';'.join(f'{name}:{value}' for name, value in says.items())}}}"


@lru_cache(maxsize=64)
def _place(name: str) -> str:
    """Where a file of a face stands in a site: its name there says what is in it, so that it can be kept for ever."""
    stem, _, ending = name.partition(".")
    return font_file(f"{stem}.{hashlib.sha256(read_static(_FOLDER + name)).hexdigest()[:8]}.{ending}")


@lru_cache(maxsize=1)
def _read_index() -> dict[str, Any]:
    index: dict[str, Any] = json.loads(read_static(f"{_FOLDER}faces.json"))
    return index
