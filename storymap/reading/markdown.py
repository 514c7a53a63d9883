"""Convert a story's Markdown to HTML, all parts in one pass so that footnotes, references and abbreviations are shared.

Python-Markdown converts in two halves: blocks first, then everything inside them. Here the first half runs once for
each part, so that a tag or a comment left open in one step ends with it; the second runs once for the whole story.
What comes out is *not* safe: `sanitise.py` makes it so.
"""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any
from xml.etree import ElementTree as ET

import markdown
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from msgspec import Struct

from storymap.reading.allowed import CALLOUTS
from storymap.reading.lists import GitHubListExtension
from storymap.reading.marks import (
    BLOCK_MARKS,
    BRACES,
    PATTERN_MARKS,
    PREPROCESSOR_MARKS,
    REFERENCES,
    TREE_MARKS,
    choose,
    find_marks,
    mark,
)
from storymap.reading.notes import OrderNotes
from storymap.reading.showing import ShowFigures

# It cannot stand in a source: text.py reports and replaces it.
_SEPARATOR = "\x1e"

_TEMPLATE_MARK = re.compile(r"\{\{|\{%|\{#(?![\w][^\n{}#]*\})")
_TEMPLATE = "\ufdd0[^\n]*?\\}\\}|\ufdd1[^\n]*?%\\}|\ufdd2[^\n]*?#\\}|\\$\\{[^\n}]*\\}"
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
"""What a backslash makes text of, as in CommonMark."""

MOST_BLANKS = 200
"""Blanks in a row that are converted as they stand."""

_MANY_BLANKS = re.compile(f" {{{MOST_BLANKS},}}")
_HEADING_TAG = re.compile(r"^\s*<h2[^>]*>|</h2>\s*$")

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
_SELDOM = {
    "pymdownx.details": ("???", "[!"),
    "pymdownx.quotes": (">",),
    "pymdownx.magiclink": ("://", "www.", "@"),
}
_RARE = {
    "pymdownx.superfences": ("```", "~~~", "    ", "\t"),
    "pymdownx.highlight": ("```", "~~~", "    ", "\t"),
    "pymdownx.blocks.caption": ("///",),
    "pymdownx.tilde": ("~",),
}
"""Extensions that take longer to load than a story to convert, and what a story holds that has a use for them: most are
of use seldom, and those that take longest rarely."""

_PLAIN = ((*_SELDOM, *_RARE), tuple(_RARE), ())
"""What converters do without, from the one that loads soonest to the one that has all."""

_SETTINGS: dict[str, dict[str, Any]] = {
    "tables": {"use_align_attribute": True},
    "pymdownx.highlight": {"noclasses": False, "guess_lang": False, "use_pygments": True, "anchor_linenums": False},
    "pymdownx.superfences": {"disable_indented_code_blocks": False},
    "pymdownx.blocks.caption": {"auto": False},
    "pymdownx.tilde": {"subscript": False},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.tasklist": {"custom_checkbox": False},
}


class MarkdownPart(Struct, frozen=True):
    """A heading's text (empty for the opening) and the lines of prose below it."""

    title: str
    body: str


class Converted(Struct, frozen=True):
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
    text = "\n".join(chain.from_iterable((part.title, part.body) for part in parts))
    level = next((level for level, used in ((2, _RARE), (1, _SELDOM)) if _holds_any(text, used)), 0)
    converter = _LOCAL.converters.pop(level, None) or _Converter(without=_PLAIN[level])
    converted = converter.convert(parts)
    # One that failed half-way would take what it was in the middle of into the next story.
    _LOCAL.converters[level] = converter
    return converted


def _holds_any(text: str, used: Mapping[str, Sequence[str]]) -> bool:
    """Whether `text` has a use for one of some extensions, by the marks in it."""
    return any(mark in text for marks in used.values() for mark in marks)


class _Converter:
    """One configured Python-Markdown, `without` some extensions.

    `convert` leaves nothing of a story behind for the next.
    """

    def __init__(self, *, without: Sequence[str] = ()) -> None:
        extensions = [one for one in _EXTENSIONS if one not in without]
        self.md = markdown.Markdown(extensions=extensions, extension_configs=_SETTINGS)
        self.md.preprocessors.register(_ShieldBraces(self.md), "storymap-braces", 22)
        self.md.ESCAPED_CHARS = list(dict.fromkeys((*self.md.ESCAPED_CHARS, *_PUNCTUATION)))
        self.md.preprocessors.register(_ShortenBlanks(self.md), "storymap-blanks", 24)
        self.md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "storymap-break", 181)
        self.md.treeprocessors.register(_NameCallouts(self.md), "storymap-callouts", 19)
        self.md.treeprocessors.register(ShowFigures(self.md), "storymap-figures", 5)
        self.md.inlinePatterns.register(_KeepTemplate(_TEMPLATE, self.md), "storymap-template", 185)
        # The footnotes extension numbers notes by definition; readers expect them to count up through the text.
        self.order = OrderNotes(self.md)
        self.md.treeprocessors.register(self.order, "storymap-notes", 14)
        self.preprocessors = mark(self.md.preprocessors, PREPROCESSOR_MARKS)
        self.inline: Any = self.md.treeprocessors["inline"]
        self.references = [self.md.inlinePatterns[name] for name in REFERENCES]
        self.patterns = mark(self.md.inlinePatterns, PATTERN_MARKS)
        self.all_blocks: Any = self.md.parser.blockprocessors
        self.blocks = mark(self.all_blocks, BLOCK_MARKS)
        self.trees = mark(self.md.treeprocessors, TREE_MARKS)

    def convert(self, parts: Sequence[MarkdownPart]) -> Converted:
        md: Any = self.md
        md.parser.blockprocessors = self.all_blocks
        md.reset()
        preprocessors = choose(self.preprocessors, find_marks("\n".join(part.body for part in parts)))
        prepared = [_prepare(part, preprocessors) for part in parts]
        text = "\n".join(chain.from_iterable((title, *lines) for title, lines in prepared))
        marks = find_marks(text)
        md.parser.blockprocessors = choose(self.blocks, marks)
        root = ET.Element("div")
        for title, lines in prepared:
            ET.SubElement(root, "h2").text = title
            _separate(root)
            root.extend(md.parser.parseDocument(lines).getroot() or ())
            _separate(root)
        for treeprocessor in choose(self.trees, marks):
            if treeprocessor is self.inline:
                self.inline.inlinePatterns = self._choose_patterns(marks)
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
        text = md.serializer(root)
        for postprocessor in md.postprocessors:
            text = postprocessor.run(text)
        for before, after in BRACES.items():
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

    def _choose_patterns(self, marks: frozenset[str]) -> list[Any]:
        """The patterns for a text with `marks`, all of whose blocks have been read, and with them its references."""
        patterns = choose(self.patterns, marks)
        return patterns if self.md.references else [one for one in patterns if one not in self.references]


class _Converters(threading.local):
    """Converters for each thread, by what they do without: one holds the state of the story it converts."""

    def __init__(self) -> None:
        self.converters: dict[int, _Converter] = {}


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


def _prepare(part: MarkdownPart, preprocessors: Sequence[Preprocessor]) -> tuple[str, list[str]]:
    """A part's title, and its lines as they are cut into blocks."""
    lines = part.body.split("\n")
    for preprocessor in preprocessors:
        lines = preprocessor.run(lines)
    return _shield(re.sub("[ \t]+", " ", part.title)), lines


def _separate(root: ET.Element) -> None:
    ET.SubElement(root, "hr", {"class": _SEPARATOR})


def _shield(text: str) -> str:
    if "{" not in text:
        return text
    return _TEMPLATE_MARK.sub(lambda mark: BRACES[mark[0]], text)
