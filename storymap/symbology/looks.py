"""Widths, opacities and dashes as authors write them, checked."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.model.layer import Areas, FeatureLayer, Lines, Points
from storymap.reading.layer_fields import LayerFields

_WIDTHS: dict[type[FeatureLayer], float] = {Areas: 0.8, Lines: 2.5, Points: 1.0}
_OPACITIES: dict[type[FeatureLayer], float] = {Areas: 0.85, Lines: 0.9, Points: 0.85}
_WIDEST = 40
_LENGTHS = re.compile(r"\d+(\.\d+)?([ ,]+\d+(\.\d+)?)*")


class Look(Struct, frozen=True):
    """How lines and fills look: `width` and the lengths of dashes and gaps in pixels, `opacity` from 0 to 1."""

    width: float
    opacity: float
    dash: tuple[float, ...]


def read_look(kind: type[FeatureLayer], fields: LayerFields, *, at: Callable[..., Location], report: Report) -> Look:
    """The look that `fields` ask for, and for what they do not say that of the `kind` of layer."""
    width, opacity, dash = _WIDTHS[kind], _OPACITIES[kind], ()
    if fields.width is not None:
        if 0 <= fields.width <= _WIDEST:
            width = float(fields.width)
        else:
            _refuse("width", f"{fields.width:g} pixels are no width of a line", f"from 0 to {_WIDEST}", at, report)
    if fields.opacity is not None:
        if 0 <= fields.opacity <= 1:
            opacity = float(fields.opacity)
        else:
            _refuse("opacity", f"{fields.opacity:g} is no opacity", "from 0, invisible, to 1", at, report)
    lengths: tuple[float, ...] = dash
    if fields.dash is not None:
        if _LENGTHS.fullmatch(fields.dash.strip()):
            lengths = tuple(map(float, re.findall(r"\d+(?:\.\d+)?", fields.dash)))
        else:
            _refuse("dash", f'"{fields.dash}" are no lengths', "lengths of dashes and gaps, such as 4 2", at, report)
    return Look(width, opacity, lengths if any(lengths) else ())


def _refuse(key: str, message: str, wanted: str, at: Callable[..., Location], report: Report) -> None:
    report.error("bad-look", message, at(key), help=f"write {wanted}")
