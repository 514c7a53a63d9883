"""What a picture, or a file beside it, says of where it lies: world files and GeoTIFF → `Placement`.

Pillow has read the tags of a TIFF already, and pyproj knows the reference systems: nothing more is needed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from PIL import Image

from storymap.earth.rectifying import Affine
from storymap.earth.warping import Placement, WarpError

_SCALE, _TIEPOINTS, _TRANSFORMATION, _KEYS = 33550, 33922, 34264, 34735
"""Tags of GeoTIFF (OGC 19-008r4, 7): ModelPixelScale, ModelTiepoint, ModelTransformation and the directory of keys."""

_RASTER_TYPE, _GEOGRAPHIC, _PROJECTED = 1025, 2048, 3072
_POINT, _OWN = 2, 32767

_ASK = "write its reference system beside the file: crs: EPSG:5514"


def list_world_files(name: str) -> tuple[str, ...]:
    """What the world file of a picture may be called: `plan.jgw`, `plan.jpgw` or `plan.wld` beside `plan.jpg`."""
    path = PurePath(name)
    kind = path.suffix.removeprefix(".").casefold()
    short = f"{kind[:1]}{kind[-1:]}w"
    return tuple(f"{path.stem}.{ending}" for ending in (short, f"{kind}w", "wld"))


def list_system_files(name: str) -> tuple[str, ...]:
    """The files beside a picture that may say in which reference system its world file is."""
    return f"{PurePath(name).stem}.prj", f"{name}.aux.xml"


def read_system(text: str) -> str:
    """The reference system of a `.prj` file, or of the `.aux.xml` of GDAL; empty where it says none."""
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        found = re.search(r"<SRS\b[^>]*>([^<]+)</SRS>", text)
        text = found[1].replace("&quot;", '"').replace("&apos;", "'").replace("&amp;", "&") if found else ""
    return text.strip()


def read_world_file(text: str, crs: str) -> Placement:
    """The placement of six numbers, which are those of the middle of the upper left pixel; `crs` may be empty.

    Raises `WarpError` where they are no six numbers, or can be no degrees and no reference system is known.
    """
    try:
        a, d, b, e, c, f = (float(number.replace(",", ".")) for number in text.split())
    except ValueError:
        raise WarpError("has a world file that does not hold six numbers", "export the picture again") from None
    affine = Affine(a, b, c - a / 2 - b / 2, d, e, f - d / 2 - e / 2)
    _check_affine(affine)
    if not crs and not (abs(c) <= 180 and abs(f) <= 90):
        raise WarpError(f"lies at {c:.10g}, {f:.10g} of a reference system that is not said", _ASK)
    return Placement(affine, crs) if crs else Placement(affine)


def read_geotiff(image: Image.Image, crs: str) -> Placement | None:
    """The placement that the tags of a TIFF say, or None; `crs`, where it is not empty, is better known.

    Raises `WarpError` where its reference system is not said in a code.
    """
    tags = getattr(image, "tag_v2", None) or {}
    keys = _read_keys(tags.get(_KEYS, ()))
    affine = _read_affine(tags, is_point=keys.get(_RASTER_TYPE) == _POINT)
    if affine is None:
        return None
    _check_affine(affine)
    code = keys.get(_PROJECTED) or keys.get(_GEOGRAPHIC)
    if not crs and (not code or code == _OWN):
        raise WarpError("is in a reference system of its own, which has no code", _ASK)
    return Placement(affine, crs or f"EPSG:{code}")


def _check_affine(affine: Affine) -> None:
    numbers = (affine.a, affine.b, affine.c, affine.d, affine.e, affine.f)
    if not all(map(math.isfinite, numbers)) or affine.a * affine.e == affine.b * affine.d:
        raise WarpError("says of itself that it has no extent", "export the picture again")


def _read_affine(tags: Any, *, is_point: bool) -> Affine | None:
    """From pixels to coordinates; where a position is that of the middle of a pixel, its corner is half one away."""
    if len(matrix := _list_numbers(tags.get(_TRANSFORMATION))) == 16:
        a, b, _, c, d, e, _, f = matrix[:8]
    elif len(scale := _list_numbers(tags.get(_SCALE))) >= 2 and len(tie := _list_numbers(tags.get(_TIEPOINTS))) >= 6:
        (a, e), (b, d) = (scale[0], -scale[1]), (0.0, 0.0)
        c, f = tie[3] - tie[0] * a, tie[4] - tie[1] * e
    else:
        return None
    half = 0.5 if is_point else 0.0
    return Affine(a, b, c - half * (a + b), d, e, f - half * (d + e))


def _list_numbers(value: Any) -> list[float]:
    return [float(number) for number in value] if isinstance(value, Sequence) and not isinstance(value, str) else []


def _read_keys(directory: Any) -> dict[int, int]:
    """The keys whose value stands in the directory itself: fours of key, tag, count and value after a head of four."""
    numbers = [int(number) for number in _list_numbers(directory)]
    return {numbers[start]: numbers[start + 3] for start in range(4, len(numbers) - 3, 4) if numbers[start + 1] == 0}
