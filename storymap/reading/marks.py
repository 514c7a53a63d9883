"""Leave out of a conversion what could find nothing in a story: Python-Markdown tries all it has on every text."""

from __future__ import annotations

from typing import Any, TypeAlias

BRACES = {"{{": "\ufdd0", "{%": "\ufdd1", "{#": "\ufdd2"}
"""What stands for the marks of templates while a text is converted: none of it can stand in a source (`text.py`)."""

PREPROCESSOR_MARKS: dict[str, tuple[str, ...]] = {
    "storymap-fences": ("```", "~~~"),
    "fenced_code_block": ("```", "~~~"),
    "storymap-blanks": ("    ", "\t"),
    "storymap-braces": ("{",),
    "html_block": ("<", "&"),
}
BLOCK_MARKS: dict[str, tuple[str, ...]] = {
    "admonition": ("!!!", "[!"),
    "details": ("???", "[!"),
    "blocks": ("///",),
    "code": ("    ",),
    "hashheader": ("#",),
    "setextheader": ("=", "-"),
    "hr": ("-", "*", "_"),
    "deflist": (":",),
    "table": ("|",),
    "quote": (">",),
    "footnote": ("[^",),
    "abbr": ("*[",),
    "reference": ("[",),
}
TREE_MARKS: dict[str, tuple[str, ...]] = {
    "attr_list": ("{",),
    "abbr": ("*[",),
    "task-list": ("[",),
    "blocks_on_inline_end": ("///",),
    "storymap-figures": ("![",),
    "unescape": ("\\",),
}
PATTERN_MARKS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "storymap-template": (*BRACES.values(), "${"),
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
"""What a text holds, in small letters, for a stage to find anything in it; one of them is enough."""

REFERENCES = ("reference", "image_reference", "short_reference", "short_image_ref")
"""Patterns that find something where a text says what its references lead to."""

_ALL = frozenset(
    mark
    for marks in (PREPROCESSOR_MARKS, BLOCK_MARKS, TREE_MARKS, PATTERN_MARKS)
    for several in marks.values()
    for mark in several
)

Marked: TypeAlias = tuple[tuple[Any, tuple[str, ...]], ...]
"""Processors in the order in which they are tried, each with its marks."""


def mark(registry: Any, marks: dict[str, tuple[str, ...]]) -> Marked:
    """Everything in `registry`, in the order in which it is tried, with its `marks`; without any it is always tried."""
    found = {id(registry[name]): own for name, own in marks.items() if name in registry}
    return tuple((one, found.get(id(one), ("",))) for one in registry)


def find_marks(text: str) -> frozenset[str]:
    """All marks that `text` holds."""
    lower = text.lower()
    return frozenset(["", *(mark for mark in _ALL if mark in lower)])


def choose(marked: Marked, found: frozenset[str]) -> list[Any]:
    """What can find something in a text with these marks: prose of words alone converts twice as fast as with all."""
    return [one for one, marks in marked if not found.isdisjoint(marks)]
