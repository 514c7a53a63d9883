"""Write a picture as a page shows it: in the sizes that screens need, as a link to the large one, with its credit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from pathlib import PurePosixPath

from storymap.addresses import media_file, picture_copy
from storymap.model.prose import Credit, CreditLine, Picture, Prose
from storymap.model.story import Cover

Address = Callable[[str, str], str]
"""The address of a file of the site, and of a part of it by its id, or empty."""

_SMALL = 400
"""Pixels of width of a picture that would not be larger if it was opened."""

_COLUMN = "(min-width: 900px) 30rem, min(100vw, 44rem)"
"""How wide the text is: beside a map, and above or without one."""


_WIDE = " is-wide"
"""The class of a figure that on paper takes the width of the page: a panorama, or a drawing with words in it."""

_HEAD = "(min-width: 900px) 36rem, min(100vw, 44rem)"


def show_picture(picture: Picture, *, address: Address, eager: Picture | None = None) -> str:
    """A picture of a page, which waits until it comes near unless it is `eager`."""
    image = write_image(picture, address, is_eager=picture is eager)
    if picture.copies:
        sizes = f"min(100vw, {round(picture.ratio * 17 / 1000)}rem)" if picture.in_gallery else _COLUMN
        image = f"<picture>{write_copies(picture, address, sizes)}{image}</picture>"
    is_drawing = PurePosixPath(picture.file).suffix.lower() == ".svg"
    if not picture.is_linked and (is_drawing or not picture.width or picture.width > _SMALL) and picture.stands_alone:
        image = f'<a class="enlarge" href="{quote(address(media_file(picture.file), ""))}" data-media>{image}</a>'
    if not picture.stands_alone:
        return image
    shape = f" ratio-{picture.ratio}" if picture.in_gallery else _WIDE if (is_drawing or picture.ratio >= 2000) else ""
    return f'<figure class="shown{shape}">{image}'


def show_cover(cover: Cover, *, address: Address) -> str:
    """The picture at the head of a page, across all of its text, with whose it is."""
    picture = cover.picture
    image = write_image(picture, address, is_eager=True).replace("<img ", '<img fetchpriority="high" ', 1)
    if picture.copies:
        image = f"<picture>{write_copies(picture, address, _HEAD)}{image}</picture>"
    link = f'<a class="enlarge" href="{quote(address(media_file(picture.file), ""))}" data-media>{image}</a>'
    said = f"<figcaption>{write_rights(cover.credit)}</figcaption>" if cover.credit else ""
    return f'<figure class="cover">{link}{said}</figure>'


def style_cover(cover: Cover) -> str:
    """The style of a cover whose author says which part of it stays."""
    return f".cover img{{object-position:{cover.position}}}" if cover.position else ""


def write_copies(picture: Picture, address: Address, sizes: str) -> str:
    """The element that offers a browser the copies of a picture, which is `sizes` wide on the page."""
    # A comma within an address would part it.
    addresses = [address(picture_copy(picture.file, width), "").replace(",", "%2C") for width in picture.copies]
    copies = ", ".join(f"{there} {width}w" for there, width in zip(addresses, picture.copies, strict=True))
    return f'<source type="image/webp" srcset="{quote(copies)}" sizes="{sizes}">'


def write_image(picture: Picture, address: Address, *, is_eager: bool = False) -> str:
    """The element of a picture itself."""
    size = f' width="{picture.width}" height="{picture.height}"' if picture.width and picture.height else ""
    source = quote(address(media_file(picture.file), ""))
    loading = "" if is_eager else ' loading="lazy"'
    return f'<img alt="{quote(picture.alt)}" src="{source}"{picture.attributes}{loading} decoding="async"{size}>'


def write_credit(line: CreditLine) -> str:
    """Whose a picture is, at the end of its caption or as the whole of one."""
    credit = f'<span class="credit">{write_rights(line.credit)}</span>'
    return f"<figcaption>{credit}</figcaption>" if line.is_whole else f" {credit}"


def write_rights(credit: Credit) -> str:
    """Who made something and how it may be used, as HTML; where it comes from is behind it."""
    said = escape(credit.line, quote=False)
    if not credit.source:
        return said
    return f'<a href="{quote(credit.source)}" rel="noopener noreferrer">{said or quote(credit.source)}</a>'


def list_ratios(prose: Iterable[Prose]) -> tuple[int, ...]:
    """The ratios of the pictures in galleries, lowest first."""
    pieces = (piece for part in prose for piece in part)
    return tuple(sorted({piece.ratio for piece in pieces if isinstance(piece, Picture) and piece.in_gallery}))


def style_ratios(ratios: Iterable[int]) -> str:
    """The style of rows in which all pictures are of one height: each as wide as its ratio asks."""
    rules = (f".ratio-{ratio}{{flex:{ratio / 1000:g} 1 {ratio * 8.5 / 1000:.3g}rem}}" for ratio in ratios)
    return "".join(rules)


def quote(text: str) -> str:
    """`text` as it stands between double quotes."""
    return escape(text, quote=False).replace('"', "&quot;")
