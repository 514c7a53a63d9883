"""Tiles from elsewhere are an opt-in, credited, and never asked for where they would refuse."""

from __future__ import annotations

import pytest

from storymap.errors import Location, Report
from storymap.layers.tiles import Tiles
from storymap.resolving.tiles import find_tiles
from storymap.settings.model import Settings


def find(**settings: str) -> tuple[Tiles | None, list[str]]:
    report = Report()
    tiles = find_tiles(Settings.model_validate(settings), Location("storymap.toml"), report)
    return tiles, [problem.code for problem in report.problems]


def test_a_site_that_asks_for_no_tiles_gets_none() -> None:
    assert find() == (None, [])


def test_a_provider_is_found_by_name_with_its_credit_as_plain_text() -> None:
    tiles, problems = find(tiles="OpenStreetMap.Mapnik")
    assert problems == []
    assert tiles is not None
    assert tiles.needs_referer
    assert "<" not in tiles.attribution
    assert all(part in tiles.url for part in ("{z}", "{x}", "{y}"))


def test_a_provider_keeps_its_slot_for_subdomains() -> None:
    tiles, _ = find(tiles="OpenTopoMap")
    assert tiles is not None
    assert tiles.url.count("{s}") == 1
    assert not tiles.needs_referer


def test_a_url_template_with_a_credit_is_taken_as_it_is() -> None:
    tiles, problems = find(tiles="https://tiles.example/{z}/{x}/{y}.png", tiles_attribution="© Example & co")
    assert problems == []
    assert tiles is not None
    assert (tiles.url, tiles.attribution) == ("https://tiles.example/{z}/{x}/{y}.png", "© Example & co")


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"tiles": "https://tiles.example/{z}/{x}/{y}.png"}, "missing-attribution"),
        ({"tiles": "https://tiles.example/{z}/{x}.png", "tiles_attribution": "x"}, "bad-tiles"),
        ({"tiles": "javascript:{z}{x}{y}", "tiles_attribution": "x"}, "bad-tiles"),
        ({"tiles": "OpenStretMap.Mapnik"}, "unknown-tiles"),
        ({"tiles": "Thunderforest.Outdoors"}, "tiles-need-key"),
    ],
)
def test_tiles_that_cannot_be_used_are_told(settings: dict[str, str], code: str) -> None:
    assert find(**settings) == (None, [code])
