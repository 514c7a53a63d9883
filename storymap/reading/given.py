"""Read a story that a program gives as values, by the models and rules of one that stands in a file.

Its texts are gathered into one source, in which a heading stands above each step's. What is wrong is told by the
argument that it came with, and in a text by the line there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from storymap.errors import Location, Problem, Report
from storymap.reading.field_reading import read_fields
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.headings import Heading, find_headings
from storymap.reading.layout import Layout, Part
from storymap.reading.lines import Lines
from storymap.reading.plain_values import map_values
from storymap.reading.source import StorySource
from storymap.reading.story import make_source
from storymap.reading.text import decode_text
from storymap.reading.titles import name_story
from storymap.text.decoding import normalise_newlines


class GivenPart(Struct, frozen=True):
    """A step, or as the first the story itself: what messages call it, title, Markdown text, and fields.

    `locate` finds the argument that the value at a path of keys of the fields came with.
    """

    name: str
    title: str
    text: str
    fields: Mapping[str, Any]
    locate: Callable[..., Location]


class GivenText(Struct, frozen=True):
    """The text of a story that a program gave: `name` is that of its source, `parts` which lines came with what."""

    name: str
    parts: tuple[tuple[Lines, str], ...]

    def place(self, problem: Problem) -> Problem:
        """`problem` at the argument in which it is, if it is in this text."""
        at = problem.at
        if at.path != self.name:
            return problem
        for lines, name in self.parts:
            if lines.first <= at.line <= lines.last:
                return replace(problem, at=replace(at, path=name, line=at.line - lines.first + 1))
        return replace(problem, at=Location(self.parts[0][1].partition("(")[0]))


def read_given(
    story_id: str, story: GivenPart, steps: Sequence[GivenPart], report: Report
) -> tuple[StorySource | None, GivenText]:
    """The source of a story, None where none can be made; and what places problems that are told of its text."""
    name = f"stories/{story_id}.md"
    lines: list[str] = []
    parts: list[Part] = []
    places: list[tuple[Lines, str]] = []
    for number, part in enumerate((story, *steps)):
        heading = None
        if number:
            title = " ".join(part.title.split())
            lines.append(f"## {title}")
            heading = Heading(2, title, Lines(len(lines), len(lines)), column=4)
            places.append((heading.lines, f"{part.name}(title)"))
        first = len(lines) + 1
        lines += [*normalise_newlines(part.text).split("\n"), ""]
        parts.append(Part(heading, Lines(1, 0), Lines(first, len(lines))))
        places.append((parts[-1].body, f"{part.name}(text)"))
    text = GivenText(name, tuple(places))
    if not steps:
        report.error("no-steps", "this story has no steps", story.locate("steps"), 'give it some: Step("A title", …)')
        return None, text
    source = decode_text("\n".join(lines).encode("utf-8", "surrogatepass"), name, report)
    if source is None:
        return None, text
    opening, *own = parts
    layout = Layout(Lines(1, 0), None, opening, tuple(own))
    _refuse_headings(find_headings(source, 1, report), layout, source.at, report)
    front = read_fields(FrontMatter, map_values(story.fields, story.locate), report, at=story.locate())
    fields = [read_fields(StepFields, map_values(one.fields, one.locate), report, at=one.locate()) for one in steps]
    return make_source(name_story(name, report), source, layout, front, fields, report), text


def _refuse_headings(
    headings: Iterable[Heading], layout: Layout, at: Callable[[int, int, int], Location], report: Report
) -> None:
    """Tell of headings in texts that would begin a step, or name the story."""
    own = {part.heading.lines.first for part in layout.steps if part.heading}
    for heading in headings:
        if heading.lines.first not in own:
            report.error(
                "second-title",
                "the heading of a step is its title, and not in its text",
                at(heading.lines.first, heading.column, len(heading.text)),
                "begin a heading within a step with ###",
            )
