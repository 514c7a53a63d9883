from __future__ import annotations

import pytest

from storymap.earth.covering import cover_share
from storymap.earth.views import view_at
from storymap.model.close_ground import CloseGround
from storymap.model.place import Bounds, LonLat
from storymap.model.scene import View
from storymap.resolving.closer import Closer

TOWN = Bounds(14.0, 50.0, 15.0, 51.0)


@pytest.mark.parametrize(
    ("box", "others", "share"),
    [
        (Bounds(0, 0, 10, 10), [], 0.0),
        (Bounds(0, 0, 10, 10), [Bounds(-5, -5, 5, 15)], 0.5),
        (Bounds(0, 0, 10, 10), [Bounds(0, 0, 6, 10), Bounds(4, 0, 10, 10)], 1.0),
        (Bounds(0, 0, 10, 10), [Bounds(0, 0, 6, 6), Bounds(3, 3, 9, 9)], 0.63),
        (Bounds(0, 0, 10, 10), [Bounds(0, 0, 10, 2), Bounds(0, 1, 10, 3), Bounds(2, 0, 4, 10)], 0.44),
        (Bounds(175, 0, -175, 10), [Bounds(-180, 0, -170, 10)], 0.5),
        (Bounds(-179, 0, -175, 10), [Bounds(170, 0, -177, 10)], 0.5),
        (Bounds(0, 0, 0, 10), [Bounds(-1, 0, 1, 10)], 0.0),
    ],
)
def test_what_several_boxes_cover_together_is_counted_once(box: Bounds, others: list[Bounds], share: float) -> None:
    assert cover_share(box, others) == pytest.approx(share)


def frame(most: float | None) -> View:
    """Two spots in the middle of the town: they would fill a map at zoom 14."""
    return view_at(LonLat(14.5, 50.5), 10 if most is None else min(most, 14))


def frame_closely(ground: CloseGround) -> float:
    return Closer((ground,)).frame(frame).zoom


def test_a_map_comes_closer_where_there_is_ground_all_around() -> None:
    assert Closer().frame(frame).zoom == 10
    assert frame_closely(CloseGround(((15, (TOWN,)),), 10.5)) == 14
    assert frame_closely(CloseGround(((15, (Bounds(14.5, 50, 15, 51),)),), 10.5)) == 10, "half of it has none"
    assert frame_closely(CloseGround(((11, (TOWN,)),), 10.5)) == 10, "there are but main roads"


def test_tiles_that_end_are_shown_as_close_as_they_go_and_those_that_begin_closer_not_at_all() -> None:
    assert frame_closely(CloseGround(((99, (TOWN,)),), 8, 12)) == 12
    assert frame_closely(CloseGround(((99, (TOWN,)),), 14.5, 18)) == 10
