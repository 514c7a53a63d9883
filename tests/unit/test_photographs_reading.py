"""Where and when a photograph was taken, as cameras note it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from PIL.ExifTags import GPS

from storymap.model.place import LonLat
from storymap.photographs.reading import PhotographError, read_photograph

TakePhotograph = Callable[..., bytes]


@pytest.mark.parametrize("kind", ["JPEG", "MPO", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("position", [(50.079, 14.4306), (-33.8568, 151.2153), (40.6892, -74.0445), (-0.5, -91.25)])
def test_position_and_time_are_read_of_every_kind(
    kind: str, position: tuple[float, float], take_photograph: TakePhotograph
):
    photograph = read_photograph(io.BytesIO(take_photograph(position, kind=kind)))
    lat, lon = position
    assert photograph.position == LonLat(lon, lat)
    assert photograph.coordinates == f"{lat}, {lon}"
    assert (photograph.flaw, photograph.taken) == (None, "2026-05-12T14:30")


@pytest.mark.parametrize(
    ("taken", "offset", "read"),
    [
        ("2026:05:12 14:30:05", "+02:00", "2026-05-12T14:30+02:00"),
        ("2026:05:12 14:30:05", "Prague", "2026-05-12T14:30"),
        ("2026-05-12T14:30:05", "", "2026-05-12T14:30"),
        ("2026:05:12 14:30", "", "2026-05-12T14:30"),
        ("0000:00:00 00:00:00", "+02:00", ""),
        ("2026:02:30 14:30:05", "", ""),
        ("    :  :     :  :  ", "", ""),
        ("yesterday", "", ""),
        ("", "", ""),
    ],
)
def test_the_time_is_that_of_the_place(taken: str, offset: str, read: str, take_photograph: TakePhotograph):
    assert read_photograph(io.BytesIO(take_photograph(taken=taken, offset=offset))).taken == read


@pytest.mark.parametrize(
    ("gps", "told"),
    [
        ({GPS.GPSLatitude: (50.0, 0.0, 0.0)}, "does not say"),
        ({GPS.GPSLatitude: (0.0, 0.0, 0.0), GPS.GPSLongitude: (0.0, 0.0, 0.0)}, "0, 0"),
        ({GPS.GPSLatitude: (91.0, 0.0, 0.0), GPS.GPSLongitude: (0.0, 0.0, 0.0)}, 'latitude "91"'),
        ({GPS.GPSLatitude: (50.0, 0.0, 0.0), GPS.GPSLongitude: (181.0, 0.0, 0.0)}, 'longitude "181"'),
    ],
)
def test_a_position_that_is_none_is_said_to_be_none(gps: dict[int, object], told: str, take_photograph: TakePhotograph):
    photograph = read_photograph(io.BytesIO(take_photograph(None, gps=gps)))
    assert photograph.position is None
    assert photograph.coordinates == ""
    assert photograph.flaw is not None
    assert told in photograph.flaw.message


def test_a_number_divided_by_nothing_is_no_position(take_photograph: TakePhotograph):
    written = take_photograph((50.0, 14.0))
    nought = written.replace((50).to_bytes(4, "big") + (1).to_bytes(4, "big"), bytes(8))
    assert nought != written
    flaw = read_photograph(io.BytesIO(nought)).flaw
    assert flaw is not None
    assert "no number" in flaw.message


@pytest.mark.parametrize(
    "data", [b"", b"no picture", b"\xff\xd8\xff\xe1", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_is_no_picture_is_told(data: bytes):
    with pytest.raises(PhotographError, match="no picture"):
        read_photograph(io.BytesIO(data))


def test_a_picture_with_more_pixels_than_memory_is_told(take_photograph: TakePhotograph):
    data = take_photograph(kind="PNG")
    with pytest.raises(PhotographError):
        read_photograph(
            io.BytesIO(data.replace((48).to_bytes(4, "big") + (32).to_bytes(4, "big"), b"\x00\x01\0\0" * 2))
        )


def test_damaged_notes_are_no_notes(take_photograph: TakePhotograph):
    written = take_photograph()
    start = written.index(b"Exif\0\0") + 6
    for at in range(start, start + 220, 3):
        damaged = bytearray(written)
        damaged[at : at + 4] = b"\xff" * 4
        photograph = read_photograph(io.BytesIO(bytes(damaged)))
        assert (photograph.position is None) == (photograph.flaw is not None)


def test_a_large_panorama_is_read():
    written = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(written, "PNG")  # more than Pillow warns of
    assert read_photograph(io.BytesIO(written.getvalue())).taken == ""
