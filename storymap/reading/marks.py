"""Leave out of a conversion what could find nothing in a story: Python-Markdown tries all it has on every text."""

from __future__ import annotations

from typing import Any, TypeAlias

BRACES = {"{{": "\ufdd0", "{%": "\ufdd1", "{#": "\ufdd2"}
"""What stands for the marks of templates while a text is converted: none of it can stand in a source (`text.py`)."""

BLOCK_MARKS: dict[str, tuple[str, ...]] = {
    "admonition": ("!!!", "[!"),
    "details": ("???", "[!"),
    "blocks": ("///",),
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
"""What a text holds, in small letters, for a block or a pattern to be found in it, or for its tree to be gone through;
one of them is enough."""

Marked: TypeAlias = tuple[tuple[Any, tuple[str, ...]], ...]
"""Processors in the order in which they are tried, each with its marks."""


def mark(registry: Any, marks: dict[str, tuple[str, ...]]) -> Marked:
    """Everything in `registry`, in the order in which it is tried, with its `marks`; without any it is always tried."""
    found = {id(registry[name]): own for name, own in marks.items()}
    return tuple((one, found.get(id(one), ("",))) for one in registry)


def choose(marked: Marked, text: str) -> list[Any]:
    """What can find something in `text`: prose of words alone converts twice as fast as with all that is `marked`."""
    lower = text.lower()
    return [one for one, marks in marked if any(mark in lower for mark in marks)]
