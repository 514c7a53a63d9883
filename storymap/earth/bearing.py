"""The direction in which one place lies from another on the map."""

from __future__ import annotations

import math

from storymap.earth.mercator import project_latitude, wrap_longitude
from storymap.model.place import LonLat


def find_bearing(start: LonLat, end: LonLat) -> float:
    """Degrees clockwise from north, the same all the way (a rhumb line), the nearer way round.

    Who goes the shortest way sets out in another direction where that is long (`storymap.earth.distance`): Washington
    lies to the west of Prague, and one sets out to the north-west.
    """
    east = wrap_longitude(end.lon - start.lon) / 360
    return math.degrees(math.atan2(east, project_latitude(start.lat) - project_latitude(end.lat))) % 360
