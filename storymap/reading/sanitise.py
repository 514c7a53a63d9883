"""Make converted Markdown safe, and find in it the links and pictures that later stages fill in.

nh3 (ammonia) keeps an allowlist of elements, attributes and classes. Its output is well-formed: `<` begins a tag and
nothing else, attribute values stand in double quotes and hold none. So one regular expression finds every tag, and text
that only looks like one is never taken for it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, unquote

import nh3

from storymap.reading.losses import Loss, find_losses
from storymap.reading.wide import join_wide_lines
from storymap.text.slugs import OWN_PREFIX, is_slug
from storymap.text.unwanted import DIRECTION_OVERRIDE, find_unwanted

INLINE_TAGS = frozenset(
    {
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    }
)
BLOCK_TAGS = frozenset(
    {
        "a",
        "aside",
        "blockquote",
        "caption",
        "col",
        "colgroup",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "input",
        "label",
        "li",
        "ol",
        "p",
        "pre",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
SCHEMES = frozenset({"http", "https", "mailto", "tel", "geo", "place"})
MAP_SCHEMES = ("geo:", "place:")

AUTHOR_CLASS_PREFIX = "my-"
"""Classes that begin with this are the author's own and kept, for a site's own style sheet."""

CALLOUTS = ("note", "tip", "important", "warning", "caution")
"""The kinds of box that GitHub knows, `> [!NOTE]`, whose titles a page says in its language."""

_ATTRIBUTES = {
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
        "footnote",
        "footnote-ref",
        "footnote-backref",
        "side-by-side",
        "admonition",
        "admonition-title",
        "highlight",
        "task-list",
        "task-list-item",
        "task-list-control",
        "task-list-indicator",
        "linenos",
        "filename",
        "caption-prefix",
        "note",
        "abstract",
        "info",
        "tip",
        "success",
        "question",
        "warning",
        "failure",
        "danger",
        "bug",
        "example",
        "quote",
        "attention",
        "caution",
        "error",
        "hint",
        "important",
        "seealso",
        *(f"callout-{kind}" for kind in CALLOUTS),
    }
)
_CODE_CLASS = re.compile(r"[a-z][a-z0-9]{0,2}|language-[\w+#-]{1,40}")
_FOOTNOTE_ID = re.compile(r"(?:fn|fnref\d*):[^\s\"'<>]{1,80}")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:=\"[^\"]*\")?)*)>")
_ATTRIBUTE = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")
_SCRIPT = re.compile(r"(?:javascript|vbscript)\W|data:", re.IGNORECASE)
_CALLOUT = re.compile(rf'(<p class="admonition-title callout-({"|".join(CALLOUTS)})">)[^<]*</')
_UNTITLED = re.compile(r"<(?:a|img|input)\b", re.IGNORECASE)
_TOLD_OF_TITLES = frozenset({"a", "img", "input", "sup", "br", "wbr", "span"})
_HEADINGS = frozenset({"h3", "h4", "h5", "h6"})
_STORY_LINK = re.compile(r"(?P<path>[^#?]*\.(?:md|markdown))(?:\?[^#]*)?(?:#(?P<step>.*))?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """A link or picture in the sanitised HTML: `target` as written, and its text or alternative text."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """A heading as safe inline HTML and as plain text; `dropped` if a link or picture in it was left out.

    `losses` are other things that were.
    """

    html: str
    text: str
    dropped: bool
    losses: tuple[Loss, ...] = ()


@dataclass(slots=True)
class Prose:
    """One part of a story as safe HTML, with what it links to and shows, in document order.

    `map_links` are `geo:` and `place:` links, `story_links` lead to other `.md` files, `anchors` to `#…` in this one,
    and `file_links` to any other file of the project. `ids` are those that the HTML carries, `losses` what it does not.
    """

    html: str = ""
    map_links: list[Found] = field(default_factory=list)
    story_links: list[Found] = field(default_factory=list)
    file_links: list[Found] = field(default_factory=list)
    anchors: list[Found] = field(default_factory=list)
    pictures: list[Found] = field(default_factory=list)
    remote_pictures: list[Found] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def sanitise_body(raw: str) -> Prose:
    """The prose of a step as safe HTML, with what a later stage must fill in."""
    prose = Prose()
    cleaned = _refuse_references(_body_cleaner().clean(raw), prose.losses)
    prose.html = join_wide_lines(_TAG.sub(lambda tag: _dress(tag, cleaned, prose), cleaned).strip())
    prose.losses.extend(find_losses(raw, prose.html))
    return prose


def sanitise_title(raw: str) -> Title:
    """A heading as safe inline HTML and as plain text."""
    losses: list[Loss] = []
    cleaned = _refuse_references(_title_cleaner().clean(raw).strip(), losses)
    losses += (loss for loss in find_losses(raw, cleaned) if loss.kind == "element" and loss.tag not in _TOLD_OF_TITLES)
    return Title(cleaned, to_plain_text(cleaned), bool(_UNTITLED.search(raw)), tuple(losses))


def _refuse_references(cleaned: str, losses: list[Loss]) -> str:
    """`cleaned` without characters that only a reference, such as `&#x202e;`, can have written; they are `losses`."""
    for character in find_unwanted(cleaned):
        losses.append(Loss("character", "", value=character))
        cleaned = cleaned.replace(character, "" if DIRECTION_OVERRIDE.match(character) else "\ufffd")
    return cleaned


def to_plain_text(cleaned: str) -> str:
    """The text of sanitised HTML, with entities resolved and white space collapsed."""
    return " ".join(html.unescape(_TAG.sub("", cleaned)).split())


def name_callouts(body: str, names: Mapping[str, str]) -> str:
    """`body` with the titles of boxes that have none of their own; `names` has one for each of `CALLOUTS`."""
    return _CALLOUT.sub(lambda title: f"{title[1]}{html.escape(names[title[2]], quote=False)}</", body)


def fill_links(body: str, hrefs: Sequence[str]) -> str:
    """`body` with the addresses of its map links: the link with `data-link="n"` gets `hrefs[n]`, quoted for HTML."""

    def fill(tag: re.Match[str]) -> str:
        number = re.search(r' data-link="(\d+)"', tag[3]) if tag[2] == "a" else None
        if not number or int(number[1]) >= len(hrefs):
            return tag[0]
        return tag[0].replace(' href="#"', f' href="{html.escape(hrefs[int(number[1])])}"', 1)

    return _TAG.sub(fill, body)


def fill_pictures(body: str, pictures: Mapping[str, tuple[str, int, int]]) -> str:
    """`body` with the new address, width and height (pixels, 0 where unknown) of everything named in `pictures`.

    Keys are the addresses that the author wrote, of pictures and of links. Width and height that the author set stay.
    """

    def fill(tag: re.Match[str]) -> str:
        name = {"img": "src", "a": "href"}.get(tag[2])
        attributes = dict(_ATTRIBUTE.findall(tag[3])) if name else {}
        if not name or (written := html.unescape(attributes.get(name, ""))) not in pictures:
            return tag[0]
        address, width, height = pictures[written]
        attributes[name] = html.escape(address)
        if name == "src" and width > 0 and height > 0 and not {"width", "height"} & attributes.keys():
            attributes |= {"width": str(width), "height": str(height)}
        return _write_tag(tag[2], attributes)

    return _TAG.sub(fill, body)


@lru_cache(maxsize=1)
def _body_cleaner() -> nh3.Cleaner:
    # A Cleaner holds no state between calls; building its tables takes longer than cleaning a step.
    return nh3.Cleaner(
        tags=set(INLINE_TAGS | BLOCK_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_filter_attribute,
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


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    """What is kept of an attribute that nh3 allows: no foreign id or class, no address with hidden characters."""
    if name == "class":
        kept = [
            word
            for word in value.split()
            if word in _CLASSES
            or word.startswith(AUTHOR_CLASS_PREFIX)
            or (tag in ("span", "code", "div", "pre", "td", "table") and _CODE_CLASS.fullmatch(word))
        ]
        return " ".join(kept) or None
    if name == "id":
        if tag in _HEADINGS and is_slug(value) and not value.startswith(OWN_PREFIX):
            return value
        return value if tag in ("li", "sup") and _FOOTNOTE_ID.fullmatch(value) else None
    if name in ("width", "height", "colspan", "rowspan", "span", "start", "value"):
        return value if re.fullmatch(r"-?\d{1,5}", value, re.ASCII) else None
    if name in ("href", "src", "cite"):
        return _normalise_address(value)
    return value


def _normalise_address(value: str) -> str | None:
    """An address as a browser reads it: without tabs, newlines and outer blanks, backslashes as slashes before `?`."""
    value = re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(33))))
    if _SCRIPT.match(value):
        return None  # nh3 has refused those that run; what is left only looks like one, and nobody misses it
    if not value.lower().startswith(("mailto:", "place:")):
        head, mark, tail = value.partition("?")
        value = head.replace("\\", "/") + mark + tail
    return value


def _dress(tag: re.Match[str], cleaned: str, prose: Prose) -> str:
    """One tag of the cleaned HTML as the page wants it; links and pictures are noted in `prose`."""
    close, name, rest = tag.groups()
    if name in ("h1", "h2"):  # the page's h1 is the story, its h2 are the steps
        name = "h3"
    if close:
        return f"</{name}>"
    if name == "input":  # a box that nobody can tick is no form to a reader, and would need a label
        ticked = "\N{BALLOT BOX WITH CHECK}" if " checked" in rest else "\N{BALLOT BOX}"
        return f"{ticked}\N{VARIATION SELECTOR-15}" if ' type="checkbox"' in rest else ""
    if ' id="' in rest:
        prose.ids.extend(html.unescape(value) for key, value in _ATTRIBUTE.findall(rest) if key == "id")
    if name == "a":
        return _dress_link(tag, cleaned, prose)
    if name == "img":
        return _dress_picture(tag, prose)
    return f"<{name}{rest}>"


def _dress_link(tag: re.Match[str], cleaned: str, prose: Prose) -> str:
    attributes = dict(_ATTRIBUTE.findall(tag[3]))
    target = html.unescape(attributes.get("href", ""))
    if not target:
        attributes.pop("href", None)
        return _write_tag("a", attributes)
    found = Found(target, to_plain_text(cleaned[tag.end() : cleaned.find("</a>", tag.end())]))
    lower = target.lower()
    if lower.startswith(MAP_SCHEMES):
        attributes |= {"href": "#", "data-link": str(len(prose.map_links))}
        prose.map_links.append(found)
    elif lower.startswith(("http:", "https:", "//")):
        attributes["rel"] = "noopener noreferrer"
    elif target.startswith("#"):
        prose.anchors.append(found)
        written = unquote(target[1:])
        if (composed := unicodedata.normalize("NFC", written)) != written:  # as ids are
            attributes["href"] = f"#{quote(composed)}"
    elif lower.startswith(("mailto:", "tel:")):
        pass
    elif _STORY_LINK.fullmatch(target):
        prose.story_links.append(found)
    else:
        prose.file_links.append(found)
    return _write_tag("a", attributes)


def _dress_picture(tag: re.Match[str], prose: Prose) -> str:
    attributes = dict(_ATTRIBUTE.findall(tag[3]))
    source = html.unescape(attributes.get("src", ""))
    found = Found(source, html.unescape(attributes.get("alt", "")))
    if not source or re.match(r"(?:data|geo|place|mailto|tel):", source, re.IGNORECASE):
        return ""
    if re.match(r"https?:|//", source, re.IGNORECASE):
        prose.remote_pictures.append(found)
    else:
        prose.pictures.append(found)
    attributes.setdefault("alt", "")
    return _write_tag("img", attributes | {"loading": "lazy", "decoding": "async"})


def _write_tag(name: str, attributes: Mapping[str, str]) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>"


def split_story_target(target: str) -> tuple[str, str]:
    """The file and the step that a story link names: `("other.md", "the-call")`; percent-escapes are resolved."""
    match = _STORY_LINK.fullmatch(target)
    if not match:
        return unquote(target), ""
    return unquote(match["path"]), unicodedata.normalize("NFC", unquote(match["step"] or ""))
