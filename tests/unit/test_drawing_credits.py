"""Credits on stills: of what a picture shows, whole, and none of what it does not show."""

from __future__ import annotations

import re

from msgspec.structs import replace

from storymap.basemap.arcs import pack_arcs
from storymap.drawing.canvas import Canvas
from storymap.drawing.credit_lines import set_credits
from storymap.drawing.stills import draw_picture
from storymap.earth.views import view_at
from storymap.layers.tileset import Tileset
from storymap.model.place import Bounds, LonLat
from storymap.model.scene import Scene
from storymap.model.streets import StreetCell, StreetCredit, StreetPart, Streets, StreetScale

HERE, FAR = Bounds(14.0, 50.0, 14.1, 50.1), Bounds(20.0, 50.0, 20.1, 50.1)
LICENCE = "Data © the makers of maps of a town with a long name, under the Open Database Licence 1.0, adapted"
ROAD = StreetCell(17663, 11111, (0, 0, 1024, 1024), pack_arcs([[(0, 0), (1024, 1024)]]), (StreetPart("minor", 1),))


def list_lines(svg: str) -> list[str]:
    return re.findall(r'<text class="s-credit"[^>]*>([^<]*)<', svg)


def find_cell(zoom: int, at: LonLat) -> tuple[int, int]:
    extent = Canvas.of_view(view_at(at, 16), width=10, height=10, sketch=False).extent
    x, y = extent.middle
    return int(x * 2**zoom), int(y * 2**zoom)


def test_a_still_names_those_whose_streets_it_shows() -> None:
    at = LonLat(14.05, 50.05)
    x, y = find_cell(15, at)
    cell = ROAD._replace(x=x, y=y, box=(0, 0, 512, 512))
    credited = (StreetCredit("© Here", ((15, HERE),)), StreetCredit("© Far", ((15, FAR),)))
    passed = StreetCredit("© Passed", ((11, HERE),))
    streets = Streets((StreetScale(15, 15, 24, (cell,)),), (), (), (), (*credited, passed))
    close = Scene(view_at(at, 16), streets=streets)
    assert list_lines(draw_picture(close, "en", palette="")) == ["© Here"]
    assert list_lines(draw_picture(replace(close, view=view_at(at, 9)), "en", palette="")) == []
    assert list_lines(draw_picture(replace(close, view=view_at(LonLat(20.05, 50.05), 16)), "en", palette="")) == []


def test_a_still_without_tiles_does_not_name_their_makers() -> None:
    bare = Scene(view_at(LonLat(14.05, 50.05), 9), (Tileset(256, "© Tiles", (), None),))
    assert list_lines(draw_picture(bare, "en", palette="")) == []


def test_credits_are_broken_between_words_and_never_cut() -> None:
    canvas = Canvas.of_view(view_at(LonLat(14.05, 50.05), 9), width=672, height=448, sketch=False)
    svg, (box,) = set_credits(canvas, ["© One", LICENCE, LICENCE, "© Two"], None)
    lines = list_lines(svg)
    assert len(lines) > 1
    assert " ".join(lines).replace(" · ", " ") == f"© One {LICENCE} {LICENCE} © Two"
    heights = [float(y) for y in re.findall(r' y="([\d.]+)"', svg)]
    assert heights == sorted(heights)
    assert box.top < heights[0] - 8
    assert box.bottom > heights[-1]
    assert box.right <= canvas.area.right - 100, "beside the bar"
    narrow = Canvas.of_view(view_at(LonLat(14.05, 50.05), 9), width=320, height=200, sketch=False)
    assert len(list_lines(set_credits(narrow, [LICENCE], None).svg)) > 2
    assert list_lines(set_credits(narrow, ["©" * 300], None).svg) == ["©" * 300], "a word is whole"
