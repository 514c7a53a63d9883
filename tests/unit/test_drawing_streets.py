from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from storymap.drawing.boxes import box_around
from storymap.drawing.canvas import Canvas
from storymap.drawing.occupied import Occupied
from storymap.drawing.still import draw_still
from storymap.drawing.street_names import draw_street_names, find_run
from storymap.drawing.streets import shows_streets
from storymap.earth.views import view_at
from storymap.layers.figures import PlaceMark
from storymap.model.place import LonLat
from storymap.model.scene import View
from storymap.model.streets import Streets
from storymap.streets.baking.baking import bake_streets
from storymap.streets.sources import open_source

QUAY = Path(__file__).parents[1] / "streets_data" / "quay.osm"
MUSEUM = LonLat(14.0042, 50.0042)
HOSTILE = ("</script><img src=x onerror=alert(1)>", "$(rm -rf) {{ 7*7 }} ]]>")
VIEW = view_at(LonLat(14.0075, 50.0055), 16)


@pytest.fixture(scope="module")
def streets() -> Streets:
    baked = bake_streets([open_source(QUAY, "quay.osm")], {VIEW: 1.0}, spots=[MUSEUM])
    assert baked is not None
    return baked


def draw(streets: Streets | None, view: View = VIEW, **options) -> str:
    return draw_still(view, width=960, height=640, streets=streets, stylesheet="", **options)


def make_canvas(view: View = VIEW) -> Canvas:
    return Canvas.of_view(view, width=960, height=640, sketch=False)


def test_a_still_has_the_streets_of_the_page(streets: Streets) -> None:
    svg = draw(streets)
    for part in ("s-ground", "g-water", "g-building", "w-main", "w-minor", "w-casing", "w-coast"):
        assert f'class="{part}"' in svg
    assert "Quay Street" in svg
    assert "@media (prefers-color-scheme:dark)" in svg
    ET.fromstring(svg)


def test_a_still_without_streets_says_nothing_of_them() -> None:
    assert "street" not in draw(None)


def test_a_sketch_has_none_as_a_page_carries_it(streets: Streets) -> None:
    assert "s-streets" not in draw(streets, sketch=True)


def test_names_stay_text(streets: Streets) -> None:
    svg = draw(streets)
    texts = ["".join(node.itertext()) for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    said = " ".join(texts)
    assert HOSTILE[1] in said
    assert "onerror=alert(1)>" in said
    assert "<img" not in svg
    assert "<script" not in svg


def test_the_building_of_the_place_is_filled_where_the_scene_is_about_it(streets: Streets) -> None:
    assert 'class="g-own"' in draw(streets, figures=[PlaceMark(MUSEUM, "Museum", "1")])
    assert 'class="g-own"' not in draw(streets, figures=[PlaceMark(MUSEUM, "", "1")])


def test_there_is_no_grid_of_metres_over_streets(streets: Streets) -> None:
    assert 'class="s-grid"' in draw(None)
    assert 'class="s-grid"' not in draw(streets)
    assert shows_streets(make_canvas(), streets)
    assert not shows_streets(make_canvas(view_at(LonLat(15, 51), 16)), streets)


def test_no_name_lies_on_another_or_on_what_is_taken(streets: Streets) -> None:
    canvas = make_canvas()
    free = "".join(draw_street_names(canvas, streets, Occupied([])))
    assert "Quay Street" in free
    left, top, right, bottom = canvas.area
    everything = box_around((left + right) / 2, (top + bottom) / 2, right)
    assert "<text" not in "".join(draw_street_names(canvas, streets, Occupied([everything])))
    places = [tuple(map(float, found)) for found in re.findall(r"translate\((\S+) (\S+)\) rotate", free)]
    assert len(places) == len(set(places))


def test_a_name_stands_on_a_straight_street_and_reads_from_left_to_right() -> None:
    run = find_run([(300.0, 50.0), (0.0, 50.0)], 300.0, 100.0, 0.5)
    assert run is not None
    assert (run.x, run.y) == pytest.approx((150, 50))
    assert run.angle == pytest.approx(0)
    steep = find_run([(0.0, 300.0), (0.0, 0.0)], 300.0, 100.0, 0.5)
    assert steep is not None
    assert abs(steep.angle) == pytest.approx(3.14159 / 2, abs=1e-3)
    corner = [(0.0, 0.0), (60.0, 0.0), (60.0, 60.0)]
    assert find_run(corner, 120.0, 100.0, 0.5) is None
    assert find_run(corner, 120.0, 130.0, 0.5) is None
