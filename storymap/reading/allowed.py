"""What HTML a story may hold: elements, attributes, classes and addresses. All else is cleaned away (`sanitise.py`)."""

from __future__ import annotations

import re
from functools import lru_cache

from storymap.text.slugs import OWN_PREFIX, is_slug

INLINE_TAGS = frozenset(
    "abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr".split()
)
BLOCK_TAGS = frozenset(
    "a aside blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img input "
    "label li ol p pre summary table tbody td tfoot th thead tr ul".split()
)
SCHEMES = frozenset({"http", "https", "mailto", "tel", "geo", "place"})

AUTHOR_CLASS_PREFIX = "my-"
"""Classes that begin with this are the author's own and kept, for a site's own style sheet."""

CALLOUTS = ("note", "tip", "important", "warning", "caution")
"""The kinds of box that GitHub knows, `> [!NOTE]`, whose titles a page says in its language."""

ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "input": {"checked"},
    "time": {"datetime"},
    "q": {"cite"},
    "blockquote": {"cite"},
    "del": {"datetime"},
    "ins": {"datetime"},
}
# What the Markdown extensions make. Pygments' own are short: one to three letters and digits.
_CLASSES = frozenset(
    {
        *"footnote footnote-ref footnote-backref side-by-side admonition admonition-title highlight task-list".split(),
        *"task-list-item task-list-control task-list-indicator linenos filename caption-prefix".split(),
        *"note abstract info tip success question warning failure danger bug example quote attention".split(),
        *"caution error hint important seealso".split(),
        *(f"callout-{kind}" for kind in CALLOUTS),
        *"shown gallery gallery-row compare".split(),
    }
)
_CODE_TAGS = frozenset({"span", "code", "div", "pre", "td", "table"})
_CODE_CLASS = re.compile(r"[a-z][a-z0-9]{0,2}|language-[\w+#-]{1,40}")
_AUTHOR_CLASS = re.compile(rf"{AUTHOR_CLASS_PREFIX}[\w-]+")
_FOOTNOTE_ID = re.compile(r"(?:fn|fnref\d*):[^\s\"'<>]{1,80}")
_HEADINGS = frozenset({"h3", "h4", "h5", "h6"})
_NUMBERS = frozenset({"width", "height", "colspan", "rowspan", "span", "start", "value"})
_NUMBER = re.compile(r"-?\d{1,5}", re.ASCII)
_SCRIPT = re.compile(r"(?:javascript|vbscript)\W|data:", re.IGNORECASE)
_LINE_BREAKS = re.compile(r"[\t\n\r]")
_BLANKS = "".join(map(chr, range(33)))


@lru_cache(maxsize=1024)
def filter_attribute(tag: str, name: str, value: str) -> str | None:
    """What is kept of an attribute in `ATTRIBUTES`: no foreign id or class, no address with hidden characters."""
    if name == "class":
        kept = [
            word
            for word in value.split()
            if word in _CLASSES or _AUTHOR_CLASS.fullmatch(word) or (tag in _CODE_TAGS and _CODE_CLASS.fullmatch(word))
        ]
        return " ".join(kept) or None
    if name == "id":
        if tag in _HEADINGS and is_slug(value) and not value.startswith(OWN_PREFIX):
            return value
        return value if tag in ("li", "sup") and _FOOTNOTE_ID.fullmatch(value) else None
    if name in _NUMBERS:
        return value if _NUMBER.fullmatch(value) else None
    if name in ("href", "src", "cite"):
        return _normalise_address(value)
    return value


def _normalise_address(value: str) -> str | None:
    """An address as a browser reads it: without tabs, newlines and outer blanks, backslashes as slashes before `?`."""
    value = _LINE_BREAKS.sub("", value).strip(_BLANKS)
    if _SCRIPT.match(value):
        return None  # nh3 has refused those that run; what is left only looks like one, and nobody misses it
    if not value.lower().startswith(("mailto:", "place:")):
        head, mark, tail = value.partition("?")
        value = head.replace("\\", "/") + mark + tail
    return value
