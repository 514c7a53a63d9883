"""What a part of the drawing says of what it does not know: another one knows it."""

from __future__ import annotations


class BeyondError(Exception):
    """An SVG has something that is not known here."""
