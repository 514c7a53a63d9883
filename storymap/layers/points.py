"""Points of the author's data: circles, in proportion to a number where the author wants that."""

from __future__ import annotations

from typing import ClassVar

import shapely
from msgspec.structs import replace
from shapely import Point

from storymap.layers.edges import choose_edge
from storymap.layers.figures import Paint, PaintedShape
from storymap.layers.gathering import Cluster, gather_points
from storymap.layers.of_data import DrawnData
from storymap.model.layer import Points
from storymap.model.place import LonLat
from storymap.model.scene import View
from storymap.symbology.contrast import choose_ink

MIXED = "#5d554a"
"""A cluster of points of several colours, as in `browser/src/layers/clouds.ts`."""


class DrawnPoints(DrawnData[Points]):
    """Points as they are drawn everywhere."""

    kind: ClassVar[str] = "points"
    mark: ClassVar[float] = 5.0

    def still(self, view: View) -> tuple[PaintedShape, ...]:
        """Its features; where its author gathers them, a circle with their number for those near one another."""
        single = super().still(view)
        if not self.layer.cluster or self.layer.side:
            return single
        clusters = gather_points([_find_point(figure) for figure in single], view.zoom)
        # The smaller lie above, so that none is hidden.
        clusters.sort(key=lambda cluster: -len(cluster.members))
        return tuple(
            single[cluster.members[0]] if len(cluster.members) == 1 else self._draw_cluster(cluster)
            for cluster in clusters
        )

    def _draw_cluster(self, cluster: Cluster) -> PaintedShape:
        classes = self.layer.classes
        color = classes[0].color if len(classes) == 1 else MIXED
        paint = replace(self.paint(color), width=2.0)
        text = str(len(cluster.members))
        return PaintedShape(Point(cluster.at), paint, radius=cluster.radius, text=text, ink=choose_ink(color))

    def paint(self, color: str) -> Paint:
        """Filled, and parted from others that they cover."""
        return Paint(fill=color, stroke=choose_edge(color), width=self.layer.width, opacity=self.layer.opacity)


def _find_point(figure: PaintedShape) -> LonLat:
    lon, lat = shapely.get_coordinates(figure.shape)[0].tolist()
    return LonLat(lon, lat)
