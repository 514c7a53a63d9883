"""Points of the author's data: circles, in proportion to a number where the author wants that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from storymap.layers.edges import choose_edge
from storymap.layers.figures import Paint
from storymap.layers.of_data import DrawnData
from storymap.model.layer import Points


@dataclass(frozen=True, slots=True)
class DrawnPoints(DrawnData[Points]):
    """Points as they are drawn everywhere."""

    kind: ClassVar[str] = "points"
    mark: ClassVar[float] = 5.0

    def paint(self, color: str) -> Paint:
        """Filled, and parted from others that they cover."""
        return Paint(fill=color, stroke=choose_edge(color), width=self.layer.width, opacity=self.layer.opacity)
