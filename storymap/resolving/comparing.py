"""Settle what a step compares: two pictures or layers, one on each side of a line that the reader moves."""

from __future__ import annotations

from collections.abc import Iterable

from storymap.layers.compare import Compare
from storymap.layers.image import Image
from storymap.model.layer import FeatureLayer, Layer, Side
from storymap.reading.yaml_mapping import Path

SIDES: tuple[Side, Side] = ("left", "right")
"""In the order in which they are written."""


def find_side(path: Path) -> Side | None:
    """The side that the keys lead to of what a step shows; None for what it shows on both."""
    return SIDES[int(path[1])] if path[0] == "compare" else None


def compare_layers(layers: Iterable[Layer]) -> tuple[Compare, ...]:
    """The line between those of `layers` that lie on one side of it; none where one side has nothing."""
    sided = [layer for layer in layers if isinstance(layer, Image | FeatureLayer) and layer.side]
    titles = {layer.side: layer.title for layer in reversed(sided)}
    if len(titles) < 2:
        return ()
    return (Compare(titles["left"], titles["right"]),)
