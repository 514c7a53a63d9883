"""What a tile is, by its first bytes alone: a picture of a kind that cannot run anything, vector data, or nothing."""

from __future__ import annotations

import io
import warnings

from PIL import Image

_MOST_PIXELS = 2048
"""Pixels of the side of the largest tile."""


def find_ending(data: bytes) -> str:
    """The ending of the file of a picture, with its dot; empty where it is none that tiles may be."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if data.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return ".webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return ".avif"
    return ""


def is_vector_tile(data: bytes) -> bool:
    """Whether data is a vector tile, as far as its beginning tells: compressed, or a layer of Mapbox's format."""
    return data.startswith((b"\x1f\x8b", b"\x78\x9c", b"\x78\xda", b"\x1a"))


def describe_no_picture(data: bytes) -> str:
    """What a file is that is no picture, in words."""
    if data.startswith(b"version https://git-lfs"):
        return "a Git LFS pointer (run: git lfs pull)"
    if data[:512].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<svg")):
        return "a web page or SVG"
    return "empty" if not data else "no PNG, JPEG, WebP or AVIF"


def open_tile(data: bytes) -> Image.Image | None:
    """The picture in `data`, decoded; None where it is damaged, no picture, or larger than any tile."""
    if not find_ending(data):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "AVIF"))
            if max(image.size) > _MOST_PIXELS:
                return None
            return image.convert("RGBA")
    except Exception:  # noqa: BLE001 - decoders raise whatever they find
        return None
