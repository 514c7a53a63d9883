"""How much of today's world the drawn map shows, for stories of a time before its borders and names."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Borders = Literal["all", "none"]
Names = Literal["all", "water", "none"]
StreetDetail = Literal["auto", "fine", "coarse", "none"]


class GroundDetail(Struct, frozen=True):
    """What the drawn map shows beside land and waters.

    `borders` are those of countries and regions. `names` are of countries, settlements and waters; with `water` or
    `none` there are no dots of settlements, either. Without the `earth` there is nothing of it at all: the story is
    told on a picture. `streets` says how finely the author's street data is drawn where the map is close to it: `auto`
    is as fine as the page can carry.
    """

    borders: Borders = "all"
    names: Names = "all"
    earth: bool = True
    streets: StreetDetail = "auto"


TODAY = GroundDetail()
"""The world of today with all its borders and names."""

NO_EARTH = GroundDetail("none", "none", earth=False)
"""What lies under a picture that a story is told on."""
