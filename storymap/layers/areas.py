"""Areas of the author's data, such as regions coloured by a number."""

from __future__ import annotations

from typing import ClassVar

from storymap.layers.edges import choose_edge
from storymap.layers.figures import Paint
from storymap.layers.of_data import DrawnData
from storymap.model.layer import Areas


class DrawnAreas(DrawnData[Areas]):
    """Areas as they are drawn everywhere."""

    kind: ClassVar[str] = "areas"

    def paint(self, color: str) -> Paint:
        """Filled, and parted from one another."""
        layer = self.layer
        return Paint(fill=color, stroke=choose_edge(color), width=layer.width, opacity=layer.opacity, dash=layer.dash)
