"""Make converted Markdown safe: the one door through which HTML comes into a story, and what is left outside.

nh3 (ammonia) keeps what `allowed.py` lists. Its output is well-formed: `<` begins a tag and nothing else, attribute
values stand in double quotes and hold none. So one regular expression finds every tag, and text that only looks like
one is never taken for it.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

import nh3
from msgspec import Struct

from storymap.reading.allowed import ATTRIBUTES, BLOCK_TAGS, INLINE_TAGS, SCHEMES, filter_attribute
from storymap.reading.losses import Loss, find_losses
from storymap.reading.players import replace_players
from storymap.text.unwanted import DIRECTION_OVERRIDE, find_unwanted

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:=\"[^\"]*\")?)*)>")
"""A tag of cleaned HTML: whether it closes, its name, its attributes with a blank before each."""

_SHOWS_FILE = re.compile(r" src=\"(?!(?:data|geo|place|mailto|tel):)[^\"]", re.IGNORECASE)
_SET_BY_PAGES = frozenset({("a", "rel"), ("img", "loading"), ("img", "decoding")})
_UNTITLED = re.compile(r"<(?:a|img|input)\b", re.IGNORECASE)
_TOLD_OF_TITLES = frozenset({"a", "img", "input", "sup", "br", "wbr", "span"})


class Cleaned(Struct, frozen=True):
    """Safe HTML of one part of a story, and what is missing in it."""

    html: str
    losses: tuple[Loss, ...] = ()


class Title(Struct, frozen=True):
    """A heading as safe inline HTML and as plain text; `dropped` if a link or picture in it was left out.

    `losses` are other things that were.
    """

    html: str
    text: str
    dropped: bool
    losses: tuple[Loss, ...] = ()


def sanitise_body(raw: str) -> Cleaned:
    """The prose of a step as safe HTML."""
    losses: list[Loss] = []
    raw = replace_players(raw)
    cleaned = _refuse_references(_body_cleaner().clean(raw), losses)
    if "<i" in cleaned:
        cleaned = TAG.sub(_replace, cleaned)
    return Cleaned(cleaned.strip(), (*losses, *_compare(raw, cleaned)))


def sanitise_title(raw: str) -> Title:
    """A heading as safe inline HTML and as plain text."""
    losses: list[Loss] = []
    cleaned = _refuse_references(_title_cleaner().clean(raw).strip(), losses)
    losses += (loss for loss in _compare(raw, cleaned) if loss.kind == "element" and loss.tag not in _TOLD_OF_TITLES)
    return Title(cleaned, to_plain_text(cleaned), bool(_UNTITLED.search(raw)), tuple(losses))


def to_plain_text(cleaned: str) -> str:
    """The text of sanitised HTML, with entities resolved and white space collapsed."""
    return " ".join(html.unescape(TAG.sub("", cleaned)).split())


def _replace(tag: re.Match[str]) -> str:
    """A tag as it is, but for boxes to tick and for pictures that show no file."""
    if tag[2] == "input":  # a box that nobody can tick is no form to a reader, and would need a label
        ticked = "\N{BALLOT BOX WITH CHECK}" if " checked" in tag[3] else "\N{BALLOT BOX}"
        return f"{ticked}\N{VARIATION SELECTOR-15}" if ' type="checkbox"' in tag[3] else ""
    return "" if tag[2] == "img" and not _SHOWS_FILE.search(tag[3]) else tag[0]


def _compare(raw: str, cleaned: str) -> tuple[Loss, ...]:
    """What `cleaned` misses of `raw`; nothing where both are the same but for how tags and characters are spelled.

    Most parts of most stories are: only the others are read as a browser would, which takes as long as converting them.
    """
    same = raw.replace(" />", ">").replace("\N{NO-BREAK SPACE}", "&nbsp;").replace("&#160;", "&nbsp;")
    if same.replace("&#8617;", "\N{LEFTWARDS ARROW WITH HOOK}") == cleaned:
        return ()
    return tuple(loss for loss in find_losses(raw, cleaned) if (loss.tag, loss.name) not in _SET_BY_PAGES)


def _refuse_references(cleaned: str, losses: list[Loss]) -> str:
    """`cleaned` without characters that only a reference, such as `&#x202e;`, can have written; they are `losses`."""
    for character in find_unwanted(cleaned):
        losses.append(Loss("character", "", value=character))
        cleaned = cleaned.replace(character, "" if DIRECTION_OVERRIDE.match(character) else "\ufffd")
    return cleaned


@lru_cache(maxsize=1)
def _body_cleaner() -> nh3.Cleaner:
    # A Cleaner holds no state between calls; building its tables takes longer than cleaning a step.
    return nh3.Cleaner(
        tags=set(INLINE_TAGS | BLOCK_TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=filter_attribute,
        url_schemes=set(SCHEMES),
        link_rel=None,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        set_tag_attribute_values={"input": {"disabled": ""}},
    )


@lru_cache(maxsize=1)
def _title_cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(INLINE_TAGS - {"br", "wbr", "span"}),
        attributes={"abbr": {"title"}, "*": {"lang", "dir"}},
        url_schemes=set(),
        link_rel=None,
    )
