"""Filled countries: the drawn map paints them, under its borders and waters."""

from __future__ import annotations

from typing import ClassVar, Literal, TypedDict

from msgspec import Struct

from storymap.language.map_names import say_country_of
from storymap.language.words import interface_words
from storymap.layers.drawn import Drawn, Ground, PageIndex
from storymap.layers.naming import say_some
from storymap.model.layer import Layer


class Highlight(Struct, Layer, frozen=True):
    """Filled countries, by their ISO 3166-1 alpha-2 codes."""

    countries: tuple[str, ...]


class HighlightPayload(TypedDict):
    """The ISO 3166-1 alpha-2 codes of the countries; the basemap has their shapes under them."""

    kind: Literal["highlight"]
    countries: list[str]


class DrawnHighlight(Drawn[Highlight]):
    """Filled countries as they are drawn everywhere."""

    kind: ClassVar[str] = "highlight"

    def ground(self) -> Ground:
        """The shapes of the countries."""
        return Ground(fills=self.layer.countries)

    def payload(self, index: PageIndex) -> HighlightPayload:  # noqa: ARG002 - it has no places
        """Their codes."""
        return {"kind": "highlight", "countries": list(self.layer.countries)}

    def sentences(self, lang: str) -> tuple[str, ...]:
        """That they are filled."""
        countries = [say_country_of(code, lang) for code in self.layer.countries]
        return (interface_words(lang).page["map_filled"].format(countries=say_some(countries, lang)),)
