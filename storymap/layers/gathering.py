"""Gather points that are near one another into clusters, for pictures: as the browser does, so that they look alike."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from msgspec import Struct
from shapely import STRtree

from storymap.earth.mercator import project_points, unproject_x, unproject_y, world_pixels
from storymap.model.place import LonLat

_REACH = 56.0
"""Pixels within which points are gathered, as in `browser/src/layers/clouds.ts`."""

_CLOSEST = 15
"""The zoom up to which they are, as there."""


class Cluster(Struct, frozen=True):
    """Points in one place of a map: where their middle is, and their numbers; one point stays where it is."""

    at: LonLat
    members: tuple[int, ...]

    @property
    def radius(self) -> float:
        """That of its circle in pixels."""
        return 8 + 1.6 * math.log2(len(self.members))


def gather_points(points: Sequence[LonLat], zoom: float) -> list[Cluster]:
    """The clusters of `points` on a map at `zoom`, in the order of their first points.

    Each point that is in none yet gathers all others within reach that are in none, as Supercluster does it.
    """
    if zoom > _CLOSEST:
        return [Cluster(point, (number,)) for number, point in enumerate(points)]
    plane = project_points(np.array(points, dtype=float).reshape(-1, 2))
    pixels = plane * world_pixels(math.floor(zoom))
    tree = STRtree([shapely.Point(pixel) for pixel in pixels])
    is_free = np.ones(len(points), dtype=bool)
    clusters: list[Cluster] = []
    for number, point in enumerate(points):
        if not is_free[number]:
            continue
        near = np.sort(tree.query(shapely.Point(pixels[number]), predicate="dwithin", distance=_REACH))
        members = near[is_free[near]]
        is_free[members] = False
        x, y = plane[members].mean(axis=0).tolist()
        at = point if len(members) == 1 else LonLat(unproject_x(x), unproject_y(y))
        clusters.append(Cluster(at, tuple(members.tolist())))
    return clusters
