"""What a map at street level is made of: a `StreetFeature` is one thing of the author's street data."""

from __future__ import annotations

from typing import Literal, NamedTuple

from shapely.geometry.base import BaseGeometry

AreaKind = Literal["water", "wood", "park", "grass", "sand", "built", "industrial", "square", "building"]
LineKind = Literal["coast", "river", "major", "main", "collector", "minor", "service", "path", "steps", "rail", "tram"]
PointKind = Literal["suburb", "quarter", "plaza", "station", "landmark", "lake", "garden"]

StreetKind = AreaKind | LineKind | PointKind
"""`water` is the sea too. `major` are motorways and trunk roads, `main` primary and secondary ones, `collector`
tertiary ones, `minor` residential and pedestrian streets, `service` ways to houses and tracks. Points are names that
stand by themselves: of waters and greens where a file does not have them with their areas (`lake`, `garden`)."""

Names = tuple[tuple[str, str], ...]
"""A name by language, sorted by it: `""` for the language of the place, else a BCP 47 tag."""


class StreetFeature(NamedTuple):
    """One thing on the ground.

    `shape` is in degrees, (lon, lat): polygonal, linear or a point as `kind` says. `level` is -1 in a tunnel, 1 on a
    bridge, else 0. `rank` is 0 for what is named and drawn first; lines and names of a higher one give way.
    """

    kind: StreetKind
    shape: BaseGeometry
    names: Names = ()
    level: int = 0
    rank: int = 0
