"""Named ways through a story, each in a colour of its own: a reader sees all of them grow, or chooses one."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired, TypedDict

import numpy as np
import shapely
from msgspec import Struct
from shapely.ops import substring

from storymap.earth.mercator import project_points, unproject_points
from storymap.language.numbers import say_distance
from storymap.language.words import interface_words
from storymap.layers.drawn import Drawn, Key, KeyEntry, PageIndex
from storymap.layers.figures import Paint, PaintedShape
from storymap.layers.geometry import pack_parts
from storymap.layers.naming import MOST_NAMES
from storymap.model.layer import Layer
from storymap.model.place import LonLat
from storymap.model.scene import View

_WIDTH, _AHEAD_WIDTH, _AHEAD = 3.0, 1.8, 0.4
"""Pixels of what the story has come to, and pixels and opacity of what it has not."""


class Branch(Struct, frozen=True):
    """A named way: `parts` are runs of points, cut where it crosses 180°, `kilometres` its length.

    `color` is that on light ground, `dark` that on dark.
    """

    name: str
    color: str
    dark: str
    parts: tuple[tuple[LonLat, ...], ...]
    kilometres: float


class Branches(Struct, Layer, frozen=True):
    """The named ways of a story, and the share of each, from 0 to 1, to which it has come at the end of the scene.

    That of the opening, which shows all of them whole, `is_opening`.
    """

    branches: tuple[Branch, ...]
    gone: tuple[float, ...]
    is_opening: bool = False


class BranchPayload(TypedDict):
    """A named way: `parts` are its runs as arcs (`storymap.basemap.arcs`) in degrees / 10**`digits`."""

    name: str
    color: str
    dark: str
    parts: str
    digits: int


class BranchesPayload(TypedDict):
    """How far the ways have come at the end of a scene, by shares; the ways themselves stand in the opening."""

    kind: Literal["branches"]
    gone: list[float]
    branches: NotRequired[list[BranchPayload]]


class DrawnBranches(Drawn[Branches]):
    """Named ways as they are drawn everywhere."""

    kind: ClassVar[str] = "branches"

    def payload(self, index: PageIndex) -> BranchesPayload:  # noqa: ARG002 - a way knows its own points
        """The shares, and in the opening the ways."""
        payload: BranchesPayload = {"kind": "branches", "gone": [round(share, 4) for share in self.layer.gone]}
        if self.layer.is_opening:
            payload["branches"] = [_write(branch) for branch in self.layer.branches]
        return payload

    def still(self, view: View) -> tuple[PaintedShape, ...]:  # noqa: ARG002 - they are as fine as they need be
        """Each way faintly, and boldly as far as the story has come."""
        ways = tuple(zip(self.layer.branches, self.layer.gone, strict=True))
        ahead = (
            PaintedShape(line, _paint(branch, _AHEAD_WIDTH, opacity=_AHEAD))
            for branch, share in ways
            if share < 1
            for line in _draw(branch, 1.0)
        )
        gone = (PaintedShape(line, _paint(branch)) for branch, share in ways for line in _draw(branch, share))
        return (*ahead, *gone)

    def keys(self, lang: str) -> tuple[Key, ...]:
        """Their names."""
        entries = tuple(KeyEntry(_paint(branch), branch.name) for branch in self.layer.branches)
        return (Key(interface_words(lang).page["routes"], entries),)

    def sentences(self, lang: str) -> tuple[str, ...]:
        """Each way by its name, with its length."""
        route = interface_words(lang).page["map_route"]
        return tuple(
            route.format(name=branch.name, distance=say_distance(branch.kilometres, lang))
            for branch in self.layer.branches[:MOST_NAMES]
        )


def _write(branch: Branch) -> BranchPayload:
    parts, digits = pack_parts(branch.parts)
    return {"name": branch.name, "color": branch.color, "dark": branch.dark, "parts": parts, "digits": digits}


def _paint(branch: Branch, width: float = _WIDTH, opacity: float = 1.0) -> Paint:
    return Paint(stroke=branch.color, dark=branch.dark, width=width, opacity=opacity)


def _draw(branch: Branch, share: float) -> list[shapely.LineString]:
    """The runs of a way up to a share of its length in the plane, which is that on the screen."""
    lines = [shapely.LineString(project_points(np.array(run))) for run in branch.parts]
    left = share * sum(line.length for line in lines)
    drawn = []
    for line in lines:
        if left <= 0:
            break
        part = substring(line, 0, left)
        drawn.append(shapely.LineString(unproject_points(shapely.get_coordinates(part))))
        left -= line.length
    return drawn
