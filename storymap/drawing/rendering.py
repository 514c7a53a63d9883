"""Pixels of an SVG that we drew: no system library, font or browser has a part in it.

Two renderers come as wheels, and each does what it is good at. PDFium, by `pypdfium2`, fills a card in an eighth of the
time of any other that needs nothing of the system: what it draws is written as a page of PDF. It sets no text; what
goes two ways, such as Arabic with numbers, is set by resvg, by `resvg-py`, which draws all of SVG, a picture for print
too. Skia and Cairo need libraries of the system, Pillow has no edges that are smooth, and AGG's own wheel no round
ends of lines.
"""

from __future__ import annotations

import ctypes
import io
import threading
from functools import partial

import numpy as np
from numpy.typing import NDArray

from storymap.drawing.beyond import BeyondError
from storymap.drawing.letters import BUILT_IN, Font, Letters
from storymap.drawing.pdf_page import write_page
from storymap.text.markup import escape, quote_attribute

Pixels = NDArray[np.uint8]
"""A picture, of shape (height, width, 4): red, green and blue from 0 to 255, and a fourth number, which is 255."""

_DRAWING = threading.Lock()
"""Held while PDFium works: it is for one thread at a time, and a worker of a cluster may have several."""


class Room(threading.local):
    """Where a thread draws one picture after another.

    Memory that is taken anew for each is cleared by the system first, which takes as long as a tenth of the drawing.
    """

    def __init__(self) -> None:
        self._taken: ctypes.Array[ctypes.c_ubyte] = (ctypes.c_ubyte * 0)()

    def take(self, size: int) -> ctypes.Array[ctypes.c_ubyte]:
        """At least `size` bytes, the same ones each time."""
        if len(self._taken) < size:
            self._taken = (ctypes.c_ubyte * size)()
        return self._taken


def render_picture(svg: str, *, letters: Letters = BUILT_IN, room: Room | None = None) -> Pixels:
    """The pixels of `svg` in its own size, without what lets the ground through. Raises ValueError if it is no SVG.

    In a `room` they are there until the next picture of the thread.
    """
    try:
        page = write_page(svg, letters)
    except BeyondError:
        from PIL import Image

        with Image.open(io.BytesIO(render_png(svg, letters=letters))) as read:
            opaque = read.convert("RGB")
        return np.asarray(opaque.convert("RGBA"))
    return render_page(page, room=room)


def render_page(pdf: bytes, *, room: Room | None = None) -> Pixels:
    """The only page of a PDF, a pixel to the point; `room` as in `render_picture`."""
    import pypdfium2

    with _DRAWING:
        document = pypdfium2.PdfDocument(pdf)
        page = document[0]
        width, height = (round(side) for side in page.get_size())
        buffer = (room or Room()).take(4 * width * height)
        make = partial(pypdfium2.PdfBitmap.new_native, buffer=buffer)
        bitmap = page.render(may_draw_forms=False, prefer_bgrx=True, rev_byteorder=True, bitmap_maker=make)
        for opened in (bitmap, page, document):
            opened.close()
    pixels: Pixels = np.ctypeslib.as_array(buffer)[: 4 * width * height].reshape(height, width, 4)
    return pixels


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
