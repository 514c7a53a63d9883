"""The author's data on a still: each figure in its own look, and very many points as dots of one path."""

from __future__ import annotations

import re

from msgspec.structs import replace
from shapely.geometry import LineString, MultiPoint, Point, box

from storymap.drawing import painted_shapes
from storymap.drawing.canvas import Canvas
from storymap.drawing.painted_shapes import draw_painted_shapes
from storymap.layers.figures import Paint, PaintedShape
from storymap.model.place import Bounds
from storymap.model.scene import View

CANVAS = Canvas.of_view(View(Bounds(0, 0, 9, 6), 6.0), width=672, height=448, sketch=False)
PAINT = Paint(fill="#336699", stroke="#ffffff", width=1.0, opacity=0.5)


def test_points_are_circles_with_an_edge() -> None:
    (drawn,) = draw_painted_shapes(CANVAS, [PaintedShape(MultiPoint([(1, 1), (2, 2)]), PAINT, radius=5)])
    assert drawn.count('r="5" fill="#336699"') == 2
    assert 'stroke="#ffffff" stroke-width="1"' in drawn


def test_what_figures_have_in_common_is_said_once() -> None:
    areas = [PaintedShape(box(number, 0, number + 1, 1), replace(PAINT, fill=f"#00000{number}")) for number in range(3)]
    line = PaintedShape(LineString([(0, 0), (3, 3)]), Paint(stroke="#aa0000", width=2.0))
    together, alone = draw_painted_shapes(CANVAS, [*areas, line])
    assert together.count("stroke-width") == 1
    assert [f'fill="#00000{number}"' in together for number in range(3)] == [True] * 3
    assert 'stroke="#aa0000"' in alone
    assert '<path d="' in alone


def test_what_the_picture_does_not_show_is_left_out() -> None:
    beyond = [PaintedShape(Point(80, 1), PAINT, radius=5), PaintedShape(box(80, 0, 81, 1), PAINT)]
    assert list(draw_painted_shapes(CANVAS, beyond)) == []


def test_very_many_points_of_one_look_are_one_path_each_place_once(monkeypatch) -> None:
    monkeypatch.setattr(painted_shapes, "MOST_CIRCLES", 3)
    other = Paint(fill="#993333")
    spots = [(1, 1), (1.0001, 1), (2, 2), (3, 3), (80, 1)]
    crowd = [
        *(PaintedShape(Point(spot), PAINT, radius=4) for spot in spots[:2]),
        PaintedShape(Point(4, 4), other, radius=4),
        *(PaintedShape(Point(spot), PAINT, radius=4) for spot in spots[2:]),
    ]
    area, dots, last = draw_painted_shapes(CANVAS, [*crowd, PaintedShape(box(0, 0, 1, 1), PAINT)])
    assert "Z" in area
    assert dots.count("M") == 3
    assert 'stroke="#336699" stroke-width="8"' in dots
    assert last.count("M") == 1


def test_the_number_of_a_cluster_stands_in_its_circle() -> None:
    (drawn,) = draw_painted_shapes(CANVAS, [PaintedShape(Point(1, 1), PAINT, radius=12, text="34", ink="#ffffff")])
    circle = re.search(r'<circle cx="([^"]+)" cy="([^"]+)"', drawn)
    assert circle
    assert f'<text x="{circle[1]}" y="{circle[2]}" dy="4.2" fill="#ffffff"' in drawn
    assert ">34</text>" in drawn


def test_an_outline_of_another_colour_is_said_for_itself() -> None:
    first = PaintedShape(box(0, 0, 1, 1), Paint(fill="#333333", stroke="#ffffff", width=1))
    pale = PaintedShape(box(1, 0, 2, 1), Paint(fill="#ffffcc", stroke="#8c8173", width=1))
    (drawn,) = draw_painted_shapes(CANVAS, [first, pale, first])
    assert drawn.count('stroke="#ffffff"') == 1
    assert '<path fill="#ffffcc" stroke="#8c8173" d=' in drawn
