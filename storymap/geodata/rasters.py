"""Read a picture that lies on the ground of a map → `Raster`, and make its published copy, with Pillow.

A picture with control points, or one that says itself where it lies, is rectified: turned and stretched, so that its
upper edge is north.
"""

from __future__ import annotations

import hashlib
import io
import math
import warnings
from collections.abc import Callable
from pathlib import PurePosixPath

from msgspec import Struct
from PIL import Image, ImageOps, UnidentifiedImageError

from storymap.earth.rectifying import ControlPointError, fit_affine, lay_out, measure_misfits, measure_stretch
from storymap.earth.warping import Placement, WarpError, rotate_box, warp
from storymap.errors import Location, Report
from storymap.geodata.folder import name_published
from storymap.geodata.georeferences import read_geotiff, read_world_file
from storymap.geodata.ground_overlays import GroundOverlay, read_overlay
from storymap.geodata.pixels import to_eight_bits
from storymap.model.place import Bounds
from storymap.model.raster import ControlPoint, Raster, RasterSource

LARGEST_PICTURE = 60_000_000
"""Bytes of the largest file that is read."""

MOST_PIXELS = 150_000_000
"""Pixels of the largest picture: a sheet of a metre at 300 dots an inch."""

_FEWER = f"at most {MOST_PIXELS / 1e6:.0f} million pixels are read; save it smaller"

_LARGEST_SIDE = 4096
"""Pixels of the longer side of a published copy: what phones can draw at once."""

_PREVIEW = 560
"""Pixels of the longer side of the copy in stills, which are 672 wide."""

_QUALITY, _PREVIEW_QUALITY = 82, 55

_LOOSE = 0.04
"""Share of a picture's size by which a control point may be off before that is told."""

_STRETCHED = 2.0
"""How many times as tall or as wide as it is bounds may draw a picture before that is told: as tall as one in degrees
is drawn at 60° north."""

_ALIKE, _UNLIKE = 1.1, 1.3
"""A picture is stretched less than the first by its true bounds, and more than the second by any others."""


def read_raster(source: RasterSource, data: bytes, *, at: Callable[..., Location], report: Report) -> Raster | None:
    """The picture in `data`; None, and told, where it is none or it cannot be said where it lies.

    `at` tells where the value at a path of keys is written.
    """
    found = _find_place(source, data, at, report)
    if found is None:
        return None
    if isinstance(found.place, Bounds):
        bounds = found.place
        _tell_stretch(source, bounds, found.image.size, at("bounds"), report)
        turned = found.image
    else:
        try:
            rectified = _rectify(found)
        except ControlPointError as error:
            report.error("bad-control-points", str(error), at("points"), help=error.help)
            return None
        except WarpError as error:
            report.error("image-nowhere", f'"{source.name}" {error}', at("file"), help=error.help)
            return None
        bounds, turned = rectified.bounds, rectified.image
        if isinstance(found.place, tuple):
            _tell_misfits(found.place, bounds, at, report)
    turned.thumbnail((_PREVIEW, _PREVIEW))
    preview = write_webp(turned, _PREVIEW_QUALITY)
    return Raster(source, name_copy(source, data), bounds, preview)


def name_copy(source: RasterSource, data: bytes) -> str:
    """The path of the published copy, another one for the same picture that lies elsewhere."""
    path = PurePosixPath(name_published(source.file))
    place = (source.bounds, source.points, *filter(None, (source.world, source.crs, source.system)))
    mark = hashlib.sha256(repr(place).encode() + data).hexdigest()[:8]
    return path.with_name(f"{path.stem}-{mark}.webp").as_posix()


def make_copy(source: RasterSource, data: bytes) -> bytes:
    """The picture as it is published: upright, rectified, without what it tells of people and places, as WebP."""
    found = _find_place(source, data, lambda *_: Location(""), Report())
    assert found is not None, "it was read before"
    image = found.image if isinstance(found.place, Bounds) else _rectify(found).image
    image.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    return write_webp(image, _QUALITY)


class _Placed(Struct, frozen=True):
    """A picture with its pixels upright, and where it lies."""

    image: Image.Image
    place: Bounds | tuple[ControlPoint, ...] | Placement


class _Rectified(Struct, frozen=True):
    image: Image.Image
    bounds: Bounds


def _find_place(source: RasterSource, data: bytes, at: Callable[..., Location], report: Report) -> _Placed | None:
    """The picture, and where its author, or it itself, says that it lies; None, and told, where neither does."""
    is_said = source.bounds is not None or bool(source.points)
    try:
        overlay = None
        if PurePosixPath(source.name).suffix.casefold() == ".kmz":
            overlay = read_overlay(data, largest=LARGEST_PICTURE)
            _tell_others(source, overlay, at("file"), report)
        image = open_picture(source.name, overlay.picture if overlay else data, at("file"), report)
        if image is None:
            return None
        if source.bounds is not None:
            bounds = _check_bounds(source.bounds, at("bounds"), report)
            return _Placed(_upright(image), bounds) if bounds else None
        if is_said:
            return _Placed(_upright(image), source.points)
        place = _read_place(source, overlay, image)
    except WarpError as error:
        report.error("image-nowhere", f'"{source.name}" {error}', at("file"), help=error.help)
        return None
    if place is None:
        help = "add bounds: [west, south, east, north], or points: [[x, y, lon, lat], …], three or more"
        report.error("image-nowhere", f'"{source.name}" does not say where it lies', at(), help=help)
        return None
    return _Placed(to_eight_bits(image), place)  # its numbers are those of the pixels as they stand in the file


def _read_place(
    source: RasterSource, overlay: GroundOverlay | None, image: Image.Image
) -> tuple[ControlPoint, ...] | Placement | None:
    """Where a picture itself, or its world file, says that it lies."""
    if overlay is not None:
        if overlay.bounds is None:
            return overlay.list_points(*image.size)
        return rotate_box(overlay.bounds, overlay.rotation, *image.size)
    if source.world:
        return read_world_file(source.world, source.crs or source.system)
    return read_geotiff(image, source.crs)


def _tell_others(source: RasterSource, overlay: GroundOverlay, at: Location, report: Report) -> None:
    if overlay.count > 1:
        message = f'"{source.name}" holds {overlay.count} pictures that lie on the ground, and the first is shown'
        report.warning("more-overlays", message, at, help="save each as a KMZ of its own")


def open_picture(name: str, data: bytes, at: Location, report: Report) -> Image.Image | None:
    """The picture, loaded, as it stands in its file; None, and told, where it cannot be had."""
    if len(data) > LARGEST_PICTURE:
        tell_too_large(name, len(data), at, report)
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pixels, which are counted here, and of tags that Pillow passes over
            image = Image.open(io.BytesIO(data))
            width, height = image.size
            if width * height > MOST_PIXELS:
                report.error("file-too-large", f'"{name}" has {width:,} × {height:,} pixels', at, _FEWER)
                return None
            image.load()
    except Image.DecompressionBombError:  # what even Pillow does not open
        report.error("file-too-large", f'"{name}" has hundreds of millions of pixels', at, _FEWER)
        return None
    except Exception as error:  # noqa: BLE001 - whatever a reader makes of a damaged picture
        help = "open it in the program that made it, and save it again as JPEG or PNG, with 8 bits for each colour"
        reason = "" if isinstance(error, UnidentifiedImageError) else f": {error}"  # it names an address in memory
        report.error("unreadable-file", f'"{name}" is no picture that can be read{reason}', at, help)
        return None
    return image


def tell_too_large(name: str, size: int, at: Location, report: Report) -> None:
    """Tell of a picture that has more bytes than are read."""
    help = f"at most {LARGEST_PICTURE / 1e6:.0f} MB are read; save it smaller"
    report.error("file-too-large", f'"{name}" has {size / 1e6:,.0f} MB', at, help)


def _upright(image: Image.Image) -> Image.Image:
    """The picture as it was held, in eight bits."""
    return to_eight_bits(ImageOps.exif_transpose(image))


def _check_bounds(written: tuple[float, float, float, float], at: Location, report: Report) -> Bounds | None:
    west, south, east, north = written
    if -180 <= west < east <= 180 and -85 <= south < north <= 85:
        return Bounds(west, south, east, north)
    help = "write west, south, east, north in degrees, west and south first: [14.40, 50.06, 14.46, 50.10]"
    report.error("bad-bounds", f"no picture lies within {', '.join(f'{edge:g}' for edge in written)}", at, help)
    return None


def _tell_stretch(source: RasterSource, bounds: Bounds, size: tuple[int, int], at: Location, report: Report) -> None:
    """Warn of bounds whose shape is not that of the picture: edges in another order are the usual cause."""
    taller = measure_stretch(bounds, *size)
    swapped = Bounds(bounds.south, bounds.west, bounds.north, bounds.east)
    is_swapped = (
        max(abs(swapped.south), abs(swapped.north)) <= 85
        and _is_stretched(taller, _UNLIKE)
        and not _is_stretched(measure_stretch(swapped, *size), _ALIKE)
    )
    if is_swapped:
        edges = (swapped.west, swapped.south, swapped.east, swapped.north)
        help = f"write the longitudes first, west and east: bounds: [{', '.join(f'{edge:g}' for edge in edges)}]"
    elif _is_stretched(taller, _STRETCHED):
        help = "see whether these are the edges of the picture: west, south, east, north"
    else:
        return
    how = f"{taller:.1f} times as tall" if taller > 1 else f"{1 / taller:.1f} times as wide"
    report.warning("stretched-picture", f'the bounds draw "{source.name}" {how} as it is', at, help=help)


def _is_stretched(taller: float, most: float) -> bool:
    return not 1 / most <= taller <= most


def _rectify(found: _Placed) -> _Rectified:
    """The picture with its upper edge north. Raises `ControlPointError` or `WarpError`."""
    seen = found.image.convert("RGBA")  # what lies beyond its slanted edges is see-through
    if isinstance(found.place, Placement):
        laid = warp(found.place, *seen.size, largest=_LARGEST_SIDE)
        size = (laid.columns, laid.rows)
        return _Rectified(seen.transform(size, Image.Transform.MESH, laid.mesh, Image.Resampling.BICUBIC), laid.bounds)
    assert isinstance(found.place, tuple)
    affine = fit_affine(found.place)
    bounds, width, height, back = lay_out(affine, *seen.size, largest=_LARGEST_SIDE)
    data = (back.a, back.b, back.c, back.d, back.e, back.f)
    turned = seen.transform((width, height), Image.Transform.AFFINE, data, Image.Resampling.BICUBIC)
    return _Rectified(turned, bounds)


def _tell_misfits(
    points: tuple[ControlPoint, ...], bounds: Bounds, at: Callable[..., Location], report: Report
) -> None:
    """Warn of a control point that does not fit the others: most likely it was read off wrongly."""
    misfits = measure_misfits(fit_affine(points), points)
    worst = max(range(len(points)), key=misfits.__getitem__)
    size = math.hypot(bounds.width * math.cos(math.radians(bounds.north)), bounds.height) * 111.2
    if misfits[worst] > _LOOSE * size:
        report.warning(
            "loose-control-point",
            f"point {worst + 1} lies {misfits[worst] * 1000:,.0f} m from where the others put it",
            at("points", worst),
            help="see whether its pixels and its position are those of the same spot, longitude first",
        )


def write_webp(image: Image.Image, quality: int) -> bytes:
    """A picture as it is published, without what its file told."""
    file = io.BytesIO()
    image.save(file, "WEBP", quality=quality, method=4)
    return file.getvalue()
