"""Cut sanitised HTML into pieces, in one pass: after this nothing looks for links, pictures or headings in HTML again.

Every tag is looked at, so that nothing is cut out of an attribute that only looks like a tag (`sanitise.py`).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import quote, unquote

from msgspec import Struct, field
from msgspec.structs import replace

from storymap.errors import Location
from storymap.model.prose import CalloutTitle, Html
from storymap.reading.allowed import CALLOUTS
from storymap.reading.frames import find_frame
from storymap.reading.sanitise import TAG, to_plain_text
from storymap.reading.wide import join_wide_lines
from storymap.reading.written import (
    WrittenCredit,
    WrittenFileLink,
    WrittenFrame,
    WrittenHeading,
    WrittenLink,
    WrittenMapLink,
    WrittenPicture,
    WrittenPiece,
    WrittenProse,
    WrittenStoryLink,
)
from storymap.text.relative_paths import STATIC, path_in, resolve_path

_ATTRIBUTE = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")
_STORY_LINK = re.compile(r"(?P<path>[^#?]*\.(?:md|markdown))(?:\?[^#]*)?(?:#(?P<step>.*))?", re.IGNORECASE | re.DOTALL)
_OF_FOOTNOTES = frozenset({"footnote-ref", "footnote-backref"})
_WITHIN_NOTES = re.compile(r' class="footnote-(?:ref|backref)" href="#[\x00-!#$&-\x7f]*"')
"""A link between a text and its notes, whose address needs no composing: most of all links are such."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CUT = _HEADINGS | {"a", "img"}
_LONE_LINK = re.compile(
    r"<a href=\"(?P<address>https?://[^\"]*)\"[^<>]*>(?P<inner>[^<>]*|\s*<img(?P<picture>(?: [^<>]*)?)>\s*)</a>\s*</p>",
    re.IGNORECASE,
)
"""What stands in a paragraph that is nothing but a link of words, or of a picture."""
_SHOWN = ' class="shown"'
"""The attributes of a figure that holds one picture, which writes the beginning of it itself."""
_GALLERY = ' class="gallery"'
_COMPARISON = ' class="compare"'
_CALLOUT = re.compile(rf' class="admonition-title callout-({"|".join(CALLOUTS)})"')
_CALLOUT_TEXT = re.compile("[^<]*(?=</)")
_SHOWS = re.compile(r"<(?:img|hr|table|pre)\b|(?:\A|>)\s*[^\s<]")
_LONGEST_TEXT = 2_000
"""Characters of HTML that the text of a link or heading is taken from; those that hold each other take no longer."""


def cut_prose(
    cleaned: str, locate: Callable[[str], Location], *, name_heading: Callable[[str], str] = lambda _: "", top: int = 3
) -> WrittenProse:
    """The prose whose sanitised HTML is `cleaned`; `locate` says where the next link to a target was written.

    `top` is the highest level that its headings may have. `name_heading` gives an id, or none, to a heading that has
    none, whose text it takes.
    """
    return _Cutter(join_wide_lines(cleaned), locate, name_heading, top).cut()


def split_story_target(target: str) -> tuple[str, str]:
    """The file and the step that a story link names: `("other.md", "the-call")`; percent-escapes are resolved."""
    match = _STORY_LINK.fullmatch(target)
    if not match:
        return unquote(target), ""
    return unquote(match["path"]), unicodedata.normalize("NFC", unquote(match["step"] or ""))


class _Figure(Struct):
    """A figure: its attributes, where its caption begins, or else its content, and the pictures in it."""

    rest: str
    caption_start: int
    pictures: list[int] = field(default_factory=list)
    has_caption: bool = False


class _Cutter:
    """Goes through the tags of one part; `done` is up to where its HTML stands in `pieces`."""

    def __init__(
        self, cleaned: str, locate: Callable[[str], Location], name_heading: Callable[[str], str], top: int
    ) -> None:
        self.html = cleaned
        self.locate = locate
        self.name_heading = name_heading
        self.top = top
        self.done = 0
        self.waiting: list[str] = []  # HTML that no piece has parted yet
        self.pieces: list[WrittenPiece] = []
        self.headings: list[WrittenHeading] = []
        self.links: list[WrittenLink] = []
        self.remote_pictures: list[WrittenLink] = []
        self.ids: list[str] = []
        self.grouped: list[int] | None = None  # the pictures in the paragraph that is open, and where that begins
        self.group_start = 0
        self.figures: list[_Figure] = []  # those that are open
        self.is_linked = False
        self.skipped = 0  # what stands before has been cut as a whole

    def cut(self) -> WrittenProse:
        """Go through all tags."""
        has_groups = "<img" in self.html or "callout-" in self.html or "<p><a " in self.html
        for tag in TAG.finditer(self.html):
            if tag.start() < self.skipped:
                continue
            close, name, rest = tag.groups()
            if name in _CUT:
                if name in _HEADINGS:
                    self._cut_heading(tag)
                elif name == "img":
                    self._cut_picture(tag)
                else:
                    self.is_linked = not close
                    if not close and not _WITHIN_NOTES.match(rest):
                        self._cut_link(tag)
            elif has_groups and name == "p":
                self._see_paragraph(tag)
            elif has_groups and name == "figure":
                self._see_figure(tag)
            elif self.figures and name == "figcaption":
                self._see_caption(tag)
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
        """Note a heading; the page's h1 is the story and its h2 are the steps, so that such become one below them."""
        close, name, rest = tag.groups()
        level = max(self.top, int(name[1]))
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
        file, step = split_story_target(target)
        # A text in the folder of files that the site has as they are is one of these, whatever its name ends in.
        if _STORY_LINK.fullmatch(target) and path_in(STATIC, resolve_path(file, at.path)) is None:
            return WrittenStoryLink(target, file, step, text, at, attributes)
        return WrittenFileLink(target, text, at, attributes)

    def _cut_frame(self, paragraph: re.Match[str], link: re.Match[str]) -> bool:
        """Cut a paragraph whose one link leads to something that can be shown here; whether it is one."""
        address = html.unescape(link["address"])
        source = find_frame(address)
        if source is None:
            return False
        at = self.locate(address)
        poster = self._make_picture(_read_attributes(link["picture"]), is_linked=True) if link["picture"] else None
        text = poster.alt if poster else to_plain_text(link["inner"])
        title = "" if text.startswith(("http:", "https:", "www.")) else text
        piece = WrittenFrame(source, title, f'<p><a href="{link["address"]}" rel="noopener noreferrer">', at, poster)
        self._put(paragraph, replace(piece, html=f"{piece.html}{html.escape(title or text, quote=False)}</a></p>"))
        self.links.append(WrittenLink(address, title or source.service, at))
        self.done = self.skipped = link.end()
        return True

    def _cut_picture(self, tag: re.Match[str]) -> None:
        picture = self._make_picture(_read_attributes(tag[3]), is_linked=self.is_linked)
        if picture is None:
            return
        self._put(tag, picture)
        number = len(self.pieces) - 1
        if self.grouped is not None:
            self.grouped.append(number)
        for figure in self.figures:
            figure.pictures.append(number)

    def _make_picture(self, attributes: dict[str, str], *, is_linked: bool) -> WrittenPicture | None:
        """A picture with the `attributes` of its tag; None, and noted, where it is on another server."""
        source, alt = html.unescape(attributes["src"]), html.unescape(attributes.get("alt", ""))
        if source.lower().startswith(("http:", "https:", "//")):
            self.remote_pictures.append(WrittenLink(source, alt, self.locate(source)))
            return None
        del attributes["src"]
        attributes.pop("alt", None)
        return WrittenPicture(
            path=source,
            file=unquote(source.partition("?")[0]),
            alt=alt,
            at=self.locate(source),
            attributes=_write_attributes(attributes),
            is_sized=not attributes.keys().isdisjoint(("width", "height")),
            is_credited="title" in attributes,
            stands_alone=bool(self.figures) and self.figures[-1].rest == _SHOWN,
            in_gallery=any(figure.rest == _GALLERY for figure in self.figures),
            is_linked=is_linked,
            said=html.unescape(attributes.get("title", "")),
        )

    def _see_figure(self, tag: re.Match[str]) -> None:
        """Note which figures are open; a credit stands at the end of one that shows one thing."""
        close, _, rest = tag.groups()
        if not close:
            self.figures.append(_Figure(rest, tag.end()))
            if rest == _SHOWN:
                self._put(tag, "")
        elif self.figures:
            figure = self.figures.pop()
            # Captions of two pictures that are compared name them.
            captions = not any(one.rest == _COMPARISON for one in (*self.figures, figure))
            self._credit(figure.pictures, figure.caption_start, tag.start(), captions=captions)
            if len(figure.pictures) == 1 and not figure.has_caption:
                self._insert(tag, WrittenCredit(self._name(figure), is_whole=True))

    def _see_caption(self, tag: re.Match[str]) -> None:
        """A credit ends the caption of one thing."""
        figure = self.figures[-1]
        if not tag[1]:
            figure.has_caption, figure.caption_start = True, tag.end()
        if tag[1] and len(figure.pictures) == 1:
            self._insert(tag, WrittenCredit(self._name(figure)))

    def _name(self, figure: _Figure) -> str:
        """The address of the one picture in a figure."""
        picture = self.pieces[figure.pictures[0]]
        assert isinstance(picture, WrittenPicture)
        return picture.path

    def _insert(self, tag: re.Match[str], piece: WrittenPiece) -> None:
        """Let `piece` stand before `tag`."""
        self.waiting.append(self.html[self.done : tag.start()])
        self.done = tag.start()
        self._flush()
        self.pieces.append(piece)

    def _see_paragraph(self, tag: re.Match[str]) -> None:
        """Note where paragraphs begin and end, and the titles that pages say."""
        close, _, rest = tag.groups()
        if close:
            self._credit(self.grouped, self.group_start, tag.start())
            self.grouped = None
            return
        if not rest and (link := _LONE_LINK.match(self.html, tag.end())) and self._cut_frame(tag, link):
            return
        self.grouped, self.group_start = [], tag.end()
        if (found := _CALLOUT.fullmatch(rest)) and (text := _CALLOUT_TEXT.match(self.html, tag.end())):
            self.waiting.append(self.html[self.done : tag.end()])
            self._flush()
            self.pieces.append(CalloutTitle(found[1]))
            self.done = text.end()

    def _credit(self, pictures: Iterable[int] | None, start: int, end: int, *, captions: bool = False) -> None:
        """Pictures that stand together with text say in it whose they are, or can: in `captions` they do."""
        if pictures and (text := to_plain_text(self.html[start:end])):
            for number in pictures:
                picture = self.pieces[number]
                assert isinstance(picture, WrittenPicture)
                said = picture.said or (text if captions else "")
                self.pieces[number] = replace(picture, is_credited=True, said=said)

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
