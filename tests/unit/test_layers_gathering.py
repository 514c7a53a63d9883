"""Points near one another are gathered for pictures, each in one cluster, as in the browser."""

from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st
from shapely.geometry import Point

from storymap.earth.mercator import project_points, world_pixels
from storymap.layers.gathering import gather_points
from storymap.layers.points import DrawnPoints
from storymap.model.data import Dataset, Feature
from storymap.model.layer import ColorClass, Points
from storymap.model.place import Bounds, LonLat
from storymap.model.scene import View

VIEW = View(Bounds(14, 50, 15, 51), 8.0)


def test_points_near_one_another_are_one_cluster_and_one_alone_stays() -> None:
    near, alone = [LonLat(14.40, 50.08), LonLat(14.42, 50.08)], LonLat(16.6, 49.2)
    first, second = gather_points([near[0], alone, near[1]], 7.4)
    assert first.members == (0, 2)
    assert 14.40 < first.at.lon < 14.42
    assert (second.at, second.members) == (alone, (1,))


def test_close_by_no_point_is_gathered() -> None:
    spots = [LonLat(14.4, 50.08)] * 3
    assert [cluster.members for cluster in gather_points(spots, 16)] == [(0,), (1,), (2,)]


@given(st.lists(st.builds(LonLat, st.floats(-170, 170), st.floats(-80, 80)), max_size=40), st.floats(0, 15))
def test_each_point_is_in_one_cluster_and_clusters_begin_apart(points: list[LonLat], zoom: float) -> None:
    clusters = gather_points(points, zoom)
    assert sorted(number for cluster in clusters for number in cluster.members) == list(range(len(points)))
    firsts = np.array([points[cluster.members[0]] for cluster in clusters]).reshape(-1, 2)
    spots = [Point(pixel) for pixel in project_points(firsts) * world_pixels(int(zoom))]
    assert all(one.distance(other) > 55.9 for number, one in enumerate(spots) for other in spots[:number])


def test_a_still_has_circles_with_their_number() -> None:
    spots = [(14.4, 50.5), (14.41, 50.5), (14.42, 50.5), (14.9, 50.9)]
    dataset = Dataset("d", (), tuple(Feature(Point(spot)) for spot in spots))
    classes = (ColorClass("#ffffcc", ""),)
    layer = Points(dataset, (0, 1, 2, 3), "Trees", classes, (0,) * 4, radii=(4.0,) * 4, cluster=True)
    cluster, alone = DrawnPoints(layer).still(VIEW)
    assert (cluster.text, cluster.ink, alone.text) == ("3", "#000000", "")
    assert cluster.radius > alone.radius == 4
    whole = Points(dataset, (0, 1, 2, 3), "Trees", classes, (0,) * 4, radii=(4.0,) * 4)
    assert [figure.text for figure in DrawnPoints(whole).still(VIEW)] == [""] * 4
