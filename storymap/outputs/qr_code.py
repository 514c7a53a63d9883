"""A QR code as a picture, by segno: what leads from paper to the web."""

from __future__ import annotations

import io

import segno

MASK = 3
"""The pattern over the code, one of eight that every reader knows: of addresses, each leaves light and dark well mixed.

To try all and choose takes five times as long as the rest.
"""

QUIET = 2
"""Light modules around the code: half of what the standard asks for, as it stands on white paper anyway."""


def draw_qr_code(url: str) -> bytes:
    """The SVG of a code that reads `url` and bears a stain on an eighth of it. Raises ValueError if it is too long."""
    code = segno.make_qr(url, error="m", mask=MASK)
    file = io.BytesIO()
    code.save(file, kind="svg", xmldecl=False, border=QUIET, omitsize=True, svgclass=None, lineclass=None)
    return file.getvalue()
