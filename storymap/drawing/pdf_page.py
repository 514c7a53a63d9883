"""An SVG that we drew as a page of PDF, from which a card is drawn in an eighth of the time that it takes from SVG.

It knows what stills and cards are made of, and only that; of anything else, such as a text that goes two ways, it says
so, and whoever asked has the SVG drawn as it is. Letters are outlines, set as they were measured.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.etree import ElementTree as ET

from storymap.drawing.beyond import BeyondError
from storymap.drawing.glyphs import outline_text
from storymap.drawing.letters import Letters
from storymap.drawing.pdf_file import bind_page
from storymap.drawing.svg_paths import Box, list_dots, trace_box, trace_circle, trace_path, write_numbers
from storymap.drawing.svg_styles import Look, Styles, read_declarations, read_styles

_SVG = "{http://www.w3.org/2000/svg}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_INHERITED = {
    "fill": "#000000",
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "stroke": "none",
    "stroke-opacity": "1",
    "stroke-width": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-dasharray": "none",
    "paint-order": "normal",
    "font-family": "",
    "font-size": "16",
    "font-weight": "400",
    "font-style": "normal",
    "text-anchor": "start",
    "letter-spacing": "0",
}
"""Properties that go on to what is within, and what they are at first."""

_OTHER = frozenset(
    ("class", "style", "id", "transform", "opacity", "d", "x", "y", "dy", "width", "height", "rx", "cx", "cy", "r")
) | {"href", "clip-path", "viewBox", "preserveAspectRatio", "role", _SPACE}
_CAPS = {"butt": "0", "round": "1", "square": "2"}
_JOINS = {"miter": "0", "round": "1", "bevel": "2"}
_TRANSFORM = re.compile(r"(translate|scale)\(([^)]*)\)\s*")
_COLOUR = re.compile(r"#(?:([0-9a-f]{3})|([0-9a-f]{6}))", re.IGNORECASE)

_LARGE = 30.0
"""Letters of so many pixels have round curves; others, on the map, look the same of straight lines."""

_THIN = 3.0
"""On lines that are not so many pixels wide, nobody sees how corners are round, which takes a fifth of their time."""

_ORDERING = frozenset("\u202a\u202b\u202c")
_TO_THE_LEFT, _TO_EITHER = frozenset(("R", "AL")), frozenset(("NSM", "BN", "WS", "ON", "CS", "ES", "ET"))
_BACK = frozenset(("R", "AL", "AN"))


def write_page(svg: str, letters: Letters) -> bytes:
    """The PDF of `svg`, a page of its size with a pixel to the point. Raises `BeyondError`."""
    try:
        root = ET.fromstring(svg)  # noqa: S314 - we wrote it
        writer = _Writer(root, letters)
        drawn = writer.write()
    except (ValueError, KeyError, ET.ParseError) as error:
        raise BeyondError(str(error)) from error
    return bind_page(drawn, writer.width, writer.height, writer.alphas, writer.pictures)


class _Writer:
    """Writes the operators of a picture, and keeps what they name: how much is let through, and pictures."""

    def __init__(self, root: ET.Element, letters: Letters) -> None:
        self._root = root
        self.width, self.height = float(root.attrib["width"]), float(root.attrib["height"])
        self._letters = letters
        self._styles: Styles = read_styles("".join(style.text or "" for style in root.iter(f"{_SVG}style")))
        self._named: dict[str, ET.Element] = {}
        self.alphas: dict[tuple[float, float], str] = {}
        self.pictures: list[bytes] = []
        self._drawn: list[str] = []

    def write(self) -> str:
        """The operators, for a page whose y grows downwards."""
        self._draw(self._root, _INHERITED, frozenset(), Box(0.0, 0.0, self.width, self.height))
        return "".join(self._drawn)

    def _draw(self, element: ET.Element, look: Look, around: frozenset[str], seen: Box) -> None:
        """Write an element; `seen` is the box of the picture in the units that it is drawn in."""
        tag, given = element.tag.removeprefix(_SVG), element.attrib
        if tag in {"style", "title", "desc"}:
            return
        if name := given.get("id"):
            self._named[name] = element
        if tag == "clipPath":
            return
        if not given.keys() <= _OTHER | _INHERITED.keys():
            raise BeyondError(f"<{tag}> with {', '.join(given.keys() - _OTHER - _INHERITED.keys())}")
        own = tuple(given.get("class", "").split())
        look = _resolve(look, given, self._styles.find(tag, own, around))
        moved, cut = given.get("transform"), given.get("clip-path")
        if moved:
            across, down, x, y = _read_transform(moved)
            self._drawn.append(f"q {across:.8f} 0 0 {down:.8f} {x:.6f} {y:.6f} cm ")
            left, top, right, bottom = seen
            seen = Box((left - x) / across, (top - y) / down, (right - x) / across, (bottom - y) / down)
        if cut:
            (box,) = self._named[cut.removeprefix("url(#").removesuffix(")")]
            self._drawn.append(f"q {trace_box(*_read_box(box.attrib))}W n ")
        if tag in {"svg", "g"}:
            if float(look["opacity"]) < 1:
                raise BeyondError("a group that is let through")
            inner = around.union(own)
            for child in element:
                self._draw(child, look, inner, seen)
        elif tag == "use":
            self._draw(self._named[given["href"].removeprefix("#")], look, around.union(own), seen)
        elif tag == "text":
            self._write_text(element, look)
        elif tag == "image":
            self._write_picture(given, look)
        else:
            self._write_shape(tag, given, look, seen)
        self._drawn.append("Q " * (bool(moved) + bool(cut)))

    def _write_shape(self, tag: str, given: dict[str, str], look: Look, seen: Box) -> None:
        if tag == "path":
            path = given["d"]
            if look["stroke-linecap"] == "round" and (dots := list_dots(path)):
                self._write_dots(dots, look)
            else:
                near = float(look["stroke-width"])  # half of it, and as much for corners
                within = Box(seen.left - near, seen.top - near, seen.right + near, seen.bottom + near)
                self._paint(trace_path(path, within), look, enlarged=self.width / (seen.right - seen.left))
        elif tag == "circle":
            self._paint(trace_circle(*(float(given[name]) for name in ("cx", "cy", "r"))), look)
        elif tag == "rect":
            self._paint(trace_box(*_read_box(given), float(given.get("rx", 0))), look)
        else:
            raise BeyondError(f"<{tag}>")

    def _write_dots(self, dots: list[tuple[float, float]], look: Look) -> None:
        """Lines without a length: discs as wide as their round ends."""
        radius = float(look["stroke-width"]) / 2
        drawn = "".join(trace_circle(x, y, radius) for x, y in dots)
        filled = {"fill": look["stroke"], "fill-opacity": look["stroke-opacity"], "stroke": "none"}
        self._paint(drawn, {**look, **filled})

    def _paint(self, drawn: str, look: Look, *, unit: float = 1.0, enlarged: float = 1.0) -> None:
        """Fill and outline what is `drawn`, whose `unit` is so many of the picture's, each `enlarged` on the page."""
        fill, stroke, width = look["fill"], look["stroke"], float(look["stroke-width"]) / unit
        opacity = float(look["opacity"])
        has_fill, has_stroke = fill != "none", stroke != "none" and width > 0
        if not drawn or not (has_fill or has_stroke):
            return
        alphas = float(look["fill-opacity"]) * opacity, float(look["stroke-opacity"]) * opacity
        rule = "*" if look["fill-rule"] == "evenodd" else ""
        parts = [self._let_through(*alphas)]
        if has_fill:
            parts.append(f"{_read_colour(fill)} rg ")
        if has_stroke:
            is_thin = look["stroke-linejoin"] == "round" and width * unit * enlarged < _THIN
            cap, join = _CAPS[look["stroke-linecap"]], _JOINS["bevel" if is_thin else look["stroke-linejoin"]]
            dash = look["stroke-dasharray"]
            dashes = "" if dash == "none" else write_numbers(*(float(part) / unit for part in re.split("[ ,]+", dash)))
            parts.append(f"{_read_colour(stroke)} RG {write_numbers(width)} w {cap} J {join} j [{dashes}] 0 d ")
        if has_fill and has_stroke and look["paint-order"].startswith("stroke"):
            parts += (drawn, "S ", drawn, f"f{rule} ")
        else:
            parts += (drawn, f"B{rule} " if has_fill and has_stroke else f"f{rule} " if has_fill else "S ")
        self._drawn += parts

    def _let_through(self, fill: float, stroke: float) -> str:
        name = self.alphas.setdefault((fill, stroke), f"A{len(self.alphas)}")
        return f"/{name} gs "

    def _write_picture(self, given: dict[str, str], look: Look) -> None:
        begin, _, data = given["href"].partition(";base64,")
        if not begin.startswith("data:image/") or given.get("preserveAspectRatio") != "none":
            raise BeyondError("a picture that has its own shape, or lies elsewhere")
        left, top, width, height = _read_box(given)
        opacity = float(look["opacity"])
        place = write_numbers(width, 0, 0, -height, left, top + height)
        self._drawn.append(f"q {self._let_through(opacity, opacity)}{place} cm /P{len(self.pictures)} Do Q ")
        self.pictures.append(b64decode(data))

    def _write_text(self, text: ET.Element, look: Look) -> None:
        """A line of text, in one font or in spans that name theirs."""
        runs = [(text.text or "", look["font-family"])] if not len(text) else list(_list_spans(text))
        size, spacing = float(look["font-size"].removesuffix("px")), float(look["letter-spacing"])
        outlines = []
        for run, families in runs:
            plain = _read_plain(run, is_alone=len(runs) == 1)
            font = self._letters.choose(families, int(look["font-weight"]), plain)
            if font is None:
                raise BeyondError("letters of several fonts in one text")
            outlines.append(outline_text(font, plain, spacing / size))
        width = sum(one.width / one.units for one in outlines) * size
        x, y = float(text.attrib["x"]), float(text.attrib["y"]) + float(text.attrib.get("dy", 0))
        x -= {"start": 0.0, "middle": 0.5, "end": 1.0}[look["text-anchor"]] * width
        for one in outlines:
            scale = size / one.units
            self._drawn.append(f"q {scale:.8f} 0 0 {-scale:.8f} {write_numbers(x, y)} cm ")
            self._paint(one.drawn if size >= _LARGE else one.edged, look, unit=scale)
            self._drawn.append("Q ")
            x += one.width * scale


def _resolve(look: Look, given: dict[str, str], rules: Look) -> Look:
    """The look of an element: what it takes over, its attributes, what rules say, and its own style."""
    found = {**look, "opacity": "1"}
    found.update((name, value) for name, value in given.items() if name in _INHERITED or name == "opacity")
    found.update(rules)
    if style := given.get("style"):
        found.update(read_declarations(style))
    return found


def _read_box(given: Mapping[str, str]) -> tuple[float, float, float, float]:
    """Left, top, width and height."""
    return float(given.get("x", 0)), float(given.get("y", 0)), float(given["width"]), float(given["height"])


def _list_spans(text: ET.Element) -> Iterator[tuple[str, str]]:
    if (text.text or "").strip():
        raise BeyondError("text beside spans")
    for span in text:
        if span.tag != f"{_SVG}tspan" or span.keys() != ["font-family"] or span.tail:
            raise BeyondError("a span with more than a font")
        yield span.text or "", span.attrib["font-family"]


def _read_plain(text: str, *, is_alone: bool) -> str:
    """`text` without the marks that order it, which say what it does by itself: it goes one way.

    Raises `BeyondError` if it goes two ways, where some of it is set in another order than it is read.
    """
    is_led = text[:1] == "\u202b"
    plain = "".join(letter for letter in text if letter not in _ORDERING)
    if plain.isascii() and not is_led:
        return plain
    kinds = [unicodedata.bidirectional(letter) for letter in plain]
    if is_led or not _BACK.isdisjoint(kinds):
        ends = {kinds[0], kinds[-1]} if kinds else set()
        if not is_alone or not (_TO_THE_LEFT | _TO_EITHER).issuperset(kinds) or not (is_led or ends <= _TO_THE_LEFT):
            raise BeyondError("text that goes two ways")
        if _TO_THE_LEFT.isdisjoint(kinds):
            raise BeyondError("text that goes no way by itself")
    return plain


@lru_cache(maxsize=256)
def _read_colour(colour: str) -> str:
    found = _COLOUR.fullmatch(colour)
    if not found:
        raise BeyondError(f"the colour {colour}")
    digits = found[2] or "".join(digit * 2 for digit in found[1])
    return write_numbers(*(level / 255 for level in bytes.fromhex(digits)))


def _read_transform(text: str) -> tuple[float, float, float, float]:
    """How a transform enlarges, across and down, and then moves."""
    if _TRANSFORM.sub("", text):
        raise BeyondError(f"the transform {text}")
    across, down, x, y = 1.0, 1.0, 0.0, 0.0
    for name, numbers in _TRANSFORM.findall(text):
        first, *rest = map(float, re.split("[ ,]+", numbers.strip()))
        second = rest[0] if rest else first if name == "scale" else 0.0
        if name == "translate":
            x, y = x + across * first, y + down * second
        else:
            across, down = across * first, down * second
    return across, down, x, y
