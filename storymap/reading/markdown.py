"""Convert a story's Markdown to HTML, all parts in one pass so that footnotes, references and abbreviations are shared.

Python-Markdown converts in two halves: blocks first, then everything inside them. Here the first half runs once for
each part, so that a tag or a comment left open in one step ends with it; the second runs once for the whole story.
What comes out is *not* safe: `sanitise.py` makes it so.
"""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise, product
from string import ascii_lowercase
from typing import Any
from xml.etree import ElementTree as ET

import markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from storymap.reading.allowed import CALLOUTS
from storymap.reading.lists import GitHubListExtension

# Not a single one of these can stand in a source: text.py reports and replaces them.
_SEPARATOR = "\x1e"
_BRACES = {"{{": "\ufdd0", "{%": "\ufdd1", "{#": "\ufdd2"}
_BRACE_OUT = {after: before for before, after in _BRACES.items()}

_TEMPLATE_MARK = re.compile(r"\{\{|\{%|\{#(?![\w][^\n{}#]*\})")
_TEMPLATE = "\ufdd0[^\n]*?\\}\\}|\ufdd1[^\n]*?%\\}|\ufdd2[^\n]*?#\\}|\\$\\{[^\n}]*\\}"
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
"""What a backslash makes text of, as in CommonMark."""

MOST_BLANKS = 200
"""Blanks in a row that are converted as they stand."""

_MANY_BLANKS = re.compile(f" {{{MOST_BLANKS},}}")
_BACK = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}\N{NO-BREAK SPACE}"
_HEADING_TAG = re.compile(r"^\s*<h2[^>]*>|</h2>\s*$")
_FOOTNOTE_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")

# Typographic quotes are left to authors: which ones are right depends on the language, and text comes out as written.
_EXTENSIONS = (
    "tables",
    "footnotes",
    "def_list",
    "attr_list",
    "abbr",
    "admonition",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.highlight",
    "pymdownx.tasklist",
    "pymdownx.blocks.caption",
    "pymdownx.saneheaders",
    "pymdownx.tilde",
    "pymdownx.quotes",
    "pymdownx.magiclink",
    GitHubListExtension(),
)
_SETTINGS: dict[str, dict[str, Any]] = {
    "tables": {"use_align_attribute": True},
    "pymdownx.highlight": {"noclasses": False, "guess_lang": False, "use_pygments": True, "anchor_linenums": False},
    "pymdownx.superfences": {"disable_indented_code_blocks": False},
    "pymdownx.blocks.caption": {"auto": False},
    "pymdownx.tilde": {"subscript": False},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.tasklist": {"custom_checkbox": False},
}

_BLOCK_MARKS: dict[str, tuple[str, ...]] = {
    "admonition": ("!!!", "[!"),
    "details": ("???", "[!"),
    "blocks": ("///",),
    "table": ("|",),
    "quote": (">",),
    "footnote": ("[^",),
    "abbr": ("*[",),
    "reference": ("[",),
}
_PATTERN_MARKS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "storymap-template": (*_BRACE_OUT, "${"),
    "storymap-break": ("\\\n",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "magic-link": ("://", "www."),
    "magic-mail": ("@",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "delimiter": ("~",),
}
"""What a text holds, in small letters, for a block or a pattern to be found in it; one of them is enough."""


@dataclass(frozen=True, slots=True)
class MarkdownPart:
    """A heading's text (empty for the opening) and the lines of prose below it."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Converted:
    """Unsafe HTML: one title and one body for each part, and the footnotes of all.

    `unknown_notes` are references to footnotes that nothing defines, `unused_notes` footnotes that nothing refers to.
    """

    titles: tuple[str, ...]
    bodies: tuple[str, ...]
    notes: str
    unknown_notes: tuple[str, ...]
    unused_notes: tuple[str, ...]


def convert_markdown(parts: Sequence[MarkdownPart]) -> Converted:
    """Convert the parts of one story. May raise RecursionError on deeply nested text; see `prose.py`."""
    converter, _LOCAL.converter = _LOCAL.converter or _Converter(), None
    converted = converter.convert(parts)
    _LOCAL.converter = converter  # one that failed half-way would take what it was in the middle of into the next story
    return converted


class _Converter:
    """One configured Python-Markdown; `convert` leaves nothing of a story behind for the next."""

    def __init__(self) -> None:
        self.md = markdown.Markdown(extensions=list(_EXTENSIONS), extension_configs=_SETTINGS)
        self.md.preprocessors.register(_ShieldBraces(self.md), "storymap-braces", 22)
        self.md.ESCAPED_CHARS = list(dict.fromkeys((*self.md.ESCAPED_CHARS, *_PUNCTUATION)))
        self.md.preprocessors.register(_ShortenBlanks(self.md), "storymap-blanks", 24)
        self.md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "storymap-break", 181)
        self.md.treeprocessors.register(_NameCallouts(self.md), "storymap-callouts", 19)
        self.md.inlinePatterns.register(_KeepTemplate(_TEMPLATE, self.md), "storymap-template", 185)
        # The footnotes extension numbers notes by definition; readers expect them to count up through the text.
        self.notes: Any = next(one for one in self.md.registeredExtensions if isinstance(one, FootnoteExtension))
        self.order = _OrderNotes(self.md, self.notes)
        self.md.treeprocessors.register(self.order, "storymap-notes", 14)
        self.inline: Any = self.md.treeprocessors["inline"]
        self.patterns = _mark(self.md.inlinePatterns, _PATTERN_MARKS)
        self.all_blocks: Any = self.md.parser.blockprocessors
        self.blocks = _mark(self.all_blocks, _BLOCK_MARKS)

    def convert(self, parts: Sequence[MarkdownPart]) -> Converted:
        md: Any = self.md
        md.parser.blockprocessors = self.all_blocks
        md.reset()
        prepared = [self._prepare(part) for part in parts]
        text = "\n".join(chain.from_iterable((title, *lines) for title, lines in prepared))
        md.parser.blockprocessors, self.inline.inlinePatterns = _choose(self.blocks, text), _choose(self.patterns, text)
        root = ET.Element("div")
        for title, lines in prepared:
            ET.SubElement(root, "h2").text = title
            _separate(root)
            root.extend(md.parser.parseDocument(lines).getroot() or ())
            _separate(root)
        for treeprocessor in md.treeprocessors:
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
        text = md.serializer(root)
        for postprocessor in md.postprocessors:
            text = postprocessor.run(text)
        for after, before in _BRACE_OUT.items():
            text = text.replace(after, before)
        text = text[text.index(">") + 1 : text.rindex("</div>")]
        pieces = re.split(f'<hr class="{_SEPARATOR}" ?/?>', text)
        titles = tuple(_HEADING_TAG.sub("", piece).strip() for piece in pieces[:-1:2])
        return Converted(
            titles,
            tuple(piece.strip() for piece in pieces[1::2]),
            pieces[-1].strip(),
            tuple(self.order.unknown),
            tuple(self.order.unused),
        )

    def _prepare(self, part: MarkdownPart) -> tuple[str, list[str]]:
        """A part's title, and its lines as they are cut into blocks."""
        lines = part.body.split("\n")
        for preprocessor in self.md.preprocessors:
            lines = preprocessor.run(lines)
        return _shield(re.sub("[ \t]+", " ", part.title)), lines


def _mark(registry: Any, marks: dict[str, tuple[str, ...]]) -> tuple[tuple[Any, tuple[str, ...]], ...]:
    """Everything in `registry`, in the order in which it is tried, with its `marks`; without any it is always tried."""
    found = {id(registry[name]): own for name, own in marks.items()}
    return tuple((one, found.get(id(one), ("",))) for one in registry)


def _choose(marked: tuple[tuple[Any, tuple[str, ...]], ...], text: str) -> list[Any]:
    """What can find something in `text`: prose of words alone converts twice as fast as with all that is `marked`."""
    lower = text.lower()
    return [one for one, marks in marked if any(mark in lower for mark in marks)]


class _Converters(threading.local):
    """A converter for each thread: it holds the state of the story it converts."""

    converter: _Converter | None = None


# Making a converter takes 10 ms, more than a story: this is a cache, no state.
_LOCAL = _Converters()


class _ShieldBraces(Preprocessor):
    """Hides template markers from attribute lists, which would take `{{ x }}` for theirs, once code is stashed."""

    def run(self, lines: list[str]) -> list[str]:
        return [_shield(line) for line in lines]


class _ShortenBlanks(Preprocessor):
    """Cuts blanks by the thousand, over which the converter's patterns take minutes; a page shows one for them."""

    def run(self, lines: list[str]) -> list[str]:
        return [_MANY_BLANKS.sub(" " * MOST_BLANKS, line) for line in lines]


class _NameCallouts(Treeprocessor):
    """Marks the title of a box that its author gave none, so that the page says it in the story's language."""

    def run(self, root: ET.Element) -> None:
        """Add a class to the titles that are nothing but the name of the kind of box."""
        for box in root.iter("div"):
            kinds = box.get("class", "").split()
            if kinds[:1] == ["admonition"] and len(kinds) == 2 and kinds[1] in CALLOUTS and len(box):
                title = box[0]
                if title.get("class") == "admonition-title" and title.text == kinds[1].title() and not len(title):
                    title.set("class", f"admonition-title callout-{kinds[1]}")


class _KeepTemplate(InlineProcessor):
    """Keeps a template expression as it was written: `{{ 7*7 }}` twice in a paragraph holds no emphasis."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        """The expression, put aside until the end."""
        return self.md.htmlStash.store(html.escape(m[0], quote=False)), m.start(0), m.end(0)


class _OrderNotes(Treeprocessor):
    """Numbers footnotes in the order in which a reader meets them, and finds those without a partner."""

    def __init__(self, md: markdown.Markdown, notes: Any) -> None:
        super().__init__(md)
        self.notes = notes
        self.unknown: list[str] = []
        self.unused: list[str] = []

    def run(self, root: ET.Element) -> None:
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
        before = list(parent).index(ways[0])
        if before:
            parent[before - 1].tail = (parent[before - 1].tail or "") + _BACK
        else:
            parent.text = (parent.text or "") + _BACK
        for way, letter in zip(ways, _letters(), strict=False):
            way.text = letter
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
                one.tail, one[0].tail = "", ", "
                one.set("class", "side-by-side")
                other.set("class", "side-by-side")


def _is_reference(element: ET.Element) -> bool:
    return element.tag == "sup" and len(element) == 1 and element[0].get("class") == "footnote-ref"


def _separate(root: ET.Element) -> None:
    ET.SubElement(root, "hr", {"class": _SEPARATOR})


def _shield(text: str) -> str:
    if "{" not in text:
        return text
    return _TEMPLATE_MARK.sub(lambda mark: _BRACES[mark[0]], text)


def _find_unknown_notes(root: ET.Element) -> list[str]:
    """Names in `[^name]` that are still text after conversion, outside of code."""
    found: dict[str, None] = {}
    stack = [root]
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
