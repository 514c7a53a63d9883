"""Check how a story is built: headings that skip a level, steps without text, ids and footnotes that get lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storymap.checking.checked import CheckedProject
from storymap.errors import Location, Report
from storymap.reading.code import blank_code
from storymap.reading.lines import Lines
from storymap.reading.source import StepSource, StorySource
from storymap.reading.written import WrittenProse
from storymap.text.slugs import OWN_PREFIX, is_slug, make_slug

LONGEST_TITLE = 100
"""Characters of a title or heading that still fit on a card and on the list of steps."""

LONGEST_SUMMARY = 300
"""Characters of a summary that still fit on a card."""

_FENCE = re.compile(r"[ >]*(`{3,}|~{3,})")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:[.][\w-]++[ \t]++)*#(?P<id>[^\s{}#]++)[^{}]*+\}[ \t]*+$")
_SUBHEADING = re.compile(r"[ >]*#{3,6}[ \t]")


def check_outline(checked: CheckedProject, report: Report) -> None:
    """Tell what of a story's outline readers would stumble over, or never see."""
    for source in checked.sources:
        _check_lengths(source, report)
        _check_levels(source.opening, Lines(1, _first_line(source) - 1), 2, source=source, report=report)
        for step in source.steps:
            _check_levels(step.prose, step.body, 2, source=source, report=report)
            if step.prose.is_empty:
                _tell_empty(step, report)
        _check_lost_ids(source, report)
        _check_double_notes(source, report)


def _first_line(source: StorySource) -> int:
    return source.steps[0].at.line if source.steps else len(source.text.lines) + 1


def _check_levels(prose: WrittenProse, lines: Lines, level: int, *, source: StorySource, report: Report) -> None:
    """Headings two or more levels below the one before them, which begins as `level`."""
    line = lines.first
    for heading in prose.headings:
        at, line = _find_heading(source, heading.level, line, lines.last)
        if heading.level > level + 1:
            report.warning(
                "skipped-level",
                f'"{heading.text}" skips a level: there is no {"#" * (level + 1)} above it',
                at,
                f"write {'#' * (level + 1)} {heading.text}",
            )
        level = heading.level


def _find_heading(source: StorySource, level: int, first: int, last: int) -> tuple[Location, int]:
    """Where the next heading of `level` stands, and the line after it."""
    pattern = re.compile(rf"[ >]*(#{{{level}}})(?:[ \t]+|$)|.*<(h{level})\b", re.IGNORECASE)
    for number in range(first, last + 1):
        if found := pattern.match(source.text.lines[number - 1]):
            group = 1 if found[1] else 2
            return source.text.at(number, found.start(group) + 1, len(found[group])), number + 1
    return source.text.at(max(1, min(first, len(source.text.lines)))), first


def _tell_empty(step: StepSource, report: Report) -> None:
    report.warning(
        "empty-step",
        "this step has no text",
        step.at,
        "readers see a heading and a map: say below the fields what happens here, or join the step to another",
    )


def _check_lengths(source: StorySource, report: Report) -> None:
    for text, at, what in ((source.title, source.at, "title"), *((s.title, s.at, "heading") for s in source.steps)):
        if len(text) > LONGEST_TITLE:
            report.warning(
                "long-title",
                f"this {what} has {len(text)} characters",
                at,
                f"at most {LONGEST_TITLE} fit on a card and in the list of steps; move the rest into the text",
            )
    summary = source.front.summary or ""
    if len(summary) > LONGEST_SUMMARY:
        report.warning(
            "long-summary",
            f"the summary has {len(summary)} characters",
            source.front.where("summary"),
            f"one or two sentences, at most {LONGEST_SUMMARY} characters, fit on the story's card",
        )


def _check_lost_ids(source: StorySource, report: Report) -> None:
    """Ids in attribute lists that the page does not carry: they are no addresses, or stand on no heading."""
    for number, line in _list_prose(source):
        found = _ATTRIBUTES.search(line)
        if not found:
            continue
        name = found["id"]
        at = source.text.at(number, found.start("id") + 1, len(name))
        if not _SUBHEADING.match(line):
            report.warning(
                "lost-id", f'the id "{name}" is left out: only headings have one', at, "put it on the heading above"
            )
        elif not is_slug(name) or name.startswith(OWN_PREFIX):
            better = make_slug(name).removeprefix(OWN_PREFIX)
            reason = "the page's own begin like this" if name.startswith(OWN_PREFIX) else "it cannot be an address"
            report.warning(
                "lost-id",
                f'the id "{name}" is left out: {reason}',
                at,
                f"write {{#{better}}}" if better else "use lower-case letters, digits and hyphens",
            )


def _check_double_notes(source: StorySource, report: Report) -> None:
    """Footnotes that are written twice: only the last is shown."""
    first: dict[str, int] = {}
    for number, line in _list_prose(source):
        found = _NOTE.match(line)
        if found and (before := first.setdefault(found[1], number)) != number:
            report.warning(
                "duplicate-footnote",
                f'the footnote "{found[1]}" is written twice, and only the last is shown',
                source.text.at(number, found.start(1) + 1, len(found[1])),
                f"the other stands in line {before}: give one of them another name",
            )


def _list_prose(source: StorySource) -> Iterator[tuple[int, str]]:
    """The lines of a story's prose, numbered, without headings of steps, fields and code; inline code is blanked."""
    bodies = [Lines(_skip_front(source), _first_line(source) - 1), *(step.body for step in source.steps)]
    for body in bodies:
        fence = ""
        for number in range(body.first, body.last + 1):
            line = source.text.lines[number - 1]
            mark = _FENCE.match(line)
            if mark and (not fence or (mark[1][0] == fence[0] and len(mark[1]) >= len(fence))):
                fence = "" if fence else mark[1]
            elif not fence:
                yield number, blank_code(line)


def _skip_front(source: StorySource) -> int:
    """The first line after the front matter."""
    lines = source.text.lines
    if lines[0].rstrip() != "---":
        return 1
    return next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "...")), 1) + 1
