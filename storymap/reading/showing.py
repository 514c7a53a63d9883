"""Paragraphs that show something and say nothing become figures: a picture with its caption, a gallery, a comparison.

On GitHub the same Markdown reads as pictures with a line in italics below them, and as a table of two pictures::

    ![The cliff](cliff.jpg "Photo: Jana Nováková")        a picture, its title below it

    ![The cliff](cliff.jpg)                               a gallery with a caption for all
    ![The beach](beach.jpg)
    *Dover, in July*

    | ![1894](old.jpg) | ![2024](new.jpg) |               two pictures to compare
    | --- | --- |
    | before | after |
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from markdown.treeprocessors import Treeprocessor

PICTURE = "shown"
GALLERY = "gallery"
ROW = "gallery-row"
COMPARISON = "compare"
CLASSES = (PICTURE, GALLERY, ROW, COMPARISON)
"""The classes of figures, and of what holds the pictures of a gallery."""


class ShowFigures(Treeprocessor):
    """Makes figures of paragraphs and tables that only show something."""

    def run(self, root: ET.Element) -> None:
        """Change the paragraphs in `root`."""
        for parent in [*root.iter()]:
            for number, child in enumerate([*parent]):
                figure = None
                if child.tag == "p" and parent.tag != "figure":
                    figure = _make_figure(child)
                elif child.tag == "table":
                    figure = _make_comparison(child)
                elif child.tag == "figure" and not child.get("class"):
                    figure = _finish_figure(child)
                if figure is not None:
                    figure.tail = child.tail
                    parent[number] = figure


def _make_figure(paragraph: ET.Element) -> ET.Element | None:
    """The figure that a paragraph is; None where it says something."""
    shown = _list_shown(paragraph)
    if not shown:
        return None
    captions = [caption for _, caption in shown]
    if len(shown) == 1:
        return _show(*shown[0])
    whole = captions[-1] if captions[:-1].count(None) == len(captions) - 1 else None
    if whole is not None:
        shown[-1] = (shown[-1][0], None)
    return _make_gallery(shown, whole)


def _make_gallery(shown: Sequence[tuple[ET.Element, ET.Element | None]], caption: ET.Element | None) -> ET.Element:
    figure = ET.Element("figure", {"class": GALLERY})
    row = ET.SubElement(figure, "div", {"class": ROW})
    row.extend(_show(*one) for one in shown)
    if caption is not None:
        figure.append(caption)
    return figure


def _list_shown(paragraph: ET.Element) -> list[tuple[ET.Element, ET.Element | None]]:
    """The pictures of a paragraph, each with the emphasis that follows it; none where it holds anything else."""
    texts = (paragraph.text, *(child.tail for child in paragraph))
    if paragraph.attrib or any(text and text.strip() for text in texts):
        return []
    shown: list[tuple[ET.Element, ET.Element | None]] = []
    for child in paragraph:
        if child.tag == "img":
            shown.append((child, None))
        elif child.tag == "em" and shown and shown[-1][1] is None:
            shown[-1] = (shown[-1][0], child)
        elif child.tag != "br":
            return []
    for picture, caption in shown:
        picture.tail = None
        if caption is not None:
            caption.tag, caption.tail = "figcaption", None
    return shown


def _show(picture: ET.Element, caption: ET.Element | None) -> ET.Element:
    """The figure of one picture, below which its caption or else its title stands."""
    figure = ET.Element("figure", {"class": PICTURE})
    title = picture.attrib.pop("title", "") if caption is None else ""
    figure.append(picture)
    if title:
        caption = ET.Element("figcaption")
        caption.text = title
    if caption is not None:
        figure.append(caption)
    return figure


def _finish_figure(figure: ET.Element) -> ET.Element | None:
    """A figure that the caption below a paragraph made, if that paragraph only shows something."""
    if len(figure) != 2 or figure[0].tag != "p" or figure[1].tag != "figcaption":
        return None
    shown = _list_shown(figure[0])
    if not shown or shown[-1][1] is not None:
        return None
    caption = figure[1]
    caption.tail = None
    if len(shown) > 1:
        return _make_gallery(shown, caption)
    return _show(shown[0][0], caption)


def _make_comparison(table: ET.Element) -> ET.Element | None:
    """The comparison that a table is whose head is two pictures; a row below it names them."""
    heads = [[*row] for row in table.iterfind("thead/tr")]
    rows = [row for row in ([*row] for row in table.iterfind("tbody/tr")) if any(_says(cell) for cell in row)]
    if len(heads) != 1 or len(heads[0]) != 2 or len(rows) > 1:
        return None
    pictures = [_only_picture(cell) for cell in heads[0]]
    figure = ET.Element("figure", {"class": COMPARISON})
    for number, picture in enumerate(pictures):
        if picture is None:
            return None
        caption = rows[0][number] if rows and _says(rows[0][number]) else None
        if caption is not None:
            caption.tag, caption.attrib, caption.tail = "figcaption", {}, None
        figure.append(_show(picture, caption))
    return figure


def _only_picture(cell: ET.Element) -> ET.Element | None:
    if len(cell) != 1 or cell[0].tag != "img" or (cell.text or "").strip() or (cell[0].tail or "").strip():
        return None
    cell[0].tail = None
    return cell[0]


def _says(cell: ET.Element) -> bool:
    return bool("".join(cell.itertext()).strip()) or len(cell) > 0
