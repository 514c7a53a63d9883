"""Tell metres of a grid from degrees, and guess which grid they are of: by the numbers that occur in it."""

from __future__ import annotations

METRES = "these are metres of a grid"
"""How the advice about positions begins that are no degrees but metres."""

_GRIDS = (
    # Code, name, and the least and the largest easting and northing of the country.
    ("EPSG:5514", "S-JTSK, of Czechia and Slovakia", (-905_000, -160_000), (-1_335_000, -930_000)),
    ("EPSG:2154", "Lambert-93, of France", (95_000, 1_245_000), (6_045_000, 7_120_000)),
    ("EPSG:2056", "LV95, of Switzerland", (2_484_000, 2_838_000), (1_074_000, 1_300_000)),
    ("EPSG:31287", "Lambert, of Austria", (110_000, 690_000), (270_000, 580_000)),
    ("EPSG:28992", "RD, of the Netherlands", (10_000, 280_000), (300_000, 620_000)),
    ("EPSG:27700", "of Great Britain", (0, 660_000), (0, 1_230_000)),
    ("EPSG:2180", "PUWG 1992, of Poland", (140_000, 880_000), (120_000, 800_000)),
    ("EPSG:3035", "LAEA, of Europe", (2_420_000, 7_350_000), (1_340_000, 5_500_000)),
    ("EPSG:3857", "Web Mercator", (-20_038_000, 20_038_000), (-20_049_000, 20_049_000)),
)  # fmt: skip
_CLEAR = ("EPSG:5514", "EPSG:2154", "EPSG:2056")
"""Grids whose numbers hardly another has."""

_UTM_EASTINGS, _UTM_NORTHING = (160_000, 840_000), 3_000_000
"""The eastings of a zone; and a northing beyond those of the national grids of Europe."""

_MOST = 2


def explain_metres(x: float, y: float) -> str:
    """What to do about a position in metres, with the grids that it may be of."""
    found = [
        f"{code} ({name})" for code, name, (west, east), (south, north) in _GRIDS
        if west <= x <= east and south <= y <= north
    ]  # fmt: skip
    if found and found[0].startswith(_CLEAR):
        found = found[:1]
    elif _UTM_EASTINGS[0] <= x <= _UTM_EASTINGS[1] and y > _UTM_NORTHING:
        found = ["UTM (EPSG:32633 is its zone 33, EPSG:32601 its first)"]
    likely = f", perhaps {' or '.join(found[:_MOST])}" if found else ""
    return f"{METRES}{likely}, not degrees: export them in WGS 84 (EPSG:4326), for example with QGIS"
