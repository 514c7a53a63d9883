"""The table of a story's places says where each is, how far from the last, when, and in which steps."""

from __future__ import annotations

from pathlib import Path

from storymap.building.content import read_content
from storymap.errors import Report
from storymap.model.story import Story
from storymap.pages.story_places import list_places
from storymap.project import load_project

STORY = """---
title: A walk
lang: {lang}
---
Text.

## One
place: [Prague, Brno]

## Two
place: Austria
date: 2020

## Three
place: "10, 20"

## Four
place: Prague
date: 2020-05-06
"""


def resolve(folder: Path, lang: str) -> Story:
    (folder / "stories").mkdir(parents=True)
    (folder / "storymap.toml").write_text('title = "A site"\n')
    (folder / "stories" / "walk.md").write_text(STORY.format(lang=lang), encoding="utf-8")
    report = Report()
    content = read_content(load_project(folder), report)
    assert not report.errors
    return content.stories[0]


def test_each_place_stands_once_with_all_its_steps(tmp_path: Path) -> None:
    rows = list_places(resolve(tmp_path, "en"))
    assert [(row.name, row.distance, row.date) for row in rows] == [
        ("Prague (Czechia)", "", "6 May 2020"),
        ("Brno (Czechia)", "190 km", ""),
        ("Austria", "", "2020"),
        ("10°\u00a0N,\u00a020°\u00a0E (Chad)", "", ""),
    ]
    assert [[(step.number, step.id) for step in row.steps] for row in rows] == [
        [(1, "one"), (4, "four")],
        [(1, "one")],
        [(2, "two")],
        [(3, "three")],
    ]
    assert rows[0].url == "places/prague.html"


def test_a_whole_country_is_nowhere_precise(tmp_path: Path) -> None:
    positions = [row.position for row in list_places(resolve(tmp_path, "en"))]
    assert positions[0].startswith("50.09°")
    assert len(positions[2].split("°")[0].split(".")[1]) == 1


def test_it_is_told_in_the_language_of_the_story(tmp_path: Path) -> None:
    rows = list_places(resolve(tmp_path, "de"))
    assert (rows[1].name, rows[1].distance) == ("Brünn (Tschechien)", "190 km")
