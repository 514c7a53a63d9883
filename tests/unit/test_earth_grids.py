"""Positions in metres: which grid they may be of."""

import pytest

from storymap.earth.grids import METRES, explain_metres


@pytest.mark.parametrize(
    ("x", "y", "grids"),
    [
        (-743_000, -1_043_000, "EPSG:5514 (S-JTSK, of Czechia and Slovakia)"),  # Prague
        (652_000, 6_862_000, "EPSG:2154 (Lambert-93, of France)"),  # Paris
        (2_683_000, 1_247_000, "EPSG:2056 (LV95, of Switzerland)"),  # Zürich
        (458_000, 5_549_000, "UTM (EPSG:32633 is its zone 33, EPSG:32601 its first)"),  # Prague
        (1_605_000, 6_461_000, "EPSG:3857 (Web Mercator)"),  # Prague
        (530_000, 180_000, "EPSG:27700 (of Great Britain) or EPSG:2180 (PUWG 1992, of Poland)"),  # London
    ],
)
def test_metres_are_told_with_the_grids_that_have_such_numbers(x, y, grids):
    assert explain_metres(x, y).startswith(f"{METRES}, perhaps {grids}, not degrees")


def test_metres_of_no_known_grid_are_told_as_that():
    assert explain_metres(1e8, 1e8).startswith(f"{METRES}, not degrees")
