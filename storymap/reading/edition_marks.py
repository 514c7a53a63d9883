"""Mark each part of a story's text, so that an edition can say which state of its original it translates.

A mark is the beginning of a digest of the words alone: how lines are broken, and what the fields say, makes no other.
"""

from __future__ import annotations

from hashlib import sha256

from msgspec import Struct

from storymap.errors import Report
from storymap.reading.layout import lay_out
from storymap.reading.lines import Lines
from storymap.reading.source import StorySource
from storymap.reading.values import MARK_LENGTH


class MarkedPart(Struct, frozen=True):
    """A part of a story, and the mark of its text: the step with this heading, or what stands before the first."""

    heading: str
    mark: str


def mark_parts(source: StorySource) -> tuple[MarkedPart, ...]:
    """The parts of a story, in order."""

    def mark(heading: str, lines: Lines) -> str:
        text = " ".join((heading, *source.text.lines[lines.first - 1 : lines.last]))
        return sha256(" ".join(text.split()).encode()).hexdigest()[:MARK_LENGTH]

    opening = lay_out(source.text, Report()).opening.body
    told = f"{source.title} {source.front.summary or ''}"
    return (
        MarkedPart("", mark(told, opening)),
        *(MarkedPart(step.title, mark(step.title, step.body)) for step in source.steps),
    )


def write_marks(source: StorySource) -> str:
    """What an edition writes that translates `source` as it is."""
    return " ".join(part.mark for part in mark_parts(source))
