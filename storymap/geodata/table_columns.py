"""Choose the columns of a table that say where a place is: by their names, or else by what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from storymap.earth.coordinates import CoordinateError, parse_coordinates, read_position
from storymap.earth.grid_references import leave_out_system
from storymap.geodata.columns import (
    EASTINGS,
    HEMISPHERES,
    LATITUDES,
    LONGITUDES,
    NORTHINGS,
    POSITIONS,
    ZONES,
    find_axis_pair,
    find_column,
    holds_pair,
    puts_longitude_first,
)
from storymap.geodata.typed_numbers import point_pair, read_number
from storymap.geodata.written_shapes import find_shape

SAMPLE = 50
"""Rows that are looked at to tell what a column holds."""


class TableColumns(Struct, frozen=True):
    """The columns of a table as they are `written`, and the numbers of those that say where a place is.

    `whole` is the one that holds a whole position: a pair or a shape. With a `zone` of UTM the others are its metres.
    """

    written: tuple[str, ...]
    latitude: int | None
    longitude: int | None
    whole: int | None
    reversed: bool = False
    zone: int | None = None
    hemisphere: int | None = None

    @classmethod
    def of(
        cls, header: Sequence[str], sample: Sequence[Sequence[str]] = (), *, in_metres: bool = False
    ) -> TableColumns:
        """The columns that the header names. Where none is a latitude or a longitude, the cells of `sample` decide.

        With `in_metres` the columns of a grid count, too.
        """
        written = _tell_apart([column.strip() for column in header])
        if in_metres:
            named = [leave_out_system(column) for column in header]
            north, east = (find_column(named, names) for names in ((*NORTHINGS, "y"), (*EASTINGS, "x")))
            if north is not None and east is not None:
                return cls(written, north, east, None)
        if zoned := _find_zoned(header, sample):
            return cls(written, *zoned[:2], None, zone=zoned[2], hemisphere=find_column(header, HEMISPHERES))
        parts = [column if not holds_pair(column) else "" for column in header]
        latitude, longitude = find_column(parts, LATITUDES), find_column(parts, LONGITUDES)
        if latitude is not None and longitude is not None:
            return cls(written, latitude, longitude, None)
        cells = _list_cells(header, sample)
        called = _list_called(header)
        whole = next((number for number in called if any(map(_is_whole, cells[number]))), None)
        if whole is None and (pair := find_axis_pair(parts)):
            return cls(written, *pair, None)
        whole = _find_other_whole(cells, called) if whole is None else whole
        if whole is None and (pair := _find_sides(header, cells)):
            return cls(written, *pair, None)
        return cls(written, latitude, longitude, whole, whole is not None and puts_longitude_first(header[whole]))

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in small letters."""
        return tuple(column.casefold() for column in self.written)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the columns may be called without which no place has a position; none where nothing is missing."""
        if self.whole is not None:
            return ()
        return (() if self.latitude is not None else LATITUDES) + (() if self.longitude is not None else LONGITUDES)


def _tell_apart(names: Sequence[str]) -> tuple[str, ...]:
    """The names of columns, no two the same: a later one has its number behind it. Empty ones stay empty."""
    told: list[str] = []
    for number, name in enumerate(names, start=1):
        told.append(f"{name} ({number})" if name and name in told else name)
    return tuple(told)


def _find_sides(header: Sequence[str], cells: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """The columns called north and east, or N and E, if what stands in them are degrees and no metres."""
    north, east = find_column(header, NORTHINGS), find_column(header, EASTINGS)
    if north is None or east is None or not (cells[north] and cells[east]):
        return None
    try:
        for lat, lon in zip(cells[north], cells[east], strict=False):
            read_position(read_number(lat), read_number(lon))
    except CoordinateError:
        return None
    return north, east


def _find_zoned(header: Sequence[str], sample: Sequence[Sequence[str]]) -> tuple[int, int, int] | None:
    """The columns of a northing, an easting and the zone of UTM that they are of; None where they hold no such."""
    zone = find_column(header, ZONES)
    north, east = find_column(header, (*NORTHINGS, *LATITUDES)), find_column(header, (*EASTINGS, *LONGITUDES))
    if zone is None or north is None or east is None:
        return None
    written = next((row[east] for row in sample if east < len(row) and row[east].strip()), "")
    digits = re.sub(r"[\s'’]", "", written)
    are_metres = bool(re.match(r"\d{5,}", digits)) if written else find_column([header[east]], EASTINGS) is not None
    return (north, east, zone) if are_metres else None


def _list_cells(header: Sequence[str], sample: Sequence[Sequence[str]]) -> list[list[str]]:
    """What stands in the filled cells of each column."""
    return [
        [row[number].strip() for row in sample if number < len(row) and row[number].strip()]
        for number in range(len(header))
    ]


def _list_called(header: Sequence[str]) -> list[int]:
    """The columns that are called as those are that hold whole positions."""
    called = [number for number, column in enumerate(header) if holds_pair(column)]
    others = list(header)
    while (number := find_column(others, POSITIONS)) is not None:
        called.append(number)
        others[number] = ""
    return called


def _find_other_whole(cells: Sequence[Sequence[str]], called: Sequence[int]) -> int | None:
    """A column of which all `cells` are shapes, or pairs that nothing else can be; else one that is `called` so."""
    for number, column in enumerate(cells):
        if column and all(_is_whole(cell) and re.search(r"\d[.,]\d|[°(]", cell) for cell in column):
            return number
    return next((number for number in called if not any(cells) or any(map(str.isdigit, "".join(cells[number])))), None)


def _is_whole(cell: str) -> bool:
    """Whether a cell holds a shape or a pair of coordinates, be they right or wrong."""
    try:
        return find_shape(cell) is not None or parse_coordinates(point_pair(cell), of_maps=True) is not None
    except CoordinateError:
        return True
