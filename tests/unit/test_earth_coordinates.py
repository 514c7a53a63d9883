"""Coordinates as people write them, and every verdict of the corpus."""

import json
from pathlib import Path
from typing import Any

import pytest

from storymap.earth.coordinates import (
    CoordinateError,
    check_position,
    parse_coordinates,
    read_position,
    round_point,
    write_coordinates,
)
from storymap.model.place import LonLat

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "own" / "coordinates.json"
MEANT = LonLat(14.4306, 50.0790)

VERDICTS = {
    # What the corpus expects in words → the code of the error, or the codes of the warnings, that we tell.
    "ok": (),
    "suspect: Yemen; warn if outside the story's other points": (),
    "error: latitude out of range, likely swapped": "coordinate-out-of-range",
    "error or wrap with warning": "coordinate-out-of-range",
    "error or wrap": "coordinate-out-of-range",
    "ok, but Web Mercator shows it as 85.0511: warn": ("beyond-the-map",),
    "same": ("beyond-the-map",),
    "warn: outside Web Mercator": ("beyond-the-map",),
    "warn: probably missing data": ("null-island",),
    "error that names the comma": "decimal-comma",
    "parse or a clear error": (),
    "clear error": "bad-coordinates",
    "trim or error": (),
    "error (YAML gives True == 1)": "bad-coordinates",
    "YAML 1.1 reads 180283; error": "bad-coordinates",
    "ok; round when written": (),
    "ok, same as 0": ("null-island",),
    "ok; the line to the next goes east": (),
    "ok; not right round the world": (),
}


def list_corpus() -> list[Any]:
    if not CORPUS.is_file():
        return [pytest.param(None, marks=pytest.mark.skip(reason="the corpora are not beside this checkout"))]
    return [pytest.param(case, id=case["name"]) for case in json.loads(CORPUS.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("case", list_corpus())
def test_every_verdict_of_the_corpus_holds(case):
    expected = case["expect"]
    if expected == "error":
        with pytest.raises(CoordinateError) as caught:
            read_position(case["lat"], case["lon"])
        assert caught.value.help
    elif isinstance(VERDICTS[expected], str):
        with pytest.raises(CoordinateError) as caught:
            read_position(case["lat"], case["lon"])
        assert caught.value.code == VERDICTS[expected]
        assert caught.value.help
    else:
        read = read_position(case["lat"], case["lon"])
        assert tuple(warning.code for warning in read.warnings) == VERDICTS[expected]


@pytest.mark.parametrize(
    "text",
    [
        "50.0790, 14.4306",
        "50.0790,14.4306",
        "50.0790; 14.4306",
        "50.0790 14.4306",
        "  50.0790 ,\u00a014.4306 ",
        "50.0790N, 14.4306E",
        "N 50.0790, E 14.4306",
        "14.4306 E, 50.0790 N",
        "50° 4' 44.4\" N, 14° 25' 50.16\" E",
        "50°04′44.4″N 14°25′50.16″E",
        "50°04′44,4″N 14°25′50,16″E",
        "50° 04,74' N, 14° 25,836' E",
        "50,0790° N, 14,4306° E",
        "geo:50.0790,14.4306",
        "GEO:50.0790,14.4306;u=10",
        "geo:50.0790,14.4306,235;crs=WGS84;u=10",
        "geo:50%2E0790,14.4306",
        "(50.0790, 14.4306)",
        "[50.0790, 14.4306]",
        "50.0790°, 14.4306°",
        "lat: 50.0790, lon: 14.4306",
        "Latitude 50.0790 Longitude 14.4306",
        "lat=50.0790&lng=14.4306",
        "N 50° 04.74 E 014° 25.836",
    ],
)
def test_a_pair_is_read_in_every_usual_spelling(text):
    read = parse_coordinates(text)
    assert read is not None
    assert read.point == pytest.approx(MEANT)


@pytest.mark.parametrize(
    "text",
    ["Prague", "Paris, 14", "5th Avenue, New York", "Washington, D.C.", "7", "", "1, 2, 3", "9" * 500, "Nice, E"],
)
def test_a_name_is_no_pair(text):
    assert parse_coordinates(text) is None


@pytest.mark.parametrize(
    ("text", "code", "help"),
    [
        ("50,0790, 14,4306", "decimal-comma", "50.0790, 14.4306"),
        ("50,0790 14,4306", "decimal-comma", "50.0790, 14.4306"),
        ("116.4074, 39.9042", "coordinate-out-of-range", 'did you mean "39.9042, 116.4074"'),
        ("5550000, 458000", "coordinate-out-of-range", "perhaps UTM (EPSG:32633"),
        ("-1043000, -743100", "coordinate-out-of-range", "WGS 84"),
        ("0, 181", "coordinate-out-of-range", "-179"),
        ("nan, 14", "bad-coordinates", "decimal degrees"),
        ("50:04:43, 14:25:50", "bad-coordinates", "50.0786"),
        ("1e2, 14", "bad-coordinates", "digits"),
        ("-33.8 S, 151.2 E", "bad-coordinates", "33.8688 S"),
        ("50.1 E, 14.4 E", "bad-coordinates", "latitude stands first"),
        ("50°61'N, 14°E", "bad-coordinates", "59"),
        ("geo:50.0790", "bad-coordinates", "geo:50.0790,14.4306"),
        ("geo:50,14;crs=nad27", "bad-coordinates", "wgs84"),
        ("geo:0,0?q=Praha", "bad-coordinates", "write what it looks for: Praha"),
        ("geo:0,0?q=50.0876,14.4213(Castle)&z=3", "bad-coordinates", "write geo:50.0876,14.4213\n"),
        ("geo:50.0876,14.4213?z=15", "bad-coordinates", "zoom: 15"),
        ("geo:x,y", "bad-coordinates", "geo:50.0790,14.4306"),
        ("geo:1,2;u=far", "bad-coordinates", "metres"),
        ("geo: 38.6916, -9.2160", "bad-coordinates", "write geo:38.6916,-9.2160"),
        ("geo:38.6916,%20-9.2160", "bad-coordinates", "write geo:38.6916,-9.2160"),
        ("geo: x, y", "bad-coordinates", "geo:50.0790,14.4306"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_write(text, code, help):
    with pytest.raises(CoordinateError) as caught:
        parse_coordinates(text)
    assert caught.value.code == code
    assert help in caught.value.help


def test_south_and_west_are_negative():
    read = parse_coordinates("33.8688 S, 70.6693 W")
    assert read is not None
    assert read.point == (-70.6693, -33.8688)


def test_negative_zero_is_zero():
    point = check_position(-0.0, -0.0).point
    assert str(point.lat) == str(point.lon) == "0.0"


def test_what_is_written_is_rounded_and_reads_back():
    point = LonLat(14.430512345678901, -50.078712345678901)
    assert round_point(point) == (14.43051, -50.07871)
    assert write_coordinates(point) == "-50.0787, 14.4305"
    read = parse_coordinates(write_coordinates(point))
    assert read is not None
    assert read.point == (14.4305, -50.0787)


@pytest.mark.parametrize(
    "text",
    [
        "N50 04.740 E014 25.836",
        "N 50 04.740, E 14 25.836",
        "50 04 44.4 N 14 25 50.16 E",
        "50-04-44.4N 014-25-50.16E",
        "500444.4N 0142550.16E",
        "50d04m44.4s N 14d25m50.16s E",
        "50 deg 4' 44.40\" N, 14 deg 25' 50.16\" E",
        "14 deg 25' 50.16\" E, 50 deg 4' 44.40\" N",
    ],
)
def test_degrees_and_minutes_are_read_without_signs_between_them_where_a_hemisphere_says_what_they_are(text):
    read = parse_coordinates(text)
    assert read is not None
    assert round_point(read.point) == MEANT


def test_two_numbers_with_a_blank_between_are_no_minutes_unless_a_hemisphere_says_so():
    with pytest.raises(CoordinateError, match="is no number"):
        read_position("50 04.740", "14 25.836")


@pytest.mark.parametrize(
    ("position", "cause"), [((50080123, 14410456), "point is lost"), ((5548000, 458000), "metres")]
)
def test_degrees_that_lost_their_point_are_not_taken_for_metres(position, cause):
    with pytest.raises(CoordinateError) as caught:
        check_position(*position)
    assert cause in caught.value.help
