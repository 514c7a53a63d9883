"""What the elements of a map hook load is found on every page that the site has."""

from pathlib import Path

from storymap.building.hook import list_addresses
from storymap.errors import Report
from storymap.project import load_project

HOOK = """
from branca.element import JavascriptLink


def dress(story_map, story):
    lat, _ = story_map.location
    name = "story" if story else f"at-{round(lat)}"
    story_map.get_root().header.add_child(JavascriptLink(f"https://example.org/{name}.js"))
"""

STORY = """---
title: A walk
---
## The start
place: 10, 10

It begins here.[^1]

[^1]: Seen from [the hill](geo:30,30).
"""


def test_a_place_that_only_a_note_names_has_a_page_and_one_that_no_story_names_has_none(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "walk.md").write_text(STORY, encoding="utf-8")
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "mills.csv").write_text("name,lat,lon\nUnused Mill,50,14\n", encoding="utf-8")
    (tmp_path / "storymap.toml").write_text('map_hook = "dressing:dress"\n', encoding="utf-8")
    (tmp_path / "dressing.py").write_text(HOOK, encoding="utf-8")
    report = Report()
    found = list_addresses(load_project(tmp_path), report)
    assert report.errors == ()
    assert {address.rpartition("/")[2] for address in found} == {"story.js", "at-10.js", "at-30.js"}
