"""The colours of page and map are told apart, by light and in the dark, and so is what is written on them."""

from __future__ import annotations

import pytest

from storymap.drawing.flat import Scheme, read_palette
from storymap.prepared import read_static
from storymap.symbology.categories import DARK_GROUNDS, LIGHT_GROUNDS
from storymap.symbology.contrast import measure_contrast

SCHEMES: tuple[Scheme, ...] = ("light", "dark")

WRITTEN = {
    "paper": ("ink", "ink-quiet", "accent"),
    "paper-deep": ("ink", "ink-quiet", "accent"),
    "accent": ("accent-ink",),
    "marker": ("marker-text",),
    "land": ("label", "label-quiet"),
    "label-halo": ("label", "label-quiet", "route"),
    "sea": ("water-label",),
    "water-halo": ("water-label",),
}
"""By what it stands on, each colour that text has."""


@pytest.fixture(params=SCHEMES)
def palette(request: pytest.FixtureRequest) -> dict[str, str]:
    return read_palette(read_static("palette.css").decode(), request.param)


def test_land_is_told_from_the_sea_and_coasts_are_firmer_than_borders(palette: dict[str, str]) -> None:
    def against(one: str, other: str) -> float:
        return measure_contrast(palette[one], palette[other])

    assert against("land", "sea") >= 1.4
    assert against("land", "lake") >= 1.4
    assert against("river", "land") >= 1.6
    assert against("coast", "land") > against("border", "land") > against("region", "land") >= 1.3
    assert against("coast", "sea") >= 2
    assert against("coast", "sea") > against("equator", "sea") > against("graticule", "sea") >= 1.1
    for ground in ("land", "sea"):
        assert against("route", ground) > against("route-quiet", ground) >= 2.5
        assert against("marker", ground) >= 3


@pytest.mark.parametrize(("ground", "colours"), WRITTEN.items())
def test_what_is_written_can_be_read(palette: dict[str, str], ground: str, colours: tuple[str, ...]) -> None:
    for colour in colours:
        assert measure_contrast(palette[colour], palette[ground]) >= 4.5, colour


def test_markers_of_categories_are_tried_on_the_ground_of_the_map() -> None:
    for scheme, grounds in zip(SCHEMES, (LIGHT_GROUNDS, DARK_GROUNDS), strict=True):
        palette = read_palette(read_static("palette.css").decode(), scheme)
        assert {name: palette[name] for name in grounds} == grounds
