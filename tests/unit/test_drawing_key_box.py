"""The key on a still: a plate that explains, where it hides least."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from shapely.geometry import Point, box

from storymap.drawing.canvas import Canvas
from storymap.drawing.key_box import draw_key
from storymap.drawing.pins import make_pins
from storymap.errors import Location
from storymap.layers.drawn import Key, KeyEntry
from storymap.layers.figures import Paint, PaintedShape, PlaceMark
from storymap.layers.markers import DrawnMarkers, Mark, Markers
from storymap.model.place import Bounds, LonLat, Place
from storymap.model.scene import View
from storymap.model.sign import Sign, SignColors

VIEW = View(Bounds(0, 0, 9, 6), 6.0)
PAINT = Paint(fill="#336699", stroke="#ffffff", width=1.0)


def make_canvas(lang: str = "en") -> Canvas:
    return Canvas.of_view(VIEW, width=672, height=448, sketch=False, lang=lang)


def make_key(count: int = 3, title: str = "Price") -> Key:
    return Key(title, tuple(KeyEntry(PAINT, f"class {number}") for number in range(count)))


def read_texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter("text")]


def test_without_keys_there_is_no_plate() -> None:
    assert draw_key(make_canvas(), ()) is None


def test_title_and_classes_stand_on_a_plate_in_the_picture() -> None:
    canvas = make_canvas()
    key = draw_key(canvas, [make_key()])
    assert key is not None
    assert read_texts(key.svg) == ["Price", "class 0", "class 1", "class 2"]
    assert canvas.area.holds(key.box)


def test_it_stands_low_where_lines_begin() -> None:
    left, right = draw_key(make_canvas(), [make_key()]), draw_key(make_canvas("ar"), [make_key()])
    assert left is not None
    assert right is not None
    assert left.box.left < 20
    assert right.box.left > 300
    assert left.box.bottom > 400


def test_it_gives_way_to_the_data() -> None:
    figures = [PaintedShape(box(0, 0, 3, 3).segmentize(0.1), PAINT)]
    key = draw_key(make_canvas(), [make_key()], figures)
    assert key is not None
    assert key.box.left > 300


def test_a_key_that_is_too_high_is_left_out() -> None:
    assert draw_key(make_canvas(), [make_key(60)]) is None
    shown = draw_key(make_canvas(), [make_key(3), make_key(60, "Other")])
    assert shown is not None
    assert read_texts(shown.svg)[0] == "Price"


def test_hostile_texts_are_escaped() -> None:
    key = draw_key(make_canvas(), [Key("<b>&", (KeyEntry(PAINT, "]]><script>\x00"),))])
    assert key is not None
    assert read_texts(key.svg) == ["<b>&", "]]><script>\ufffd"]


def make_place(name: str, lon: float, category: str, sign: Sign | None) -> Place:
    point = Point(lon, 3)
    at = LonLat(lon, 3)
    bounds = Bounds(lon, 3, lon, 3)
    return Place(name, name, at, point, bounds, "point", "", "geo", Location("geo/a.csv"), category=category, sign=sign)


def test_categories_stand_in_the_key_by_their_titles_each_once_with_their_markers() -> None:
    venue = Sign("Venues", "M1,1Z", SignColors("#7a3b8f", "#ffffff"), SignColors("#a663bd", "#000000"))
    castle = Sign("Castles", "", SignColors("#1f6f4a", "#ffffff"), SignColors("#258358", "#ffffff"))
    own = [make_place("a", 1, "venue", venue), make_place("b", 2, "", None), make_place("c", 3, "venue", venue)]
    layer = DrawnMarkers(Markers(tuple(map(Mark, own)), around=(Mark(make_place("d", 4, "castle", castle)),)))
    key = draw_key(make_canvas(), layer.keys("en"))
    assert key is not None
    assert read_texts(key.svg) == ["Castles", "Venues"]
    assert [path.get("d") for path in ET.fromstring(key.svg).iter("path")] == ["M1,1Z"]
    assert DrawnMarkers(Markers((Mark(own[1]),))).keys("en") == ()


def test_it_gives_way_to_markers() -> None:
    canvas = make_canvas()
    pins = make_pins(canvas, [PlaceMark(LonLat(0.3, 0.3), "Corner", "1")], ())
    key = draw_key(canvas, [make_key()], pins=pins)
    assert key is not None
    assert key.box.left > 300
