"""The key of a scene: what on its map has to be explained, and does not explain itself."""

from __future__ import annotations

from storymap.layers.drawn import KeyEntry
from storymap.layers.kinds import draw
from storymap.model.scene import Scene


def explain_scene(scene: Scene, lang: str) -> tuple[KeyEntry, ...]:
    """The entries of the key, those of the uppermost layer first; none where nothing has to be explained."""
    return tuple(entry for layer in reversed(scene.layers) for entry in draw(layer).key(lang))
