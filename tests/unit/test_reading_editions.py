"""An edition of a story takes from its original what it does not write, step by step."""

from __future__ import annotations

import pytest

from storymap.errors import Report
from storymap.language.tags import split_language, write_tag
from storymap.reading.edition_marks import mark_parts, write_marks
from storymap.reading.pairing import Uneven, pair_steps
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.text import decode_text
from storymap.reading.titles import find_story_id

ORIGINAL = """---
title: The bridge
summary: It was built twice.
date: 1357/1892
authors: [Anna Nováková]
draft: true
updated: 2026-03-01
aliases: [old-bridge]
layers:
  arches: arches.csv
  mills: {from: mills.csv, title: Mills, color: {by: year, unit: years}}
---
It stands.

## The first bridge
place: [Prague, Brno]
date: 1357
zoom: 9
image: {file: plan.jpg, bounds: [14, 49, 15, 50], title: The plan}
layers: [arches, mills]

A stone.

## The flood
place: Prague
bounds: [14, 49, 15, 50]
extra: {note: mine, mood: calm}

Two arches fell.
"""


def read(name: str, text: str, report: Report, original: StorySource | None = None) -> StorySource:
    source = decode_text(text.encode(), name, report)
    assert source
    story = read_story(source, report, original=original)
    assert story
    return story


def translate(text: str, report: Report | None = None) -> StorySource:
    told = report if report is not None else Report()
    original = read("stories/bridge.md", ORIGINAL, Report())
    story = read("stories/bridge.cs.md", text, told, original)
    assert report is not None or not told.problems
    return story


STEPS = "\n## První most\n\nKámen.\n\n## Povodeň\n\nDva oblouky.\n"


@pytest.mark.parametrize(
    ("own", "pairs", "uneven"),
    [
        (["", "", ""], (0, 1, 2), ()),
        (["c", "a", "b"], (2, 0, 1), ()),
        (["", "c"], (None, 2), (Uneven((0,), (0, 1)),)),
        (["", "b", ""], (0, 1, 2), ()),
        (["a", "", "new", "c"], (0, 1, None, 2), ()),
        (["a", "b", "c", ""], (0, 1, 2, None), ()),
        (["", ""], (None, None), (Uneven((0, 1), (0, 1, 2)),)),
        (["c", "", ""], (2, None, None), ()),
        (["a", "c"], (0, 2), ()),
        (["a", "a", ""], (0, None, None), (Uneven((2,), (1, 2)),)),
        ([], (), ()),
    ],
)
def test_steps_are_paired_by_id_and_the_others_in_order_between_those(own, pairs, uneven):
    found = pair_steps(own, ["a", "b", "c"])
    assert (found.pairs, found.uneven) == (pairs, uneven)


def test_what_an_edition_leaves_out_comes_from_its_original():
    story = translate(f"---\ntitle: Most\n---\nStojí.\n{STEPS}")
    front, (first, flood) = story.front, story.steps
    assert (story.id, story.title, front.lang) == ("bridge.cs", "Most", "cs")
    assert (front.date is not None, front.authors, front.draft) == (True, ("Anna Nováková",), True)
    assert (front.summary, front.aliases, front.updated) == (None, None, None), "these are of one text alone"
    assert [step.id for step in story.steps] == ["the-first-bridge", "the-flood"]
    assert [step.title for step in story.steps] == ["První most", "Povodeň"]
    assert (first.fields.place, first.fields.zoom) == (("Prague", "Brno"), 9)
    assert first.fields.where("place", 1).path == "stories/bridge.md"
    assert flood.fields.where("date").path == "stories/bridge.cs.md", "of what nobody writes, the step is the place"


def test_what_an_edition_writes_stands_and_may_be_a_part_of_a_value():
    story = translate(
        "---\ntitle: Most\nauthor: Jan Novák\nlayers: {mills: {title: Mlýny}, arches: {title: Oblouky}}\n"
        "draft: false\n---\n"
        "## První most\nplace: [Praha, Brno]\nimage: {title: Plán}\nlayers: {mills: {title: Staré mlýny}}\n\nKámen.\n\n"
        "## Povodeň\nzoom: 7\nextra: {note: moje}\n\nDva oblouky.\n"
    )
    front, (first, flood) = story.front, story.steps
    assert (front.author, front.authors, front.draft) == (("Jan Novák",), None, False)
    mills, arches = front.layers["mills"], front.layers["arches"]
    assert (mills.from_, mills.title, mills.color and mills.color.unit) == ("mills.csv", "Mlýny", "years")
    assert (arches.from_, arches.title, list(front.layers)) == ("arches.csv", "Oblouky", ["arches", "mills"])
    assert first.fields.place == ("Praha", "Brno")
    assert first.fields.image
    assert (first.fields.image.file, first.fields.image.title) == ("plan.jpg", "Plán")
    assert first.fields.layers
    assert list(first.fields.layers) == ["arches", "mills"]
    assert first.fields.layers["mills"].title == "Staré mlýny"
    assert (flood.fields.zoom, flood.fields.bounds) == (7, None), "a closeness is said instead of bounds"
    assert flood.fields.extra == {"note": "moje", "mood": "calm"}


def test_mistakes_of_the_original_are_told_where_it_is_read():
    wrong = ORIGINAL.replace("zoom: 9", "zoom: near")
    told = Report()
    story = read("stories/bridge.cs.md", f"---\ntitle: Most\n---\n{STEPS}", told, read("b.md", wrong, Report()))
    assert not told.problems
    assert story.steps[0].fields.zoom is None


def test_a_language_in_the_name_of_a_file_is_one_that_is_known():
    assert split_language("declaration.cs") == ("declaration", "cs")
    assert split_language("a.b.PT-br") == ("a.b", "pt-BR")
    for stem in ("report.v2", "report", ".cs", "report.final", "report.cs-", "x.zz"):
        assert split_language(stem) == (stem, "")
    assert write_tag("ZH-hant-tw") == "zh-Hant-TW"
    assert find_story_id("stories/Declaration.cs.md") == "declaration.cs"
    assert find_story_id("stories/report.v2.md") == "reportv2"


def test_a_mark_changes_with_the_words_alone():
    def marks(text: str) -> list[str]:
        return write_marks(read("stories/bridge.md", text, Report())).split()

    before = marks(ORIGINAL)
    assert marks(ORIGINAL.replace("zoom: 9", "zoom: 8").replace("Two arches fell.", "Two\n  arches fell.")) == before
    changed = marks(ORIGINAL.replace("Two arches", "Three arches"))
    assert [one == other for one, other in zip(before, changed, strict=True)] == [True, True, False]
    assert marks(ORIGINAL.replace("twice", "once"))[0] != before[0]
    parts = mark_parts(read("stories/bridge.md", ORIGINAL, Report()))
    assert [part.heading for part in parts] == ["", "The first bridge", "The flood"]
