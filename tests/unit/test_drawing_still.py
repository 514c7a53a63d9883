"""Stills: one SVG per view, well-formed whatever an author writes, exactly over the map of the same view."""

import re
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings, strategies as st
from shapely import box

from storymap.basemap.cell_file import FILE_NAME
from storymap.drawing.boxes import Box
from storymap.drawing.canvas import NARROWEST, WIDEST, Canvas
from storymap.drawing.still import draw_still
from storymap.earth.views import view_at
from storymap.layers.figures import Paint, PaintedShape, PlaceMark, Run
from storymap.model.ground import GroundDetail
from storymap.model.place import Bounds, LonLat
from storymap.model.scene import View
from storymap.model.sign import Sign, SignColors

DATA = Path(str(resources.files("storymap") / "static" / FILE_NAME))
needs_data = pytest.mark.skipif(not DATA.is_file(), reason="the basemap is not prepared")

PRAGUE = View(Bounds(13.3, 49.5, 15.5, 50.6), 9.0)
EUROPE = View(Bounds(-15.0, 36.0, 35.0, 62.0), 4.0)
FIJI = View(Bounds(176.0, -20.0, -178.0, -15.0), 6.5)
WORLD = View(Bounds(-180.0, -70.0, 180.0, 80.0), 1.0)
POLE = View(Bounds(-30.0, 75.0, 60.0, 85.05), 4.0)
MUSEUM = Sign("Museums", "M7.5,0L1,3.5Z", SignColors("#7a3b8f", "#ffffff"), SignColors("#a663bd", "#000000"))
SVG = "{http://www.w3.org/2000/svg}"


def draw(view, places=(), lines=(), **options):
    figures = [*(PlaceMark(*place) for place in places), *(Run(tuple(line), "route") for line in lines)]
    return draw_still(view, width=960, height=640, figures=figures, **({"stylesheet": ""} | options))


def parse(svg):
    return ET.fromstring(svg)


def route_of(svg):
    """The steps of the route: where it begins, then how far each of the others is from the one before."""
    (route,) = (each for each in parse(svg).iter(f"{SVG}path") if each.get("id") == "route")
    numbers = [int(number) for number in re.findall(r"-?\d+", route.get("d"))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def boxes_of(svg, kind):
    """The rectangles of a class."""
    for each in parse(svg).iter(f"{SVG}rect"):
        if each.get("class") == kind:
            x, y, width, height = (float(each.get(name)) for name in ("x", "y", "width", "height"))
            yield Box(x, y, x + width, y + height)


@needs_data
def test_a_still_leaves_out_the_borders_and_names_that_its_scene_does():
    whole, bare = draw(EUROPE), draw(EUROPE, detail=GroundDetail("none", "none"))
    waters = draw(EUROPE, detail=GroundDetail(names="water"))
    assert 'class="s-borders"' in whole
    assert 'class="s-borders"' in waters
    assert 'class="s-borders"' not in bare
    assert 'class="s-regions"' not in bare
    assert 'class="s-rivers"' in bare
    named = [{each.text for each in parse(svg).iter(f"{SVG}text")} for svg in (whole, waters, bare)]
    assert named[0] >= {"London", "North Sea"}
    assert "North Sea" in named[1]
    assert "London" not in named[1]
    assert named[2] == set()
    assert "s-dots" in whole
    assert "s-dots" not in waters.partition("</style>")[2]


@needs_data
def test_what_the_data_of_an_author_name_is_not_named_once_more():
    named = [
        PaintedShape(box(2, 46, 4, 48), Paint(), name="FRANCE"),
        PaintedShape(box(9, 50, 10, 51), Paint(), name="Germany"),
    ]
    written = [
        each.text
        for each in parse(draw_still(EUROPE, width=960, height=640, figures=named, stylesheet="")).iter(f"{SVG}text")
    ]
    assert sorted(text for text in written if text.casefold() in {"france", "germany"}) == ["FRANCE", "Germany"]


class TestCanvas:
    def test_the_bounds_are_the_picture_box_of_a_sketch(self):
        canvas = Canvas.of_view(PRAGUE, width=960, height=640, sketch=True)
        west, north = canvas.locate((13.3 + 180) / 360, canvas.north)
        assert (west, north) == pytest.approx((0, 0), abs=1e-6)
        east, _ = canvas.locate((15.5 + 180) / 360, 0)
        assert east == pytest.approx(canvas.width)
        assert canvas.width == pytest.approx(960) or canvas.height == pytest.approx(640)

    def test_a_sketch_fills_wide_windows_and_narrow_ones(self):
        for view in (PRAGUE, FIJI, WORLD):
            canvas = Canvas.of_view(view, width=960, height=640, sketch=True)
            across, down = canvas.area.right - canvas.area.left, canvas.area.bottom - canvas.area.top
            assert across >= max(canvas.width, WIDEST * canvas.height)
            assert down >= max(canvas.height, canvas.width / NARROWEST)

    def test_otherwise_the_whole_picture_is_drawn_with_the_view_in_its_middle(self):
        area = Canvas.of_view(PRAGUE, width=960, height=640, sketch=False).area
        assert area.right - area.left == pytest.approx(960)
        assert area.bottom - area.top == pytest.approx(640)

    def test_points_on_both_sides_of_180_are_neighbours(self):
        canvas = Canvas.of_view(FIJI, width=960, height=640, sketch=False)
        here, _ = canvas.locate((179.9 + 180) / 360, 0.5)
        there, _ = canvas.locate((-179.9 + 180) / 360, 0.5)
        assert 0 < there - here < 0.05 * canvas.width


HOSTILE = (
    "</text><script>alert(1)</script>",
    '" onload="alert(1)',
    "]]>&amp;&lt;",
    "{{ 7*7 }}${x}",
    "nul\x00 bell\x07 escape\x1b line\u2028 lone \ud800 end",
    "</style><img src=x>",
    "\uffff\ufffe" + "x" * 400,
)


@needs_data
class TestStills:
    @pytest.mark.parametrize("view", [PRAGUE, EUROPE, FIJI, WORLD, POLE])
    def test_every_view_is_well_formed_and_the_same_each_time(self, view):
        once = draw(view, highlight=["CZ", "FJ"])
        parse(once)
        assert draw(view, highlight=["FJ", "CZ"]) == once
        assert "nan" not in once

    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_an_author_writes_stays_text(self, text):
        svg = draw(PRAGUE, [(LonLat(14.4, 50.1), text, text)], title=text, description=text, stylesheet=f"/*{text}*/")
        root = parse(svg.encode())
        assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
            "svg", "style", "title", "desc", "rect", "g", "path", "use", "circle", "text",
        }  # fmt: skip
        assert not any(name.startswith("on") for each in root.iter() for name in each.keys())  # noqa: SIM118
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", svg)

    def test_title_and_description_tell_what_is_drawn(self):
        root = parse(draw(PRAGUE, title="Map of Prague", description="Bohemia"))
        assert root.get("role") == "img"
        assert root.get("aria-label") == "Map of Prague"
        assert [each.text for each in root if each.tag in {f"{SVG}title", f"{SVG}desc"}] == ["Map of Prague", "Bohemia"]

    def test_places_are_marked_and_named_and_no_name_covers_a_marker(self):
        places = [(LonLat(14.43, 50.08), "Museum", "1"), (LonLat(14.0, 50.3), "Castle", "")]
        svg = draw(PRAGUE, places)
        plates = list(boxes_of(svg, "s-plate"))
        pins = [each for each in parse(svg).iter(f"{SVG}circle") if each.get("class") == "s-pin"]
        assert len(plates) == len(pins) == 2
        for pin in pins:
            x, y, r = (float(pin.get(name)) for name in ("cx", "cy", "r"))
            assert not any(plate.meets(Box(x - r, y - r, x + r, y + r)) for plate in plates)

    @pytest.mark.parametrize("sketch", [False, True])
    @pytest.mark.parametrize(("text", "discs"), [("1", 2), ("", 1)])
    def test_a_place_of_a_category_has_its_colours_and_its_symbol_and_keeps_its_number(self, text, discs, sketch):
        root = parse(draw(PRAGUE, [(LonLat(14.43, 50.08), "Museum", text, MUSEUM)], sketch=sketch))
        (group,) = (each for each in root.iter(f"{SVG}g") if each.get("class") == "signed")
        assert group.get("style") == "--light:#7a3b8f;--light-ink:#ffffff;--dark:#a663bd;--dark-ink:#000000"
        assert [each.get("d") for each in group.iter(f"{SVG}path")] == [MUSEUM.symbol]
        assert [each.text for each in group.iter(f"{SVG}text")] == [text] * bool(text)
        assert len(list(group.iter(f"{SVG}circle"))) == discs

    def test_a_crowded_place_has_the_colours_of_its_category_alone(self):
        places = [(LonLat(14.43, 50.08), "Museum", "1", MUSEUM), (LonLat(14.44, 50.08), "House", "2")]
        (group,) = (each for each in parse(draw(PRAGUE, places)).iter(f"{SVG}g") if each.get("class") == "signed")
        assert not list(group.iter(f"{SVG}path"))

    def test_no_name_covers_the_symbol_of_a_place(self):
        svg = draw(PRAGUE, [(LonLat(14.43, 50.08), "Museum", "1", MUSEUM)])
        (plate,) = boxes_of(svg, "s-plate")
        for disc in (each for each in parse(svg).iter(f"{SVG}circle") if each.get("class") == "s-pin"):
            x, y, r = (float(disc.get(name)) for name in ("cx", "cy", "r"))
            assert not plate.meets(Box(x - r, y - r, x + r, y + r))

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.floats(13.4, 15.4), st.floats(49.6, 50.5)), min_size=1, max_size=9))
    def test_plates_never_meet_however_places_crowd(self, points):
        svg = draw(PRAGUE, [(LonLat(lon, lat), f"Place {n}", str(n)) for n, (lon, lat) in enumerate(points)])
        plates = list(boxes_of(svg, "s-plate"))
        for number, plate in enumerate(plates):
            assert not any(plate.meets(other) for other in plates[number + 1 :])

    def test_a_line_over_180_is_one_line_on_a_map_over_180(self):
        lines = [[LonLat(177.0, -17.0), LonLat(180.0, -17.5)], [LonLat(-180.0, -17.5), LonLat(-178.5, -18.0)]]
        _, _, away, on = route_of(draw(FIJI, lines=lines))
        assert away == (0, 0)
        assert on[0] > 0

    def test_of_a_long_line_only_what_may_be_in_the_picture_is_drawn(self):
        line = [LonLat(lon, 50.0) for lon in range(-60, 61)]
        assert route_of(draw(PRAGUE, lines=[line])) == route_of(draw(PRAGUE, lines=[line[72:77]]))

    def test_a_line_right_across_the_picture_is_drawn_though_both_of_its_ends_are_outside(self):
        assert len(route_of(draw(PRAGUE, lines=[[LonLat(0.0, 50.0), LonLat(30.0, 50.1)]]))) == 2
        assert 'id="route"' not in draw(PRAGUE, lines=[[LonLat(0.0, 40.0), LonLat(30.0, 40.0)]])

    def test_a_highlighted_country_is_filled(self):
        assert 'class="s-highlight"' in draw(EUROPE, highlight=["CZ"])
        assert 'class="s-highlight"' not in draw(EUROPE, highlight=["XX"])

    def test_a_sketch_has_no_names_and_a_tenth_of_the_weight(self):
        sketch = draw(WORLD, sketch=True)
        assert len(sketch) < 16_000
        assert "s-names" not in sketch

    def test_the_picture_is_the_bounds_of_a_sketch_and_the_size_otherwise(self):
        sketch, plain = parse(draw(PRAGUE, sketch=True)), parse(draw(PRAGUE))
        assert sketch.get("viewBox").startswith("0 0 ")
        assert (sketch.get("width"), sketch.get("overflow")) == (None, "visible")
        assert (plain.get("width"), plain.get("height")) == ("960", "640")
        assert plain.get("viewBox").split()[2:] == ["960", "640"]

    def test_stills_stay_small(self, record_property):
        for name, view, most in (("close", PRAGUE, 40_000), ("continent", EUROPE, 60_000), ("world", WORLD, 70_000)):
            size = len(draw(view).encode())
            record_property(f"bytes of a {name} still", size)
            assert size < most


@needs_data
@pytest.mark.parametrize(("zoom", "is_named"), [(10, True), (13, False), (16, False)])
def test_a_marker_on_a_close_map_does_not_bear_the_name_of_a_town_whose_dot_is_elsewhere(zoom, is_named):
    corner = LonLat(14.49, 50.12)  # in Prague, whose dot is seven kilometres away
    svg = draw(view_at(corner, zoom), [(corner, "House", "1")], spots=[corner])
    assert (">Prague<" in svg) == is_named


@needs_data
def test_at_the_south_pole_there_is_land_to_the_edge_of_the_picture_and_no_line_along_that_of_the_map():
    view = View(Bounds(-30.0, -85.05, 30.0, -80.0), 5.0)
    (group,) = (each for each in parse(draw(view)).iter(f"{SVG}g") if each.get("class") == "s-map")
    land = [each for each in group if each.get("class") == "s-land"]
    _, top, _, height = map(float, parse(draw(view)).get("viewBox").split())
    last = land[-1]
    assert last.get("stroke-width") == "0"
    begin, down = map(float, re.fullmatch(r"M0 ([\d.]+)h\d+v(\d+)H0z", last.get("d")).groups())
    place = re.fullmatch(r"translate\(\S+ (\S+)\) scale\((\S+)\)", group.get("transform"))
    north, pixels = map(float, place.groups())
    assert top < north + begin * pixels < top + height <= north + (begin + down) * pixels
    assert len(land) == 2
    filled = [each for each in parse(draw(view, highlight=["AQ"])).iter() if each.get("class") == "s-highlight"]
    assert filled[-1].get("stroke-width") == "0"


@needs_data
@pytest.mark.parametrize("lat", [90.0, -90.0])
def test_the_pin_of_a_pole_stands_whole_in_the_picture(lat):
    view = View(Bounds(-1.0, 84.9, 1.0, 85.05) if lat > 0 else Bounds(-1.0, -85.05, 1.0, -84.9), 9.0)
    drawn = parse(draw(view, places=[(LonLat(0.0, lat), "Pole", "1")]))
    (pin,) = (each for each in drawn.iter(f"{SVG}circle") if each.get("class") == "s-pin")
    _, top, _, height = map(float, drawn.get("viewBox").split())
    assert top + 14 <= float(pin.get("cy")) <= top + height - 14
