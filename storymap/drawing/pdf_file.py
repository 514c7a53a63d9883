"""A PDF of one page: what it draws, and what that names. Nothing in it is packed, because it is read at once."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from storymap.drawing.svg_paths import write_numbers


def bind_page(
    drawn: str, width: float, height: float, alphas: Mapping[tuple[float, float], str], pictures: Sequence[bytes]
) -> bytes:
    """The document whose page of `width` × `height` points has the operators `drawn`, in ASCII; y grows downwards.

    `alphas` name how much of fills and of lines is let through, 0 to 1; `pictures` are files named P0, P1 and so on.
    """
    content = f"4 M 1 0 0 -1 0 {write_numbers(height)} cm {drawn}".encode("ascii")
    states = "".join(
        f"/{name}<</ca {write_numbers(fill)}/CA {write_numbers(stroke)}>>" for (fill, stroke), name in alphas.items()
    )
    named = "".join(f"/P{number} {5 + 2 * number} 0 R" for number in range(len(pictures)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {write_numbers(width, height)}]"
        f"/Resources<</ExtGState<<{states}>>/XObject<<{named}>>>>/Contents 4 0 R>>".encode("ascii"),
        _write_stream("", content),
    ]
    for picture in pictures:
        objects += _write_picture(picture, mask=len(objects) + 2)
    document, begins = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, start=1):
        begins.append(len(document))
        document += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table, count = b"".join(b"%010d 00000 n \n" % begin for begin in begins), len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(document) + end % (count, table, count, len(document))


def _write_picture(file: bytes, *, mask: int) -> tuple[bytes, bytes]:
    """The colours of a picture, and how much of each of its points is seen, which is the object `mask`."""
    from PIL import Image

    with Image.open(io.BytesIO(file)) as read:
        whole = read.convert("RGBA")
    size = f"/Type/XObject/Subtype/Image/Width {whole.width}/Height {whole.height}/BitsPerComponent 8/Interpolate true"
    colours, seen = whole.convert("RGB").tobytes(), whole.getchannel("A").tobytes()
    return (
        _write_stream(f"{size}/ColorSpace/DeviceRGB/SMask {mask} 0 R", colours),
        _write_stream(f"{size}/ColorSpace/DeviceGray", seen),
    )


def _write_stream(look: str, data: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (look.encode("ascii"), len(data), data)
