"""How maps look, read by Python and by the browser from the one file `look.json`.

It stands apart from the figures by which the ground is cut (`storymap.figures`): what is here can be changed without
cutting it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple


class Meridians(NamedTuple):
    """The lines over the sea from a zoom on: how many degrees they are apart, 0 for none."""

    zoom: float
    step: int


class Look(NamedTuple):
    """All of it."""

    graticule: tuple[Meridians, ...]
    """Meridians and parallels, which leave no sea empty."""
    graticule_width: float
    """How broad they are, in CSS pixels."""
    bold: int
    """The smallest size of a settlement (`storymap.figures.Settlements`) whose name is set in bold: a capital."""
    settlements: tuple[float, ...]
    """Font size of names by the size of a settlement, before what the zoom adds (`storymap.figures.Names`)."""
    plates: int
    """So many places of a scene have their names on plates; where there are more, names are written on the map."""


def step_at(zoom: float) -> int:
    """Degrees between the meridians of a map, and between its parallels; 0 where it has none."""
    return next((one.step for one in reversed(LOOK.graticule) if one.zoom <= zoom), 0)


def _read_look() -> Look:
    read: dict[str, Any] = json.loads(Path(__file__).with_name("look.json").read_text(encoding="utf-8"))
    return Look(
        graticule=tuple(Meridians(**one) for one in read["graticule"]),
        graticule_width=read["graticuleWidth"],
        bold=read["bold"],
        settlements=tuple(read["settlements"]),
        plates=read["plates"],
    )


LOOK = _read_look()
"""Constants like those of any module; they only stand in a file that two languages can read."""
