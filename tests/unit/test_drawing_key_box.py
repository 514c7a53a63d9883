"""The key on a still: a plate that explains, where it hides least."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from shapely.geometry import box

from storymap.drawing.canvas import Canvas
from storymap.drawing.key_box import draw_key
from storymap.layers.drawn import Figure, Key, KeyEntry, Paint
from storymap.model.place import Bounds
from storymap.model.scene import View

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
    figures = [Figure(box(0, 0, 3, 3).segmentize(0.1), PAINT)]
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
