"""Cut long texts for messages, so that one of a thousand characters does not bury what is said of it."""

from __future__ import annotations


def shorten(text: str, longest: int) -> str:
    """`text` in at most `longest` characters, the last of them an ellipsis where it is cut."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
