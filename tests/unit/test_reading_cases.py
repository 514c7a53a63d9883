"""Stories as text, beside what is read from them: every `reading_cases/*.md` must read as its `.txt` says.

To add a case, write the story, run the tests once, and judge the text that the failure shows before saving it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from storymap.errors import Report
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.text import read_text
from storymap.reading.written import WrittenLinks, WrittenProse

CASES = sorted((Path(__file__).parent / "reading_cases").glob("*.md"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_story_reads_as_its_text_says(path: Path, as_html: Callable[[WrittenProse], str]):
    report = Report()
    source = read_text(path, f"stories/{path.name}", report)
    story = read_story(source, report) if source else None
    assert describe(story, report, as_html) == path.with_suffix(".txt").read_text(encoding="utf-8")


def describe(story: StorySource | None, report: Report, as_html: Callable[[WrittenProse], str]) -> str:
    """Everything that was read and reported, as text."""
    lines = ["no story"] if story is None else list(_describe_story(story, as_html))
    return "\n".join([*lines, "", *(f"{problem}\n" for problem in report.problems)]).rstrip() + "\n"


def _describe_story(story: StorySource, as_html: Callable[[WrittenProse], str]) -> Iterable[str]:
    yield f"story {story.id} at {story.at}: {story.title} | {story.title_html}"
    yield f"  front {story.front.model_dump(exclude_defaults=True)}"
    yield f"  opening {as_html(story.opening)!r}"
    yield from _describe_links("opening link", story.opening_links)
    for step in story.steps:
        yield f"step {step.number} {step.id} at {step.at}: {step.title} | {step.title_html}"
        yield f"  fields {step.fields.model_dump(exclude_defaults=True)}"
        yield f"  lines {step.body.first}-{step.body.last} {as_html(step.prose)!r}"
        yield from _describe_links("link", step.links)
    yield f"notes {as_html(story.notes)!r}"
    yield from _describe_links("note link", story.notes_links)
    yield from (f"  story link {link.at}: {link.file} # {link.step} | {link.text}" for link in story.story_links)
    yield from _describe_links("file link", story.file_links)
    yield from (f"  picture {one.at}: {one.file} | {one.alt}" for one in story.pictures)


def _describe_links(kind: str, links: Iterable[WrittenLinks]) -> Iterable[str]:
    yield from (f"  {kind} {link.at}: {link.target} | {link.text}" for link in links)


def test_there_are_cases():
    assert CASES
