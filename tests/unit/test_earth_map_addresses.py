"""What other maps give to copy is answered with the coordinates in it."""

import pytest

from storymap.earth.coordinates import CoordinateError, parse_coordinates

CASTLE = "50.0876, 14.4213"


def explain(text):
    with pytest.raises(CoordinateError) as caught:
        parse_coordinates(text)
    assert caught.value.code == "map-address"
    return caught.value


@pytest.mark.parametrize(
    ("text", "site", "pair", "zoom"),
    [
        ("https://www.google.com/maps/@50.0876,14.4213,15z", "Google Maps", CASTLE, "15"),
        ("https://www.google.com/maps/@50.0876,14.4213,1234m/data=!3m1!1e3", "Google Maps", CASTLE, ""),
        (
            "https://www.google.cz/maps/place/Castle/@50.09,14.39,17z/data=!3m1!4b1!8m2!3d50.0876!4d14.4213!16zL20?hl=cs",
            "Google Maps", CASTLE, "17",
        ),
        (
            "https://www.google.com/maps/dir/A/B/@50.1,14.2,9.5z/data=!3d50.1!4d14.1!3d50.0876!4d14.4213",
            "Google Maps", CASTLE, "9.5",
        ),
        ("https://www.google.com/maps/place/50.0876,14.4213", "Google Maps", CASTLE, ""),
        ("https://maps.google.com/?q=50.0876,14.4213", "Google Maps", CASTLE, ""),
        ("https://maps.google.com/maps?q=loc:50.0876,14.4213&z=14", "Google Maps", CASTLE, "14"),
        ("https://www.google.com/maps/search/?api=1&query=50.0876%2C14.4213", "Google Maps", CASTLE, ""),
        ("https://www.google.com/maps/@?api=1&center=-33.712206,150.3&zoom=9", "Google Maps", "-33.71221, 150.3", "9"),
        ("https://www.openstreetmap.org/#map=12/50.0876/14.4213", "OpenStreetMap", CASTLE, "12"),
        ("https://www.openstreetmap.org/node/1#map=19/50.0876/14.4213&layers=N", "OpenStreetMap", CASTLE, "19"),
        ("https://www.openstreetmap.org/?mlat=50.0876&mlon=14.4213#map=15/50.1/14.5", "OpenStreetMap", CASTLE, "15"),
        ("https://umap.openstreetmap.fr/en/map/x_1#6/50.0876/14.4213", "uMap", CASTLE, "6"),
        ("https://mapy.cz/zakladni?x=14.4213&y=50.0876&z=15", "Mapy.cz", CASTLE, "15"),
        ("https://mapy.com/en/turisticka?source=coor&id=14.4,50.1&x=14.4213&y=50.0876&z=11", "Mapy.com", CASTLE, "11"),
        ("https://maps.apple.com/?ll=50.0876,14.4213&q=Castle&z=14", "Apple Maps", CASTLE, "14"),
        ("https://maps.apple.com/place?coordinate=50.0876,14.4213&name=Castle", "Apple Maps", CASTLE, ""),
        ("https://www.bing.com/maps?cp=50.0876~14.4213&lvl=12.3", "Bing Maps", CASTLE, "12.3"),
        ("https://www.bing.com/maps/?sp=point.50.0876_14.4213_Castle&cp=50.1~14.5", "Bing Maps", CASTLE, ""),
        ("https://yandex.com/maps/?ll=14.4213%2C50.0876&z=12", "Yandex Maps", CASTLE, "12"),
        ("https://share.here.com/l/50.0876,14.4213,Castle?z=16", "Here", CASTLE, "16"),
        ("https://www.waze.com/ul?ll=50.0876%2C14.4213", "Waze", CASTLE, ""),
        ("https://geohack.org/?params=50_5_15.36_N_14_25_16.68_E_type:city", "GeoHack", CASTLE, ""),
        ("https://geohack.org/?params=33.85678_S_151.21530_E", "GeoHack", "-33.85678, 151.2153", ""),
        ("www.google.com/maps/@50.0876,14.4213,15z", "Google Maps", CASTLE, "15"),
    ],
)  # fmt: skip
def test_an_address_of_a_map_is_answered_with_the_coordinates_in_it(text, site, pair, zoom):
    error = explain(text)
    assert f"an address of {site}, not a place" in error.message
    first, *rest = error.help.splitlines()
    assert first == f"write the coordinates in it: {pair}"
    assert rest == ([f"it comes as close as zoom: {zoom}"] if zoom else [])


@pytest.mark.parametrize(
    ("text", "what", "help"),
    [
        ("https://maps.app.goo.gl/abcDEF", "Google Maps", "short link"),
        ("https://goo.gl/maps/abcDEF", "Google Maps", "short link"),
        ("https://mapy.cz/s/gezahoneju", "Mapy.cz", "short link"),
        ("https://osm.org/go/0J0kf3lAU--", "OpenStreetMap", "short link"),
        ("https://en.wikipedia.org/wiki/Prague", "a web page", "take them from the map"),
        ("https://www.openstreetmap.org/node/240109189", "OpenStreetMap", "take them from the map"),
        ("///filled.count.soap", "what3words", "look it up there"),
        ("https://what3words.com/filled.count.soap", "what3words", "look it up there"),
        ("u2fkbnhu", "a geohash", "50.08744, 14.42076"),
        ("ezs42e", "a geohash", "42.60223, -5.59753"),
        ("JO70fb", "a locator of radio amateurs", "50.0625, 14.45833"),
        ("Q1085", "an entry of Wikidata", "wikidata.org/wiki/Q1085"),
        ("https://www.wikidata.org/wiki/Q1085", "an entry of Wikidata", "wikidata.org/wiki/Q1085"),
        ("way/123456", "a way of OpenStreetMap", "latitude first"),
        ("TQ 30080 79800", "the British grid", "latitude first"),
        ("S-JTSK 743000 1043000", "in metres of a grid", "latitude first"),
        ("filled.count.soap", "what3words", "look it up there"),
        ("3CPC+2G Prague", "a plus code", "together with a town"),
        ("https://www.google.com/maps/@14.4213,114.4,15z?q=114.4,14.4213", 'latitude "114.4"', "14.4213, 114.4"),
    ],
)  # fmt: skip
def test_what_holds_no_coordinates_is_told_with_a_way_to_them(text, what, help):
    error = explain(text)
    assert what in error.message
    assert help in error.help


@pytest.mark.parametrize(
    ("text", "point"),
    [
        # The examples of the specification of Open Location Code, and a tower on each side of the equator.
        ("7FG49Q00+", (20.375, 2.775)),
        ("7FG49QCJ+2V", (20.37006, 2.78219)),
        ("6PH57VP3+PR6", (1.28676, 103.85449)),
        ("POINT(14.4213 50.0876)", (50.0876, 14.4213)),
    ],
)
def test_codes_are_answered_in_degrees(text, point):
    error = explain(text)
    lat, lon = (float(part) for part in error.help.splitlines()[0].split(": ")[1].split(", "))
    assert (lat, lon) == pytest.approx(point, abs=2e-4)


@pytest.mark.parametrize("text", ["Prague", "10 Downing Street", "33 Thomas Street", "3 + 4", "C", "Baker St. 221B+"])
def test_a_name_is_no_address(text):
    assert parse_coordinates(text) is None
