"""How well colours are told apart, as the WCAG measure it, and colours that are told apart well enough."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from typing import Literal

LEAST_CONTRAST = 3.0
"""Of what has to be recognised against what is around it (WCAG 2.2, 1.4.11)."""

BLACK, WHITE = "#000000", "#ffffff"

_STEPS = 255


def measure_contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, `#rrggbb`: from 1, of equal ones, to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_measure_luminance(one), _measure_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def choose_ink(fill: str) -> str:
    """Black or white, whichever is read better on `fill`: its contrast is never less than 4.5."""
    return max(WHITE, BLACK, key=lambda ink: measure_contrast(ink, fill))


def stands_out(color: str, grounds: Sequence[str]) -> bool:
    """Whether `color` is recognised on each of `grounds`."""
    return all(measure_contrast(color, ground) >= LEAST_CONTRAST for ground in grounds)


def make_stand_out(color: str, grounds: Sequence[str], towards: Literal["black", "white"]) -> str:
    """`color`, or of the same hue the nearest darker or lighter one that stands out from each of `grounds`."""
    if stands_out(color, grounds):
        return color
    hue, lightness, saturation = colorsys.rgb_to_hls(*_read_channels(color))
    goal = 0.0 if towards == "black" else 1.0
    for step in range(1, _STEPS + 1):
        found = _write_channels(colorsys.hls_to_rgb(hue, lightness + (goal - lightness) * step / _STEPS, saturation))
        if stands_out(found, grounds):
            return found
    return BLACK if towards == "black" else WHITE


def _measure_luminance(color: str) -> float:
    """The relative luminance of sRGB."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _read_channels(color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _read_channels(color: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _write_channels(channels: tuple[float, float, float]) -> str:
    return "#" + bytes(round(channel * 255) for channel in channels).hex()
