"""Photographs as cameras write them, published, and read back by another reader: nothing private, and upright."""

from __future__ import annotations

import base64
import io
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps, ImageSequence, ImageStat, IptcImagePlugin, PngImagePlugin
from PIL.ExifTags import IFD, Base as Tag
from PIL.JpegImagePlugin import JpegImageFile

from storymap.building.build import build_site
from storymap.cleaning.cleaned import UncleanError
from storymap.cleaning.files import clean_file
from storymap.cleaning.turning import turn_upright
from storymap.project import load_project

TakePhotograph = Callable[..., bytes]

XMP = b'<x:xmpmeta exif:GPSLatitude="50,4.74N" aux:SerialNumber="SN-4711">Ana Nowhere</x:xmpmeta>'
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x50\0\x0bAna Nowhere"
TOLD = (b"SN-4711", b"Ana Nowhere", b"Camera Works", b"GPSLatitude", b"xmpmeta", b"8BIM", b"2026:05:12")


def add_segment(jpeg: bytes, marker: int, body: bytes) -> bytes:
    """`jpeg` with a segment more, behind its start."""
    return jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def add_thumbnail(jpeg: bytes, thumbnail: bytes) -> bytes:
    """`jpeg`, whose first segment is Exif, with one table more, of a thumbnail: a picture with Exif of its own."""
    at = jpeg.index(b"Exif\0\0")
    (length,) = struct.unpack_from(">H", jpeg, at - 2)
    tiff = bytearray(jpeg[at + 6 : at - 2 + length])
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    struct.pack_into(f"{order}I", tiff, first + 2 + 12 * count, len(tiff))
    start = len(tiff) + 2 + 2 * 12 + 4
    tiff += (
        struct.pack(f"{order}HHHIIHHII", 2, 0x0201, 4, 1, start, 0x0202, 4, 1, len(thumbnail)) + bytes(4) + thumbnail
    )
    body = b"Exif\0\0" + tiff
    return jpeg[: at - 2] + struct.pack(">H", len(body) + 2) + body + jpeg[at - 2 + length :]


def take_all(take: TakePhotograph) -> dict[str, bytes]:
    """A photograph of every kind that is published, with everything in it that such a file can tell, by file name."""
    jpeg = take(comment=b"by Ana Nowhere", xmp=XMP)
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Ana Nowhere")
    texts.add_text("Raw profile type exif", take()[:400].hex(), zip=True)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    second = Image.open(io.BytesIO(take((48.2, 16.37))))
    gif = io.BytesIO()
    Image.new("P", (4, 4)).save(gif, "GIF", comment=b"Ana Nowhere, camera SN-4711", xmp=XMP)
    inside = base64.b64encode(jpeg).decode()
    return {
        "plain.JPG": jpeg,
        "iptc.jpeg": add_segment(jpeg, 0xED, IPTC),
        "thumbnail.jpg": add_thumbnail(take(), take(size=(16, 16))),
        "several.jpg": take(kind="MPO", save_all=True, append_images=[second]),
        "film.jpg": jpeg + b"\0\0\0\x18ftypmp42 film of Ana Nowhere, SN-4711",
        "turned.jpg": take(orientation=6),
        "picture.png": take(kind="PNG", pnginfo=texts),
        "turned.png": take(kind="PNG", orientation=8),
        "picture.webp": take(kind="WEBP", xmp=XMP),
        "turned.webp": take(kind="WEBP", orientation=3),
        "picture.avif": take(kind="AVIF", xmp=XMP),
        "turned.avif": take(kind="AVIF", orientation=6),
        "picture.gif": gif.getvalue(),
        "drawing.svg": (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><metadata>Ana Nowhere</metadata>'
            f'<image href="data:image/jpeg;base64,{inside}"/>'
            f"<style>a{{fill:url(data:image/jpeg;base64,{inside})}}</style></svg>"
        ).encode(),
    }


def read_back(data: bytes) -> None:
    """Assert that another reader finds a picture, and nothing in it but what draws."""
    with Image.open(io.BytesIO(data)) as picture:
        exif = picture.getexif()
        assert not exif.get_ifd(IFD.GPSInfo)
        assert not exif.get_ifd(IFD.Exif)
        assert not exif.get_ifd(IFD.IFD1)
        assert set(exif) <= ({Tag.Orientation} if picture.format == "AVIF" else set())  # of which boxes of its own tell
        for key in ("xmp", "XML:com.adobe.xmp", "comment", "photoshop", "mp"):
            assert not picture.info.get(key, b"").strip(b"\0")
        if picture.format in ("JPEG", "TIFF"):
            assert IptcImagePlugin.getiptcinfo(picture) is None
        assert getattr(picture, "n_frames", 1) == 1
        picture.load()
        assert not getattr(picture, "text", None)
    assert not any(told in data for told in TOLD)


def test_no_published_picture_tells_where_it_was_taken_or_by_which_camera(
    tmp_path: Path, take_photograph: TakePhotograph
):
    pictures = take_all(take_photograph)
    (tmp_path / "stories").mkdir()
    (tmp_path / "storymap.toml").write_text('title = "Test"\n')
    for name, data in pictures.items():
        (tmp_path / "stories" / name).write_bytes(data)
    shown = "\n\n".join(f"![A picture]({name})" for name in pictures)
    plan = "## C\nplace: Prague\nimage: {file: plain.JPG, bounds: [14, 50, 15, 51]}\n\nOn the ground.\n"
    (tmp_path / "stories" / "a.md").write_text(f"---\ntitle: A\n---\n\n## B\nplace: Prague\n\n{shown}\n\n{plan}")
    site = build_site(load_project(tmp_path))
    published = {path.removeprefix("media/"): data for path, data in site.items() if path.startswith("media/")}
    (ground,) = published.keys() - pictures.keys()
    assert published.keys() == {*pictures, ground}
    for name, data in published.items():
        if not name.endswith(".svg"):
            read_back(data)
    drawing = published["drawing.svg"].decode()
    assert "Nowhere" not in drawing
    assert drawing.count("data:image/jpeg;base64,") == 2
    still = site["stills/a/c.svg"].decode()
    assert still.count("data:image/webp;base64,") == 1
    for embedded in re.findall(r"data:image/\w+;base64,([^\")]+)", drawing + still):
        read_back(base64.b64decode(embedded))
    assert not any(b"SN-4711" in data for data in site.values())
    # Whose a picture is stands beside it, as its file asks for; nothing else tells the name.
    assert {path for path, data in site.items() if b"Ana Nowhere" in data} == {"a.html", "credits.html"}


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_published_picture_is_upright_for_programs_that_know_of_no_orientation(
    kind: str, orientation: int, take_photograph: TakePhotograph
):
    data = take_photograph(kind=kind, orientation=orientation, size=(37, 64), quality=90)
    cleaned = clean_file(f"a.{kind.lower()}", data)
    meant = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    published = Image.open(io.BytesIO(cleaned.data))
    assert published.size == ((64, 37) if orientation >= 5 else (37, 64))
    apart = ImageChops.difference(meant, published.convert("RGB"))
    assert max(high for _, high in ImageStat.Stat(apart).extrema) <= (0 if kind == "PNG" else 24)
    assert cleaned.orientation == 1
    assert clean_file(f"a.{kind.lower()}", cleaned.data).data == cleaned.data
    assert clean_file(f"a.{kind.lower()}", data) == cleaned


@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("orientation", [3, 6])
def test_a_turned_jpeg_is_compressed_with_its_own_tables(
    orientation: int, subsampling: int, take_photograph: TakePhotograph
):
    data = take_photograph(orientation=orientation, quality=83, subsampling=subsampling, progressive=True)
    before, after = (JpegImageFile(io.BytesIO(one)) for one in (data, clean_file("a.jpg", data).data))
    for number, table in before.quantization.items():
        rows = [table[row * 8 : row * 8 + 8] for row in range(8)]
        turned = [list(column) for column in zip(*rows, strict=True)]
        assert after.quantization[number] == [
            number for row in (turned if orientation == 6 else rows) for number in row
        ]
    assert "progressive" in after.info


def test_a_turned_picture_keeps_its_colours(take_photograph: TakePhotograph):
    profile = b"a profile of colours"
    for kind in ("JPEG", "PNG", "WEBP"):
        data = take_photograph(kind=kind, orientation=6, icc_profile=profile)
        assert Image.open(io.BytesIO(clean_file("a.jpg", data).data)).info["icc_profile"] == profile


@pytest.mark.parametrize(("mode", "colour"), [("L", (90,)), ("CMYK", (10, 20, 30, 40))])
def test_a_turned_picture_has_as_many_channels_as_before(mode: str, colour: tuple[int, ...]):
    exif = Image.Exif()
    exif[Tag.Orientation] = 6
    written = io.BytesIO()
    Image.new(mode, (16, 8), colour).save(written, "JPEG", exif=exif)
    turned = Image.open(io.BytesIO(clean_file("a.jpg", written.getvalue()).data))
    assert (turned.mode, turned.size) == (mode, (8, 16))
    assert all(abs(low - want) < 3 for (low, _), want in zip(ImageStat.Stat(turned).extrema, colour, strict=True))


def test_a_picture_that_would_lose_by_being_turned_keeps_its_note(take_photograph: TakePhotograph):
    frames = [Image.new("RGB", (8, 4), colour) for colour in ("red", "blue")]
    exif = Image.Exif()
    exif[Tag.Orientation] = 6
    moving = io.BytesIO()
    frames[0].save(moving, "WEBP", save_all=True, append_images=frames[1:], exif=exif, lossless=True)
    published = Image.open(io.BytesIO(clean_file("a.webp", moving.getvalue()).data))
    assert len(ImageSequence.all_frames(published)) == 2
    assert published.getexif()[Tag.Orientation] == 6


def test_a_picture_too_large_to_be_turned_is_refused_and_one_that_is_upright_is_not(take_photograph: TakePhotograph):
    vast = take_photograph(kind="PNG", orientation=6)
    head = struct.pack(">4sII", b"IHDR", 40_000, 40_000) + vast[24:29]
    vast = vast[:12] + head + struct.pack(">I", zlib.crc32(head)) + vast[33:]
    with pytest.raises(UncleanError, match="more pixels"):
        clean_file("a.png", vast)
    assert clean_file("a.png", vast.replace(b"eXIf", b"eXIx")).orientation == 1


@pytest.mark.parametrize(
    "start", [b"8BPS", b"\xff\x0a", b"\0\0\0\x0cJXL \r\n", b"\0\0\0\x0cjP  \r\n", b"\0\0\0\x18ftypisom"]
)
def test_a_kind_that_may_tell_and_that_browsers_do_not_show_is_refused_whatever_its_name(start: bytes):
    with pytest.raises(UncleanError, match="whatever its name says"):
        clean_file("a.jpg", start + bytes(40))


def test_what_is_no_picture_cannot_be_turned():
    assert turn_upright(b"\xff\xd8 no picture", 6) is None
