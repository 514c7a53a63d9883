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
    assert len([path for path in site.rglob("*") if path.is_file()]) < 60
    assert "Place number 8" not in "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))


def test_a_village_never_stands_in_for_what_the_world_knows_by_its_name(fault: Lay) -> None:
    outcome = fault("village-for-bohemia").build()
    assert outcome.exit_code == 1
    assert '"Bohemia" is a historic land in Czechia, and no outline of it is built in' in outcome.output
    assert "bounds: [12.1, 48.5, 16.8, 51.1]" in outcome.output
    assert 'such as "Prague"' in outcome.output
    assert '"North Sea" is a sea, and no outline of it is built in' in outcome.output
    assert '"Congo" could be either of two countries' in outcome.output
    assert '"Corsica" is the island, not a town' in outcome.output
    assert "New York, United States" not in outcome.output
    assert outcome.output.count("error[") == 3, "Corsica itself is shown"


def test_readers_see_the_name_that_the_author_wrote(fault: Lay) -> None:
    project = fault("name-of-place-in-chinese")
    assert project.build().exit_code == 0
    story = project.page("s.html")
    assert '<a href="places/beijing.html">北京</a>' in story
    assert '<a href="places/shanghai.html">上海</a>' in story
    assert "Beijing" not in story.partition("storymap-data")[0]
    assert '"name":"北京"' in story
    stills = [path for path in (project.folder / "site" / "stills").rglob("*.svg") if path.parent.name == "s"]
    assert any("北京" in still.read_text(encoding="utf-8") for still in stills)
    assert "<h1><bdi>Beijing</bdi></h1>" in project.page("places/beijing.html")
