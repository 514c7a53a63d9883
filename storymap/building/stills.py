"""The still maps of a site, each a file of its own."""

from __future__ import annotations

from storymap.building.recipe import Recipe
from storymap.drawing.stills import Still, draw_picture
from storymap.errors import Report


def still_recipe(still: Still, palette: str) -> Recipe:
    """How the file of `still` is made; `palette` is the stylesheet with its colours."""
    return Recipe(_make_still, (still, palette))


def _make_still(still: Still, palette: str, *, report: Report) -> bytes:  # noqa: ARG001 - a recipe's
    return draw_picture(still, palette=palette).encode()
