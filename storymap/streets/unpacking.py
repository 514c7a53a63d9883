"""Unpack what lies compressed in a file of tiles, up to a limit: a few bytes can hold gigabytes."""

from __future__ import annotations

import zlib
from typing import Literal

from storymap.streets.sources import StreetFileError

Compression = Literal["none", "gzip", "brotli", "zstd"]

_ANY_HEADER = 32 + zlib.MAX_WBITS
"""Has zlib take the headers of both gzip and zlib, which some writers of MBTiles use."""

_WIDEST = 1 << 27
"""Bytes that zstd may look back: as many as its own program takes without being told to."""


class UnpackingError(Exception):
    """The bytes are not whole, or are not compressed in the way that they should be, or hold more than the limit."""


def recognise_compression(data: bytes) -> Compression:
    """How `data` is compressed, by its first bytes; brotli has none by which it could be told."""
    if data.startswith((b"\x1f\x8b", b"\x78\x9c", b"\x78\x01", b"\x78\xda")):
        return "gzip"
    return "zstd" if data.startswith(b"\x28\xb5\x2f\xfd") else "none"


def unpack(data: bytes, compression: Compression, *, most: int) -> bytes:
    """`data` without its compression, at most `most` bytes.

    Raises `UnpackingError`, and `StreetFileError` where a library is missing.
    """
    if compression == "none":
        unpacked = data
    elif compression == "gzip":
        unpacked = _unpack_gzip(data, most)
    elif compression == "brotli":
        unpacked = _unpack_brotli(data, most)
    else:
        unpacked = _unpack_zstd(data, most)
    if len(unpacked) > most:
        raise _exceed(most)
    return unpacked


def _unpack_gzip(data: bytes, most: int) -> bytes:
    machine = zlib.decompressobj(_ANY_HEADER)
    try:
        unpacked = machine.decompress(data, most + 1)
    except zlib.error as error:
        raise UnpackingError(f"cannot be unpacked: {error}") from error
    if not machine.eof and len(unpacked) <= most:
        raise UnpackingError("is cut short")
    return unpacked


def _unpack_brotli(data: bytes, most: int) -> bytes:
    try:
        import brotli
    except ImportError:
        raise _miss("brotli") from None
    machine = brotli.Decompressor()
    try:
        unpacked = machine.process(data, output_buffer_limit=most + 1)
        while len(unpacked) <= most and not machine.is_finished():
            more = machine.process(b"", output_buffer_limit=most + 1)
            if not more:
                raise UnpackingError("is cut short")
            unpacked += more
    except brotli.error as error:
        raise UnpackingError(f"cannot be unpacked: {error}") from error
    return bytes(unpacked)


def _unpack_zstd(data: bytes, most: int) -> bytes:
    try:
        import zstandard
    except ImportError:
        raise _miss("zstandard") from None
    try:
        if zstandard.frame_content_size(data) > most:
            raise _exceed(most)
        return zstandard.ZstdDecompressor(max_window_size=_WIDEST).decompress(data, max_output_size=most)
    except zstandard.ZstdError as error:
        raise UnpackingError(f"cannot be unpacked: {error}") from error


def _exceed(most: int) -> UnpackingError:
    return UnpackingError(f"unpacks to more than {most / 1e6:.0f} MB")


def _miss(package: str) -> StreetFileError:
    return StreetFileError(
        "missing-extra",
        f"{package} is needed to unpack this file",
        f"install it: pip install {package}",
    )
