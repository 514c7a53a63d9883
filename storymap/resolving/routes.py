"""The lines of a story: between the places of one step, and from each step to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from storymap.earth.lines import draw_line
from storymap.model.layer import Leg, LineStyle
from storymap.model.place import Place


def draw_legs(places: Sequence[Place], style: LineStyle) -> tuple[Leg, ...]:
    """Lines between successive `places` of a step; none where the style is `none`."""
    return tuple(leg for start, end in pairwise(places) for leg in draw_arrival([start], [end], style))


def draw_arrival(before: Sequence[Place], here: Sequence[Place], style: LineStyle) -> tuple[Leg, ...]:
    """The line from the last place of the step before to the first place of this one; none if it is the same place."""
    if style == "none" or not before or not here or before[-1] == here[0]:
        return ()
    start, end = before[-1], here[0]
    return (Leg(start, end, style, draw_line(start.point, end.point, style)),)
