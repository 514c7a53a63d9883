"""Shapes that GEOS refuses are mended part by part, from whatever they are read."""

from __future__ import annotations

import struct

import pytest
import shapely

from storymap.earth.flaws import Flaw
from storymap.earth.mending import Mender, settle_mended
from storymap.errors import Location, Report
from storymap.geodata.flaws import Flawed, tell_flaws
from storymap.geodata.wkb import read_wkb


@pytest.mark.parametrize(
    ("kind", "coordinates", "kept", "told"),
    [
        ("LineString", [(1, 2)], "LINESTRING EMPTY", ["a segment of 1 point is left out"]),
        ("LineString", [(1, 2), (), (3, 4)], "LINESTRING (1 2, 3 4)", ["an empty position is passed over"]),
        ("LineString", [(1, 2), (1, 2)], "LINESTRING EMPTY", ["a segment that ends where it begins is left out"]),
        (
            "MultiLineString",
            [[(1, 2)], [(1, 2), (3, 4)], [(5, 6)]],
            "MULTILINESTRING ((1 2, 3 4))",
            ["a segment of 1 point is left out (2 times)"],
        ),
        (
            "Polygon",
            [[(0, 0), (9, 0), (9, 9), (0, 0)], [(7, 2), (8, 2)]],
            "POLYGON ((0 0, 9 0, 9 9, 0 0))",
            ["a ring of 2 different points is left out"],
        ),
        (
            "MultiPolygon",
            [[[(0, 0), (9, 0), (9, 9)]], [[(7, 2), (8, 2)]]],
            "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)))",
            [
                "a ring ends at [9, 9], not at [0, 0], where it begins; it is closed",
                "a ring of 2 different points is left out",
            ],
        ),
        ("MultiPoint", [(1, 2), (), (3, 4)], "MULTIPOINT ((1 2), (3 4))", ["an empty position is passed over"]),
        ("Point", (), "POINT EMPTY", []),
    ],
)
def test_what_cannot_be_drawn_is_left_out_and_said(kind, coordinates, kept, told):
    mender = Mender()
    assert shapely.equals_exact(mender.build(kind, coordinates), shapely.from_wkt(kept))
    assert [flaw.message for flaw in mender.flaws] == told


def test_a_shape_of_which_nothing_remains_is_nowhere_and_says_why():
    flaw = Flaw("bad-geometry", "a segment of 1 point is left out", "a line needs two points or more")
    mended, lost = settle_mended(shapely.LineString(), [flaw])
    assert mended == ()
    assert lost is not None
    assert (lost.code, lost.message) == (
        "no-geometry",
        "nothing of its geometry remains: a segment of 1 point is left out",
    )


def line(*points, order="<", kind=2):
    numbers = [number for point in points for number in point]
    return struct.pack(f"{order}BII{len(numbers)}d", order == "<", kind, len(points), *numbers)


def collect(*parts, kind=5):
    return struct.pack("<BII", 1, kind, len(parts)) + b"".join(parts)


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (line((1, 2), (3, 4)), "LINESTRING (1 2, 3 4)"),
        (collect(line((1, 2)), line((1, 2), (3, 4))), "MULTILINESTRING ((1 2, 3 4))"),
        (collect(line((1, 2), order=">"), line((1, 2), (3, 4), order=">")), "MULTILINESTRING ((1 2, 3 4))"),
        (collect(line((1, 2, 9), kind=1002), line((1, 2, 9), (3, 4, 9), kind=1002), kind=1005),
         "MULTILINESTRING ((1 2, 3 4))"),
        (collect(line((1, 2), (3, 4)), collect(line((5, 6))), line((1, 2)), kind=7), "LINESTRING (1 2, 3 4)"),
    ],
)  # fmt: skip
def test_well_known_binary_is_read_part_by_part(data, kept):
    assert shapely.equals_exact(read_wkb(data).geometry, shapely.from_wkt(kept))


@pytest.mark.parametrize(
    "data", [b"", b"\1", line((1, 2), (3, 4))[:-3], struct.pack("<BII", 1, 2, 2**31), collect(kind=99), b"\1" * 400]
)
def test_well_known_binary_that_is_none_is_refused(data):
    with pytest.raises(ValueError, match=r"the geometry|of a kind"):
        read_wkb(data)


def test_one_fault_of_many_records_is_told_once_for_each_file():
    report = Report()
    flaw = Flaw("no-geometry", "it has no coordinates", "give both")
    records = [Flawed(f'"{name}"', Location("geo/a.csv", line), flaw) for line, name in enumerate("ABCDEF", start=2)]
    off = (Flaw("coordinate-out-of-range", f'latitude "{degrees}" is out of range') for degrees in (95, -99.5))
    records += [Flawed("feature 7", Location("geo/b.gpkg"), flaw)]
    records += [Flawed(f"line {line}", Location("geo/a.csv", line), one) for line, one in enumerate(off, start=20)]
    tell_flaws(records, report)
    assert [str(problem).splitlines()[0] for problem in report.problems] == [
        (
            'geo/a.csv:2: warning[no-geometry]: "A": it has no coordinates; '
            'likewise 5 more: "B" in line 3, "C" in line 4, "D" in line 5, …'
        ),
        "geo/b.gpkg: warning[no-geometry]: feature 7: it has no coordinates",
        (
            'geo/a.csv:20: warning[coordinate-out-of-range]: line 20: latitude "95" is out of range; '
            "likewise 1 more: line 21"
        ),
    ]
