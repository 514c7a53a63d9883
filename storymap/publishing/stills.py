"""The still maps of a site, each a file of its own."""

from __future__ import annotations

from storymap.errors import Report
from storymap.publishing.recipe import Recipe
from storymap.rendering.edition import Edition
from storymap.rendering.stills import Still, draw_picture


def still_recipe(still: Still, edition: Edition) -> Recipe:
    """How the file of `still` is made."""
    return Recipe(_make_still, (still, edition.palette))


def _make_still(still: Still, palette: str, *, report: Report) -> bytes:  # noqa: ARG001 - a recipe's
    return draw_picture(still, palette=palette).encode()
