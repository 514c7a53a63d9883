"""Which town a place lies in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storymap.basemap.bake import bake_basemap
from storymap.basemap.basemap import Settlement
from storymap.basemap.towns import find_town, pick_town
from storymap.drawing.boxes import Box
from storymap.drawing.labels import AROUND, BESIDE, LabelWish, arrange_labels
from storymap.drawing.occupied import Occupied
from storymap.earth.views import view_at
from storymap.figures import FIGURES
from storymap.model.place import LonLat

CASES = json.loads(Path(__file__).parent.with_name("cases").joinpath("towns.json").read_text())
"""`browser/test/towns.test.ts` reads the same."""


@pytest.mark.parametrize("case", CASES["places"])
def test_a_place_lies_in_the_town_that_the_browser_says(case: dict[str, Any]) -> None:
    towns = [Settlement(0, 0, lon, lat, *row) for lon, lat, *row in CASES["settlements"]]
    lon, lat = case["at"]
    found = pick_town(LonLat(lon, lat), reversed(towns))
    assert (found.name if found else "") == case["town"]


@pytest.mark.parametrize(
    ("at", "city"),
    [
        (LonLat(114.0587, 22.6543), "Shenzhen"),
        (LonLat(4.4236, 50.8797), "Brussels"),
        (LonLat(-77.033, 38.8941), "Washington"),
        (LonLat(16.5765, 49.2106), "Brno"),
        (LonLat(-171.9, -13.84), "Apia"),
    ],
)
def test_a_place_lies_in_the_most_important_settlement_around(at: LonLat, city: str) -> None:
    found = find_town(at)
    assert found
    assert found.name == city


@pytest.mark.parametrize("at", [LonLat(15.74, 50.736), LonLat(-40.0, 30.0), LonLat(179.9999, -40.0)])
def test_the_open_country_and_the_sea_have_none(at: LonLat) -> None:
    assert find_town(at) is None


def test_the_city_of_a_place_is_baked_though_no_view_would_name_it() -> None:
    view = view_at(LonLat(114.06, 22.6), 3.0)
    at = LonLat(114.0587, 22.6543)
    assert "Shenzhen" not in bake_basemap([view])["settlements"]["names"]
    assert "Shenzhen" in bake_basemap([view], places=[at])["settlements"]["names"]


def wish(x: float, y: float, **more: object) -> LabelWish:
    plain = {"size": 12.0, "spacing": 0.0, "width": 40.0, "height": 14.0, "reach": 3.0, "sides": BESIDE}
    return LabelWish(x=x, y=y, text="A", style="t2", **{**plain, **more})  # type: ignore[arg-type]


def test_a_town_is_named_only_where_there_is_a_void() -> None:
    area = Box(0, 0, 400, 400)
    near = Box(152, 90, 200, 110)  # seven pixels beyond the name of what stands at 100
    assert arrange_labels([wish(100, 100, sides=("right",))], occupied=Occupied([near]), area=area, most=9)
    town = wish(100, 100, sides=("right",), air=FIGURES.labels.air_of_towns)
    assert arrange_labels([town], occupied=Occupied([near]), area=area, most=9) == []


def test_a_name_that_asks_twice_is_written_once_and_finds_a_corner() -> None:
    area = Box(0, 0, 400, 400)
    cross = [Box(0, 96, 400, 104), Box(96, 0, 104, 400)]
    asked = [
        wish(100, 100, reach=14.0, sides=AROUND, settled=True, once="a"),
        wish(300, 300, sides=AROUND, once="a"),
    ]
    assert [placed.side for placed in arrange_labels(asked, occupied=Occupied(cross), area=area, most=9)] == [
        "above right"
    ]
