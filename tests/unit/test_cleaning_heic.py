"""Photographs in HEIC: read, measured and published as JPEG where the extra is installed, else told."""

from __future__ import annotations

import io
from base64 import b64decode
from pathlib import Path

import pytest
from PIL import Image

from storymap.addresses import media_file
from storymap.building.build import build_site
from storymap.cleaning import files
from storymap.cleaning.cleaned import UncleanError
from storymap.cleaning.files import clean_file, is_published
from storymap.cleaning.heic import can_read_heic, convert_heic, is_heic
from storymap.errors import Report, StorymapError
from storymap.project import load_project
from storymap.resolving.story_file import measure_picture
from storymap.starter.photographs import read_folder

PLACED = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAA"
    "AAAERAAAIAAQAAAAAB4gABAAAAAAAAADQAAgAAAAACFgABAAAAAAAAAO4AAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVp"
    "bmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGE"
    "ABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkA"
    "AAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEH"
    "BpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAABKm1kYXQAAAAwKAGvE4DlMnX/"
    "5uE/580/wvJmTqDEL9APtzW/rWSxBvOyUF/+WYsfF9O/8fPN9/dYAAAABkV4aWYAAE1NACoAAAAIAAQBMgACAAAAFAAAAD4BOwACAAAABQAAAF"
    "KHaQAEAAAAAQAAAFiIJQAEAAAAAQAAAH4AAAAAMjAyNjowNToxMiAxNDozMDowMABKYW5hAAAAAZADAAIAAAAUAAAAagAAAAAyMDI2OjA1OjEy"
    "IDE0OjMwOjAwAAAEAAEAAgAAAAJOAAAAAAIABQAAAAMAAAC0AAMAAgAAAAJFAAAAAAQABQAAAAMAAADMAAAAAAAAADIAAAABAAAABAAAAAEAAA"
    "DeAAAABQAAAA4AAAABAAAAGQAAAAEAAATmAAAAGQ=="
)
"""Blue, 64 by 48 pixels, red above on the left; taken in Prague on 12 May 2026 by Jana."""

TURNED = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAchtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAA"
    "AAAERAAAIAAQAAAAAB7AABAAAAAAAAADQAAgAAAAACIAABAAAAAAAAACQAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVp"
    "bmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAABB2lwcnAAAADmaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGE"
    "ABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkA"
    "AAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEH"
    "BpeGkAAAAAAwgICAAAAAlpcm90AwAAABlpcG1hAAAAAAAAAAEAAQaBAgMFhIYAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAGBtZGF0AAAA"
    "MCgBrxOA5TJ1/+bhP+fNP8LyZk6gxC/QD7c1v61ksQbzslBf/lmLHxfTv/Hzzff3WAAAAAZFeGlmAABNTQAqAAAACAABARIAAwAAAAEABgAAAA"
    "AAAA=="
)
"""The same, to be turned to the right, so that the red is above on the right."""

installed = pytest.mark.skipif(not can_read_heic(), reason="the extra heif is not installed")


@installed
@pytest.mark.parametrize(("data", "size", "red"), [(PLACED, (64, 48), (5, 5)), (TURNED, (48, 64), (43, 5))])
def test_a_heic_is_published_as_a_jpeg_that_stands_upright_and_tells_nothing(data, size, red, tmp_path: Path) -> None:
    assert is_heic(data)
    cleaned = clean_file("IMG_1.HEIC", data)
    with Image.open(io.BytesIO(cleaned.data)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", size, {})
        strongest = picture.getpixel(red)
        assert isinstance(strongest, tuple)
        assert strongest[0] > strongest[2]
    assert bool(cleaned.private) == (data is PLACED)
    for name in ("a.heic", "a.jpg"):  # many programs only change the name
        (tmp_path / name).write_bytes(data)
        assert measure_picture(tmp_path / name) == size
    assert clean_file("IMG_1.jpg", data) == cleaned


def test_a_jpeg_that_is_called_heic_is_published_as_it_is() -> None:
    written = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(written, "JPEG")
    assert clean_file("IMG_1.heic", written.getvalue()).data.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"II*\0" + bytes(40), "a TIFF"),
        (b"%PDF-1.7", "a PDF"),
        (b"\n<!DOCTYPE html><title>404", "a web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><svg/>', "an SVG or other XML"),
    ],
)
def test_what_no_browser_shows_under_the_name_of_a_picture_is_told(data: bytes, kind: str) -> None:
    with pytest.raises(UncleanError, match=kind):
        clean_file("hall.jpg", data)


def test_a_bitmap_that_is_called_jpg_is_shown_as_browsers_do() -> None:
    written = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(written, "BMP")
    assert clean_file("hall.jpg", written.getvalue()).data == written.getvalue()


@installed
@pytest.mark.parametrize(
    "data",
    [b"", b"\0\0\0\x18ftypheic" + bytes(99), PLACED[:300], PLACED[:-40], PLACED[:200] + b"\xff" * 200 + PLACED[400:]],
)
def test_a_damaged_heic_is_told_and_not_published(data: bytes) -> None:
    with pytest.raises(UncleanError, match="is no picture that can be read"):
        convert_heic(data)


@installed
def test_a_heic_of_more_pixels_than_memory_holds_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storymap.cleaning.heic._MOST_PIXELS", 64 * 48 - 1)
    with pytest.raises(UncleanError, match="scale it down"):
        convert_heic(PLACED)


@installed
@pytest.mark.parametrize(("name", "published"), [("IMG_1.HEIC", "IMG_1.HEIC.jpg"), ("IMG_1.jpg", "IMG_1.jpg")])
def test_a_heic_places_a_step_and_is_shown_in_it(name: str, published: str, tmp_path: Path) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    (stories / name).write_bytes(PLACED)
    (stories / "walk.md").write_text(f"---\ntitle: A walk\n---\n\n## There\nplace: {name}\n\n![The square]({name})\n")
    report = Report()
    site = build_site(load_project(tmp_path), report=report)
    assert [problem.message for problem in report.problems if problem.severity == "error"] == []
    with Image.open(io.BytesIO(site[media_file(name)])) as picture:
        assert picture.format == "JPEG"
    page = site["walk.html"].decode()
    assert f'src="media/{published}"' in page
    assert 'width="64" height="48"' in page
    assert "12 May 2026" in page


def test_without_the_extra_a_heic_is_told_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "can_read_heic", lambda: False)
    assert not is_published("IMG_1.HEIC")
    stories = tmp_path / "stories"
    stories.mkdir()
    (stories / "IMG_1.HEIC").write_bytes(PLACED)
    (stories / "walk.md").write_text(
        "---\ntitle: A walk\n---\n\n## There\nplace: IMG_1.HEIC\n\n![The square](IMG_1.HEIC) and [it](IMG_1.HEIC)\n"
    )
    with pytest.raises(StorymapError) as told_all:
        build_site(load_project(tmp_path))
    told = [problem.help for problem in told_all.value.problems]
    assert len(told) == 3
    assert all("pip install pi-heif" in one for one in told)
    ((_, reason),) = read_folder(stories).left_out
    assert "pip install pi-heif" in reason
