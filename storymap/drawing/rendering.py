"""Pixels of an SVG that we drew: no system library, font or browser has a part in it.

Two renderers come as wheels, and each does what it is good at. PDFium, by `pypdfium2`, fills a card in an eighth of the
time of any other that needs nothing of the system: what it draws is written as a page of PDF. It sets no text; what
goes two ways, such as Arabic with numbers, is set by resvg, by `resvg-py`, which draws all of SVG, a picture for print
too. Skia and Cairo need libraries of the system, Pillow has no edges that are smooth, and AGG's own wheel no round
ends of lines.
"""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

from storymap.drawing.beyond import BeyondError
from storymap.drawing.letters import BUILT_IN, Font, Letters
from storymap.drawing.pdf_page import write_page
from storymap.text.markup import escape, quote_attribute

if TYPE_CHECKING:
    from PIL import Image


_DRAWING = threading.Lock()
"""Held while PDFium works: it is for one thread at a time, and a worker of a cluster may have several."""


def render_picture(svg: str, *, letters: Letters = BUILT_IN) -> Image.Image:
    """The pixels of `svg` in its own size, without what lets the ground through. Raises ValueError if it is no SVG."""
    try:
        page = write_page(svg, letters)
    except BeyondError:
        from PIL import Image

        with Image.open(io.BytesIO(render_png(svg, letters=letters))) as read:
            return read.convert("RGB")
    return render_page(page)


def render_page(pdf: bytes) -> Image.Image:
    """The only page of a PDF, a pixel to the point."""
    import pypdfium2

    with _DRAWING:
        document = pypdfium2.PdfDocument(pdf)
        page = document[0]
        bitmap = page.render(may_draw_forms=False, prefer_bgrx=True, rev_byteorder=True)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        for opened in (bitmap, page, document):
            opened.close()
    return picture


def render_png(svg: str, *, width: int | None = None, letters: Letters = BUILT_IN) -> bytes:
    """The PNG of `svg`, `width` pixels wide, if not of its own size. Raises ValueError if it is no SVG."""
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=letters.list_files(),
        sans_serif_family="Noto Sans",
        serif_family="Noto Serif",
    )


def draws(font: Font) -> bool:
    """Whether the renderer takes `font`: it asks for more than HarfBuzz does, and leaves text in others out."""
    import resvg_py

    text = f'<text y="20" font-size="20" font-family={quote_attribute(font.family)}>{escape(font.sample)}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">{text}</svg>'
    drawn, empty = (
        resvg_py.svg_to_bytes(svg_string=one, skip_system_fonts=True, font_files=[font.path])
        for one in (svg, svg.replace(text, ""))
    )
    return drawn != empty
