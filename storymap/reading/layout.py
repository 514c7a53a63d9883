"""Cut a story's lines into front matter, title, opening and steps, before any Markdown is converted.

What GitHub shows as a heading of level two is a step: `## Heading` or a line underlined with `---`, outside of fenced
code, comments and raw HTML blocks. Each step is converted for itself later, so that nothing left open in one step
swallows the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storymap.errors import Location, Report
from storymap.reading.code import blank_code
from storymap.reading.fields import FrontMatter, StepFields, suggest_key
from storymap.reading.text import TextSource

SILENCE = re.compile(r"[ \t]*#[ \t]*storymap-ignore\b.*")
"""A line among fields that silences a mistake, and is a comment there."""

RAW_BLOCK = re.compile(r" {0,3}<(pre|script|style|textarea)\b", re.IGNORECASE)
"""The beginning of HTML in which nothing is Markdown until it is closed."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines `first` to `last`, from 1 and inclusive; `last < first` means none."""

    first: int
    last: int

    @property
    def empty(self) -> bool:
        """Whether there is no line."""
        return self.last < self.first


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level one or two: `text` as written without marks and attributes, and where it begins.

    `id` is what `{#id}` after it says, with its column; `lines` are the one or two lines it takes.
    """

    level: int
    text: str
    lines: Lines
    column: int
    id: str = ""
    id_column: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A step, or the opening (`heading` is None): its field lines, and the lines of its prose."""

    heading: Heading | None
    fields: Lines
    body: Lines


@dataclass(frozen=True, slots=True)
class Layout:
    """A story cut into its parts. `front` are the lines between the `---` lines."""

    front: Lines
    title: Heading | None
    opening: Part
    steps: tuple[Part, ...]


# None of these may take more than one look at a character: a line has up to 50,000, and any of them may be hostile.
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]++|$)")
_NO_SPACE = re.compile(r"##[^\s#!].*")
_LINE = re.compile(r" {0,3}-{3,}[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_LOOKALIKE = re.compile(
    r"[\s>*_+.)\d–•-]*+(?P<marks>##)(?!#)[ \t]*\S|.*?<(?P<tag>h2)\b|(?P<wiki>==++) .*\S ==+$", re.IGNORECASE
)
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_NO_SETEXT = re.compile(r"\s{4}|\s*(?:>|#|\||<|///|\?\?\?|!!!|[-*+]\s|\d+[.)]\s|[-*_][ \t]*[-*_]|\[\^?[^\]]*\]:)")
_FENCE = re.compile(r"(?P<indent>[ >]*(?:(?:[-*+]|\d+[.)])[ ]+)?)(?P<fence>`{3,}+|~{3,}+)(?P<info>[^`]*)")
_FENCE_END = re.compile(r"[ >]*(`{3,}|~{3,})[ \t]*")
# A group is never repeated with `++` or `*+`: Pythons before 3.11.5 take such a one for matched where it is not.
_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:(?:#(?P<id>[^\s{}#]++)|\.[\w-]++)[ \t]*+)+\}")
_SPACED_ID = re.compile(r"\{:?#(?P<id>[^\s{}#][^{}#]*)\}")
_COMMENT = re.compile(r" {0,3}<!--(?:(?!-->).)*-->[ \t]*")
_FIELD = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?=\s|$)[ \t]*(.*)")
_DISGUISED_FIELD = re.compile(
    r"[ \t]*(?:[-*+>][ \t]+)?(?:\*\*|__|`)?(?P<key>[A-Za-z]+)(?:\*\*|__|`)?[ \t]*:(?:\*\*|__|`)?[ \t]*(?P<value>.*)"
)
_FIELD_LIKE = re.compile(r"[A-Za-z_][\w-]*[ \t]*:(?=\s|$)|[ \t]+\S|-[ \t]|#")


def locate_heading(source: TextSource, heading: Heading | None) -> Location:
    """Where a heading's text stands."""
    return source.at(heading.lines.first, heading.column, len(heading.text)) if heading else source.at(1)


def lay_out(source: TextSource, report: Report) -> Layout:
    """Find the parts of a story; mistakes of its outline go to `report`."""
    front, start = _find_front_matter(source, report)
    title: Heading | None = None
    headings: list[Heading] = []
    for heading in _find_headings(source, start, report):
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
    _check_opening(source, opening_first, opening_last, report)
    steps = []
    for number, heading in enumerate(headings):
        last = headings[number + 1].lines.first - 1 if number + 1 < len(headings) else len(source.lines)
        steps.append(_cut_step(source, heading, last, report))
    opening = Part(None, Lines(1, 0), Lines(opening_first, opening_last))
    return Layout(front, title, opening, tuple(steps))


def _find_front_matter(source: TextSource, report: Report) -> tuple[Lines, int]:
    """The lines of the front matter, and the first line after it."""
    lines = source.lines
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    if not first or lines[first - 1].rstrip() not in ("---", "+++"):
        return Lines(1, 0), 1
    if lines[first - 1].rstrip() == "+++":
        report.error(
            "toml-front-matter",
            "front matter between +++ lines is TOML",
            source.at(first, 1, 3),
            "write it as YAML, `key: value`, between two lines of ---",
        )
        end = next(
            (number for number in range(first + 1, len(lines) + 1) if lines[number - 1].rstrip() == "+++"), first
        )
        return Lines(1, 0), end + 1
    for number in range(first + 1, len(lines) + 1):
        if lines[number - 1].rstrip() in ("---", "..."):
            return Lines(first + 1, number - 1), number + 1
    report.error(
        "unclosed-front-matter",
        "the front matter has no end",
        source.at(first, 1, 3),
        "put a line of --- below its last `key: value`",
    )
    blank = next(
        (number for number in range(first + 1, len(lines) + 1) if not lines[number - 1].strip()), len(lines) + 1
    )
    return Lines(first + 1, blank - 1), blank


def _find_headings(source: TextSource, start: int, report: Report) -> Iterator[Heading]:
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
        elif looks := _LOOKALIKE.match(blank_code(line)):
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
            and not _FIELD.match(line)
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
            and (rule := _UNDERLINE.fullmatch(lines[number]))
            and not _NO_SETEXT.match(line)
        ):
            field = _FIELD.match(line)
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


def skip_block(source: TextSource, number: int, unclosed: set[tuple[str, int]], report: Report) -> int:
    """The last line of the fenced code, raw HTML block or comment that begins in line `number`; 0 if none does.

    A comment that ends in its own line is no block. `unclosed` remembers, for one walk through the lines, what was
    looked for in vain.
    """
    lines = source.lines
    line = lines[number - 1]
    if fence := _FENCE.fullmatch(line):
        mark = fence["fence"]
        if not any(mark[0] == character and len(mark) >= length for character, length in unclosed):
            for end in range(number + 1, len(lines) + 1):
                close = _FENCE_END.fullmatch(lines[end - 1]) if mark in lines[end - 1] else None
                if close and close[1][0] == mark[0] and len(close[1]) >= len(mark):
                    return end
            unclosed.add((mark[0], len(mark)))
            if len(fence["indent"]) < 4:
                report.error(
                    "unclosed-fence",
                    "this code has no end",
                    source.at(number, len(fence["indent"]) + 1, len(mark)),
                    f"put a line of {mark} below it",
                )
        return 0
    if line.startswith("    "):
        return 0
    if raw := RAW_BLOCK.match(line):
        return _find_end(source, number, raw.end(), f"</{raw[1].lower()}", unclosed)
    position = -1
    if "<!--" in line:
        shown = blank_code(line.replace("\\<", "  "))
        position = shown.find("<!--")
        while position >= 0 and (closed := shown.find("-->", position + 4)) >= 0:
            position = shown.find("<!--", closed)
    if position < 0:
        return 0
    end = _find_end(source, number, position, "-->", unclosed)
    if not end and ("!", 0) not in unclosed:
        unclosed.add(("!", 0))
        report.error(
            "unclosed-comment", "this comment has no end", source.at(number, position + 1, 4), "end it with -->"
        )
    return end


def _find_end(source: TextSource, number: int, column: int, mark: str, unclosed: set[tuple[str, int]]) -> int:
    """The line that holds `mark`, at or after `column` of line `number`; 0 where none does."""
    if (mark, 0) in unclosed:
        return 0
    if mark in source.lines[number - 1][column:].lower():
        return number
    for end in range(number + 1, len(source.lines) + 1):
        if mark in source.lines[end - 1].lower():
            return end
    unclosed.add((mark, 0))
    return 0


def _read_atx(written: str) -> str:
    """The text of a heading that begins with `#`, from what follows its marks: without those that close it."""
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


def _only_blank(source: TextSource, first: int, last: int) -> bool:
    return not any(source.lines[number - 1].strip() for number in range(first, last + 1))


def _check_opening(source: TextSource, first: int, last: int, report: Report) -> None:
    """Tell of field lines that stand before the first step, where they would be prose."""
    paragraph = _first_paragraph(source, first, last)
    if paragraph.empty:
        return
    line = source.lines[paragraph.first - 1]
    match = _FIELD.match(line)
    if match and (match[1] in FrontMatter.model_fields or match[1] in StepFields.model_fields):
        report.error(
            "fields-without-step",
            f'"{match[1]}" stands before the first step',
            source.at(paragraph.first, 1, len(match[1])),
            "the story's own fields stand between two --- lines at the top, a step's under its ## heading",
        )


def _cut_step(source: TextSource, heading: Heading, last: int, report: Report) -> Part:
    first = heading.lines.last + 1
    paragraph = _first_paragraph(source, first, min(last, first + 1))
    body = first
    fields = Lines(1, 0)
    if not paragraph.empty:
        paragraph = _first_paragraph(source, first, last)
        rule = next(
            (n for n in range(paragraph.first + 1, paragraph.last + 1) if _UNDERLINE.fullmatch(source.lines[n - 1])), 0
        )
        if rule:  # told where headings were looked for
            paragraph = Lines(paragraph.first, rule - 1)
        paragraph = _skip_comments(source, paragraph)
        if not paragraph.empty and _are_fields(source.lines[paragraph.first - 1 : paragraph.last]):
            fields, body = paragraph, paragraph.last + 1
        else:
            _warn_disguised_fields(source, paragraph, report)
    _warn_late_fields(source, body, last, report)
    return Part(heading, fields, Lines(body, last))


def _skip_comments(source: TextSource, lines: Lines) -> Lines:
    """`lines` without the comments that fill the first of them."""
    first = lines.first
    while first <= lines.last and (
        SILENCE.fullmatch(source.lines[first - 1]) or _COMMENT.fullmatch(source.lines[first - 1])
    ):
        first += 1
    return Lines(first, lines.last)


def _first_paragraph(source: TextSource, first: int, last: int) -> Lines:
    start = next((number for number in range(first, last + 1) if source.lines[number - 1].strip()), 0)
    if not start:
        return Lines(1, 0)
    end = next((number for number in range(start, last + 1) if not source.lines[number - 1].strip()), last + 1)
    return Lines(start, end - 1)


def _are_fields(lines: tuple[str, ...]) -> bool:
    """Whether a step's first paragraph is fields, mistyped ones included, and not prose such as `Note: …`."""
    match = _FIELD.match(lines[0])
    if not match:
        return False
    key, value = match[1], match[2].strip()
    if key in StepFields.model_fields:
        return True
    near = suggest_key(StepFields, key)
    if near and key[0].islower():
        return True
    brief = len(value.split()) <= 6 and not value.endswith((".", "!", "?", "…"))
    if near and brief and (key.lower() == near or len(key) > 4):
        return True
    return all(map(_FIELD_LIKE.match, lines)) and any(
        found[1] in StepFields.model_fields for line in lines if (found := _FIELD.match(line))
    )


def _warn_disguised_fields(source: TextSource, paragraph: Lines, report: Report) -> None:
    """Warn of lines under a heading that are fields but for a blank before the key, none after the colon, or marks."""
    for number in range(paragraph.first, paragraph.last + 1):
        line = source.lines[number - 1]
        match = _DISGUISED_FIELD.fullmatch(line)
        if not match or match["key"].lower() not in StepFields.model_fields or _FIELD.match(line):
            return
        key = match["key"]
        report.warning(
            "disguised-field",
            f'"{key}" is not read as a field here, so it is text',
            source.at(number, match.start("key") + 1, len(key)),
            f"begin the line with it, and put a blank after the colon: {key.lower()}: {match['value'].strip()}",
        )


def _warn_late_fields(source: TextSource, first: int, last: int, report: Report) -> None:
    """Warn of a paragraph of prose that is a field in all but its place."""
    for number in range(max(first, 2), last + 1):
        line = source.lines[number - 1]
        if not line or source.lines[number - 2].strip():
            continue
        match = _FIELD.match(line)
        if match and match[1] in StepFields.model_fields and match[2]:
            report.warning(
                "late-field",
                f'"{match[1]}" does not stand directly under its heading, so it is prose',
                source.at(number, 1, len(match[1])),
                "move it up, with at most one blank line between",
            )
