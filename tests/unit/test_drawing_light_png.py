"""Light pictures: whole PNGs within their weight, in colours near to those they had."""

from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from storymap.drawing.light_png import write_light_png


def make_picture(noise: int) -> NDArray[np.uint8]:
    """Land and sea, every `noise`-th pixel of them in a colour between."""
    levels = np.full((630, 1200, 4), 255, dtype=np.uint8)
    levels[:, :600, :3], levels[:, 600:, :3] = (245, 240, 230), (211, 225, 231)
    if noise:
        shuffled = np.random.default_rng(7).integers(80, 250, (630, 1200, 3), dtype=np.uint8)
        levels[:, ::noise, :3] = shuffled[:, ::noise]
    return levels


@pytest.mark.parametrize(("noise", "colours"), [(0, 2), (60, 64), (15, 24)])
def test_a_picture_has_as_many_colours_as_its_weight_lets_it(noise: int, colours: int) -> None:
    picture = make_picture(noise)
    png = write_light_png(picture, 60_000)
    assert len(png) <= 60_000
    with Image.open(io.BytesIO(png)) as read:
        read.verify()
    with Image.open(io.BytesIO(png)) as read:
        assert (read.format, read.mode, read.size) == ("PNG", "P", (1200, 630))
        assert len(read.getcolors() or ()) <= colours
        few = np.asarray(read.convert("RGB")).astype(int)
    apart = np.abs(few - picture[..., :3].astype(int)).max(axis=2)
    assert np.median(apart) <= (4 if colours != 24 else 20)
    assert write_light_png(picture, 60_000) == png


def test_a_picture_of_what_repeats_keeps_its_colours() -> None:
    """Though its colour changes with every second pixel."""
    levels = np.full((630, 1200, 4), 255, dtype=np.uint8)
    levels[:, ::2, :3] = np.random.default_rng(7).integers(80, 250, (600, 3), dtype=np.uint8)
    with Image.open(io.BytesIO(write_light_png(levels, 60_000))) as read:
        assert len(read.getcolors() or ()) > 32


@pytest.mark.parametrize("limit", [60_000, 40_000])
def test_what_no_number_of_colours_makes_light_has_coarser_points(limit: int) -> None:
    """Such as a photograph, of which each pixel has a colour of its own."""
    picture = make_picture(1)
    picture[:, :600, 0] //= 4
    png = write_light_png(picture, limit)
    assert len(png) <= limit
    with Image.open(io.BytesIO(png)) as read:
        assert read.size == (1200, 630)
        few = np.asarray(read.convert("RGB")).astype(int)
    assert few[:, :500, 0].mean() < few[:, 700:, 0].mean() / 2, "what it shows is there all the same"


@pytest.mark.parametrize("limit", [60_000, 20_000])
def test_plain_colours_stay_as_they_are_however_few_there_may_be(limit: int) -> None:
    """Sea, land, paper and ink, beside which edges have many others."""
    plain = [(183, 205, 216), (246, 241, 231), (255, 253, 249), (31, 27, 22)]
    levels = np.full((630, 1200, 4), 255, dtype=np.uint8)
    levels[..., :3] = np.array(plain, dtype=np.uint8)[np.arange(1200) // 30 % 4]
    levels[:, ::15, :3] = np.random.default_rng(7).integers(60, 250, (630, 80, 3), dtype=np.uint8)
    with Image.open(io.BytesIO(write_light_png(levels, limit))) as read:
        few = np.asarray(read.convert("RGB"))
    for number, colour in enumerate(plain):
        assert np.array_equal(few[:, 30 * number + 7], np.broadcast_to(np.array(colour), (630, 3)))


def test_a_colour_of_little_area_stays_if_it_is_to_be_kept() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 4), dtype=np.uint8)
    noise[..., 3] = 255
    for number in range(20):  # plain areas of many colours, each larger than the mark
        noise[number * 15 : number * 15 + 14, :200, :3] = (number * 10, 200, 255 - number * 10)
    noise[100:108, 300:308, :3] = (163, 50, 28)
    with Image.open(io.BytesIO(write_light_png(noise, 60_000, keep=["#a3321c"]))) as read:
        assert read.convert("RGB").getpixel((304, 104)) == (163, 50, 28)
