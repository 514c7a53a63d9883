"""How well colours are told apart, as the WCAG measure it, and colours that are told apart well enough."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Iterable, Sequence
from typing import Literal

LEAST_CONTRAST = 3.0
"""Of what has to be recognised against what is around it (WCAG 2.2, 1.4.11)."""

BLACK, WHITE = "#000000", "#ffffff"

LEAST_DIFFERENCE = 0.08
"""Of a colour from its ground, in OKLab, below which it is lost on it, whatever its hue."""

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


def measure_difference(one: str, other: str) -> float:
    """How different two colours look: their distance in OKLab (Ottosson, 2020), from 0 to 1, black from white."""
    return math.dist(_read_lab(one), _read_lab(other))


def is_lost(color: str, grounds: Iterable[str]) -> bool:
    """Whether `color` can hardly be told from one of `grounds`."""
    return any(measure_difference(color, ground) < LEAST_DIFFERENCE for ground in grounds)


def make_seen(color: str, grounds: Sequence[str]) -> str:
    """`color`, or of the same hue the nearest darker or lighter one that is not lost on any of `grounds`."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_read_channels(color))
    for step in range(_STEPS + 1):
        for moved in (lightness - step / _STEPS, lightness + step / _STEPS):
            if 0 <= moved <= 1:
                found = _write_channels(colorsys.hls_to_rgb(hue, moved, saturation))
                if not is_lost(found, grounds):
                    return found
    raise ValueError("no lightness is seen on these grounds")


def _read_lab(color: str) -> tuple[float, float, float]:
    red, green, blue = map(_linearise, _read_channels(color))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _measure_luminance(color: str) -> float:
    """The relative luminance of sRGB."""
    red, green, blue = map(_linearise, _read_channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linearise(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _read_channels(color: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _write_channels(channels: tuple[float, float, float]) -> str:
    return "#" + bytes(round(channel * 255) for channel in channels).hex()
