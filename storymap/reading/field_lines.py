"""Tell fields from prose: which lines under a heading are `key: value`, and which only look like it."""

from __future__ import annotations

import re

from storymap.errors import Report
from storymap.reading.field_reading import suggest_key
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.lines import Lines, find_paragraph
from storymap.reading.text import TextSource

SILENCE = re.compile(r"[ \t]*#[ \t]*storymap-ignore\b.*")
"""A line among fields that silences a mistake, and is a comment there."""

FIELD = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?=\s|$)[ \t]*(.*)")
"""A key at the left edge with its value."""

_COMMENT = re.compile(r" {0,3}<!--(?:(?!-->).)*-->[ \t]*")
_DISGUISED_FIELD = re.compile(
    r"[ \t]*(?:[-*+>][ \t]+)?(?:\*\*|__|`)?(?P<key>[A-Za-z]+)(?:\*\*|__|`)?[ \t]*:(?:\*\*|__|`)?[ \t]*(?P<value>.*)"
)
_FIELD_LIKE = re.compile(r"[A-Za-z_][\w-]*[ \t]*:(?=\s|$)|[ \t]+\S|-[ \t]|#")


def check_opening(source: TextSource, first: int, last: int, report: Report) -> None:
    """Tell of field lines that stand before the first step, where they would be prose."""
    paragraph = find_paragraph(source, first, last)
    if paragraph.empty:
        return
    line = source.lines[paragraph.first - 1]
    match = FIELD.match(line)
    if match and (match[1] in FrontMatter.model_fields or match[1] in StepFields.model_fields):
        report.error(
            "fields-without-step",
            f'"{match[1]}" stands before the first step',
            source.at(paragraph.first, 1, len(match[1])),
            "the story's own fields stand between two --- lines at the top, a step's under its ## heading",
        )


_FOREIGN_FIELD = re.compile(r"(?P<key>[^\W\d_]{2,9})\s?[:：]\s*(?P<value>\S.{0,80})")
_TRANSLATED = {
    word: field
    for field, words in {
        "place": "ort lieu lugar luogo plaats plats sted místo miesto miejsce hely mesto место місце 地点 地點 "
        "場所 مكان מקום",
        "date": "datum fecha data datę dátum dátumok дата 日期 日付 تاريخ תאריך",
    }.items()
    for word in words.split()
}
"""What writers in other languages call the fields that nearly every step has."""


def skip_comments(source: TextSource, lines: Lines) -> Lines:
    """`lines` without the comments that fill the first of them."""
    first = lines.first
    while first <= lines.last and (
        SILENCE.fullmatch(source.lines[first - 1]) or _COMMENT.fullmatch(source.lines[first - 1])
    ):
        first += 1
    return Lines(first, lines.last)


def are_fields(lines: tuple[str, ...]) -> bool:
    """Whether a step's first paragraph is fields, mistyped ones included, and not prose such as `Note: …`."""
    match = FIELD.match(lines[0])
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
        found[1] in StepFields.model_fields for line in lines if (found := FIELD.match(line))
    )


def warn_disguised_fields(source: TextSource, paragraph: Lines, report: Report) -> None:
    """Warn of lines that are no fields because of a blank before the key, none after the colon, or Markdown marks."""
    for number in range(paragraph.first, paragraph.last + 1):
        line = source.lines[number - 1]
        if (foreign := _FOREIGN_FIELD.fullmatch(line)) and (name := _TRANSLATED.get(foreign["key"].casefold())):
            report.warning(
                "disguised-field",
                f'"{foreign["key"]}" is not read as a field here, so it is text',
                source.at(number, foreign.start("key") + 1, len(foreign["key"])),
                f"fields are called alike in every language: {name}: {foreign['value'].strip()}",
            )
            continue
        match = _DISGUISED_FIELD.fullmatch(line)
        if not match or match["key"].lower() not in StepFields.model_fields or FIELD.match(line):
            return
        key = match["key"]
        report.warning(
            "disguised-field",
            f'"{key}" is not read as a field here, so it is text',
            source.at(number, match.start("key") + 1, len(key)),
            f"begin the line with it, and put a blank after the colon: {key.lower()}: {match['value'].strip()}",
        )


def warn_late_fields(source: TextSource, first: int, last: int, report: Report) -> None:
    """Warn of a paragraph that is written as a field but does not stand directly under its heading."""
    for number in range(max(first, 2), last + 1):
        line = source.lines[number - 1]
        if not line or source.lines[number - 2].strip():
            continue
        match = FIELD.match(line)
        if match and match[1] in StepFields.model_fields and match[2]:
            report.warning(
                "late-field",
                f'"{match[1]}" does not stand directly under its heading, so it is prose',
                source.at(number, 1, len(match[1])),
                "move it up, with at most one blank line between",
            )
