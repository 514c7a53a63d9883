"""Cut a story's lines into front matter, title, opening and steps, before any Markdown is converted.

Each step is converted for itself later, so that nothing left open in one step swallows the next.
"""

from __future__ import annotations

from msgspec import Struct

from storymap.errors import Report
from storymap.reading.field_lines import (
    are_fields,
    check_opening,
    skip_comments,
    warn_disguised_fields,
    warn_late_fields,
)
from storymap.reading.front_matter import find_front_matter
from storymap.reading.headings import UNDERLINE, Heading, find_headings
from storymap.reading.lines import Lines, find_paragraph
from storymap.reading.text import TextSource


class Part(Struct, frozen=True):
    """A step, or the opening (`heading` is None): its field lines, and the lines of its prose."""

    heading: Heading | None
    fields: Lines
    body: Lines


class Layout(Struct, frozen=True):
    """A story cut into its parts. `front` are the lines between the `---` lines."""

    front: Lines
    title: Heading | None
    opening: Part
    steps: tuple[Part, ...]


def lay_out(source: TextSource, report: Report) -> Layout:
    """Find the parts of a story; mistakes of its outline go to `report`."""
    front, start = find_front_matter(source, report)
    title: Heading | None = None
    headings: list[Heading] = []
    for heading in find_headings(source, start, report):
        if heading.level == 2:
            headings.append(heading)
        elif title is None and not headings and _only_blank(source, start, heading.lines.first - 1):
            title = heading
        else:
            report.error(
                "second-title",
                "a story has one title, at its top",
                source.at(heading.lines.first, heading.column, len(heading.text)),
                "begin a step with ## and a heading inside a step with ###",
            )
    opening_first = title.lines.last + 1 if title else start
    opening_last = headings[0].lines.first - 1 if headings else len(source.lines)
    check_opening(source, opening_first, opening_last, report)
    steps = []
    for number, heading in enumerate(headings):
        last = headings[number + 1].lines.first - 1 if number + 1 < len(headings) else len(source.lines)
        steps.append(_cut_step(source, heading, last, report))
    opening = Part(None, Lines(1, 0), Lines(opening_first, opening_last))
    return Layout(front, title, opening, tuple(steps))


def _only_blank(source: TextSource, first: int, last: int) -> bool:
    return not any(source.lines[number - 1].strip() for number in range(first, last + 1))


def _cut_step(source: TextSource, heading: Heading, last: int, report: Report) -> Part:
    first = heading.lines.last + 1
    paragraph = find_paragraph(source, first, min(last, first + 1))
    body = first
    fields = Lines(1, 0)
    if not paragraph.empty:
        paragraph = find_paragraph(source, first, last)
        rule = next(
            (n for n in range(paragraph.first + 1, paragraph.last + 1) if UNDERLINE.fullmatch(source.lines[n - 1])), 0
        )
        if rule:  # told where headings were looked for
            paragraph = Lines(paragraph.first, rule - 1)
        paragraph = skip_comments(source, paragraph)
        if not paragraph.empty and are_fields(source.lines[paragraph.first - 1 : paragraph.last]):
            fields, body = paragraph, paragraph.last + 1
        else:
            warn_disguised_fields(source, paragraph, report)
    warn_late_fields(source, body, last, report)
    return Part(heading, fields, Lines(body, last))
