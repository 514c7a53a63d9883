"""Where a line leaves a still, the still says where it leads."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from storymap.drawing.boxes import Box
from storymap.drawing.canvas import Canvas
from storymap.drawing.edge_captions import wish_captions
from storymap.drawing.labels import arrange_labels
from storymap.drawing.occupied import Occupied, cover_squares
from storymap.drawing.runs import ROUTE_CLEAR, place_runs, trace_routes
from storymap.earth.views import fit_bounds
from storymap.layers.figures import Run
from storymap.model.place import Bounds, LonLat

PRAGUE = LonLat(14.42, 50.09)


def canvas_of(lang: str = "en") -> Canvas:
    return Canvas.of_view(fit_bounds(Bounds(8, 46, 20, 54)), width=672, height=448, sketch=False, lang=lang)


def captions(*ends: LonLat, lang: str = "en", taken: tuple[Box, ...] = ()) -> list[str]:
    """What is written at the edges of a map around Prague, from where lines lead to `ends`."""
    canvas = canvas_of(lang)
    runs = [Run((PRAGUE, end), "route", "Prague", f"End {number}") for number, end in enumerate(ends, 1)]
    lines = place_runs(canvas, runs)
    occupied = Occupied(taken, cover_squares(trace_routes(canvas, lines), ROUTE_CLEAR, canvas.area))
    placed = arrange_labels(wish_captions(canvas, lines), occupied=occupied, area=canvas.area, most=9)
    paths = [shapely.LineString(line.points) for line in lines]
    boxes = shapely.box(*np.array([each.box for each in placed]).reshape(-1, 4).T)
    assert not any(each.box.meets(box) for each in placed for box in taken)
    assert not shapely.intersects(boxes, shapely.union_all(paths)).any()
    assert all(canvas.area.holds(each.box) for each in placed)
    return [each.wish.text for each in placed]


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (LonLat(114.0, 45.0), "to End 1 →"),
        (LonLat(-77.0, 45.0), "← to End 1"),
        (LonLat(15.0, 70.0), "↑ to End 1"),
        (LonLat(15.0, -30.0), "↓ to End 1"),
    ],
)
def test_the_arrow_points_to_where_the_line_leaves(end: LonLat, text: str) -> None:
    assert captions(end) == [text]


def test_a_place_that_is_seen_has_no_caption() -> None:
    assert captions(LonLat(16.6, 49.2)) == []


def test_a_way_that_comes_back_into_the_picture_has_none() -> None:
    canvas = canvas_of()
    run = Run((PRAGUE, LonLat(60.0, 50.0), LonLat(16.6, 49.2)), "route", "Prague", "Brno")
    assert list(wish_captions(canvas, place_runs(canvas, [run]))) == []


def test_lines_to_two_places_beyond_one_edge_are_told_apart() -> None:
    assert captions(LonLat(114.0, 40.0), LonLat(114.0, 60.0)) == ["to End 1 →", "to End 2 →"]


def test_a_caption_stands_further_in_where_the_edge_is_taken() -> None:
    canvas = canvas_of()
    left, top, right, bottom = canvas.area
    edge = Box(right - 60, top, right, bottom)
    assert captions(LonLat(114.0, 45.0), taken=(edge,)) == ["to End 1 →"]
    assert captions(LonLat(114.0, 45.0), taken=(Box(left, top, right, bottom),)) == []


@pytest.mark.parametrize("lang", ["ar", "cs", "de", "en", "es", "fr", "he", "ja", "pl", "uk", "zh"])
def test_every_language_has_its_word_for_it(lang: str) -> None:
    (text,) = captions(LonLat(114.0, 45.0), lang=lang)
    assert "End 1" in text
    assert len(text) > len("End 1 →")
