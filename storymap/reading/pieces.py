"""Cut sanitised HTML into pieces, in one pass: after this nothing looks for links, pictures or headings in HTML again.

Every tag is looked at, so that nothing is cut out of an attribute that only looks like a tag (`sanitise.py`).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote, unquote

from storymap.errors import Location
from storymap.model.prose import CalloutTitle, Html
from storymap.reading.allowed import CALLOUTS
from storymap.reading.sanitise import TAG, to_plain_text
from storymap.reading.wide import join_wide_lines
from storymap.reading.written import (
    WrittenFileLink,
    WrittenHeading,
    WrittenLink,
    WrittenMapLink,
    WrittenPicture,
    WrittenPiece,
    WrittenProse,
    WrittenStoryLink,
)

_ATTRIBUTE = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")
_STORY_LINK = re.compile(r"(?P<path>[^#?]*\.(?:md|markdown))(?:\?[^#]*)?(?:#(?P<step>.*))?", re.IGNORECASE | re.DOTALL)
_OF_FOOTNOTES = frozenset({"footnote-ref", "footnote-backref"})
_WITHIN_NOTES = re.compile(r' class="footnote-(?:ref|backref)" href="#[\x00-!#$&-\x7f]*"')
"""A link between a text and its notes, whose address needs no composing: most of all links are such."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CUT = _HEADINGS | {"a", "img"}
_GROUPS = frozenset({"p", "figure"})
"""What a picture stands in together with words about it."""
_CALLOUT = re.compile(rf' class="admonition-title callout-({"|".join(CALLOUTS)})"')
_CALLOUT_TEXT = re.compile("[^<]*(?=</)")
_SHOWS = re.compile(r"<(?:img|hr|table|pre)\b|(?:\A|>)\s*[^\s<]")
_LONGEST_TEXT = 2_000
"""Characters of HTML that the text of a link or heading is taken from; those that hold each other take no longer."""


def cut_prose(
    cleaned: str, locate: Callable[[str], Location], *, name_heading: Callable[[str], str] = lambda _: ""
) -> WrittenProse:
    """The prose whose sanitised HTML is `cleaned`; `locate` says where the next link to a target was written.

    `name_heading` gives an id, or none, to a heading that has none, whose text it takes.
    """
    return _Cutter(join_wide_lines(cleaned), locate, name_heading).cut()


def split_story_target(target: str) -> tuple[str, str]:
    """The file and the step that a story link names: `("other.md", "the-call")`; percent-escapes are resolved."""
    match = _STORY_LINK.fullmatch(target)
    if not match:
        return unquote(target), ""
    return unquote(match["path"]), unicodedata.normalize("NFC", unquote(match["step"] or ""))


class _Cutter:
    """Goes through the tags of one part; `done` is up to where its HTML stands in `pieces`."""

    def __init__(self, cleaned: str, locate: Callable[[str], Location], name_heading: Callable[[str], str]) -> None:
        self.html = cleaned
        self.locate = locate
        self.name_heading = name_heading
        self.done = 0
        self.waiting: list[str] = []  # HTML that no piece has parted yet
        self.pieces: list[WrittenPiece] = []
        self.headings: list[WrittenHeading] = []
        self.links: list[WrittenLink] = []
        self.remote_pictures: list[WrittenLink] = []
        self.ids: list[str] = []
        self.group = ""  # the outermost paragraph or figure that is open, where it begins, and the pictures in it
        self.group_start = 0
        self.grouped: list[int] = []

    def cut(self) -> WrittenProse:
        """Go through all tags."""
        has_groups = "<img" in self.html or "callout-" in self.html
        for tag in TAG.finditer(self.html):
            close, name, rest = tag.groups()
            if name in _CUT:
                if name in _HEADINGS:
                    self._cut_heading(tag)
                elif name == "img":
                    self._cut_picture(tag)
                elif not close and not _WITHIN_NOTES.match(rest):
                    self._cut_link(tag)
            elif has_groups and name in _GROUPS:
                self._see_group(tag)
            elif rest and ' id="' in rest:
                self.ids.append(html.unescape(_read_attributes(rest)["id"]))
        self.waiting.append(self.html[self.done :])
        self._flush()
        return WrittenProse(
            tuple(self.pieces),
            tuple(self.headings),
            tuple(self.links),
            tuple(self.remote_pictures),
            tuple(self.ids),
            is_empty=not _SHOWS.search(self.html),
        )

    def _put(self, tag: re.Match[str], piece: WrittenPiece | str) -> None:
        """Let `piece`, or HTML, stand where `tag` stood."""
        self.waiting.append(self.html[self.done : tag.start()])
        self.done = tag.end()
        if isinstance(piece, str):
            self.waiting.append(piece)
        else:
            self._flush()
            self.pieces.append(piece)

    def _flush(self) -> None:
        if text := "".join(self.waiting):
            self.pieces.append(Html(text))
        self.waiting.clear()

    def _cut_heading(self, tag: re.Match[str]) -> None:
        """Note a heading; the page's h1 is the story and its h2 are the steps, so that such become an h3."""
        close, name, rest = tag.groups()
        level = max(3, int(name[1]))
        if not close:
            text, given = self._read_text(tag), html.unescape(_read_attributes(rest).get("id", ""))
            if not given and (given := self.name_heading(text)):
                rest = f' id="{html.escape(given)}"{rest}'
            self.headings.append(WrittenHeading(level, text, given))
            self.ids += filter(None, (given,))
        if int(name[1]) < level or rest != tag[3]:
            self._put(tag, f"<{close}h{level}{rest}>")

    def _cut_link(self, tag: re.Match[str]) -> None:
        attributes = _read_attributes(tag[3])
        written = attributes.pop("href", "")
        if not written:
            self._put(tag, f"<a{_write_attributes(attributes)}>")
            return
        target, others = html.unescape(written), _write_attributes(attributes)
        lower = target.lower()
        if lower.startswith(("http:", "https:", "//")):
            self._put(tag, f'<a{tag[3]} rel="noopener noreferrer">')
        elif target.startswith("#"):
            composed = unicodedata.normalize("NFC", unquote(target[1:]))  # as ids are
            if composed != unquote(target[1:]):
                self._put(tag, f'<a href="#{quote(composed)}"{others}>')
        elif not lower.startswith(("mailto:", "tel:")):
            self._put(tag, self._make_link(tag, target, others))
            return
        if not _OF_FOOTNOTES.intersection(attributes.get("class", "").split()):
            self.links.append(WrittenLink(target, self._read_text(tag), self.locate(target)))

    def _make_link(self, tag: re.Match[str], target: str, attributes: str) -> WrittenPiece:
        """A link to what is looked for when the story is resolved."""
        text, at = self._read_text(tag), self.locate(target)
        if target.lower().startswith(("geo:", "place:")):
            return WrittenMapLink(target, text, at, attributes)
        if _STORY_LINK.fullmatch(target):
            return WrittenStoryLink(target, *split_story_target(target), text, at, attributes)
        return WrittenFileLink(target, text, at, attributes)

    def _cut_picture(self, tag: re.Match[str]) -> None:
        attributes = _read_attributes(tag[3])
        source, alt = html.unescape(attributes["src"]), html.unescape(attributes.get("alt", ""))
        if source.lower().startswith(("http:", "https:", "//")):
            self.remote_pictures.append(WrittenLink(source, alt, self.locate(source)))
            return
        del attributes["src"]
        attributes.pop("alt", None)
        picture = WrittenPicture(
            path=source,
            file=unquote(source.partition("?")[0]),
            alt=alt,
            at=self.locate(source),
            attributes=_write_attributes(attributes),
            is_sized=not attributes.keys().isdisjoint(("width", "height")),
            is_credited="title" in attributes,
        )
        self._put(tag, picture)
        if self.group:
            self.grouped.append(len(self.pieces) - 1)

    def _see_group(self, tag: re.Match[str]) -> None:
        """Note where paragraphs and figures begin and end, and the titles that pages say."""
        close, name, rest = tag.groups()
        if close:
            if name == self.group:
                self._end_group(tag.start())
            return
        if not self.group:
            self.group, self.group_start = name, tag.end()
        if (found := _CALLOUT.fullmatch(rest)) and (text := _CALLOUT_TEXT.match(self.html, tag.end())):
            self.waiting.append(self.html[self.done : tag.end()])
            self._flush()
            self.pieces.append(CalloutTitle(found[1]))
            self.done = text.end()

    def _end_group(self, end: int) -> None:
        """Pictures that stand together with text say in it whose they are, or can."""
        if self.grouped and to_plain_text(self.html[self.group_start : end]):
            for number in self.grouped:
                picture = self.pieces[number]
                assert isinstance(picture, WrittenPicture)
                self.pieces[number] = replace(picture, is_credited=True)
        self.group = ""
        self.grouped.clear()

    def _read_text(self, tag: re.Match[str]) -> str:
        """The text of the element that `tag` opens, with what pictures in it are said to show."""
        longest = tag.end() + _LONGEST_TEXT
        end = self.html.find(f"</{tag[2]}>", tag.end(), longest)
        inner = self.html[tag.end() : end if end >= 0 else self.html.rfind("<", tag.end(), longest)]
        if "<img" in inner:
            inner = TAG.sub(lambda one: _read_attributes(one[3]).get("alt", "") if one[2] == "img" else "", inner)
        return to_plain_text(inner)


def _read_attributes(rest: str) -> dict[str, str]:
    """The attributes of a tag, their values as they stand in HTML."""
    return dict(_ATTRIBUTE.findall(rest))


def _write_attributes(attributes: dict[str, str]) -> str:
    return "".join(f' {key}="{value}"' for key, value in attributes.items())
