"""The elevation profile of a stage: a picture as wide as the text, which stands in the page and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from storymap.drawing.svg import tenths

WIDTH, HEIGHT = 640, 96
"""Size of the picture in its own units; a page stretches it to its width."""

_FLATTEST = 60.0
"""Metres that the picture is high at least, so that a flat way looks flat."""


def _scale_heights(heights: Sequence[int]) -> list[float]:
    """`heights` as shares of the picture's height, from 0 at its foot."""
    lowest, highest = min(heights), max(heights)
    span = max(_FLATTEST, highest - lowest)
    middle = (lowest + highest) / 2
    return [0.08 + 0.84 * (0.5 + (height - middle) / span) for height in heights]


def draw_profile(heights: Sequence[int], title: str) -> str:
    """The SVG of `heights`, metres at equal distances from start to end; `title` says what it shows, as HTML text."""
    step = WIDTH / (len(heights) - 1)
    points = (f"{tenths(at * step)} {tenths(HEIGHT * (1 - share))}" for at, share in enumerate(_scale_heights(heights)))
    line = "M" + "L".join(points)
    return (
        f'<svg class="profile-picture" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{title}"><path class="profile-ground" d="{line}V{HEIGHT}H0Z"/>'
        f'<path class="profile-line" d="{line}"/></svg>'
    )
