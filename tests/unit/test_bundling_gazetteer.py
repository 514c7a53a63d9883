"""The built-in gazetteer as the package build prepares it."""

import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest
from shapely.geometry import Point, box

from storymap.bundling import gazetteer as bundling
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.cells import cell_of, list_cells_around, pack_ids, unpack_ids
from storymap.gazetteer.shapes import unpack_shape
from storymap.text.names import normalize_name

DATA = Path(str(resources.files("storymap") / "static" / "gazetteer.sqlite"))
needs_data = pytest.mark.skipif(not DATA.is_file(), reason="the built-in gazetteer is not prepared")


@pytest.fixture(scope="module")
def database():
    with closing(sqlite3.connect(f"{DATA.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def test_the_main_land_is_framed_without_far_islands_but_with_the_capital():
    main, near, far = box(0, 0, 10, 10), box(11, 0, 12, 1), box(50, 0, 51, 1)
    assert set(bundling._choose_main_land([main, near, far], seat=None)) == {main, near}
    assert set(bundling._choose_main_land([main, near, far], seat=Point(50.5, 0.5))) == {main, near, far}


def test_islands_on_both_sides_of_180_are_one_frame():
    parts = (box(178, -18, 180, -16), box(-180, -18, -179, -16))
    assert bundling._frame_parts(bundling._choose_main_land(parts, seat=None)) == (178, -18, -179, -16)
    assert bundling._frame_parts((box(-180, -90, 180, -70),)) == (-180, -90, 180, -70)


def test_machine_transliterations_are_left_out_and_villages_keep_their_own_name_only():
    names = ["Praha", "bragh", "Прага", "Prâg"]
    assert set(bundling._list_aliases(names, population=1_000_000)) == {"praha", "прага", "prag"}
    assert set(bundling._list_aliases(names, population=10_000)) == {"praha", "prag"}
    assert set(bundling._list_aliases(names, population=1_000)) == set()


@pytest.mark.parametrize(("people", "kept"), [(0, 0), (7, 7), (550, 550), (1234, 1200), (1_165_581, 1_200_000)])
def test_people_are_counted_to_two_digits(people, kept):
    assert bundling._round_people(people) == kept


@pytest.mark.parametrize("ids", [[], [1], [1, 2, 300, 70_000, 234_908], [2**32 - 1]])
def test_ids_come_out_of_a_cell_as_they_were_put_in(ids):
    assert unpack_ids(pack_ids(ids)) == ids


def test_cells_wrap_at_180_and_end_at_the_poles():
    assert cell_of(180, 0) == cell_of(-180, 0)
    assert cell_of(0, 90) == cell_of(0, 89.5)
    assert cell_of(-179.5, 0) in list_cells_around(179.9, 0, 0.25, 0.7)
    assert set(range(179 * 360, 180 * 360)) == set(list_cells_around(0, 89.9, 0.25, 180))
    assert list_cells_around(14.5, 50.5, 0.25, 0.4) == [cell_of(14.5, 50.5)]


@needs_data
def test_names_are_in_the_order_that_finding_them_needs(database):
    from storymap.text.names import normalize_name

    keys = [normalize_name(name) for (name,) in database.execute("SELECT name FROM settlement ORDER BY id")]
    assert len(keys) > 200_000
    assert keys == sorted(keys)


@needs_data
def test_every_outline_is_valid_and_on_the_earth(database):
    for code, geometry in database.execute("SELECT iso2, geometry FROM country"):
        shape = unpack_shape(geometry)
        assert shape.is_valid, code
        west, south, east, north = shape.bounds
        assert -180 <= west < east <= 180, code
        assert -90 <= south < north <= 90, code
        assert all(part.bounds[2] - part.bounds[0] < 200 or code == "AQ" for part in shape.geoms), code


@needs_data
@pytest.mark.parametrize(
    ("code", "widest"), [("FR", 15), ("US", 60), ("NL", 5), ("NO", 30), ("NZ", 15), ("FJ", 6), ("RU", 175), ("ES", 15)]
)
def test_frames_hold_the_main_land(database, code, widest):
    west, east = database.execute("SELECT west, east FROM country WHERE iso2 = ?", (code,)).fetchone()
    assert (east - west) % 360 < widest


@needs_data
def test_capitals_are_marked_in_almost_every_country(database):
    ((count,),) = database.execute("SELECT count(DISTINCT country) FROM settlement WHERE capital")
    assert count > 235
    ((name,),) = database.execute("SELECT name FROM settlement WHERE capital AND country = 'IN'")
    assert name == "New Delhi"


@needs_data
def test_the_file_is_small_enough_to_travel():
    assert DATA.stat().st_size < 18_500_000


@needs_data
def test_the_names_to_search_in_stand_in_the_order_of_the_ids(database):
    names = [row[0] for row in database.execute("SELECT name FROM settlement ORDER BY id")]
    lines = list(map(normalize_name, names))
    assert lines == sorted(lines)
    assert BuiltinGazetteer(DATA).settlement_keys.split("\n") == lines
