"""The fonts of pictures that are drawn when a site is built: which letters they have, and how wide a text is in them.

HarfBuzz measures what the renderer will set: Arabic joined, accents on their letters.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from storymap.prepared import STATIC

if TYPE_CHECKING:
    import uharfbuzz as hb

Hand = Literal["serif", "sans"]
"""How letters look: "serif" for titles, "sans" for all else."""

_FOLDER = STATIC / "fonts"


@dataclass(frozen=True, slots=True)
class Font:
    """A font: the `name` of its file, and of one of a project's what it holds, which its `digest` stands for."""

    name: str
    digest: str = ""
    data: bytes = field(default=b"", compare=False, repr=False)

    @property
    def path(self) -> str:
        """Where its file is on this machine."""
        return _place_font(self)

    @property
    def family(self) -> str:
        """The name of the family that it belongs to; empty for none, and for what is no font."""
        return _name_family(self)

    @property
    def sample(self) -> str:
        """A letter of it, if it has one that is not punctuation."""
        return next((chr(code) for code in sorted(_list_characters(self)) if chr(code).isalpha()), "")

    def covers(self, text: str) -> bool:
        """Whether it has every letter of `text`; marks that only order text need none."""
        return _list_characters(self).issuperset(map(ord, text))

    def measure(self, text: str) -> float:
        """How wide `text` is in it, in units of its size."""
        return _measure(self, text)


_HANDS: dict[Hand, Font] = {"serif": Font("serif-600.ttf"), "sans": Font("sans-600.ttf")}
_LIGHT = Font("sans-400.ttf")
_BETWEEN = 500
"""The weight from which on texts are set in the bolder of two fonts."""

_OTHER_SCRIPTS = (Font("arabic-600.ttf"), Font("hebrew-600.ttf"))


class Run(Struct, frozen=True):
    """A stretch of text and the font that it is set in."""

    text: str
    font: Font


class Letters(Struct, frozen=True):
    """The fonts that a picture is lettered with: a project's `own`, and behind them those of the package."""

    own: tuple[Font, ...] = ()

    def list_files(self) -> list[str]:
        """The paths of all fonts; of several that have a letter the first sets it, where a text does not name one."""
        return [font.path for font in (*_HANDS.values(), _LIGHT, *self.own, *_OTHER_SCRIPTS)]

    def covers(self, text: str) -> bool:
        """Whether every letter of `text` can be set."""
        return all(any(font.covers(letter) for font in self._list("sans")) for letter in set(text))

    def covers_alone(self, text: str) -> bool:
        """Whether one font has all of `text`, as a text needs that does not name its fonts."""
        return any(font.covers(text) for font in self._list("sans"))

    def set_text(self, text: str, hand: Hand) -> tuple[Run, ...]:
        """`text` in as few runs as it goes: all in one font, else each letter in the first that has it."""
        return _set_text(text, self._list(hand))

    def measure(self, text: str, hand: Hand) -> float:
        """How wide `text` is, in units of the font's size."""
        return sum(run.font.measure(run.text) for run in self.set_text(text, hand))

    def choose(self, families: str, weight: int, text: str) -> Font | None:
        """The font that sets `text`, all of it: the one of the first of `families` that has it, else any that has it.

        `families` are names between commas; of two fonts of a family it is the one whose weight is nearer to `weight`.
        None if no font has all of it.
        """
        return _choose(self, families, weight, frozenset(text))

    def _list(self, hand: Hand) -> tuple[Font, ...]:
        return (*self.own, _HANDS[hand], *_OTHER_SCRIPTS)


BUILT_IN = Letters()

_UNSEEN = frozenset((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xAD, 0x61C, 0xFEFF))
"""Characters that have no shape."""


@lru_cache(maxsize=4096)
def _set_text(text: str, fonts: tuple[Font, ...]) -> tuple[Run, ...]:
    for font in fonts:
        if font.covers(text):
            return (Run(text, font),)
    choose = lru_cache(maxsize=None)(lambda letter: next((font for font in fonts if font.covers(letter)), fonts[0]))
    return tuple(Run("".join(letters), font) for font, letters in groupby(text, key=choose))


@lru_cache(maxsize=1024)
def _choose(letters: Letters, families: str, weight: int, text: frozenset[str]) -> Font | None:
    listed = (*((_HANDS["sans"], _LIGHT) if weight > _BETWEEN else (_LIGHT, _HANDS["sans"])), *letters.own)
    listed = (*listed, _HANDS["serif"], *_OTHER_SCRIPTS)
    named = [font for family in families.split(",") for font in listed if font.family == family.strip("\"' ")]
    return next((font for font in (*named, *letters.own, *listed) if font.covers("".join(text))), None)


@lru_cache(maxsize=8192)
def _measure(font: Font, text: str) -> float:
    shaped = shape_text(font, text)
    return shaped.width / shaped.units


class Shaped(NamedTuple):
    """A text as it is set in a font: its glyphs from left to right, each with where it stands, and how wide all are.

    All is in units of the font, of which its size has so many `units`; y grows upwards.
    """

    glyphs: tuple[tuple[int, int, int], ...]
    width: int
    units: int


def shape_text(font: Font, text: str, *, spacing: float = 0.0) -> Shaped:
    """`text` in a font, its letters `spacing` sizes further apart than they would be."""
    import uharfbuzz as hb

    buffer, opened = hb.Buffer(), _open_font(font)
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(opened, buffer, {"liga": False, "clig": False} if spacing else {})
    units, x = opened.face.upem, 0
    glyphs = []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs.append((info.codepoint, x + position.x_offset, position.y_offset))
        x += position.x_advance + round(spacing * units)
    return Shaped(tuple(glyphs), x - round(spacing * units), units)


def draw_glyph(font: Font, glyph: int, pen: object) -> None:
    """Have a pen, as those of fontTools are, follow the outline of a glyph."""
    _open_font(font).draw_glyph_with_pen(glyph, pen)


@lru_cache(maxsize=32)
def _list_characters(font: Font) -> frozenset[int]:
    # The renderer, too, sets nothing for what has no shape.
    return frozenset(_open_font(font).face.unicodes) | _UNSEEN


@lru_cache(maxsize=32)
def _name_family(font: Font) -> str:
    face = _open_font(font).face
    return (face.get_name(16) or face.get_name(1) or "") if face.glyph_count else ""


@lru_cache(maxsize=32)
def _open_font(font: Font) -> hb.Font:
    import uharfbuzz as hb

    blob = hb.Blob(font.data) if font.digest else hb.Blob.from_file_path(str(_FOLDER / font.name))
    return hb.Font(hb.Face(blob))


@lru_cache(maxsize=32)
def _place_font(font: Font) -> str:
    """The path of a font's file: that of one of a project's is written for as long as this process lasts."""
    if not font.digest:
        return str(_FOLDER / font.name)
    file = Path(_make_folder().name, f"{font.digest}{Path(font.name).suffix.lower()}")
    file.write_bytes(font.data)
    return str(file)


@lru_cache(maxsize=1)
def _make_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="storymap-fonts-", ignore_cleanup_errors=True)
