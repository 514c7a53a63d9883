"""Names, pasted addresses and tables of places as real people have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Lay = Callable[[str], Any]


def test_an_address_pasted_from_a_map_is_answered_with_its_coordinates(fault: Lay) -> None:
    outcome = fault("place-pasted-from-google-maps").build()
    assert outcome.exit_code == 1
    assert outcome.output.count("error[map-address]") == 2, "the pair in brackets is read"
    assert outcome.output.count("help: write the coordinates in it: 50.0876, 14.4213") == 2
    assert "it comes as close as zoom: 15" in outcome.output
    assert "it comes as close as zoom: 12" in outcome.output


def test_places_that_no_story_uses_cost_no_pages(fault: Lay) -> None:
    project = fault("csv-2000-unused-places")
    assert project.build().exit_code == 0
    site = project.folder / "site"
    assert [path.name for path in (site / "places").glob("*.html")] == ["place-number-7.html"]
    assert len([path for path in site.rglob("*") if path.is_file()]) < 30
    assert "Place number 8" not in "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
