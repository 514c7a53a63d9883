"""Read a file of an author's data → `Dataset`: features with their values, which maps show and which are no places."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storymap.errors import Location, Report
from storymap.model.data import Column, Dataset, Feature, Value


@dataclass(frozen=True, slots=True)
class Join:
    """A table whose rows belong to features: those with the same value in `column` as the features in `own_column`."""

    table: Path
    path: str
    own_column: str
    column: str


@dataclass(frozen=True, slots=True)
class DataSource:
    """Where a dataset comes from: the `file` and, of several, its `layer`; `path` is what messages call it."""

    file: Path
    path: str
    layer: str = ""
    join: Join | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that is read."""
        return (self.file, *((self.join.table,) if self.join else ()))


def read_dataset(name: str, source: DataSource, *, at: Callable[..., Location], report: Report) -> Dataset | None:
    """The dataset in `source`; None, and told, where it cannot be read.

    `at` tells where the value at a path of keys of the layer is written.
    """
    import geopandas

    try:
        frame = geopandas.read_file(source.file, layer=source.layer or None, engine="pyogrio")
    except Exception as error:  # noqa: BLE001 - whatever GDAL makes of a damaged file
        report.error("unreadable-file", f'"{source.path}" cannot be read: {error}', at("from"))
        return None
    if frame.crs is not None:
        frame = frame.to_crs("EPSG:4326")
    names = [str(column) for column in frame.columns if column != frame.geometry.name]
    shapes = frame.geometry.make_valid()
    return Dataset(
        name,
        tuple(map(Column, names)),
        tuple(
            Feature(shape, tuple(_read_value(value) for value in values))
            for shape, *values in zip(shapes, *(frame[column] for column in names), strict=True)
            if shape is not None and not shape.is_empty
        ),
    )


def _read_value(value: Any) -> Value:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return float(value) if isinstance(value, int | float) else str(value)
