"""How the parts of a cell are called: a kind of line with a sign for what it lies on or in."""

from __future__ import annotations

_SIGNS = {-1: "-", 0: "", 1: "+"}


def name_part(kind: str, level: int) -> str:
    """The part of lines of a `kind`: `-` behind it says that they lie in a tunnel, `+` on a bridge."""
    return kind + _SIGNS[level]
