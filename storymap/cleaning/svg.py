"""Write an SVG anew with nothing but what draws: no script, no event, nothing of another server or another language.

A picture in a page runs nothing, but whoever opens it in a tab of its own runs what it holds, as if the site had
written it. Elements and attributes are kept by a list of those that are harmless. The libraries that were tried change
pictures: svg-hush puts blanks between `tspan`s and drops ids with letters beyond ASCII, and nh3 reads HTML, not XML.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from storymap.cleaning.cleaned import Cleaned, UncleanError
from storymap.cleaning.parsing import parse_xml
from storymap.cleaning.pictures import clean_picture
from storymap.text.markup import escape, quote_attribute
from storymap.text.shortening import shorten

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_MOST_GROWTH = 10
"""How many times larger than its file what its entities stand for may be; editors write a few short ones."""

_ELEMENTS = frozenset(
    "a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix "
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow "
    "feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset "
    "fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter font font-face glyph g hkern image line "
    "linearGradient marker mask missing-glyph mpath path pattern polygon polyline radialGradient rect set stop style "
    "svg switch symbol text textPath title tref tspan use view vkern".split()
)
_SILENT = frozenset({"metadata"})
"""What tells of people and programs, and draws nothing."""

_ANIMATED = frozenset({"animate", "animateTransform", "set"})
_PICTURES = frozenset({"image", "feImage"})
_PICTURE_DATA = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp)[;,]", re.IGNORECASE)
_FONT_DATA = re.compile(r"data:(?:font/|application/(?:x-)?font|application/vnd\.ms-)", re.IGNORECASE)
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*(["']?)(.*?)\1\s*\)""", re.IGNORECASE | re.DOTALL)
_IMPORT = re.compile(r"@(?:import|charset|namespace)\b[^;]*;?", re.IGNORECASE)
_UNSURE = re.compile(r"\\|image-set\s*\(|\bsrc\s*\(|expression\s*\(|-moz-binding|javascript:|url\(", re.IGNORECASE)
_REACHES = re.compile(r"@import|url\s*\(", re.IGNORECASE)


def clean_svg(data: bytes) -> Cleaned:
    """`data`, an SVG, with what draws. Raises `UncleanError` where it is no SVG, or one that browsers do not show."""
    writer = _Writer(limit=_MOST_GROWTH * len(data) + 10_000)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.write_text
    parser.ProcessingInstructionHandler = writer.note_instruction
    parser.CommentHandler = writer.note_comment
    parse_xml(parser, data, refusal="is no SVG that browsers show")
    return Cleaned("".join(writer.parts).encode() + b"\n", tuple(writer.private), tuple(writer.active))


class _Writer:
    """Writes what a parser finds, without what is not allowed; `active` and `private` name what was left out."""

    def __init__(self, *, limit: int) -> None:
        self.parts: list[str] = []
        self.active: dict[str, None] = {}
        self.private: dict[str, None] = {}
        self._left = limit
        self._open: list[str] = []
        self._skipped = 0
        self._style: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element, or begin to leave out all that is in it."""
        space, _, local = name.rpartition(" ")
        if not self._open and (space, local) != (_SVG, "svg"):
            raise UncleanError(f'is no SVG that browsers show: it begins with <{local}>, not <svg xmlns="{_SVG}">')
        if self._skipped or space != _SVG or local not in _ELEMENTS or self._changes_links(local, attributes):
            if not self._skipped:
                self._note_element(space, local)
            self._skipped += 1
            return
        kept = [(key, value) for written, text in attributes.items() for key, value in self._keep(local, written, text)]
        root = [("xmlns", _SVG), ("xmlns:xlink", _XLINK)] if not self._open else []
        self._write(f"<{local}" + "".join(f" {key}={quote_attribute(value)}" for key, value in (*root, *kept)) + ">")
        self._open.append(local)
        if local == "style":
            self._style = []

    def end(self, _name: str) -> None:
        """End an element."""
        if self._skipped:
            self._skipped -= 1
            return
        if self._style is not None:
            self._write(escape(self._clean_style("".join(self._style))))
            self._style = None
        self._write(f"</{self._open.pop()}>")

    def write_text(self, text: str) -> None:
        """Text between tags."""
        if self._skipped:
            return
        if self._style is not None:
            self._style.append(text)
        else:
            self._write(escape(text))

    def note_instruction(self, target: str, _text: str) -> None:
        """A processing instruction, of which browsers follow one."""
        if target == "xml-stylesheet":
            self.active["a style sheet from elsewhere"] = None

    def note_comment(self, _text: str) -> None:
        """A comment is left out; nobody need be told."""

    def _write(self, text: str) -> None:
        self._left -= len(text)
        if self._left < 0:
            raise UncleanError("is many times as large as its file: its entities stand for too much")
        self.parts.append(text)

    def _note_element(self, space: str, local: str) -> None:
        if local not in _SILENT and space in (_SVG, "http://www.w3.org/1999/xhtml", ""):
            self.active[f"<{local}>"] = None
        else:
            self.private["notes of the program that drew it"] = None

    def _changes_links(self, local: str, attributes: dict[str, str]) -> bool:
        """Whether an animation changes where something leads, or what happens at an event."""
        animated = attributes.get("attributeName", "").strip().rpartition(":")[2].lower()
        return local in _ANIMATED and (animated in ("href", "style", "src") or animated.startswith("on"))

    def _keep(self, element: str, written: str, value: str) -> list[tuple[str, str]]:
        """The attribute as it is written anew; none where it is left out."""
        space, _, local = written.rpartition(" ")
        if space == _XML and local in ("space", "lang"):
            return [(f"xml:{local}", value)]
        if local == "href" and space in ("", _XLINK):
            return self._keep_link(element, value, name="xlink:href" if space else "href")
        if space:
            if space != _XLINK:
                self.private["notes of the program that drew it"] = None
            return []
        if local.lower().startswith("on"):
            self.active[local] = None
            return []
        if local.lower() in ("src", "xml:base", "base", "target", "ping", "download", "formaction", "action"):
            return []
        if local == "style" or _REACHES.search(value) or "\\" in value:
            return [(local, cleaned)] if (cleaned := self._clean_style(value)) else []
        return [(local, value)]

    def _keep_link(self, element: str, value: str, *, name: str) -> list[tuple[str, str]]:
        target = "".join(value.split())
        kept = target.startswith("#") or (element == "a" and _WEB.match(target) is not None)
        if element in _PICTURES and _PICTURE_DATA.match(target):
            return [(name, self._clean_picture(target))]
        if not kept:
            self.active[f'the address "{shorten(target, 60)}"'] = None
        return [(name, value.strip())] if kept else []

    def _clean_picture(self, address: str) -> str:
        """The `data:` address of a picture within the drawing, which may tell as much as one beside it."""
        head, _, written = address.partition(",")
        encoded = unquote_to_bytes(written)
        is_base64 = head.lower().endswith(";base64")
        try:
            data = base64.b64decode(encoded) if is_base64 else encoded
        except binascii.Error:
            return f"{head},"  # nothing that a browser shows
        try:
            cleaned = clean_picture(data)
        except UncleanError as error:
            raise UncleanError(f"holds a picture that {error}") from error
        self.private |= dict.fromkeys(cleaned.private)
        if cleaned.data == data:
            return address
        return f"{head if is_base64 else f'{head};base64'},{base64.b64encode(cleaned.data).decode()}"

    def _clean_style(self, text: str) -> str:
        """A style sheet, or a value with `url(…)`, that asks nobody for anything."""

        def keep_url(found: re.Match[str]) -> str:
            target = found[2].strip()
            if _PICTURE_DATA.match(target):
                target = self._clean_picture(target)
            elif not target.startswith("#") and not _FONT_DATA.match(target):
                self.active[f'the address "{shorten(target, 60)}"'] = None
                return "none"
            return f"\0({found[1]}{target}{found[1]})"

        def drop_import(found: re.Match[str]) -> str:
            self.active[shorten(found[0].strip(), 60)] = None
            return ""

        text = _URL.sub(keep_url, _IMPORT.sub(drop_import, text.replace("\0", "")))
        if _UNSURE.search(text):
            self.active["styles that cannot be judged"] = None
            return ""
        return text.replace("\0(", "url(")
