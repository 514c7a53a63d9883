"""Read what word processors and web pages leave in a text as what it is meant to be: blanks, marks of lists, quotes.

A no-break space after `##` or `zoom:` looks like a blank and is none to Markdown or YAML; a bullet looks like a list.
Only what carries structure is changed: no-break spaces, soft hyphens and joiners within prose are typography. Lines
remember how they were written, so that problems are told where they stand in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from storymap.errors import Report
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.text import Mended, TextSource

_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a\u202c\u2060\u2066-\u2069\ufeff"
_GAP = f"[ \t{_BLANKS}{_INVISIBLE}]"
_BULLETS = "•◦▪▫‣⁃●○■□➢➤∙\uf0b7\uf0a7\uf0d8\uf076"
_WORDED = frozenset({"title", "summary", "author", "authors", "extra"})
"""Fields whose text readers see: typography stays in them."""
_KEYS = FrontMatter.model_fields.keys() | StepFields.model_fields.keys()

_SUSPECT = re.compile(f"[{_BLANKS}{_INVISIBLE}：＃“”„«»‘‚‹{_BULLETS}]|^[ \t]*[–o][ \t]|^[–—]", re.MULTILINE)
_ODD = re.compile(f"[{_BLANKS}{_INVISIBLE}：＃“”„«»‘‚‹{_BULLETS}]")
_ODD_START = re.compile(r"\n(?:[ \t]*[–o][ \t]|[–—])")
"""The two halves of `_SUSPECT` for a whole text, each of which is found in a tenth of the time."""

_HEADING = re.compile(f"{_GAP}*+(?P<marks>[#＃{_INVISIBLE}]++)(?:{_GAP}++|$)")
_BULLET = re.compile(f"(?P<before>{_GAP}*+)(?P<mark>[{_BULLETS}*+-])(?P<gap>{_GAP}++)(?=\\S)")
_DOUBTFUL = re.compile(f"(?P<before>{_GAP}*+)(?P<mark>[–o])(?P<gap>{_GAP}++)(?=\\S)")
_DASHES = re.compile(f"{_GAP}*+[-–—]++{_GAP}*+")
_LONG_FENCE = re.compile(r"\s*-{4,}[ \t]*\r?\n[a-z]+:", re.IGNORECASE)
"""Front matter below a line of more than three hyphens."""

_KEY = re.compile(
    f"(?P<before>{_GAP}*+)(?P<key>[A-Za-z_{_INVISIBLE}][\\w{_INVISIBLE}-]*+){_GAP}*+(?P<colon>[:：]){_GAP}*+"
)
_ODD_BLANK = re.compile(f"[{_BLANKS}]")
_ODD_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_QUOTED = re.compile(
    r"(?:^|(?<=[\[,])) *+(?P<open>[“”„«»‘‚‹])(?:[^“”„«»\"\\]*+|[^\[\],\"\\]{1,100})"
    r"(?P<close>[“”«»’‘›])(?=\s*(?:[,\]]|$))"
)
_FENCE = re.compile(r"[ >]*(`{3,}|~{3,})")

_Edit = tuple[int, int, str]
"""From where to where in a line something else is read, and what."""


def mend_pasted(source: TextSource, report: Report) -> TextSource:
    """`source` as it is meant, where it bears the marks of a word processor; what may be no list is noted."""
    is_plain = (source.text.isascii() or not _ODD.search(source.text)) and not _ODD_START.search(f"\n{source.text}")
    if is_plain and not _LONG_FENCE.match(source.text):
        return source
    lines = list(source.lines)
    mended: dict[int, Mended] = {}
    levels: list[str] = []  # the bullets of the list that a line may go on with, outermost first
    fence = ""
    for number, place in enumerate(_find_places(source.lines), 1):
        line = lines[number - 1]
        if place == "prose" and (mark := _FENCE.match(line)):
            fence = mark[1] if not fence else "" if mark[1].startswith(fence) else fence
        edits: list[_Edit] = []
        if not fence and place != "prose":
            edits = list(_mend_structure(line, place))
        elif not fence:
            goes_on = bool(levels)
            edits = list(_mend_list(line, lines, number, levels))
            if edits and not goes_on and (doubtful := _DOUBTFUL.match(line)):
                report.note(
                    "pasted-list",
                    f'lines that begin with "{doubtful["mark"]}" are read as a list',
                    source.at(number, doubtful.start("mark") + 1),
                    'begin its lines with "- "; if they are no list, put a blank line between them',
                )
        if "\ufeff" in line:
            edits += [(found.start(), found.end(), "") for found in re.finditer("\ufeff", line)]
        if not edits:
            continue
        new, columns = _apply(line, sorted(edits, key=lambda edit: (edit[0], -edit[1])))
        if new != line:
            mended[number] = Mended(line, columns)
            lines[number - 1] = new
    return replace(source, text="\n".join(lines), lines=tuple(lines), mended=mended)


def _find_places(lines: Sequence[str]) -> Iterator[str]:
    """What each line is: a mark of the front matter, fields, the heading of a step, or prose."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    is_front = bool(lines) and _DASHES.fullmatch(lines[first]) is not None
    end = next((n for n in range(first + 1, len(lines)) if _DASHES.fullmatch(lines[n])), -1) if is_front else -1
    below = "prose"  # what stands below the last heading of a step: nothing yet, fields, or prose
    for number, line in enumerate(lines):
        if first <= number <= end:
            yield "mark" if number in (first, end) else "fields"
        elif (heading := _HEADING.match(line)) and _is_heading(heading):
            below = "" if len(_plain(heading["marks"])) == 2 else below
            yield "heading"
        elif not line.strip():
            below = "prose" if below == "fields" else below
            yield "prose"
        else:
            if not below:
                below = "fields" if (key := _KEY.match(line)) and _plain(key["key"]).lower() in _KEYS else "prose"
            yield below


def _is_heading(found: re.Match[str]) -> bool:
    """Whether the marks are those of a heading, and not code that is moved in by plain blanks."""
    before = found[0][: found.start("marks")]
    return 1 <= len(_plain(found["marks"])) <= 6 and not before.startswith(("    ", "\t"))


def _mend_structure(line: str, place: str) -> Iterator[_Edit]:
    """What is meant by the odd characters around the marks of a heading, of the front matter, or in a field."""
    if place == "mark":
        yield 0, len(line), "---"
        return
    if place == "heading":
        found = _HEADING.match(line)
        assert found is not None
        if _SUSPECT.search(found[0]):
            yield 0, found.end(), _plain(found["marks"]).replace("＃", "#") + " "
        return
    key = _KEY.match(line)
    start = key.end() if key else 0
    name = _plain(key["key"]).lower() if key else ""
    if key and (_SUSPECT.search(key[0]) or not key[0].endswith((" ", "\t"))) and (name in _KEYS or key["colon"] == ":"):
        before = _ODD_BLANK.sub(" ", _plain(key["before"])) if key["before"].strip("\u00a0\ufeff\u200b") else ""
        colon = ": " if start < len(line) and (key["colon"] == "：" or _SUSPECT.search(key[0])) else ":"
        yield 0, start, f"{before}{_plain(key['key'])}{colon}"
    if name not in _WORDED:
        quoted = list(_QUOTED.finditer(line[start:]))
        quotes = {start + one.start(mark) for one in quoted for mark in ("open", "close")}
        for at in range(start, len(line)):
            if at in quotes:
                yield at, at + 1, '"'
            elif _ODD_BLANK.match(line[at]):
                yield at, at + 1, " "
            elif _ODD_INVISIBLE.match(line[at]):
                yield at, at + 1, ""


def _mend_list(line: str, lines: Sequence[str], number: int, levels: list[str]) -> Iterator[_Edit]:
    """What is meant by the bullet that a line of prose begins with; `levels` is what it goes on with, and changes."""
    found = _BULLET.match(line) or _DOUBTFUL.match(line)
    if not found:
        if line.strip() and line[0] not in " \t":
            levels.clear()
        return
    mark, indent = found["mark"], _ODD_BLANK.sub(" ", _plain(found["before"]))
    if mark in "*+-":
        levels.clear()
        if _SUSPECT.search(found["before"] + found["gap"]):
            yield 0, found.end(), f"{indent}{mark} "
        return
    if mark in "–o" and not levels:
        following = _DOUBTFUL.match(lines[number]) if number < len(lines) else None
        if not following or following["mark"] != mark or lines[number - 2].strip() * (number > 1):
            return
    if mark in levels:
        del levels[levels.index(mark) + 1 :]
    else:
        levels.append(mark)
    yield 0, found.end(), f"{indent or '  ' * (len(levels) - 1)}- "


def _plain(text: str) -> str:
    return _ODD_INVISIBLE.sub("", text)


def _apply(line: str, edits: Sequence[_Edit]) -> tuple[str, tuple[int, ...]]:
    """`line` with `edits`, which do not overlap, and the column in `line`, from 1, of each character and of its end."""
    pieces: list[str] = []
    columns: list[int] = []
    end = 0
    for start, stop, text in (*edits, (len(line), len(line), "")):
        if start < end:
            continue
        pieces += [line[end:start], text]
        columns += range(end + 1, start + 1)
        columns += [min(start + 1 + number, stop) for number in range(len(text))]
        end = stop
    return "".join(pieces), (*columns, len(line) + 1)
