"""Find the comments that silence a mistake: `<!-- storymap-ignore: code -->`, or `# storymap-ignore: code` in fields.

A comment counts for the line that it stands on. One that is alone on its line counts for what follows, too: in text the
next paragraph, among fields the next field with its indented lines. At the top of a file it counts for what is said of
the file as a whole as well. In code nothing is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from storymap.errors import Report, Silence
from storymap.mistakes.catalogue import advise_code, load_mistakes
from storymap.reading.blocks import skip_block
from storymap.reading.code import blank_code
from storymap.reading.layout import Layout, Part
from storymap.reading.lines import Lines
from storymap.reading.plain import find_indented_code
from storymap.reading.text import TextSource

_WORD = "storymap-ignore"
_IN_TEXT = re.compile(rf"<!--[ \t]*{_WORD}\b[ \t]*:?(?P<codes>[^<>]*?)-->")
_ALONE = re.compile(rf"[ \t]*{_IN_TEXT.pattern}[ \t]*$")
_IN_FIELDS = re.compile(rf"(?:^|(?<=\s))#[ \t]*{_WORD}\b[ \t]*:?(?P<codes>[^#]*)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"?|(?<![\w.])'(?:[^']|'')*'?")


def read_silences(source: TextSource, layout: Layout, report: Report) -> None:
    """Have `report` keep silent where the comments of a story say so. Codes that cannot be silenced are reported."""
    if _WORD not in source.text:
        return
    blocks = [layout.front, *(_with_comments_above(step) for step in layout.steps if not step.fields.empty)]
    in_fields = {number for block in blocks for number in range(block.first, block.last + 1)}
    ends: dict[int, int] = {}
    top = _find_top(source, layout)
    silences: list[Silence] = []
    for number, found in (*_find_in_fields(source, in_fields), *_find_in_text(source, layout, in_fields)):
        first = 0 if number in top else number
        last = _reach(source, number, in_fields, ends)
        silences += _read_codes(source, number, found, first=first, last=last, report=report)
    report.silence(*silences)


def _with_comments_above(step: Part) -> Lines:
    """The lines from a step's heading to the end of its fields."""
    return Lines(step.heading.lines.last + 1 if step.heading else step.fields.first, step.fields.last)


def _find_in_fields(source: TextSource, numbers: Iterable[int]) -> Iterator[tuple[int, re.Match[str]]]:
    for number in sorted(numbers):
        line = _QUOTED.sub(lambda text: " " * len(text[0]), source.lines[number - 1])
        if found := _IN_FIELDS.search(line) or _ALONE.match(line):
            yield number, found


def _find_in_text(source: TextSource, layout: Layout, in_fields: set[int]) -> Iterator[tuple[int, re.Match[str]]]:
    """Every comment outside of fields, with what stands in code, or behind a backslash, left out."""
    unclosed: set[tuple[str, int]] = set()
    unheard = Report()  # the blocks without an end are told where headings are looked for
    number = layout.front.last + 2 if not layout.front.empty else 1
    is_code = find_indented_code(source)
    while number <= len(source.lines):
        line = source.lines[number - 1]
        if number not in in_fields and line.strip():
            if end := skip_block(source, number, unclosed, unheard):
                number = end + 1
                continue
            if _WORD in line and not is_code[number - 1]:
                line = blank_code(line.replace("\\<", "  "))
                for found in _IN_TEXT.finditer(line):
                    yield number, found
        number += 1


def _reach(source: TextSource, number: int, in_fields: set[int], ends: dict[int, int]) -> int:
    """The last line that a comment counts for; `ends` remembers it for comments that stand right below each other."""
    lines = source.lines
    if _without_comments(lines[number - 1], fields=number in in_fields):
        return number
    if number in ends:
        return ends[number]
    start = number + 1
    while start <= len(lines) and not _without_comments(lines[start - 1], fields=start in in_fields):
        start += 1
    end = start
    if number in in_fields:
        while end < len(lines) and end + 1 in in_fields and re.match(r"[ \t]|- |[\]}]", lines[end]):
            end += 1
    else:
        while end < len(lines) and lines[end].strip():
            end += 1
    alike = (other for other in range(number, start) if (other in in_fields) == (number in in_fields))
    ends.update(dict.fromkeys(alike, min(end, len(lines))))
    return ends[number]


def _without_comments(line: str, *, fields: bool) -> str:
    """`line` without comments that silence; only blanks where it holds nothing else."""
    line = _IN_FIELDS.sub("", line) if fields else line
    return _IN_TEXT.sub("", line).strip(" \t>")


def _find_top(source: TextSource, layout: Layout) -> frozenset[int]:
    """The lines above which nothing stands but comments and the mark of the front matter."""
    top: set[int] = set()
    for first, fields in ((layout.front.first, True), (1, False)):
        for number in range(first, len(source.lines) + 1):
            if fields and number > layout.front.last:
                break
            top.add(number)
            if _without_comments(source.lines[number - 1], fields=fields):
                break
    return frozenset(top)


def _read_codes(
    source: TextSource, number: int, found: re.Match[str], *, first: int, last: int, report: Report
) -> Sequence[Silence]:
    """A silence for each code of a comment that can be silenced; the others are reported."""
    silences = []
    codes = list(re.finditer(r"[^\s,]+", found["codes"]))
    if not codes:
        at = source.at(number, found.start() + 1, len(found[0].rstrip()))
        report.warning("unknown-code", "this comment names no code", at, f"name one: {_WORD}: missing-alt")
    for code in codes:
        at = source.at(number, found.start("codes") + code.start() + 1, len(code[0]))
        mistake = load_mistakes().get(code[0])
        if mistake is None:
            report.warning("unknown-code", f'no check has the code "{code[0][:60]}"', at, advise_code(code[0]))
        elif not mistake.lowerable:
            report.warning(
                "hard-mistake",
                f'"{code[0]}" cannot be silenced: it leaves nothing to build with',
                at,
                f"delete this comment; storymap explain {code[0]} says how to mend the mistake",
            )
        else:
            silences.append(Silence(code[0], first, last, at))
    return silences
