"""Say in an author's words what libyaml finds wrong, and what to write instead."""

from __future__ import annotations

import re

import yaml

from storymap.errors import Report
from storymap.reading.text import TextSource

_TYPOGRAPHIC = " \t“”„«»‘’›"
_CLOSING = {"[": "]", "{": "}", '"': '"', "'": "'"}


def report_syntax(error: yaml.MarkedYAMLError, source: TextSource, report: Report, *, first: int, last: int) -> None:
    """Tell a syntax error in the lines `first` to `last`, with the line that would be right where that is certain."""
    mark = error.problem_mark or error.context_mark
    line = min(last, (mark.line if mark else 0) + first)
    column = (mark.column if mark else 0) + 1
    text = source.lines[line - 1]
    if not text.strip() and line > first:  # libyaml notices some mistakes only at the end
        line, column = line - 1, 1
        text = source.lines[line - 1]
    problem = str(error.problem or "")
    say, help = problem or "this is not YAML", 'put the value in quotes: key: "value"'
    indented = text[: len(text) - len(text.lstrip())]
    key, colon, value = text.strip().partition(":")
    quoted = '"' + value.strip().replace("\\", "\\\\").replace('"', '\\"') + '"'
    if "\t" in indented or ("cannot start any token" in problem and "\t" in text):
        say, help = "a tab where spaces belong", "YAML is indented with spaces: replace the tab by two"
        column = text.index("\t") + 1
    elif (
        "mapping values are not allowed" in problem
        and indented
        and line > first
        and _is_field(key, at=column, text=text)
    ):
        say = "this line begins with a blank, so it continues the value above"
        help, column = f"begin the line at the left edge: {text.strip()}", 1
    elif "mapping values are not allowed" in problem:
        say, help = "a second colon in an unquoted value", f"put the value in quotes: {key}: {quoted}"
    elif "cannot start any token" in problem and colon and value.strip():
        say, help = f'an unquoted value cannot begin with "{value.strip()[0]}"', f"put it in quotes: {key}: {quoted}"
    elif "another document" in problem or "document start" in problem:
        say, help = "a second document", "a story has one front matter, between two lines of `---`"
    elif "could not find expected ':'" in problem:
        say = "this line is no `key: value`"
        help = "fields end at the first blank line: put one before the text; or put a value of several lines in quotes"
        line, column = _find_keyless(source, first=first, last=last, near=line)
    elif "alphabetic or numeric character" in problem and value.strip()[:1] in ("*", "&"):
        say, help = f'an unquoted value cannot begin with "{value.strip()[0]}"', f"put it in quotes: {key}: {quoted}"
        column = text.index(value.strip()) + 1
    elif "undefined alias" in problem:
        say, help = (
            "a value that begins with * repeats an anchor, and there is none of that name",
            f"put it in quotes: {key}: {quoted}",
        )
    elif "expected ',' or" in problem and (listed := _part_list(value)):
        say, help = "a comma is missing in the list", f"put one between its values: {key}: {listed}"
    elif "end of stream" in problem or "expected ',' or" in problem or "document end" in problem:
        say, help = "a bracket or a quotation mark is not closed", "close it: [Prague, Washington]"
        start = error.context_mark
        if start is not None:
            line, column = min(last, start.line + first), start.column + 1
            text = source.lines[line - 1]
            if closing := _CLOSING.get(text[column - 1 : column]):
                help = f"close it: {text.strip().rstrip(_TYPOGRAPHIC)}{closing}"
    elif inner := _find_inner_quotes(value):
        say, help = "quotation marks within quotation marks", f"put the value in others: {key}: {inner}"
    elif "expected <block end>" in problem:
        say, help = "this line is indented unlike the lines above", "keys of one list stand exactly below each other"
    elif "duplicate" in problem and "anchor" in problem:
        say, help = "an anchor of this name exists", "anchors (&name) are not needed in a story: write the value out"
    report.error("yaml-syntax", say, source.at(line, column), help)


def _part_list(value: str) -> str:
    """A closed list of values in quotation marks with commas between them; empty where it is something else."""
    parted = re.sub(r"""(?<=["'])\s+(?=["'])""", ", ", value.strip())
    return parted if parted != value.strip() and re.fullmatch(r"\[[^\[\]]*\]", parted) else ""


def _find_inner_quotes(value: str) -> str:
    """A value in quotation marks that has such within, in others: "The "big" walk"; empty where it is none."""
    found = re.fullmatch(r"(?P<mark>[\"'])(?P<text>.+)(?P=mark)", value.strip())
    if found is None or found["mark"] not in found["text"]:
        return ""
    text = found["text"]
    return f"'{text}'" if "'" not in text else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_field(key: str, *, at: int, text: str) -> bool:
    """Whether a line of `text` begins with the word `key`, and the colon after it is the one in column `at`."""
    return re.fullmatch(r"[^\W\d][\w-]*", key) is not None and text.index(":") + 1 == at


def _find_keyless(source: TextSource, *, first: int, last: int, near: int) -> tuple[int, int]:
    """The first line that is neither `key:`, nor a list item, indented, or a comment; `near` if all are."""
    for number in range(first, last + 1):
        line = source.lines[number - 1]
        if line.strip() and not re.match(r"\s|#|-\s|[^:]+:(\s|$)|[\"'\[{]", line):
            return number, 1
    return near, 1
