"""Find the headings that begin a story and its steps, and tell what only looks like one.

What GitHub shows as a heading of level two is a step: `## Heading` or a line underlined with `---`, outside of fenced
code, comments and raw HTML blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.reading.blocks import skip_block
from storymap.reading.code import blank_code
from storymap.reading.field_lines import FIELD, SILENCE
from storymap.reading.fields import StepFields
from storymap.reading.lines import Lines
from storymap.reading.text import TextSource

# None of these may take more than one look at a character: a line has up to 50,000, and any of them may be hostile.
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]++|$)")
_NO_SPACE = re.compile(r"##[^\s#!].*")
_LINE = re.compile(r" {0,3}-{3,}[ \t]*")
UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
"""What makes a heading of the line above it."""

_LOOKALIKE = re.compile(
    r"[\s>*_+.)\d–•-]*+(?P<marks>##)(?!#)[ \t]*\S|.*?<(?P<tag>h2)\b|(?P<wiki>==++) .*\S ==+$", re.IGNORECASE
)
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_NO_SETEXT = re.compile(r"\s{4}|\s*(?:>|#|\||<|///|\?\?\?|!!!|[-*+]\s|\d+[.)]\s|[-*_][ \t]*[-*_]|\[\^?[^\]]*\]:)")
# A group is never repeated with `++` or `*+`: Pythons before 3.11.5 take such a one for matched where it is not.
_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:(?:#(?P<id>[^\s{}#]++)|\.[\w-]++)[ \t]*+)+\}")
_SPACED_ID = re.compile(r"\{:?#(?P<id>[^\s{}#][^{}#]*)\}")


class Heading(Struct, frozen=True):
    """A heading of level one or two: `text` as written without marks and attributes, and where it begins.

    `id` is what `{#id}` after it says, with its column; `lines` are the one or two lines it takes.
    """

    level: int
    text: str
    lines: Lines
    column: int
    id: str = ""
    id_column: int = 0


def locate_heading(source: TextSource, heading: Heading | None) -> Location:
    """Where a heading's text stands."""
    return source.at(heading.lines.first, heading.column, len(heading.text)) if heading else source.at(1)


def find_headings(source: TextSource, start: int, report: Report) -> Iterator[Heading]:
    """Headings of level one and two, in order."""
    lines = source.lines
    unclosed: set[tuple[str, int]] = set()
    number = start
    boundary = start - 1  # the last line that certainly belongs to no paragraph
    heading_last = below = 0  # the last line of the step's heading, and of what stands directly under it
    while number <= len(lines):
        line = lines[number - 1]
        if below == number - 1 and (line.strip() or heading_last == below):
            below = number
        if not line.strip():
            boundary = number
        elif below == number and SILENCE.fullmatch(line):
            boundary = number  # a comment among fields, which Markdown alone would take for a title
        elif end := skip_block(source, number, unclosed, report):
            number = boundary = end
        elif (match := _ATX.match(line)) and len(match[1]) <= 2:
            boundary = number
            if not (text := _read_atx(line[match.end() :])):
                report.error(
                    "empty-heading",
                    "this heading has no text",
                    source.at(number, 1, len(line)),
                    "a heading names its step and gives it its address",
                )
            else:
                yield _read_heading(text, len(match[1]), Lines(number, number), match.end() + 1)
                heading_last = below = number if len(match[1]) == 2 else 0
        elif match:
            boundary = number
        elif _NO_SPACE.fullmatch(line):
            report.error(
                "heading-space",
                "there is no space after ##",
                source.at(number, 1, 2),
                "a step begins with ##, a space and its heading",
            )
        elif boundary == number - 1 and _RULE.fullmatch(line):
            boundary = number
        elif ("##" in line or "<" in line or "==" in line) and (looks := _LOOKALIKE.match(blank_code(line))):
            mark = "tag" if looks["tag"] else "wiki" if looks["wiki"] else "marks"
            report.warning(
                "not-a-step",
                "this looks like the heading of a step, and is none",
                source.at(number, looks.start(mark) + 1, len(looks[mark])),
                "begin the line with ## and a blank, with nothing before it; as text it needs a backslash: \\##",
            )
        elif (
            number < len(lines)
            and boundary < number - 1
            and _LINE.fullmatch(lines[number])
            and not _NO_SETEXT.match(line)
            and not FIELD.match(line)
        ):
            report.warning(
                "not-a-step",
                "elsewhere this line of --- makes a heading of the lines above, and here it does not",
                source.at(number + 1, 1, len(lines[number])),
                "begin a step with ## and its heading; for a line across the page put a blank line above the ---",
            )
        elif (
            number < len(lines)
            and boundary == number - 1
            and (rule := UNDERLINE.fullmatch(lines[number]))
            and not _NO_SETEXT.match(line)
        ):
            field = FIELD.match(line)
            if rule[1][0] == "-" and field and field[1] in StepFields.model_fields:
                report.error(
                    "underlined-field",
                    f'the line of --- makes a heading of "{line.strip()}"',
                    source.at(number + 1, 1, len(lines[number])),
                    "put a blank line above the ---",
                )
            elif rule[1][0] == "-" and field and number > start and lines[number - 2].rstrip() == "---":
                report.error(
                    "second-front-matter",
                    "a story has one front matter, at its top",
                    source.at(number - 1, 1, 3),
                    "move these lines up into it",
                )
            else:
                column = len(line) - len(line.lstrip()) + 1
                yield _read_heading(line.strip(), 1 if rule[1][0] == "=" else 2, Lines(number, number + 1), column)
                heading_last = below = number + 1 if rule[1][0] == "-" else 0
            number += 1
            boundary = number
        number += 1


def _read_atx(written: str) -> str:
    """The text of a `#` heading without the marks that may close it; `written` is what follows the opening marks."""
    text = written.rstrip()
    open_text = text.rstrip("#")
    return open_text.rstrip() if open_text[-1:] in ("", " ", "\t") else text


def _read_heading(text: str, level: int, lines: Lines, column: int) -> Heading:
    text = text.rstrip()
    start = text.rfind("{")
    attributes = _ATTRIBUTES.fullmatch(text, start) or _SPACED_ID.fullmatch(text, start) if start > 0 else None
    if not attributes or not text[:start].strip():
        return Heading(level, text, lines, column)
    return Heading(
        level,
        text[:start].rstrip(),
        lines,
        column,
        attributes["id"] or "",
        column + attributes.start("id") if attributes["id"] else 0,
    )
