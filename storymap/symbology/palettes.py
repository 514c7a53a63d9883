"""The palettes of ColorBrewer by their names, and which of them people with a colour vision deficiency tell apart.

The colours are those that branca brings along; which are safe is told by Harrower and Brewer (2003), colorbrewer2.org.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

PaletteKind = Literal["sequential", "diverging", "qualitative"]


class Palette(Struct, frozen=True):
    """Colours for at most `most` classes; up to `safe` classes colour-blind people tell them apart."""

    name: str
    kind: PaletteKind
    most: int
    safe: int

    def pick(self, count: int, *, reverse: bool = False) -> tuple[str, ...]:
        """`count` of its colours as `#rrggbb`, in its order."""
        if self.name == DISTINCT.name:
            colors: Sequence[str] = _DISTINCT_COLORS[:count]
        else:
            from branca.utilities import color_brewer

            least = color_brewer(self.name, max(count, 3))
            # The smallest palette has three colours: of two classes the outer ones differ most.
            colors = (least[0], least[-1])[:count] if count < 3 and self.kind != "qualitative" else least[:count]
        return tuple(color.lower() for color in (reversed(colors) if reverse else colors))


_DISTINCT_COLORS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#f0e442", "#000000")

DISTINCT = Palette("distinct", "qualitative", len(_DISTINCT_COLORS), len(_DISTINCT_COLORS))
"""Eight colours for categories that everybody tells apart (Okabe and Ito, 2008)."""

_SEQUENTIAL = (
    "Blues Greens Greys Oranges Purples Reds BuGn BuPu GnBu OrRd PuBu PuBuGn PuRd RdPu YlGn YlGnBu YlOrBr YlOrRd "
    "viridis plasma inferno magma"
)
_DIVERGING = {"BrBG": 9, "PiYG": 9, "PRGn": 9, "PuOr": 9, "RdBu": 9, "RdYlBu": 9, "RdGy": 0, "RdYlGn": 0, "Spectral": 0}
_QUALITATIVE = {"Accent": 8, "Dark2": 8, "Paired": 12, "Pastel1": 9, "Pastel2": 8, "Set1": 9, "Set2": 8, "Set3": 12}
_SAFE_QUALITATIVE = {"Dark2": 3, "Paired": 4, "Set2": 3}

PALETTES: Mapping[str, Palette] = {
    palette.name.lower(): palette
    for palette in (
        *(Palette(name, "sequential", 9, 9) for name in _SEQUENTIAL.split()),
        *(Palette(name, "diverging", 9, safe) for name, safe in _DIVERGING.items()),
        *(Palette(name, "qualitative", most, _SAFE_QUALITATIVE.get(name, 0)) for name, most in _QUALITATIVE.items()),
        DISTINCT,
    )
}
"""By their names in lower case."""

SEQUENTIAL = PALETTES["ylgnbu"]
"""What numbers are coloured with where the author chose nothing."""

SAFE_INSTEAD: Mapping[PaletteKind, str] = {"sequential": "YlGnBu", "diverging": "PuOr", "qualitative": DISTINCT.name}
"""A palette of each kind that everybody tells apart."""
