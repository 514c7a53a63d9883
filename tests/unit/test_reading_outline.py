"""The outline of a story as written: all that is asked of every story of a site, without the text."""

from __future__ import annotations

from storymap.errors import Report
from storymap.reading.source import outline_source
from storymap.reading.story import read_story
from storymap.reading.text import TextSource

WRITTEN = """---
title: Walk
cover: view.jpg
---
From [Brno](place:Brno).

## First
place: Prague

A *word*, [another](other.md#x), a [plan](plan.pdf) and ![a view](view.jpg).

### Aside

> [!NOTE]
> More.[^1]

[^1]: By [Linz](place:Linz).
"""


def test_an_outline_has_what_names_others_and_no_text() -> None:
    source = read_story(TextSource("stories/walk.md", WRITTEN, tuple(WRITTEN.split("\n"))), Report())
    assert source is not None
    outline = outline_source(source)
    for kept in (
        "id",
        "name",
        "title",
        "front",
        "at",
        "opening_links",
        "notes_links",
        "story_links",
        "file_links",
        "pictures",
    ):
        assert getattr(outline, kept) == getattr(source, kept), kept
    assert [link.text for link in (*outline.opening_links, *outline.notes_links)] == ["Brno", "Linz"]
    assert [step.fields for step in outline.steps] == [step.fields for step in source.steps]
    assert [prose.headings for prose in outline.prose] == [prose.headings for prose in source.prose]
    assert len(outline.story_links) == len(outline.file_links) == len(outline.pictures) == 1
    assert not outline.text.text
    assert "More" in repr(source.steps)
    assert "More" not in repr(outline)
