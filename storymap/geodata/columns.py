"""Tell by their names which columns of a table say where a place is, in the languages of those who make tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from storymap.text.names import normalize_name, normalize_names, split_column

LATITUDES = normalize_names(
    *("lat", "latitude", "y", "latitud", "latitudine", "latitudo", "šířka", "šírka", "Breite", "Breitengrad"),
    *("szerokość", "szélesség", "breedtegraad", "breddgrad", "breddegrad", "leveysaste", "leveyspiiri", "laiuskraad"),
    *("širina", "geografska širina", "enlem", "platuma", "platums", "широта", "ширина", "географска ширина"),
    *("шырата", "πλάτος", "γεωγραφικό πλάτος", "纬度", "緯度", "위도", "خط العرض", "קו רוחב", "vĩ độ", "lintang"),
    *("ycoord", "intptlat", "s š"),
)
LONGITUDES = normalize_names(
    *("lon", "lng", "long", "longitude", "x", "longitud", "longitudine", "longitudo", "délka", "dĺžka", "Länge"),
    *("Längengrad", "długość", "hosszúság", "lengtegraad", "longitud", "längdgrad", "lengdegrad", "længdegrad"),
    *("pituusaste", "pituuspiiri", "pikkuskraad", "dužina", "geografska dužina", "dolžina", "boylam", "ilguma"),
    *("garums", "долгота", "довгота", "дължина", "дужина", "географска дужина", "даўгата", "μήκος"),
    *("γεωγραφικό μήκος", "经度", "經度", "経度", "경도", "خط الطول", "קו אורך", "kinh độ", "bujur"),
    *("xcoord", "intptlon", "v d"),
)
EASTINGS = normalize_names(
    *("easting", "eastings", "east", "e", "utm_x", "utm_e", "coord_x", "x_coord", "rechtswert", "ostwert")
)
NORTHINGS = normalize_names(
    *("northing", "northings", "north", "n", "utm_y", "utm_n", "coord_y", "y_coord", "hochwert", "nordwert")
)
"""Columns of a grid in metres, beside those called x and y."""

ZONES = normalize_names(
    *("zone", "utm zone", "zone utm", "zóna", "zona", "huso", "huso utm", "fuseau", "fuso", "strefa", "UTM zóna"),
    *("zona utm", "grid zone", "gzd", "зона", "crs", "epsg", "srid", "srs"),
)
HEMISPHERES = normalize_names("hemisphere", "hemisferio", "hémisphère", "Hemisphäre", "polokoule", "hemi")
"""Columns that say of which zone of UTM a row's metres are, and of which side of the equator."""

POSITIONS = normalize_names(
    *("mgrs", "usng", "utm", "utm coordinates", "utm reference", "grid reference", "grid ref", "mgrs reference"),
    *("coordinates", "location", "position", "coords", "coord", "coordinate", "geo", "location coordinates"),
    *("latlon", "latlng", "latlong", "gps", "gps coordinates", "geo point", "geo point 2d", "geopoint", "geolocation"),
    *("point", "souřadnice", "súradnice", "Koordinaten", "Koordinate", "coordonnées", "coordenadas", "coordinate"),
    *("współrzędne", "koordináták", "coördinaten", "koordinater", "koordinaatit", "koordinate", "coordonate"),
    *("координаты", "координати", "συντεταγμένες", "坐标", "座標", "좌표", "lonlat", "lnglat"),
    *("wkt", "wkt geom", "geom", "geometry", "the geom", "geo shape", "shape", "geojson", "geometria", "geometrie"),
    *("geometrie", "geom wkt", "st astext", "wkb", "wkb geometry"),
)
"""Columns that may hold a whole position, or a shape: such names do for other things too, so their cells decide."""

_FILLERS = frozenset(
    normalize_names(
        *("WGS84", "WGS", "84", "GPS", "geo", "DD", "deg", "degree", "degrees", "decimal", "dec", "epsg", "4326"),
        *("coord", "coordinate", "point", "location", "position", "place", "site", "in", "°", "n", "e"),
        *("zeměpisná", "zemepisná", "geographische", "geogr", "geographical", "geographic", "geografische"),
        *("geograficzna", "geográfica", "geografica", "géographique", "geographique", "geografisk", "földrajzi"),
        *("географическая", "географічна", "географска", "maantieteellinen", "coğrafi", "stupně", "Grad"),
    )
)
"""Words beside the one that matters: "lat (WGS 84)", "GPS latitude", "zeměpisná šířka"."""

_ANDS = frozenset(normalize_names("and", "a", "und", "et", "e", "y", "i", "en", "og", "och", "и"))


def find_column(columns: Sequence[str], known: Iterable[str]) -> int | None:
    """The number of the first of `columns` that bears one of the `known` names: the earlier name first."""
    plain = [normalize_name(column) for column in columns]
    simple = [_simplify(column) for column in columns]
    for name in known:
        for spelled in (plain, simple):
            if name in spelled:
                return spelled.index(name)
    return None


def find_axis_pair(columns: Sequence[str]) -> tuple[int, int] | None:
    """The numbers of a latitude and a longitude that the same words stand beside, as in "reprLat" and "reprLong".

    None where there is none, or several, of which none is meant before the others: "start_lat", "end_lat".
    """
    axes: dict[tuple[str, ...], dict[bool, int]] = {}
    for number, column in enumerate(columns):
        words = split_column(column)
        named = [word for word in words if len(word) > 1 and (word in LATITUDES or word in LONGITUDES)]
        if len(named) == 1:
            beside = tuple(word for word in words if word != named[0])
            axes.setdefault(beside, {}).setdefault(named[0] in LATITUDES, number)
    pairs = [(pair[True], pair[False]) for pair in axes.values() if len(pair) == 2]
    return pairs[0] if len(pairs) == 1 else None


def holds_pair(column: str) -> bool:
    """Whether a column is called by both axes at once: "lat/lon", "latitude, longitude"."""
    words = split_column(column)
    axes = [word for word in words if word not in _FILLERS and word not in _ANDS]
    return {word in LATITUDES for word in axes} == {True, False} and all(
        word in LATITUDES or word in LONGITUDES for word in axes
    )


def puts_longitude_first(column: str) -> bool:
    """Whether the name of a column that holds a pair says that the longitude comes first: "lon/lat"."""
    words = split_column(column)
    if "".join(words) in {"lonlat", "lnglat", "longlat"}:
        return True
    first = next((word for word in words if word in LATITUDES or word in LONGITUDES), "")
    return holds_pair(column) and first in LONGITUDES


def _simplify(column: str) -> str:
    """The words of a column's name that matter; all of them where none does more than the others."""
    words = split_column(re.sub(r"[\[(].*?[\])]", " ", column))
    return " ".join([word for word in words if word not in _FILLERS] or words)
