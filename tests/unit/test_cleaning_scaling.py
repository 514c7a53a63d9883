"""Copies of pictures in the sizes that screens show."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from storymap.cleaning.cleaned import UncleanError
from storymap.cleaning.scaling import LARGEST, can_scale, choose_widths, limit_picture, scale_picture

HEAVY = 200_000


def draw(width: int, height: int, form: str, mode: str = "RGB", **options: object) -> bytes:
    picture = Image.new(mode, (width, height), "white")
    for step in range(0, width, 10):
        ImageDraw.Draw(picture).line((step, 0, width - step, height), fill="darkred", width=3)
    written = io.BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()


def test_a_picture_has_the_widths_below_its_own() -> None:
    assert choose_widths("a.jpg", (3000, 2000), HEAVY, b"") == (480, 800, 1200, 1600)
    assert choose_widths("a.png", (1000, 800), HEAVY, b"") == (480, 800)
    assert choose_widths("a.jpg", (1000, 8000), HEAVY, b"") == ()  # limited to 320 × 2560
    assert choose_widths("a.webp", (480, 400), HEAVY, b"") == ()


def test_what_is_small_drawn_moving_or_a_bomb_stays_as_it_is() -> None:
    moving = io.BytesIO()
    frames = [Image.new("RGB", (1000, 500), colour) for colour in ("red", "blue")]
    frames[0].save(moving, "WEBP", save_all=True, append_images=frames[1:])
    assert choose_widths("a.jpg", (3000, 2000), 9_000, b"") == ()
    assert choose_widths("a.svg", (3000, 2000), HEAVY, b"") == ()
    assert choose_widths("a.gif", (3000, 2000), HEAVY, b"") == ()
    assert choose_widths("a.webp", (1000, 500), HEAVY, moving.getvalue()[:4096]) == ()
    assert not can_scale("a.png", (60_000, 60_000), b"")
    assert not can_scale("a.png", (0, 0), b"")


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("WEBP", "RGB")]
)
def test_copies_have_their_width_the_same_shape_and_nothing_of_the_camera(form: str, mode: str) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Jana"
    data = draw(1500, 1000, form, mode, **({"exif": exif} if mode != "CMYK" else {}))
    copies = scale_picture(data, (480, 1200))
    opened = [Image.open(io.BytesIO(copy)) for copy in copies]
    assert [(one.format, *one.size) for one in opened] == [("WEBP", 480, 320), ("WEBP", 1200, 800)]
    assert all(not one.getexif() and b"Jana" not in copy for one, copy in zip(opened, copies, strict=True))
    assert {one.mode for one in opened} <= {"RGB", "RGBA"}
    assert copies == scale_picture(data, (480, 1200))


def test_a_drawing_is_copied_without_loss() -> None:
    red, white = (139, 0, 0), (255, 255, 255)
    picture = Image.new("RGB", (960, 960), white)
    picture.paste(red, (0, 0, 480, 960))
    written = io.BytesIO()
    picture.save(written, "PNG")
    copy = Image.open(io.BytesIO(scale_picture(written.getvalue(), (480,))[0])).convert("RGB")
    assert (copy.getpixel((100, 100)), copy.getpixel((400, 100))) == (red, white)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_is_opened_large_is_no_larger_than_screens_and_keeps_its_format(form: str) -> None:
    name = f"a.{form.lower()}"
    limited = Image.open(io.BytesIO(limit_picture(name, draw(1500, 4000, form))))
    assert (limited.format, limited.height) == (form, LARGEST)
    small = draw(1500, 1000, form)
    assert limit_picture(name, small) == small


@pytest.mark.parametrize("data", [b"<html>", draw(900, 900, "JPEG")[:3000], b""])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(UncleanError):
        scale_picture(data, (480,))


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    head = draw(10, 10, "PNG")
    at = head.index(b"IHDR") + 4
    bomb = head[:at] + (60_000).to_bytes(4, "big") * 2 + head[at + 8 :]
    import zlib

    crc = zlib.crc32(bomb[at - 4 : at + 13]).to_bytes(4, "big")
    with pytest.raises(UncleanError):
        scale_picture(bomb[: at + 13] + crc + bomb[at + 17 :], (480,))
