"""A PDF of an SVG that we drew: all of it lines and areas, letters too, so that a print shop needs no font.

It is svg2pdf's, by a wheel that the extra `pdf` brings: of Python's own writers none reads style sheets and outlines
text, and what prints with a browser makes a page of it.
"""

from __future__ import annotations

from storymap.drawing.letters import BUILT_IN, Letters


class NoPrinterError(Exception):
    """What writes PDFs is not installed."""


def require_printer() -> None:
    """Raises `NoPrinterError` where no PDF can be written."""
    try:
        import svg2pdf_py  # noqa: F401 - to see whether it is there
    except ImportError as error:
        raise NoPrinterError from error


def write_pdf(svg: str, letters: Letters = BUILT_IN) -> bytes:
    """The PDF of `svg`, a page of its size with a pixel to the point. Raises ValueError if it is no SVG."""
    import svg2pdf_py

    fonts = svg2pdf_py.FontDatabase()
    for file in letters.list_files():
        fonts.load_font_file(file)
    pdf: bytes = svg2pdf_py.svg_to_pdf(svg, fonts, svg2pdf_py.ConversionOptions(embed_text=False))
    return pdf
