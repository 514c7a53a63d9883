"""The words of the interface, in the language of the page: one file per language in `words/`.

English is complete; a language that lacks a word borrows the English one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Primary language subtags whose usual script runs from right to left (Unicode CLDR, characterOrder)."""


@dataclass(frozen=True, slots=True)
class InterfaceWords:
    """Every word that a page shows and its author did not write. `page` is for templates, `runtime` for the browser."""

    page: dict[str, str]
    runtime: dict[str, str]

    def browser(self) -> dict[str, str]:
        """The words that the browser runtime needs, for the payload."""
        return dict(self.runtime)


@lru_cache(maxsize=64)
def interface_words(lang: str) -> InterfaceWords:
    """The words for the BCP 47 tag `lang`."""
    english = _read("en")
    own = _read(primary_language(lang))
    return InterfaceWords({**english["page"], **own["page"]}, {**english["runtime"], **own["runtime"]})


def text_direction(lang: str) -> str:
    """`"rtl"` or `"ltr"`, for the `dir` attribute of a text in `lang`."""
    if "latn" in lang.lower().split("-"):
        return "ltr"
    return "rtl" if primary_language(lang) in RIGHT_TO_LEFT else "ltr"


def primary_language(lang: str) -> str:
    """The first subtag of a BCP 47 tag, in lower case."""
    return lang.partition("-")[0].lower()


def _read(language: str) -> dict[str, dict[str, str]]:
    words = files("storymap.rendering") / "words" / f"{language}.toml"
    table = tomllib.loads(words.read_text(encoding="utf-8")) if words.is_file() else {}
    return {"page": table.get("page", {}), "runtime": table.get("runtime", {})}
