"""The categories of the settings → how their places are marked: `Sign`s."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache

from storymap.errors import Location, Report
from storymap.model.sign import Sign, SignColors
from storymap.prepared import read_static
from storymap.settings.model import Category
from storymap.symbology.contrast import (
    LEAST_CONTRAST,
    choose_ink,
    make_stand_out,
    measure_contrast,
    stands_out,
)
from storymap.symbology.fills import read_color
from storymap.text.suggesting import ask_nearest

LIGHT_GROUNDS: Mapping[str, str] = {"land": "#f6f1e7", "sea": "#b7cdd8"}
DARK_GROUNDS: Mapping[str, str] = {"land": "#383632", "sea": "#0f1a21"}
"""What markers stand on, by light and in the dark: the colours of `browser/src/styles/palette.css`."""


def read_signs(categories: Mapping[str, Category], locate: Callable[..., Location], report: Report) -> dict[str, Sign]:
    """The signs of `categories` by their names in lower case.

    What is no symbol and no colour is told at its key, which `locate` finds, and so is a colour that hardly stands out
    from the map by light. In the dark one that does not is drawn lighter.
    """
    signs = {}
    for name, category in categories.items():
        symbol = _find_symbol(category.symbol, locate("categories", name, "symbol"), report) if category.symbol else ""
        at = locate("categories", name, "color")
        fill = read_color(category.color, at, report)
        if not fill:
            continue
        check_contrast(fill, category.color, at, report)
        dark = make_stand_out(fill, tuple(DARK_GROUNDS.values()), "white")
        signs[name.casefold()] = Sign(
            title=category.title or name,
            symbol=symbol,
            light=SignColors(fill, choose_ink(fill)),
            dark=SignColors(dark, choose_ink(dark)),
        )
    return signs


def _find_symbol(name: str, at: Location, report: Report) -> str:
    paths = _read_symbols()
    if name not in paths:
        otherwise = "symbols are those of Maki, such as museum, theatre, castle or star"
        report.error(
            "unknown-symbol", f'there is no symbol "{name}"', at, help=ask_nearest(name, paths, otherwise=otherwise)
        )
    return paths.get(name, "")


def check_contrast(fill: str, written: str, at: Location, report: Report) -> None:
    """Tell of a colour that hardly stands out from the map by light; `written` is how its author calls it."""
    grounds = tuple(LIGHT_GROUNDS.values())
    if stands_out(fill, grounds):
        return
    name, ground = min(LIGHT_GROUNDS.items(), key=lambda pair: measure_contrast(fill, pair[1]))
    report.warning(
        "weak-color",
        f'"{written}" hardly stands out from the {name} of the map: its contrast is '
        f"{measure_contrast(fill, ground):.1f}, and at least {LEAST_CONTRAST:g} is needed",
        at,
        help=f'write "{make_stand_out(fill, grounds, "black")}", the nearest that does',
    )


@lru_cache(maxsize=1)
def _read_symbols() -> Mapping[str, str]:
    """The SVG path of each icon of Maki, by its name."""
    paths: dict[str, str] = json.loads(read_static("symbols.json"))
    return paths
