from __future__ import annotations

import math
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from storymap.drawing.along import bend_name, can_bend, find_run
from storymap.drawing.boxes import Box, box_around
from storymap.drawing.canvas import Canvas
from storymap.drawing.centrelines import join_pieces, measure_line
from storymap.drawing.occupied import Occupied
from storymap.drawing.still import draw_still
from storymap.drawing.street_ends import list_ends, write_mask
from storymap.drawing.street_names import draw_street_names
from storymap.drawing.streets import NamedLine, shows_streets
from storymap.earth.views import view_at
from storymap.layers.figures import PlaceMark
from storymap.model.place import LonLat
from storymap.model.scene import View
from storymap.model.streets import StreetLabel, Streets, Surroundings
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
    for part in ("s-ground", "g-water", "g-building", "w-main", "w-minor", "w-minor-casing", "w-coast"):
        assert f'class="{part}"' in svg
    assert "Quay Street" in svg
    assert "@media (prefers-color-scheme:dark)" in svg
    ET.fromstring(svg)


def test_waters_have_an_outline_of_their_own_colour_so_that_none_gets_too_thin_to_be_seen(streets: Streets) -> None:
    svg = draw(streets)
    (width, *_) = re.findall(r'class="g-water" stroke-width="([^"]+)"', svg)
    (unit, *_) = re.findall(r'<g transform="translate[^>]*scale\(([^)]+)\)"><path class="s-ground"', svg)
    assert float(width) * float(unit) == pytest.approx(1, rel=0.05)
    assert ".s-streets .g-water{stroke:var(--lake)}" in svg


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


def test_pieces_of_a_street_that_a_cell_has_cut_are_one_line_and_a_side_street_is_not() -> None:
    pieces = [
        NamedLine("minor", 3, ((0.0, 0.0), (104.0, 0.0))),
        NamedLine("minor", 3, ((200.0, 8.0), (96.0, 0.0))),
        NamedLine("minor", 3, ((100.0, 0.0), (100.0, 90.0))),
        NamedLine("minor", 4, ((204.0, 8.0), (300.0, 8.0))),
    ]
    joined = join_pieces(pieces, 9.0)
    assert [(line.name, line.points) for line in joined] == [
        (3, ((200.0, 8.0), (100.0, 0.0), (0.0, 0.0))),
        (3, ((100.0, 0.0), (100.0, 90.0))),
        (4, ((204.0, 8.0), (300.0, 8.0))),
    ]


def test_a_name_goes_around_a_bend_letter_by_letter_and_reads_from_left_to_right() -> None:
    arc = [(200 - 150 * math.cos(turn / 20), 200 - 150 * math.sin(turn / 20)) for turn in range(64)]
    long = measure_line(arc)
    widths = [7.0] * 20
    assert find_run(arc, long, 146, 0.5) is None
    for line in (arc, arc[::-1]):
        runs = bend_name(line, long, widths, 11, 0.5)
        assert runs is not None
        assert all(before.x < after.x for before, after in pairwise(runs))
        assert all(math.dist((run.x, run.y), (200, 200)) == pytest.approx(150, abs=3) for run in runs)
        assert runs[0].angle < 0 < runs[-1].angle
    corner = [(0.0, 0.0), (80.0, 0.0), (80.0, 80.0)]
    assert bend_name(corner, 160, [14.0] * 9, 11, 0.5) is None


def test_letters_that_are_joined_are_not_turned_one_by_one() -> None:
    assert can_bend("Plac Żeromskiego – Площа 1")
    assert can_bend("清华西路")
    assert not can_bend("شارع")
    assert not can_bend("e\u0301")


@pytest.mark.parametrize(("text", "is_spaced"), [("Stare", True), ("المدينة", False)])
def test_letters_that_are_joined_are_not_pulled_apart(streets: Streets, text: str, *, is_spaced: bool) -> None:
    quarter = StreetLabel(14.0075, 50.0055, "quarter", text, 13.0)
    named = replace(streets, labels=(quarter,), names=(text,) * len(streets.names), own=())
    names = "".join(draw_street_names(make_canvas(view_at(LonLat(14.0075, 50.0055), 15)), named, Occupied([])))
    (quarters,) = re.findall('<text class="n-quarter"[^>]*>', names)
    assert ("letter-spacing" in quarters) == is_spaced
    alone = replace(named, labels=())
    written = "".join(draw_street_names(make_canvas(), alone, Occupied([])))
    assert "n-street" in written
    assert ("letter-spacing" in written) == is_spaced


def test_what_is_named_twice_is_said_once(streets: Streets) -> None:
    label = StreetLabel(14.0042, 50.0050, "landmark", "The old mint", 14.0)
    twice = replace(streets, labels=(label, label._replace(lon=14.0120, kind="station"), *streets.labels))
    names = "".join(draw_street_names(make_canvas(), twice, Occupied([])))
    assert names.count("The old mint") == 1
    assert "The old mint" not in "".join(draw_street_names(make_canvas(), twice, Occupied([]), said=["The old mint"]))


@pytest.mark.parametrize(("zoom", "first"), [(15, "QUAYSIDE"), (16, "Quay Street")])
def test_quarters_are_named_before_streets_only_from_afar(streets: Streets, zoom: float, first: str) -> None:
    quarter = StreetLabel(14.0042, 50.0050, "quarter", "Quayside", 13.0)
    canvas = make_canvas(view_at(LonLat(14.0075, 50.0055), zoom))
    names = "".join(draw_street_names(canvas, replace(streets, labels=(quarter,)), Occupied([])))
    assert re.findall("QUAYSIDE|Quay Street", names)[0] == first


def test_a_name_that_a_marker_covers_stands_above_or_below_it(streets: Streets) -> None:
    quarter = StreetLabel(14.0075, 50.0055, "quarter", "Quayside", 13.0)
    sight = StreetLabel(14.0075, 50.0055, "landmark", "The museum", 13.0)
    pond = StreetLabel(14.0075, 50.0055, "water", "Pond", 13.0)
    canvas = make_canvas()
    left, top, right, bottom = canvas.area
    marker = (left + right) / 2, (top + bottom) / 2

    def find(label: StreetLabel, *, own: tuple[str, ...] = (), view: View = VIEW) -> list[float]:
        around = (Surroundings((14.0075, 50.0055), 25, "", own),) if own else ()
        alone = replace(streets, labels=(label,), own=around, scales=streets.scales)
        names = "".join(draw_street_names(make_canvas(view), alone, Occupied([box_around(*marker, 14)]), [marker]))
        return [float(y) for y in re.findall(rf'<text class="n-{label.kind}" x="[^"]*" y="([^"]*)"', names)]

    assert [y > marker[1] + 14 for y in find(quarter)] == [True]
    assert [y > marker[1] + 14 for y in find(pond)] == [True]
    assert find(quarter, view=view_at(LonLat(14.0075, 50.0055), 12)) == [], "it would stand in another one"
    assert find(pond._replace(first=15.0)) == [], "there is no room beside the middle of a small one"
    assert find(sight) == []
    assert [y > marker[1] + 14 for y in find(sight, own=("The museum",))] == [True]


def test_the_building_and_the_street_of_a_picture_find_room_around_its_marker_and_those_of_others_are_not_said(
    streets: Streets,
) -> None:
    house = StreetLabel(14.0075, 50.0055, "own", "The mint", 13.5)
    way = StreetLabel(14.0075, 50.0055, "way", "Mint Lane", 15.0)
    canvas = make_canvas()
    left, top, right, bottom = canvas.area
    x, y = (left + right) / 2, (top + bottom) / 2
    taken = [box_around(x, y, 14), Box(x + 14, y - 90, x + 160, y + 90), Box(x - 60, y + 14, x + 60, y + 90)]

    def find(*names: str) -> dict[str, float]:
        around = (Surroundings((14.0075, 50.0055), 25, "", names),)
        alone = replace(streets, labels=(house, way), own=around, names=("",) * len(streets.names))
        drawn = "".join(draw_street_names(canvas, alone, Occupied(taken), [(x, y)]))
        return {text: float(at) for at, text in re.findall(r'x="([^"]*)"[^>]*>([^<]+)</text>', drawn)}

    assert find("The mint", "Mint Lane").keys() == {"The mint", "Mint Lane"}
    assert find() == {}


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_quarters_the_northern_one_is_never_named_south_of_the_other(streets: Streets, first: int) -> None:
    canvas = make_canvas()
    north = StreetLabel(14.0075, 50.00557, "quarter", "Northside", 13.0)
    south = StreetLabel(14.0075, 50.00543, "quarter", "Southside", 13.0)
    both = (north, south) if not first else (south, north)
    left, top, right, bottom = canvas.area
    x, y = (left + right) / 2, (top + bottom) / 2
    marker = box_around(x, y + (-40 if first else 40), 31)
    names = "".join(draw_street_names(canvas, replace(streets, labels=both, own=()), Occupied([marker])))
    found = {
        text: float(y) for y, text in re.findall(r'<text class="n-quarter" x="[^"]*" y="([^"]*)"[^>]*>([A-Z]+)<', names)
    }
    assert found
    assert found.get("NORTHSIDE", -math.inf) < found.get("SOUTHSIDE", math.inf)


def test_streets_fade_out_where_they_end_and_nowhere_else() -> None:
    left, right, below = Box(0, 0, 100, 100), Box(100, 0, 200, 60), Box(0, 100, 100, 300)
    ends = list(list_ends([left, right, below], Box(10, -500, 500, 500), 20))
    assert sorted(ends) == sorted(
        [
            (Box(0, 0, 20, 100), 0),
            (Box(0, 0, 100, 20), 1),
            (Box(80, 60, 100, 100), 2),
            (Box(100, 0, 200, 20), 1),
            (Box(180, 0, 200, 60), 2),
            (Box(100, 40, 200, 60), 3),
            (Box(0, 100, 20, 300), 0),
            (Box(80, 100, 100, 300), 2),
            (Box(0, 280, 100, 300), 3),
        ]
    )
    assert not list(list_ends([left], Box(30, 30, 70, 70), 20))


def test_the_fading_of_cells_beside_one_another_is_one_so_that_no_hair_of_streets_is_left_between() -> None:
    cells = [Box(x, y, x + 100, y + 100) for x in (0, 100, 200) for y in (0, 100)]
    picture = Box(-50, -50, 400, 300)
    mask = write_mask(list_ends(cells, picture), picture, "ends")
    strips = re.findall(r'<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)" fill="url', mask)
    assert sorted(tuple(map(float, strip)) for strip in strips) == [
        (-2, 0, 46, 200), (0, -2, 300, 46), (0, 156, 300, 46), (256, 0, 46, 200),
    ]  # fmt: skip


def test_a_still_at_the_end_of_the_data_fades_and_one_within_does_not(streets: Streets) -> None:
    assert 'mask="url(#streets-' in draw(streets)
    within = draw(streets, view_at(LonLat(14.0075, 50.0055), 17.8, closest=18.0))
    assert "s-streets" in within
    assert "mask=" not in within
