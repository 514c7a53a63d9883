"""The fonts of pictures that are drawn when a site is built: which letters they have, and how wide a text is in them.

HarfBuzz measures what the renderer will set: Arabic joined, accents on their letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from storymap.prepared import STATIC

if TYPE_CHECKING:
    import uharfbuzz as hb

Hand = Literal["serif", "sans", "plain"]
"""How letters look: "serif" for titles, "sans" for all else, "plain" for the same in light letters."""

_HANDS: dict[Hand, str] = {"serif": "serif-600.ttf", "sans": "sans-600.ttf", "plain": "sans-400.ttf"}
_OTHER_SCRIPTS = ("arabic-600.ttf", "hebrew-600.ttf")

_FOLDER = STATIC / "fonts"


@dataclass(frozen=True, slots=True)
class Font:
    """A font by the path of its file."""

    path: str

    @property
    def family(self) -> str:
        """The name of the family that it belongs to."""
        return _name_family(self.path)

    def covers(self, text: str) -> bool:
        """Whether it has every letter of `text`."""
        return _list_characters(self.path).issuperset(map(ord, text))

    def measure(self, text: str) -> float:
        """How wide `text` is in it, in units of its size."""
        return _measure(self.path, text)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and the font that it is set in."""

    text: str
    font: Font


@dataclass(frozen=True, slots=True)
class Letters:
    """The fonts that a picture is lettered with: those of the package."""

    def list_files(self) -> list[str]:
        """The paths of all fonts; of several that have a letter the first sets it."""
        return [str(_FOLDER / name) for name in (*_HANDS.values(), *_OTHER_SCRIPTS)]

    def covers(self, text: str) -> bool:
        """Whether every letter of `text` can be set."""
        return all(any(font.covers(letter) for font in _list_fonts("sans")) for letter in set(text))

    def covers_alone(self, text: str) -> bool:
        """Whether one font has all of `text`, as a text needs that does not name its fonts."""
        return any(font.covers(text) for font in _list_fonts("sans"))

    def set_text(self, text: str, hand: Hand) -> tuple[Run, ...]:
        """`text` in as few runs as it goes: all in one font, else each letter in the first that has it."""
        return _set_text(text, hand)

    def measure(self, text: str, hand: Hand) -> float:
        """How wide `text` is, in units of the font's size."""
        return sum(run.font.measure(run.text) for run in _set_text(text, hand))


BUILT_IN = Letters()


@lru_cache(maxsize=4)
def _list_fonts(hand: Hand) -> tuple[Font, ...]:
    return tuple(Font(str(_FOLDER / name)) for name in (_HANDS[hand], *_OTHER_SCRIPTS))


@lru_cache(maxsize=4096)
def _set_text(text: str, hand: Hand) -> tuple[Run, ...]:
    fonts = _list_fonts(hand)
    for font in fonts:
        if font.covers(text):
            return (Run(text, font),)
    choose = lru_cache(maxsize=None)(lambda letter: next((font for font in fonts if font.covers(letter)), fonts[0]))
    return tuple(Run("".join(letters), font) for font, letters in groupby(text, key=choose))


@lru_cache(maxsize=8192)
def _measure(path: str, text: str) -> float:
    import uharfbuzz as hb

    buffer, font = hb.Buffer(), _open_font(path)
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    width: float = sum(position.x_advance for position in buffer.glyph_positions) / font.face.upem
    return width


@lru_cache(maxsize=16)
def _list_characters(path: str) -> frozenset[int]:
    return frozenset(_open_font(path).face.unicodes)


@lru_cache(maxsize=16)
def _name_family(path: str) -> str:
    face = _open_font(path).face
    return face.get_name(16) or face.get_name(1) or ""


@lru_cache(maxsize=16)
def _open_font(path: str) -> hb.Font:
    import uharfbuzz as hb

    return hb.Font(hb.Face(hb.Blob.from_file_path(path)))
