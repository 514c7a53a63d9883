"""Which kinds of file beside a story are published, and how each is made fit for it.

A file is published if nothing in it runs when a reader opens it from the site. Pictures are cleaned, whatever their
name says that they are, and so are captions; the others are as they were.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from storymap.cleaning.cleaned import Cleaned
from storymap.cleaning.heic import HEIC_ENDINGS, can_read_heic

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})
"""File endings that browsers show as pictures."""

_TEXTS = frozenset({".csv", ".geojson", ".json", ".srt", ".topojson", ".tsv", ".txt", ".vtt"})
_PLACES = frozenset({".gpx", ".kml"})
_OTHERS = frozenset(
    ".7z .aac .docx .epub .flac .gpkg .gz .kmz .m4a .m4v .mov .mp3 .mp4 .odp .ods .odt .oga .ogg .ogv .opus .parquet "
    ".pdf .pmtiles .pptx .tar .wav .webm .xlsx .zip".split()
)

PUBLISHED = PICTURES | _TEXTS | _PLACES | _OTHERS
"""Every file ending that a published file may have."""


def is_published(name: str) -> bool:
    """Whether files called like `name` are published."""
    return _ending(name) in PUBLISHED or is_readable_heic(name)


def is_readable_heic(name: str) -> bool:
    """Whether a file called like `name` is a HEIC, and is published as a JPEG because its extra is installed."""
    return _ending(name) in HEIC_ENDINGS and can_read_heic()


def is_picture(name: str) -> bool:
    """Whether pages show files called like `name` as pictures."""
    return _ending(name) in PICTURES or is_readable_heic(name)


def is_kept_as_it_is(name: str) -> bool:
    """Whether a file may tell what its author does not know of, and is published as it is all the same."""
    return _ending(name) in _OTHERS


def clean_file(name: str, data: bytes) -> Cleaned:
    """`data`, the file called `name`, as it may be published. Raises `UncleanError` where it may not."""
    ending = _ending(name)
    if ending in _PLACES:
        from storymap.cleaning.documents import clean_document

        return clean_document(data)
    if ending == ".svg":
        from storymap.cleaning.svg import clean_svg

        return clean_svg(data)
    if ending in HEIC_ENDINGS and not data.startswith(b"\xff\xd8"):  # a JPEG, which some programs name so
        from storymap.cleaning.heic import convert_heic
        from storymap.cleaning.heif import clean_heif

        return Cleaned(convert_heic(data), clean_heif(data).private)
    if ending in PICTURES | HEIC_ENDINGS:
        from storymap.cleaning.pictures import clean_picture

        return clean_picture(data)
    if ending == ".vtt":
        from storymap.cleaning.captions import clean_captions

        cleaned = clean_captions(data.decode("utf-8", "replace"))
        return Cleaned(cleaned.text.encode() if cleaned.count else data)
    return Cleaned(data)


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
