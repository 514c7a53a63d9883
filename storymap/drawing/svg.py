"""Text and numbers as an SVG holds them."""

from __future__ import annotations

import re

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
"""What XML cannot hold."""


def clean(text: str) -> str:
    """`text` without what XML cannot hold, on one line."""
    return " ".join(NOT_XML.sub("\ufffd", text).split())


def tenths(value: float) -> str:
    """A number with one decimal at most, as short as it goes: a tenth of a pixel is fine enough."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
