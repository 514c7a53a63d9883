"""What the scenes of a page ask of the drawn map under them."""

from __future__ import annotations

from collections.abc import Iterable

from storymap.layers.drawn import Ground
from storymap.layers.kinds import draw
from storymap.model.scene import Scene


def ask_ground(scenes: Iterable[Scene]) -> Ground:
    """What all layers of `scenes` ask of it, once each."""
    asked = [draw(layer).ground() for scene in scenes for layer in scene.layers]
    return Ground(
        fills=tuple(dict.fromkeys(code for each in asked for code in each.fills)),
        spots=tuple(dict.fromkeys(spot for each in asked for spot in each.spots)),
    )
