"""Safe HTML, as stories have it, as XHTML for books: well-formed, without what only browsers have."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from storymap.text.unwanted import blot_out

_VOID = frozenset("br col hr img input wbr".split())
_KEPT = frozenset(
    "id class title lang dir href src alt width height start type reversed value colspan rowspan scope span open "
    "datetime cite style checked disabled".split()
)
"""Attributes that books may have, of those that stories have."""

_NOT_AT_WORK = frozenset({"input", "label"})
"""Elements of forms: a task in a list is told by a character."""

_ALIGNED = re.compile(r"left|right|center|justify", re.IGNORECASE)
_NAME = re.compile(r"[^\w.-]", re.ASCII)


def make_id(name: str) -> str:
    """An id that XML knows as one, for an id of HTML: the same one for the same."""
    plain = _NAME.sub(lambda found: f"_{ord(found[0]):x}", name)
    return plain if re.match(r"[A-Za-z_]", plain) else f"_{plain}"


def read_html(html: str) -> ET.Element:
    """The elements of `html`, in a `div`. Ids, and links to parts of the same text, are as `make_id` says."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.finish()


def add_text(parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
    """A new element in `parent` with a text; an attribute may end with `_`, as in `class_`."""
    element = ET.SubElement(
        parent, tag, {name.rstrip("_").replace("_", ":"): value for name, value in attributes.items()}
    )
    element.text = blot_out(text)
    return element


class _Reader(HTMLParser):
    """Builds elements of the tags that it meets; an end that fits no open one is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._root = ET.Element("div")
        self._open = [self._root]

    def finish(self) -> ET.Element:
        """Everything that was read, with nothing in lists but their items."""
        for list_ in [*self._root.iter("ul"), *self._root.iter("ol")]:
            for number, child in enumerate(list_):
                if child.tag != "li":
                    list_[number] = item = ET.Element("li")
                    item.append(child)
                elif list_.tag == "ul":
                    child.attrib.pop("value", None)
        return self._root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        values = {name: blot_out(value or "") for name, value in attrs}
        if tag in _NOT_AT_WORK:
            if tag == "input":
                self.handle_data("☑ " if "checked" in values else "☐ ")
            return
        element = ET.SubElement(self._open[-1], tag, dict(_choose_attributes(tag, values)))
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element of that name, and what is open in it."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Take text along."""
        data, parent = blot_out(data), self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


def _choose_attributes(tag: str, values: dict[str, str]) -> list[tuple[str, str]]:
    chosen = {name: value for name, value in values.items() if name in _KEPT}
    if "id" in chosen:
        chosen["id"] = make_id(chosen["id"])
    if chosen.get("href", "").startswith("#"):
        chosen["href"] = "#" + make_id(chosen["href"][1:])
    if "lang" in chosen:
        chosen["xml:lang"] = chosen["lang"]
    if tag in {"td", "th"} and _ALIGNED.fullmatch(values.get("align", "")):
        chosen["style"] = f"text-align: {values['align'].lower()}"
    for name in ("reversed", "open"):
        if name in chosen:
            chosen[name] = name
    return list(chosen.items())
