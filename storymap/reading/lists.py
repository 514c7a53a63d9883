"""Read lists as GitHub does: what belongs to an item is told by where its text begins, not by four blanks.

Python-Markdown wants a blank line before a list or a table and four blanks before what belongs to an item; people, and
every editor's preview, go by CommonMark (https://spec.commonmark.org/0.31.2/#list-items). `mdx_truly_sane_lists` and
`pymdownx.fancylists` were tried and left: the first exchanges four blanks for two, where an ordered item needs three,
the second keeps four.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from msgspec import Struct, field

_ITEM = re.compile(r"(?P<indent> {0,3})(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap> +|$)(?P<text>.*)")
_INTERRUPTS = re.compile(r"^ {0,3}(?:(?:[-*+]|1[.)]) +\S)", re.MULTILINE)
_MOVED_IN = re.compile(r"^ {1,3}#{1,6}(?: |$)", re.MULTILINE)
_ITEM_FENCE = re.compile(r"(?P<mark> *(?:[-*+]|\d{1,9}[.)])) (?P<fence>(?:`{3,}+[^`]*|~{3,}+.*))")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *")
_DELIMITERS = re.compile(r" {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")
_STASHED = re.compile(" {0,3}\x02wzxhzdk:\\d+\x03")  # what earlier stages have put aside: fenced code, HTML
_ENDS_ITEM = re.compile(r" {0,3}(?:#{1,6}(?: |$)|>|\[[^\]]*\]:|\*\[|!!!|\?\?\?|///|:::)")
_TABLE_ENDS = re.compile(r" {0,3}(?:#{1,6}(?: |$)|>)")


class GitHubListExtension(Extension):
    """Lists as on GitHub, in place of Python-Markdown's own, and blocks that need no blank line before them."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the processors."""
        for name in ("indent", "olist", "ulist"):
            md.parser.blockprocessors.deregister(name)
        md.preprocessors.register(_FencePreprocessor(md), "storymap-fences", 26)
        md.parser.blockprocessors.register(_Splitter(md.parser), "storymap-splitter", 106)
        md.parser.blockprocessors.register(_ListProcessor(md.parser), "storymap-lists", 89)


class _FencePreprocessor(Preprocessor):
    """Puts fenced code that begins on the line of an item's mark below it, where the reader of code looks for it."""

    def run(self, lines: list[str]) -> list[str]:
        return [part for line in lines for part in _part_fence(line)]


def _part_fence(line: str) -> tuple[str, ...]:
    if ("```" not in line and "~~~" not in line) or not (found := _ITEM_FENCE.fullmatch(line)):
        return (line,)
    return (found["mark"], " " * (len(found["mark"]) + 1) + found["fence"])


class _Splitter(BlockProcessor):
    """Ends a paragraph or a table where another block begins without a blank line, be it moved in by a little."""

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        return _find_interruption(block) > 0 or _MOVED_IN.match(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> None:  # noqa: ARG002
        at = _find_interruption(blocks[0])
        lines = blocks[0].split("\n")
        if at:
            blocks[:1] = ["\n".join(lines[:at]), "\n".join(lines[at:])]
        elif _MOVED_IN.match(lines[0]):
            blocks[0] = blocks[0].lstrip(" ")


def _find_interruption(block: str) -> int:
    """The number of the line, from 0, at which another block begins within `block`; 0 if none does."""
    if "\n" not in block or block.startswith("\n") or block.lstrip(" ").startswith("///"):
        return 0
    has_table, has_stash = "|" in block and "-" in block, "\x02wzx" in block
    if not has_table and not has_stash and not _INTERRUPTS.search(block) and not _MOVED_IN.search(block):
        return 0
    lines = block.split("\n")
    if _match_item(lines[0]):
        return 0  # its lines are the list's own affair
    in_table = has_table and _is_table(lines, 0)
    for number, line in enumerate(lines[1:], 1):
        if _INTERRUPTS.match(line) and not _RULE.fullmatch(line):
            return number
        if has_stash and (_STASHED.fullmatch(line) or _STASHED.fullmatch(lines[number - 1])):
            return number
        if _MOVED_IN.match(line):
            return number
        if in_table and number > 1 and (_TABLE_ENDS.match(line) or _RULE.fullmatch(line)):
            return number
        if has_table and not in_table and lines[number - 1].strip() and _is_table(lines, number):
            return number
    return 0


def _is_table(lines: Sequence[str], number: int) -> bool:
    """Whether a table's head stands in line `number`, and as many marks below it."""
    if number + 1 >= len(lines) or "|" not in lines[number] or "|" not in lines[number + 1]:
        return False
    if lines[number].startswith(("    ", ">")) or not _DELIMITERS.fullmatch(lines[number + 1]):
        return False
    return _count_cells(lines[number]) == _count_cells(lines[number + 1])


def _count_cells(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", line.strip().strip("|"))) + 1


class _Item(Struct):
    """One item: how far its text is moved in, its lines without that, and of the list within it what tells its items.

    `inner` is the last character of their marks, `inner_offset` how far the text of the last is moved in.
    """

    offset: int
    lines: list[str] = field(default_factory=list)
    inner: str = ""
    inner_offset: int = 0

    def add(self, line: str, *, below_blank: bool = False) -> bool:
        """Take one more line; whether a blank line parts it from another block of this very item."""
        found = _match_item(line)
        belongs = self.inner and (
            line.startswith(" " * self.inner_offset) or (found is not None and found["mark"][-1] == self.inner)
        )
        parts = below_blank and not belongs and any(self.lines)
        if found:
            self.inner, self.inner_offset = found["mark"][-1], _measure(found)
        elif below_blank and not belongs:
            self.inner = ""
        self.lines += ["", line] if below_blank else [line]
        return parts


class _ListProcessor(BlockProcessor):
    """Takes all blocks of a list at once, and has the content of each item read for itself."""

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        return _match_item(block.lstrip("\n").partition("\n")[0]) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        first = _match_item(blocks[0].lstrip("\n").partition("\n")[0])
        assert first is not None
        bullet = first["mark"]
        items, is_loose, used, rest = _collect(blocks)
        blocks[:used] = ["\n".join(rest)] if rest else []
        element = ET.SubElement(parent, "ul" if len(bullet) == 1 else "ol")
        if len(bullet) > 1 and int(bullet[:-1]) != 1:
            element.set("start", str(int(bullet[:-1])))
        for item in items:
            self._read(ET.SubElement(element, "li"), item, is_loose=is_loose)

    def _read(self, element: ET.Element, item: _Item, *, is_loose: bool) -> None:
        """Have the lines of `item` read; in a tight list its text stands in no paragraph of its own."""
        self.parser.state.set("looselist" if is_loose else "list")
        self.parser.parseChunk(element, "\n".join(item.lines).strip("\n"))
        self.parser.state.reset()


def _collect(blocks: Sequence[str]) -> tuple[list[_Item], bool, int, list[str]]:
    """The items of the list that `blocks` begin with, and whether it is loose.

    Then how many blocks it takes, and the lines that are left of the last of these.
    """
    items: list[_Item] = []
    kind, is_loose = "", False
    for used, block in enumerate(blocks):
        lines = block.strip("\n").split("\n")
        if lines == [""]:
            continue
        for number, line in enumerate(lines):
            below_blank = bool(items) and number == 0
            if items and line.startswith(" " * items[-1].offset):
                is_loose |= items[-1].add(line[items[-1].offset :], below_blank=below_blank)
                continue
            found = _match_item(line)
            if found and kind in ("", found["mark"][-1]):
                is_loose |= below_blank
                kind = found["mark"][-1]
                items.append(_Item(_measure(found)))
                items[-1].add(found["gap"][_measure(found) - found.end("mark") :] + found["text"])
            elif below_blank:
                return items, is_loose, used, []
            elif not found and _continues(items[-1], line):
                text = line.lstrip(" ")
                items[-1].add(f"    {text}" if _match_item(text) else text)  # a mark moved in by four is text
            else:
                return items, is_loose, used + 1, lines[number:]
    return items, is_loose, len(blocks), []


def _match_item(line: str) -> re.Match[str] | None:
    """The parts of a line that begins an item."""
    return None if _RULE.fullmatch(line) else _ITEM.fullmatch(line)


def _measure(found: re.Match[str]) -> int:
    """How far the text of the item that begins here is moved in, with what belongs to it."""
    gap = len(found["gap"])
    return found.end("mark") + (gap if gap <= 4 and found["text"] else 1)


def _continues(item: _Item, line: str) -> bool:
    """Whether `line`, which is not moved in, goes on with the paragraph that `item` ends with."""
    last = item.lines[-1].strip()
    if not last or _RULE.fullmatch(line) or _ENDS_ITEM.match(line) or _STASHED.fullmatch(line.strip()):
        return False
    return not (_STASHED.fullmatch(last) or re.match(r"#{1,6}(?: |$)", last))
