"""The key of a scene: what on its map has to be explained, and does not explain itself."""

from __future__ import annotations

from storymap.layers.drawn import Key
from storymap.layers.kinds import draw
from storymap.model.scene import Scene


def explain_scene(scene: Scene, lang: str) -> tuple[Key, ...]:
    """The keys of its layers, that of the uppermost first; none where nothing has to be explained."""
    return tuple(key for layer in reversed(scene.layers) for key in draw(layer).keys(lang))
