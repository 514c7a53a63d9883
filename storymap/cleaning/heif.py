"""Take out of an AVIF or HEIC what it tells of people and places, and leave every byte of the picture as it is.

Such a file is a tree of boxes (ISO/IEC 14496-12, 23008-12). Exif and XMP are items, which a table places somewhere in
the file: their bytes become Exif that say nothing, and zeros, so that nothing else moves. Which way up a picture is,
boxes of its own say.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from msgspec import Struct

from storymap.cleaning.cleaned import Cleaned, UncleanError
from storymap.cleaning.exif import NOTHING, OTHER, XMP, read_exif

_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


class _Box(Struct, frozen=True):
    name: bytes
    start: int
    body: int
    end: int


def is_heif(data: bytes) -> bool:
    """Whether `data` begins as an AVIF or HEIC does."""
    return data[4:8] == b"ftyp" and data[8:12] in _BRANDS


def clean_heif(data: bytes) -> Cleaned:
    """`data`, an AVIF or HEIC, with zeros for what it tells. Raises `UncleanError` where its tables cannot be read."""
    cleaned = bytearray(data)
    words: dict[str, None] = {}
    try:
        for box in _list_boxes(data, 0, len(data)):
            if box.name == b"meta":
                _blank_items(data, cleaned, box, words)
            elif box.name == b"uuid":
                words[XMP if data.startswith(_XMP_UUID, box.body) else OTHER] = None
                cleaned[box.body + 16 : box.end] = bytes(box.end - box.body - 16)
            elif box.name == b"moov":
                _blank_user_data(data, cleaned, box, words)
    except (struct.error, IndexError) as error:
        raise UncleanError("is damaged: its table of contents cannot be read") from error
    return Cleaned(bytes(cleaned), tuple(words))


def _list_boxes(data: bytes, at: int, end: int) -> Iterator[_Box]:
    while at + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, at)
        body = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, body)
            body += 8
        stop = end if size == 0 else min(at + size, end)
        if stop < body:
            return
        yield _Box(name, at, body, stop)
        at = stop


def _blank_items(data: bytes, cleaned: bytearray, meta: _Box, words: dict[str, None]) -> None:
    """Write zeros over the items of the `meta` box that hold Exif or XMP."""
    boxes = {box.name: box for box in _list_boxes(data, meta.body + 4, meta.end)}
    if b"iinf" not in boxes or b"iloc" not in boxes:
        return
    told = _list_told(data, boxes[b"iinf"])
    stored = boxes[b"idat"].body if b"idat" in boxes else 0
    for item, in_box, start, size in _list_places(data, boxes[b"iloc"]):
        if item not in told:
            continue
        begin = start + (stored if in_box else 0)
        end = min(begin + size, len(data)) if size else len(data)
        length = max(0, end - begin)
        blank = bytes(length)
        if told[item] == b"Exif":
            blank = (bytes(4) + NOTHING).ljust(length, b"\0")[:length]  # libavif shows no picture whose Exif is none
            content = data[begin:end]
            offset = struct.unpack_from(">I", content)[0] + 4 if len(content) > 4 else 0
            words |= dict.fromkeys(read_exif(content[offset:]).words)
        elif data[begin:end].strip(b"\0"):
            words[XMP] = None
        cleaned[begin : begin + length] = blank


def _list_told(data: bytes, table: _Box) -> dict[int, bytes]:
    """The items that hold Exif or texts such as XMP, by number: what kind each is."""
    wide = data[table.body] != 0
    told = {}
    for entry in _list_boxes(data, table.body + (8 if wide else 6), table.end):
        version = data[entry.body]
        item, at = (
            (struct.unpack_from(">I", data, entry.body + 4)[0], entry.body + 8)
            if version >= 3
            else (struct.unpack_from(">H", data, entry.body + 4)[0], entry.body + 6)
        )
        kind = data[at + 2 : at + 6]
        if version >= 2 and kind in (b"Exif", b"mime", b"uri "):
            told[item] = kind
    return told


def _list_places(data: bytes, table: _Box) -> Iterator[tuple[int, bool, int, int]]:
    """Where each item stands: its number, whether it is counted from the `idat` box, first byte and length."""
    version = data[table.body]
    sizes, more = data[table.body + 4], data[table.body + 5]
    offset_size, length_size, base_size, index_size = sizes >> 4, sizes & 15, more >> 4, more & 15
    at = table.body + 6

    def take(size: int) -> int:
        nonlocal at
        at += size
        if at > len(data):
            raise IndexError(at)
        return int.from_bytes(data[at - size : at], "big")

    number_size = 4 if version >= 2 else 2
    for _ in range(take(number_size)):
        item = take(number_size)
        in_box = version >= 1 and take(2) & 15 == 1
        take(2)  # which file: this one
        base = take(base_size)
        for _ in range(take(2)):
            if version >= 1:
                take(index_size)
            start = base + take(offset_size)
            yield item, in_box, start, take(length_size)


def _blank_user_data(data: bytes, cleaned: bytearray, box: _Box, words: dict[str, None]) -> None:
    """Write zeros over what an animated picture tells beside its frames."""
    for inner in _list_boxes(data, box.body, box.end):
        if inner.name in (b"udta", b"uuid"):
            words[OTHER] = None
            cleaned[inner.start + 4 : inner.start + 8] = b"free"
            cleaned[inner.body : inner.end] = bytes(inner.end - inner.body)
