"""Order the footnotes of a converted story: numbers, ways back, and references without a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, pairwise, product
from string import ascii_lowercase
from xml.etree import ElementTree as ET

import markdown
from markdown.treeprocessors import Treeprocessor

_BACK = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}\N{NO-BREAK SPACE}"
_FOOTNOTE_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")


class OrderNotes(Treeprocessor):
    """Numbers footnotes in the order in which a reader meets them, and finds those without a partner."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.unknown: list[str] = []
        self.unused: list[str] = []

    def run(self, root: ET.Element) -> None:
        """Number the references in order, and sort the notes by them."""
        self.unknown, self.unused = _find_unknown_notes(root), []
        block = next((child for child in reversed(root) if child.get("class") == "footnote"), None)
        items = block.find("ol") if block is not None else None
        if block is None or items is None:
            return
        references: dict[str, list[ET.Element]] = {}
        for link in root.iter("a"):
            if link.get("class") == "footnote-ref":
                references.setdefault(link.get("href", "")[1:], []).append(link)
        order = {name: number for number, name in enumerate(references, 1)}
        for name, links in references.items():
            for link in links:
                link.text = str(order[name])
        by_name = {item.get("id", ""): item for item in items}
        self.unused = [name.partition(":")[2] for name in by_name if name not in order]
        for item in list(items):
            items.remove(item)
        items.extend(by_name[name] for name in order if name in by_name)
        for number, item in enumerate(items, 1):
            _letter_ways_back(item, number)
        _part_references(root)
        if not len(items):
            root.remove(block)


def _letter_ways_back(note: ET.Element, number: int) -> None:
    """Where several references lead to a note, its ways back are called a, b, c after one arrow."""
    for parent in note.iter():
        ways = [link for link in parent if link.tag == "a" and link.get("class") == "footnote-backref"]
        for way in ways:
            way.set("title", f"{number}")
        if len(ways) < 2:
            continue
        for way, letter in zip(ways, _letters(), strict=False):
            way.text = letter
        ways[0].text = f"{_BACK}{ways[0].text}"  # in the way, with which it is left out on paper
        for way in ways[:-1]:
            way.tail = " "


def _letters() -> Iterator[str]:
    """The letters a, b, … z, then aa, ab, … without end."""
    for length in count(1):
        yield from map("".join, product(ascii_lowercase, repeat=length))


def _part_references(root: ET.Element) -> None:
    """Two references side by side read "1, 2": without a comma they are one number."""
    for parent in root.iter():
        for one, other in pairwise(parent):
            if _is_reference(one) and _is_reference(other) and not (one.tail or "").strip():
                one.tail, one[0].tail = "", ",\u00a0"
                one.set("class", "side-by-side")
                other.set("class", "side-by-side")


def _is_reference(element: ET.Element) -> bool:
    return element.tag == "sup" and len(element) == 1 and element[0].get("class") == "footnote-ref"


def _find_unknown_notes(root: ET.Element) -> list[str]:
    """Names in `[^name]` that are still text after conversion, outside of code."""
    found: dict[str, None] = {}
    stack = [root] if "[^" in "".join(root.itertext()) else []
    while stack:
        element = stack.pop()
        in_code = element.tag in ("code", "pre")
        texts = [] if in_code or not element.text else [element.text]
        texts += [child.tail for child in element if child.tail]
        for text in texts:
            if "[^" in text:
                found |= dict.fromkeys(_FOOTNOTE_REFERENCE.findall(text))
        stack.extend([] if in_code else reversed(element))
    return list(found)
