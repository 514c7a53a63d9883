"""Pictures on the ground of a still, which carries them in itself: a still can load no other file."""

from __future__ import annotations

import io
import math
from base64 import b64encode
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from storymap.drawing.canvas import Canvas
from storymap.drawing.svg import tenths
from storymap.earth.extent import project_bounds
from storymap.layers.figures import Picture

_FINEST = 2
"""Pixels of a picture for each of a small still."""

_QUALITY = 70


def draw_pictures(canvas: Canvas, pictures: Sequence[Picture]) -> Iterator[str]:
    """Each of `pictures` that the still shows; none on a sketch, which is small."""
    extent = canvas.extent
    for picture in () if canvas.sketch else pictures:
        box = project_bounds(picture.bounds)
        for turn in range(math.floor(extent.west - 1), math.ceil(extent.east) + 1):
            if box.east + turn < extent.west or box.west + turn > extent.east:
                continue
            left, top = (box.west + turn - canvas.west) * canvas.scale, (box.north - canvas.north) * canvas.scale
            size = f'width="{tenths(box.width * canvas.scale)}" height="{tenths(box.height * canvas.scale)}"'
            look = f'opacity="{picture.opacity:g}" preserveAspectRatio="none"'
            href = f"data:image/webp;base64,{b64encode(picture.data).decode()}"
            look += ' class="s-tiles"' if picture.is_map else ""
            yield f'<image x="{tenths(left)}" y="{tenths(top)}" {size} {look} href="{href}"/>'


def shrink_picture(picture: Picture, size: tuple[int, int]) -> Picture:
    """`picture` no finer than a still of `size` can show it, where it is larger than that."""
    from PIL import Image

    image = Image.open(io.BytesIO(picture.data))
    largest = max(size) * _FINEST
    if max(image.size) <= largest:
        return picture
    image.thumbnail((largest, largest), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    image.save(file, "WEBP", quality=_QUALITY, method=4)
    return replace(picture, data=file.getvalue())
