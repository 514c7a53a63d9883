"""Photographs are published without what they tell of people and places, and with every byte that draws them."""

from __future__ import annotations

import struct
import zlib

import pytest

from storymap.cleaning.cleaned import UncleanError
from storymap.cleaning.exif import (
    BEHIND,
    CAMERA,
    IPTC,
    NOTHING,
    OTHER,
    PERSON,
    POSITION,
    TEXT,
    TIME,
    XMP,
    read_exif,
    write_orientation,
)
from storymap.cleaning.files import clean_file


def tiff(*, order: str = "<", orientation: int = 1) -> bytes:
    """Exif data with a name, the camera, a position and which way up."""
    words = [
        (0x010F, 2, 4, b"Cam\0"),
        (0x0112, 3, 1, struct.pack(f"{order}HH", orientation, 0)),
        (0x013B, 2, 4, b"Ana\0"),
        (0x8825, 4, 1, struct.pack(f"{order}I", 200)),
    ]
    table = b"".join(struct.pack(f"{order}HHI", *word[:3]) + word[3] for word in words)
    return struct.pack(f"{order}2sHIH", b"II" if order == "<" else b"MM", 42, 8, len(words)) + table + bytes(4)


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


JFIF = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
PROFILE = segment(0xE2, b"ICC_PROFILE\0\x01\x01colours")
ADOBE = segment(0xEE, b"Adobe\0d\0\0\0\0\x01")
DRAWN = segment(0xDB, b"\0" + bytes(64)) + segment(0xC2, b"frame") + segment(0xDA, b"scan") + b"\x01\xff\0\xff\xd0\x02"
DRAWN += segment(0xC4, b"table") + segment(0xDA, b"scan") + b"\xff\x00" * 9 + b"\xff\xd9"


def test_a_jpeg_keeps_what_draws_it_and_nothing_that_tells():
    told = [
        segment(0xE1, b"Exif\0\0" + tiff()),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Ana</x:xmpmeta>"),
        segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04Ana"),
        segment(0xFE, b"by Ana"),
        segment(0xE2, b"MPF\0other pictures"),
        segment(0xEB, b"JP more"),
    ]
    cleaned = clean_file(
        "a.jpg", b"\xff\xd8" + JFIF + b"".join(told) + PROFILE + ADOBE + b"\xff" + DRAWN + b"\0film: Ana"
    )
    assert cleaned.data == b"\xff\xd8" + JFIF + PROFILE + ADOBE + DRAWN
    assert set(cleaned.private) == {POSITION, PERSON, CAMERA, XMP, IPTC, TEXT, OTHER, BEHIND}
    assert b"Ana" not in cleaned.data


def test_a_jpeg_without_anything_to_tell_is_published_byte_for_byte():
    plain = b"\xff\xd8" + JFIF + DRAWN
    assert clean_file("a.jpg", plain).data == plain
    assert clean_file("a.jpg", plain).private == ()


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_jpeg_that_cannot_be_turned_keeps_its_note(order: str):
    cleaned = clean_file(
        "a.jpg", b"\xff\xd8" + JFIF + segment(0xE1, b"Exif\0\0" + tiff(order=order, orientation=6)) + DRAWN
    )
    exif = segment(0xE1, b"Exif\0\0" + write_orientation(6))
    assert cleaned.data == b"\xff\xd8" + JFIF + exif + DRAWN
    assert read_exif(write_orientation(6)).orientation == 6
    assert read_exif(write_orientation(6)).words == ()
    again = clean_file("a.jpg", cleaned.data)
    assert (again.data, again.private) == (cleaned.data, ())


@pytest.mark.parametrize("cut", range(0, 260, 7))
def test_a_damaged_picture_is_published_as_far_as_it_goes_and_tells_nothing(cut: int):
    whole = b"\xff\xd8" + segment(0xE1, b"Exif\0\0" + tiff()) + DRAWN
    assert b"Ana" not in clean_file("a.jpg", whole[:cut]).data or cut < 3
    for name, picture in (("a.png", PNG), ("a.webp", WEBP), ("a.gif", GIF)):
        assert b"Ana" not in clean_file(name, picture[: 12 + cut]).data


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


HEAD = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)) + chunk(b"iCCP", b"p\0\0x")
PIXELS = chunk(b"IDAT", zlib.compress(bytes(6)))
TOLD = chunk(b"tEXt", b"Author\0Ana") + chunk(b"iTXt", b"XML:com.adobe.xmp\0Ana") + chunk(b"tIME", bytes(7))
PNG = HEAD + TOLD + chunk(b"eXIf", tiff()) + chunk(b"caNv", b"Ana") + PIXELS + chunk(b"IEND", b"") + b"Ana"


def test_a_png_keeps_what_draws_it_and_nothing_that_tells():
    cleaned = clean_file("a.png", PNG)
    assert cleaned.data == HEAD + PIXELS + chunk(b"IEND", b"")
    assert set(cleaned.private) == {POSITION, PERSON, CAMERA, TEXT, XMP, TIME, OTHER, BEHIND}


def test_a_png_that_cannot_be_turned_keeps_its_note():
    cleaned = clean_file("a.png", HEAD + chunk(b"eXIf", tiff(orientation=8)) + chunk(b"IEND", b""))
    assert cleaned.data == HEAD + chunk(b"eXIf", write_orientation(8)) + chunk(b"IEND", b"")


def part(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def riff(*parts: bytes) -> bytes:
    content = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(content)) + content


SIZE = bytes(3) + b"\x01\0\0\x01\0\0"
WEBP_DRAWN = part(b"ICCP", b"col") + part(b"VP8 ", b"px")
WEBP = riff(part(b"VP8X", b"\x2c" + SIZE), WEBP_DRAWN, part(b"EXIF", tiff()), part(b"XMP ", b"Ana")) + b"Ana"


def test_a_webp_keeps_what_draws_it_and_nothing_that_tells():
    cleaned = clean_file("a.webp", WEBP)
    assert cleaned.data == riff(part(b"VP8X", b"\x20" + SIZE), part(b"ICCP", b"col"), part(b"VP8 ", b"px"))
    assert set(cleaned.private) == {POSITION, PERSON, CAMERA, XMP, BEHIND}


def test_a_webp_that_cannot_be_turned_keeps_its_note():
    head = part(b"VP8X", b"\x08" + SIZE)
    cleaned = clean_file("a.webp", riff(head, part(b"VP8L", b"px"), part(b"EXIF", tiff(orientation=3))))
    assert cleaned.data == riff(head, part(b"VP8L", b"px"), part(b"EXIF", write_orientation(3)))


FRAME = b"\x21\xf9\x04\0\0\0\0\0" + b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x4c\x01\0"
LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
GIF_HEAD = b"GIF89a\x01\0\x01\0\x80\0\0" + bytes(6)
GIF = GIF_HEAD + LOOP + b"\x21\xfe\x03Ana\0" + b"\x21\xff\x0bXMP DataXMP\x03Ana\0" + FRAME + b"\x3bAna"


def test_a_gif_keeps_what_draws_it_and_nothing_that_tells():
    cleaned = clean_file("a.gif", GIF)
    assert cleaned.data == GIF_HEAD + LOOP + FRAME + b"\x3b"
    assert set(cleaned.private) == {TEXT, XMP, BEHIND}


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def avif(exif: bytes, xmp: bytes) -> bytes:
    """An AVIF with a picture, Exif and XMP one after another in its last box."""
    kinds = [(1, b"av01", b""), (2, b"Exif", b""), (3, b"mime", b"application/rdf+xml\0")]
    entries = b"".join(
        box(b"infe", b"\x02\0\0\0" + struct.pack(">HH", item, 0) + kind + b"\0" + more) for item, kind, more in kinds
    )
    iinf = box(b"iinf", bytes(4) + struct.pack(">H", 3) + entries)

    def meta(start: int) -> bytes:
        places, at = b"", start
        for item, content in ((1, b"pixels"), (2, exif), (3, xmp)):
            places += struct.pack(">HHHII", item, 0, 1, at, len(content))
            at += len(content)
        return box(b"meta", bytes(4) + iinf + box(b"iloc", bytes(4) + b"\x44\0" + struct.pack(">H", 3) + places))

    head = box(b"ftyp", b"avif" + bytes(4) + b"mif1")
    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", b"pixels" + exif + xmp)


def test_an_avif_has_nothing_in_the_place_of_what_it_tells_and_nothing_moves():
    exif, xmp = bytes(4) + tiff(), b"<x:xmpmeta>Ana</x:xmpmeta>"
    for name in ("a.avif", "renamed.jpg"):
        cleaned = clean_file(name, avif(exif, xmp))
        assert cleaned.data == avif((bytes(4) + NOTHING).ljust(len(exif), b"\0"), bytes(len(xmp)))
        assert clean_file(name, cleaned.data).private == ()
        assert set(cleaned.private) == {POSITION, PERSON, CAMERA, XMP}


def test_an_avif_whose_tables_are_cut_off_is_refused():
    with pytest.raises(UncleanError):
        clean_file("a.avif", avif(bytes(4) + tiff(), b"")[:150])


def test_a_tiff_under_another_name_is_refused():
    with pytest.raises(UncleanError, match="TIFF"):
        clean_file("a.jpg", tiff())


def test_times_and_what_else_a_camera_notes_are_named():
    entries = struct.pack("<HHII", 0x8769, 4, 1, 26) + struct.pack("<I", 0)
    more = struct.pack("<HHHII", 2, 0x9003, 2, 20, 99) + struct.pack("<HHII", 0x829A, 5, 1, 99)
    assert read_exif(struct.pack("<2sHIH", b"II", 42, 8, 1) + entries + more).words == (TIME, OTHER)
