"""A picture that lies on the ground of a map: a scan, a plan, an aerial photograph."""

from __future__ import annotations

from msgspec import Struct

from storymap.model.place import Bounds
from storymap.model.tileset import TileSource

ControlPoint = tuple[float, float, float, float]
"""Pixels from the left and from the top, and the longitude and latitude of what is there."""


class RasterSource(Struct, frozen=True):
    """A picture as its author names it, and where it lies: by its edges (west, south, east, north) or control points.

    Without either the file says it, or its world file, whose text is `world`, in the reference system `crs` or, where
    its author says none, in `system`, which a file beside it names. `file` is its path, relative to the project,
    `name` what messages call it.
    """

    file: str
    name: str
    bounds: tuple[float, float, float, float] | None = None
    points: tuple[ControlPoint, ...] = ()
    world: str = ""
    crs: str = ""
    system: str = ""


class Raster(Struct, frozen=True):
    """A picture whose upper edge is north, and where it lies: `bounds`, stretched evenly on a Web Mercator map.

    `path` is that of its published file, below the media of a site. `preview` is a small copy, WebP, for pictures that
    can load no other file. One that was cut to tiles is a `tileset`, and has neither.
    """

    source: RasterSource
    path: str
    bounds: Bounds
    preview: bytes
    tileset: TileSource | None = None


class PictureMap(Struct, frozen=True):
    """A picture that a story is told on instead of the earth, `width` × `height` pixels.

    `file` is its path, relative to the project, `name` what messages call it. `path` is that of its published copy,
    below the media of a site, and `folder`, where it is large, that of its tiles; `tiles` are zoom, column and row of
    each.
    """

    file: str
    name: str
    path: str
    width: int
    height: int
    folder: str
    tiles: tuple[tuple[int, int, int], ...]
