"""Paths as operators of PDF: relative ones made absolute, arcs as curves, symbols as they are written."""

from __future__ import annotations

import json
import math
import re

import numpy as np
import pytest

from storymap.drawing.svg_paths import list_dots, trace_path
from storymap.prepared import read_static

Point = tuple[float, float]


def walk(traced: str) -> list[Point]:
    """Points along what is traced, many of each curve."""
    points: list[Point] = []
    numbers: list[float] = []
    begun = (0.0, 0.0)
    for word in traced.split():
        if word not in {"m", "l", "c", "h"}:
            numbers.append(float(word))
            continue
        given = list(zip(numbers[::2], numbers[1::2], strict=True))
        numbers = []
        if word == "m":
            begun = given[0]
        if word == "c":
            four = (points[-1], *given)
            for step in range(1, 17):
                t = step / 16
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
                x, y = (sum(w * p[axis] for w, p in zip(weights, four, strict=True)) for axis in (0, 1))
                points.append((x, y))
        else:
            points += given or [begun]
    return points


@pytest.mark.parametrize(
    ("path", "points"),
    [
        ("M0 0L10 0L10 5Z", [(0, 0), (10, 0), (10, 5), (0, 0)]),
        ("M1 2h3v4H0V0", [(1, 2), (4, 2), (4, 6), (0, 6), (0, 0)]),
        ("m1 2 3-4-5 6z", [(1, 2), (4, -2), (-1, 4), (1, 2)]),
        ("M9 20m1 2 3 0 0 3zm5-5 1 0z", [(10, 22), (13, 22), (13, 25), (10, 22), (15, 17), (16, 17), (15, 17)]),
        ("M10 20m1 2 3 0m1 1 0 3", [(11, 22), (14, 22), (15, 23), (15, 26)]),
        ("M0 0m1 1 1 0M256 -8m2 2 0 1", [(1, 1), (2, 1), (258, -6), (258, -5)]),
        ("M0 -7h30v5H0z", [(0, -7), (30, -7), (30, -2), (0, -2), (0, -7)]),
        ("M.5-.5 1.5.5.25-1", [(0.5, -0.5), (1.5, 0.5), (0.25, -1)]),
    ],
)  # fmt: skip
def test_lines_are_made_absolute(path: str, points: list[Point]) -> None:
    assert np.array(walk(trace_path(path))) == pytest.approx(np.array(points))


@pytest.mark.parametrize(
    "path",
    ["M3 0A3 3 0 1 1-3 0A3 3 0 1 1 3 0", "M3 0a3 3 0 01-3 3 3 3 0 01-3-3", "M0-3A1 1 0 0 1 0 3", "M3 0A3,3,30,0,0,0-3"],
    ids=["two halves", "flags without gaps", "enlarged to reach", "turned"],
)
def test_arcs_of_a_circle_stay_on_it(path: str) -> None:
    points = walk(trace_path(path))
    assert len(points) > 16
    assert [math.hypot(*point) for point in points] == pytest.approx([3] * len(points), abs=0.002)


@pytest.mark.parametrize(
    ("large", "sweeping", "through"), [(0, 1, (2, 2)), (1, 0, (2, 2)), (0, 0, (0, 0)), (1, 1, (0, 0))]
)
def test_the_flags_of_an_arc_choose_one_of_four(large: int, sweeping: int, through: Point) -> None:
    """From (0, 2) to (2, 0) on a circle of radius 2, whose middle is one of two corners of the square between them."""
    middle = {(0, 1): (0, 0), (1, 0): (0, 0), (0, 0): (2, 2), (1, 1): (2, 2)}[large, 1 - sweeping]
    points = walk(trace_path(f"M0 2A2 2 0 {large} {sweeping} 2 0"))
    away = [math.hypot(x - middle[0], y - middle[1]) for x, y in points]
    assert away == pytest.approx([2] * len(points), abs=0.002)
    longest = max(math.hypot(x - 1, y - 1) for x, y in points)
    assert (longest > 2) == bool(large)
    assert through not in points


def test_curves_take_up_the_handle_before_them() -> None:
    smooth, spelled = (walk(trace_path(f"M0 0C0 1 1 2 2 2{rest}")) for rest in ("s2-1 2-2", "C3 2 4 1 4 0"))
    assert np.array(smooth) == pytest.approx(np.array(spelled))
    flat = walk(trace_path("M0 0Q1 2 2 0"))
    assert max(y for _, y in flat) == pytest.approx(1, abs=0.001)


def test_every_symbol_is_read_and_stays_in_its_box() -> None:
    for name, path in json.loads(read_static("symbols.json")).items():
        points = walk(trace_path(path))
        assert points, name
        assert min(map(min, points)) > -1, name
        assert max(map(max, points)) < 16, name


@pytest.mark.parametrize("path", ["M0 0X5 5", "M0 0L5", "M0 0L5 five", "M0 0A3 3 0 2 1 5 5"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"no path|no number|too few"):
        trace_path(path)


def test_dots_are_lines_without_a_length() -> None:
    assert list_dots("M1 2h0M-3.5 4h0") == [(1, 2), (-3.5, 4)]
    assert list_dots("M1 2h0M3 4h1") == []
    assert not re.search("e", trace_path("M0.00000001 0L1 1")), "PDF knows no exponents"
