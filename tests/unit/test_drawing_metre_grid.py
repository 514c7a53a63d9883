"""The grid of metres on close stills."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from storymap.drawing.metre_grid import choose_step
from storymap.drawing.still import draw_still
from storymap.earth.views import view_at
from storymap.model.place import LonLat


@pytest.mark.parametrize(("kilometres", "step"), [(0.013, 0.02), (0.2, 0.2), (0.21, 0.5), (0.7, 1), (4, 5), (60, 100)])
def test_steps_are_round(kilometres: float, step: float) -> None:
    assert choose_step(kilometres) == pytest.approx(step)


def draw(zoom: float, *, sketch: bool = False) -> str:
    view = view_at(LonLat(14.43, 50.08), zoom)
    return draw_still(view, width=672, height=448, stylesheet="", sketch=sketch)


def test_a_close_still_has_a_grid_and_says_how_far_its_lines_are_apart() -> None:
    still = draw(15)
    (grid,) = re.findall(r'class="s-grid" d="([^"]*)"', still)
    xs = sorted(float(x) for x in re.findall(r"M([\d.-]+) [\d.-]+V", grid))
    apart = {round(after - before, 0) for before, after in pairwise(xs)}
    assert len(apart) == 1
    assert min(apart) >= 90
    (length,) = re.findall(r'class="s-bar" d="M[\d.-]+ [\d.-]+v5h([\d.]+)v', still)
    assert float(length) == pytest.approx(apart.pop(), abs=1)
    assert re.search(r'class="s-bar-text"[^>]*>\d+ m<', still)


def test_a_still_whose_ground_is_drawn_has_none() -> None:
    assert 'class="s-grid"' not in draw(10)
    assert 'class="s-grid"' not in draw(15, sketch=True)
