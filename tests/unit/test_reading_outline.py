"""The outline of a story as written: what is asked of every story of a site, the same after most edits."""

from __future__ import annotations

import pytest

from storymap.errors import Report
from storymap.reading.outline import LinkReference, SourceOutline, StepReferences, outline_source
from storymap.reading.story import read_story
from storymap.reading.text import TextSource

WRITTEN = """---
title: Walk
date: 1950
---
From [Brno](place:Brno).

## First
place: [Prague, "50.1, 14.4"]
highlight: CZ

Some *words*.

### Aside {#by-the-way}

More.[^1]

[^1]: By [Linz](place:Linz).
"""


def outline(text: str) -> SourceOutline:
    report = Report()
    source = read_story(TextSource("stories/walk.md", text, tuple(text.split("\n"))), report)
    assert source is not None
    assert not report.errors
    return outline_source(source)


def test_an_outline_has_every_name_and_every_address() -> None:
    found = outline(WRITTEN)
    assert (found.id, found.name, found.title, found.is_draft) == ("walk", "stories/walk.md", "Walk", False)
    assert set(found.anchors) >= {"first"}
    assert found.references.story == "stories/walk.md"
    assert found.references.opening == (LinkReference("place:Brno", "Brno"),)
    assert found.references.steps == (StepReferences(("Prague", "50.1, 14.4"), ("CZ",), ()),)
    assert found.references.notes == (LinkReference("place:Linz", "Linz"),)


def test_an_edit_of_prose_that_moves_lines_leaves_the_outline_as_it_was() -> None:
    assert outline(WRITTEN.replace("Some *words*.", "Others.\n\nAnd a paragraph.")) == outline(WRITTEN)
    assert outline(WRITTEN.replace("## First", "## Second")) != outline(WRITTEN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Some", "[Another](other.md)"),
        ("Some", "[A plan](plan.pdf)"),
        ("Some", "![A view](view.jpg)"),
        ("date: 1950", "cover: view.jpg"),
        ("date: 1950", "aliases: [once]"),
        ("date: 1950", "layers: {regions: {from: regions.geojson}}"),
        ("highlight: CZ", "track: ride.gpx"),
    ],
)
def test_what_needs_more_of_the_project_is_told(old: str, new: str) -> None:
    assert not outline(WRITTEN).needs_more
    assert outline(WRITTEN.replace(old, new)).needs_more


def test_stories_stand_by_order_then_date_then_name() -> None:
    by_order, by_date, neither = (
        outline(WRITTEN.replace("date: 1950", line)) for line in ("order: 3", "date: 1960", "summary: A walk.")
    )
    assert sorted([neither, by_date, by_order], key=lambda one: one.order) == [by_order, by_date, neither]
