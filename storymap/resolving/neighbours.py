"""Find which other places of a site lie nearest to each: for the pages of places."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from storymap.earth.distance import earth
from storymap.model.place import Place

_FLATTENING = 1.012
"""How much longer a distance on the ellipsoid may be than on the sphere, where another is as much shorter."""

_CHUNK = 500
"""Places whose distances to all others are looked at together."""


class Neighbour(Struct, frozen=True):
    """Another place as seen from one: how far, and at which azimuth one sets out, in degrees clockwise from north."""

    place: Place
    kilometres: float
    azimuth: float


def find_neighbours(places: Sequence[Place], count: int) -> dict[str, tuple[Neighbour, ...]]:
    """By id, the `count` places of `places` nearest to each of them; at one distance the lesser id comes first."""
    starts: list[int] = []
    ends: list[int] = []
    for start, near in _list_near(places, count):
        starts.extend([start] * len(near))
        ends.extend(near)
    points = np.array([place.point for place in places]).reshape(-1, 2)
    azimuths, _, metres = earth().inv(*points[starts].T, *points[ends].T)
    found: dict[str, list[Neighbour]] = {place.id: [] for place in places}
    for start, end, azimuth, distance in zip(starts, ends, azimuths.tolist(), metres.tolist(), strict=True):
        found[places[start].id].append(Neighbour(places[end], distance / 1000, azimuth % 360))
    return {
        place: tuple(sorted(near, key=lambda one: (one.kilometres, one.place.id))[:count])
        for place, near in found.items()
    }


def _list_near(places: Sequence[Place], count: int) -> Iterator[tuple[int, list[int]]]:
    """The number of each place, with those of at least `count` others among which the nearest to it are."""
    if len(places) < 2:
        return
    vectors = _make_vectors(places)
    for first in range(0, len(places), _CHUNK):
        cosines = vectors[first : first + _CHUNK] @ vectors.T
        rows = np.arange(len(cosines))
        cosines[rows, rows + first] = -2  # the place itself
        rank = min(count, len(places) - 1)
        last = np.partition(cosines, -rank, axis=1)[:, -rank]
        reach = np.minimum(math.pi, np.arccos(np.clip(last, -1, 1)) * _FLATTENING + 1e-6)
        for row, near in enumerate(cosines >= np.cos(reach)[:, None]):
            yield first + row, [number for number in np.flatnonzero(near).tolist() if number != first + row]


def _make_vectors(places: Sequence[Place]) -> NDArray[np.float64]:
    """The points of places as unit vectors on a sphere."""
    lon, lat = np.radians([place.point for place in places]).T
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
