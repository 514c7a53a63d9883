"""Colours of data are seen by light and in the dark, and told from those beside them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies

from storymap.layers.edges import choose_edge
from storymap.symbology.categories import DARK_GROUNDS, LIGHT_GROUNDS
from storymap.symbology.coloring import MISSING, PLAIN
from storymap.symbology.contrast import is_lost, make_seen, measure_contrast, measure_difference
from storymap.symbology.palettes import PALETTES, Palette

LANDS = (LIGHT_GROUNDS["land"], DARK_GROUNDS["land"])

colors = strategies.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_the_difference_of_black_and_white_is_one() -> None:
    assert measure_difference("#000000", "#ffffff") == pytest.approx(1, abs=1e-3)
    assert measure_difference("#123456", "#123456") == 0


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_every_colour_of_a_palette_or_its_outline_is_seen_on_either_ground(palette: Palette) -> None:
    for count in range(2, palette.most + 1):
        for color in palette.pick(count):
            for ground in LANDS:
                assert max(measure_contrast(one, ground) for one in (color, choose_edge(color))) >= 1.6, (color, ground)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_classes_beside_each_other_are_told_apart(palette: Palette) -> None:
    for count in range(2, palette.most + 1):
        least = min(measure_difference(one, other) for one, other in pairwise(palette.pick(count)))
        assert least >= (0.05 if count <= 5 else 0.03), count


@pytest.mark.parametrize("color", [PLAIN, MISSING])
def test_what_nobody_chose_is_seen(color: str) -> None:
    assert not is_lost(color, LANDS)


@given(colors)
def test_there_is_always_a_colour_near_that_is_seen(color: str) -> None:
    seen = make_seen(color, LANDS)
    assert not is_lost(seen, LANDS)
    if not is_lost(color, LANDS):
        assert measure_difference(seen, color) < 0.02
