"""The outlines of areas and circles: white, and darker round a pale colour, so that each is seen on either ground."""

from __future__ import annotations

from functools import lru_cache

from storymap.symbology.categories import LIGHT_GROUNDS
from storymap.symbology.contrast import measure_contrast

LIGHT, DARK = "#ffffff", "#8c8173"

_PALE = 1.6
"""Contrast with the light ground below which a colour needs a darker outline."""


@lru_cache(maxsize=256)
def choose_edge(color: str) -> str:
    """The outline of what is filled with `color`."""
    return DARK if measure_contrast(color, LIGHT_GROUNDS["land"]) < _PALE else LIGHT
