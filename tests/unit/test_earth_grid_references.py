"""References of the UTM grid, and of the military grid over it."""

import pytest

from storymap.earth.coordinates import CoordinateError, parse_coordinates
from storymap.earth.grid_references import name_zone


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("33U 458000 5548000", 50.08278, 14.41295),
        ("33U 458000mE 5548000mN", 50.08278, 14.41295),
        ("UTM zone 33N, E 458000, N 5548000", 50.08278, 14.41295),
        ("458000 5548000 33N", 50.08278, 14.41295),
        ("56H 334873 6252266", -33.857, 151.215),
        ("56S 334873 6252266", -33.857, 151.215),  # S for south
        ("18S 323394 4306519", 38.88981, -77.03627),  # S for its band
        ("33U VR 57889 48292", 50.08541, 14.41137),
        ("33UVR5788948292", 50.08541, 14.41137),
        ("18SUJ2339406519", 38.88981, -77.03627),  # the Mall of Washington
        ("56H LH 34900 52300", -33.85669, 151.2153),  # the opera of Sydney
        ("33UVR54", 50.0589, 14.3714),
    ],
)
def test_a_reference_of_a_grid_is_a_place(text, lat, lon):
    point = parse_coordinates(text).point
    assert (point.lat, point.lon) == pytest.approx((lat, lon), abs=2e-4 if len(text) > 9 else 0.1)


@pytest.mark.parametrize("text", ["33C 458000 5548000", "61U 458000 5548000", "33UAA5788948292", "33UVR 5788 48292"])
def test_one_whose_parts_do_not_fit_is_told(text):
    with pytest.raises(CoordinateError, match="do not fit"):
        parse_coordinates(text)


@pytest.mark.parametrize(
    ("written", "side", "system", "is_clear"),
    [
        ("33U", "", "EPSG:32633", True),
        ("56H", "", "EPSG:32756", True),
        ("23", "S", "EPSG:32723", True),
        ("UTM zone 5 south", "", "EPSG:32705", True),
        ("33", "", "EPSG:32633", False),
        ("EPSG:5514", "", "EPSG:5514", True),
        ("61U", "", "", True),
        ("centre", "", "", True),
    ],
)
def test_a_zone_is_a_reference_system(written, side, system, is_clear):
    assert name_zone(written, side) == (system, is_clear)
