"""Make a picture fit to publish: without what it tells of people and places, and upright."""

from __future__ import annotations

from msgspec.structs import replace

from storymap.cleaning.cleaned import Cleaned, UncleanError

_UNSHOWN = {
    b"II*\0": "a TIFF",
    b"MM\0*": "a TIFF",
    b"II+\0": "a TIFF",
    b"MM\0+": "a TIFF",
    b"8BPS": "a Photoshop file",
    b"\xff\x0a": "a JPEG XL",
    b"\0\0\0\x0cJXL ": "a JPEG XL",
    b"\0\0\0\x0cjP  ": "a JPEG 2000",
    b"%PDF": "a PDF",
}
"""How files begin that few browsers show as a picture, and what they are."""

_MARKUP = {b"<svg": "an SVG", b"<?xml": "an SVG or other XML", b"<!doctype html": "a web page", b"<html": "a web page"}
"""How texts begin, in small letters, that were saved under the name of a picture: an error page, not the download."""


def clean_picture(data: bytes) -> Cleaned:
    """A picture of whatever kind its first bytes say that it is; one of no known kind stays as it is.

    Raises `UncleanError` where it may tell what cannot be taken out of it.
    """
    from storymap.cleaning.gif import clean_gif
    from storymap.cleaning.heic import convert_heic, is_heic
    from storymap.cleaning.heif import clean_heif, is_heif
    from storymap.cleaning.jpeg import clean_jpeg
    from storymap.cleaning.png import SIGNATURE, clean_png
    from storymap.cleaning.webp import clean_webp

    if data.startswith(b"\xff\xd8"):
        return _turn(clean_jpeg(data))
    if data.startswith(SIGNATURE):
        return _turn(clean_png(data))
    if data.startswith((b"GIF87a", b"GIF89a")):
        return clean_gif(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _turn(clean_webp(data))
    if is_heic(data):
        return Cleaned(convert_heic(data), clean_heif(data).private)
    if is_heif(data):
        return clean_heif(data)
    text = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kinds = (*_UNSHOWN.items(), *_MARKUP.items())
    if kind := next((kind for start, kind in kinds if data.startswith(start) or text.startswith(start)), ""):
        raise UncleanError(f"is {kind}, whatever its name says")
    if data[4:8] == b"ftyp":
        raise UncleanError("is a film or a picture of a kind that browsers do not show, whatever its name says")
    return Cleaned(data)


def _turn(cleaned: Cleaned) -> Cleaned:
    """A picture whose pixels are upright, so that nothing need be noted of it."""
    if cleaned.orientation == 1:
        return cleaned
    from storymap.cleaning.turning import turn_upright

    turned = turn_upright(cleaned.data, cleaned.orientation)
    return replace(cleaned, data=turned, orientation=1) if turned else cleaned
