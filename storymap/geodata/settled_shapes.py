"""Settle the shapes of features: valid, within ±180°, or why a feature is nowhere; whatever a library makes of them."""

from __future__ import annotations

from storymap.earth.flaws import Flaw
from storymap.earth.mending import Mended
from storymap.earth.shapes import ShapeError, settle_shape
from storymap.geodata.features import Feature


def settle_feature(feature: Feature) -> Mended | Flaw:
    """The shape of `feature`, which is in degrees, with all that was mended in it; else why it has none."""
    if feature.lost is not None:
        return feature.lost
    try:
        settled = settle_shape(feature.geometry)
    except ShapeError as error:
        return Flaw(error.code, str(error), error.advice)
    except Exception as error:  # whatever a library finds wrong with one shape, the others are drawn
        message = f"its geometry cannot be used: {str(error)[:200] or type(error).__name__}"
        return Flaw("bad-geometry", message, "draw it again, or delete it")
    return Mended(settled.geometry, (*feature.mended, *settled.flaws))
