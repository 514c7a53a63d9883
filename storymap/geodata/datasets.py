"""Read a file of an author's data → `Dataset`: features with their values, which maps show and which are no places.

The readers are those of places. A table may be joined to the features; then each column is read as a whole.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from storymap.earth.flaws import Flaw
from storymap.errors import Location, Report
from storymap.geodata.choosing_layers import choose_layer
from storymap.geodata.column_values import ReadColumn, list_unread, read_column
from storymap.geodata.contents import open_contents
from storymap.geodata.features import DATA, Feature
from storymap.geodata.files import enter_file, refuse_escaped_texts, tell_unreadable
from storymap.geodata.flaws import Flawed, tell_flaws
from storymap.geodata.frames import list_rows
from storymap.geodata.joining import Join, Known, join_table
from storymap.geodata.reprojecting import bring_to_degrees
from storymap.geodata.settled_shapes import settle_feature
from storymap.geodata.spreadsheets import MOST_COLUMNS, SPREADSHEET_SUFFIXES, read_spreadsheet, write_table
from storymap.geodata.tables import read_table
from storymap.geodata.value_tables import read_value_table
from storymap.model import data as model

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_MIXED_SUFFIXES = frozenset({".gpx", ".kml", ".kmz"})
"""Formats whose layers are shown together where none is named: they are the folders and tracks of one map."""

_SHOWN = 3
"""How many values a message lists."""


class DataSource(Struct, frozen=True):
    """Where a dataset comes from: the `file` and, of several, its `layer`; `path` is what messages call it.

    Without a file it is the countries of the world. `encoding` is that of the texts, `crs` the reference system, each
    empty where the author does not say it.
    """

    file: Path | None
    path: str
    layer: str = ""
    join: Join | None = None
    encoding: str = ""
    crs: str = ""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the features; of a shapefile also those that lie beside it, whether there are any or not."""
        if self.file is None:
            return ()
        parts = (".dbf", ".shx", ".prj", ".cpg") if self.file.suffix.casefold() == ".shp" else ()
        return (self.file, *(self.file.with_suffix(part) for part in parts))


def read_features(source: DataSource, report: Report) -> list[Feature]:
    """The features in the file of `source` that are somewhere, with shapes as they are drawn.

    What was mended or is lost is told.
    """
    return _settle_features(_read_file(source, report), report)


def take_dataset(name: str, frame: GeoDataFrame, at: Location, report: Report) -> model.Dataset | None:
    """The dataset of a GeoDataFrame, of which mistakes are told `at`; None where none of its rows has a shape."""
    if frame.crs is None:
        message = "the frame names no reference system; degrees are assumed"
        report.warning("unknown-crs", message, at, 'say which it is: frame.set_crs("EPSG:4326")')
    features = _settle_features(bring_to_degrees(list_rows(frame, at)), report)
    return gather_dataset(name, features, DataSource(None, at.path), at=lambda *_: at, report=report)


def gather_dataset(
    name: str,
    features: Sequence[Feature],
    source: DataSource,
    *,
    at: Callable[..., Location],
    report: Report,
    known: Known | None = None,
) -> model.Dataset | None:
    """The dataset of `features`, whose shapes are settled, and of the table that is joined to them.

    None, and told, where there are no features or the table cannot be joined. `at` tells where the value at a path of
    keys of the layer is written. `known` is how features are known that no file has.
    """
    paths: dict[str, str] = {}
    if features and (join := source.join):
        table = read_value_table(join.table, join.path, report, part=join.part, encoding=join.encoding)
        if table is None:
            return None
        paths = dict.fromkeys(table.columns, table.path)
        features = join_table(features, table, join, at("join", "on"), report, known=known)
    if not features:
        return None
    features = [refuse_escaped_texts(feature, report) for feature in features]
    return dataclasses.replace(_gather_columns(name, features, source.path, paths, report), at=at("from"))


def _settle_features(features: Iterable[Feature], report: Report) -> list[Feature]:
    """Those of `features`, which are in degrees, that are somewhere, with shapes as they are drawn."""
    found: list[Flawed] = []
    kept: list[Feature] = []
    for feature in features:
        settled = settle_feature(feature)
        flaws = (settled,) if isinstance(settled, Flaw) else settled.flaws
        found.extend(Flawed(feature.label, feature.geometry_at, flaw) for flaw in flaws)
        if not isinstance(settled, Flaw):
            kept.append(replace(feature, geometry=settled.geometry))
    tell_flaws(found, report)
    return kept


def _gather_columns(
    name: str, features: Sequence[Feature], path: str, paths: Mapping[str, str], report: Report
) -> model.Dataset:
    """The dataset of `features`, whose shapes are settled; each column is read as a whole, and what is odd told.

    `paths` are the files of columns that come from another than the one at `path`.
    """
    names = list(dict.fromkeys(name for feature in features for name in feature.properties))
    if len(names) > MOST_COLUMNS:
        message = f"the features have {len(names):,} columns, of which {MOST_COLUMNS} are read"
        report.warning("too-many-columns", message, Location(path), "keep those that the map shows")
    columns = [
        read_column(name, [feature.properties.get(name) for feature in features]) for name in names[:MOST_COLUMNS]
    ]
    for column in columns:
        _tell_odd(column, paths.get(column.column.name, path), report)
    rows = zip(*(column.values for column in columns), strict=True) if columns else iter([()] * len(features))
    return model.Dataset(
        name,
        tuple(column.column for column in columns),
        tuple(model.Feature(feature.geometry, tuple(row)) for feature, row in zip(features, rows, strict=True)),
    )


def _read_file(source: DataSource, report: Report) -> Iterable[Feature]:
    """The features of the file, or of its layer, in degrees."""
    assert source.file is not None, "countries are read from no file"
    at, suffix = Location(source.path), source.file.suffix.casefold()
    try:
        with open_contents(source.file, at, report, largest=DATA.largest_file, encoding=source.encoding) as contents:
            if contents.suffix.casefold() in SPREADSHEET_SUFFIXES:
                return _read_sheet(contents, source, report)
    except OSError as error:
        tell_unreadable(error, at, report)
        return []

    def choose(names: Sequence[str]) -> Sequence[str]:
        chosen = choose_layer(names, source.layer, "layer", at, report)
        return (chosen,) if chosen else ()

    features = enter_file(
        source.file, source.path, report, encoding=source.encoding, crs=source.crs, purpose=DATA, choose=choose
    )
    if features and source.layer and (suffix in _MIXED_SUFFIXES or not any(feature.layer for feature in features)):
        layers = list(dict.fromkeys(feature.layer for feature in features if feature.layer))
        chosen = choose(layers)
        features = [feature for feature in features if feature.layer in chosen]
    return bring_to_degrees(features)


def _read_sheet(file: Path, source: DataSource, report: Report) -> Iterable[Feature]:
    """The features of one sheet of a spreadsheet, in degrees."""
    known = source.crs
    rows = read_spreadsheet(file, source.layer, Location(source.path), report)
    found = read_table(write_table(rows), source.path, report, purpose=DATA, crs=known) if rows else []
    return bring_to_degrees(replace(feature, crs=known) if known else feature for feature in found)


def _tell_odd(read: ReadColumn, path: str, report: Report) -> None:
    """Tell what of a column of numbers is none, and which commas are taken for thousands."""
    name = read.column.name[:60]
    if read.unread:
        count = sum(times for _, times in read.unread)
        listed = ", ".join(list_unread(read, _SHOWN)) + (", …" if len(read.unread) > _SHOWN else "")
        message = f'texts among the numbers of the column "{name}" are left out, {count:,} in all: {listed}'
        report.note("bad-number", message, Location(path), "leave a value empty that is not known")
    if read.marked:
        listed = ", ".join(f'"{text[:40]}"' for text in read.marked[:_SHOWN]) + (", …" if read.marked[_SHOWN:] else "")
        message = f'marks beside the numbers of the column "{name}" are left out: {listed}'
        report.note("bad-number", message, Location(path), "say in the text of the story what they mean")
    if read.is_guessed:
        message = f'in the column "{name}" the comma is taken for that of thousands: 1,234 is over a thousand'
        report.warning("unclear-number", message, Location(path), "write 1234, or 1.234 if it is little more than one")
