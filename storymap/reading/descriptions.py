"""Descriptions of places as safe HTML: of those that hold HTML, as map programs write it, what prose may have too."""

from __future__ import annotations

import html
import re
from functools import lru_cache

import nh3

from storymap.reading.allowed import BLOCK_TAGS, INLINE_TAGS

_LEFT_OUT = frozenset({"img", "input", "label", "details", "summary", "aside", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Of what prose may have: pictures, which are on other servers, and what needs ids, classes or the page's outline."""

_ELEMENTS = (
    "a|abbr|address|article|aside|audio|b|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|div|dl"
    "|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link"
    "|main|mark|meta|nav|object|ol|option|p|pre|q|s|script|section|select|small|source|span|strike|strong|style|sub|sup"
    "|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|video"
)
_TAG = re.compile(rf"<(?:/?(?:{_ELEMENTS})(?:[\s/][^<>]*)?/?>|!--|!doctype)", re.IGNORECASE)
"""What shows that a text is HTML: "a < b" and "<unknown>" are text."""

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_HEADING = re.compile(r"<(/?)h[1-6](?:\s[^<>]*)?>", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|div|span|b|i|a|strong|em|li|ul)(?:\s[^<>]*)?>(?:\s|&nbsp;|\u00a0|<br>)*</\1>")
_OUTER_BREAKS = re.compile(r"^(?:\s|<br>)+|(?:\s|<br>)+$")
_DEEPEST_ESCAPES = 2
"""How often a text may have been escaped on its way through programs."""


def sanitise_description(written: str) -> str:
    """A description as safe HTML, without tags or entities that a reader would see; text that is no HTML stays text.

    Pictures and scripts are left out, and links that lead to no other site. Empty where nothing is left.
    """
    text = written.strip()
    for _ in range(_DEEPEST_ESCAPES):
        if _TAG.search(text) or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    if not _TAG.search(text):
        return html.escape(text, quote=False)
    cleaned = _cleaner().clean(_HEADING.sub(r"<\1p>", text))
    before = ""
    while before != cleaned:
        before, cleaned = cleaned, _EMPTY.sub("", cleaned)
    return _OUTER_BREAKS.sub("", cleaned)


def is_plain(description: str) -> bool:
    """Whether a sanitised description holds no element, so that it is one paragraph."""
    return "<" not in description


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set((INLINE_TAGS | BLOCK_TAGS) - _LEFT_OUT),
        attributes={"*": {"lang", "dir"}, "a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        attribute_filter=_filter_attribute,
    )


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    """Links that lead to another site, and whole numbers of cells."""
    if tag == "a" and name == "href":
        return value if re.match(r"https?://|mailto:|tel:", value.strip(), re.IGNORECASE) else None
    return value if name in {"lang", "dir", "rel"} or re.fullmatch(r"\d{1,3}", value, re.ASCII) else None
