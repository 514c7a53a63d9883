"""Read coordinates as people write them, latitude first, and `geo:` URIs (RFC 5870).

Accepted are decimal degrees, degrees with minutes and seconds, hemisphere letters, brackets around a pair, "lat" and
"lon" before its numbers, and the signs that word processors put in place of a hyphen; and references of the UTM and the
military grid. What could be read in two ways is
refused with words on how to write it, as is what other maps give to copy.
"""

from __future__ import annotations

import math
import re
import unicodedata
from urllib.parse import parse_qsl, unquote

from msgspec import Struct

from storymap.earth.grid_references import GridReference, read_grid_reference
from storymap.earth.grids import explain_metres
from storymap.earth.map_addresses import Pasted, recognise_pasted
from storymap.earth.mercator import MERCATOR_LIMIT, wrap_longitude
from storymap.model.place import LonLat
from storymap.text.shortening import shorten

DECIMALS = 5
"""Decimals of a degree written into pages: about a metre."""

LONGEST_TEXT = 200
"""Characters beyond which a text is no coordinate pair."""


class CoordinateError(ValueError):
    """A text that means to be coordinates and cannot be: `message` says what is wrong, `help` what to write.

    `axis` is "lat" or "lon" where one of the two numbers alone cannot be read, else empty.
    """

    def __init__(self, message: str, advice: str = "", *, code: str = "bad-coordinates") -> None:
        super().__init__(message)
        self.axis = ""
        self.message = message
        self.help = advice
        self.code = code


class CoordinateWarning(Struct, frozen=True):
    """What is odd about coordinates that can be used: a code (kebab-case), a sentence, and what to do."""

    code: str
    message: str
    help: str


class Coordinates(Struct, frozen=True):
    """A point that was read, and what is odd about it."""

    point: LonLat
    warnings: tuple[CoordinateWarning, ...] = ()


_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", re.ASCII)
_SEXAGESIMAL = re.compile(
    r"(?P<sign>[+-]?)(?P<degrees>[0-9]{1,3}(?:\.[0-9]+)?)\s*°"
    r"(?:\s*(?P<minutes>[0-9]{1,2}(?:\.[0-9]+)?)\s*(?:'|$))?(?:\s*(?P<seconds>[0-9]{1,2}(?:\.[0-9]+)?)\s*(?:\"|$))?",
    re.ASCII,
)
_PARTED_BY_BLANKS = re.compile(
    r"(?P<sign>)(?P<degrees>[0-9]{1,3})[ -](?P<minutes>[0-9]{1,2}(?:\.[0-9]+)?)"
    r"(?:[ -](?P<seconds>[0-9]{1,2}(?:\.[0-9]+)?))?",
    re.ASCII,
)
"""Degrees, minutes and seconds with no signs: "50 04 31.8", "50-04-31". A hemisphere has to say that they are that."""

_PACKED = {
    axis: re.compile(
        rf"(?P<sign>)(?P<degrees>[0-9]{{{width}}})(?P<minutes>[0-9]{{2}})(?P<seconds>[0-9]{{2}}(?:\.[0-9]+)?)", re.ASCII
    )
    for axis, width in (("lat", 2), ("lon", 3))
}
"""The same as aviators write it, all digits together: "500431N 0142616E"."""

_LETTERED = re.compile(
    r"(\d)\s*d(?:eg(?:rees?)?\b\.?)?\s*(?=[\dNSEWnsew]|$)|(\d)\s*m\s*(?=\d|$)|(\d)\s*s(?=\s*[NSEW\s]|$)"
)
"""Letters in place of signs: "50 deg 4' 31.80" N" as exiftool prints it, "50d04m31.8s N"."""

_LOOKS_NUMERIC = re.compile(
    r"[NSEWnsew]?\s*[+\-.]?\s*\d[\d\s.,:;°'\"+\-_eoxEOX]*[NSEWnsew]?|[+-]?(?:nan|inf|infinity)", re.IGNORECASE
)
_COMMA_DECIMALS = re.compile(r"[+-]?\d+,\d+\s*(?:[,;]\s*|\s+)[+-]?\d+,\d+")
_SIGNED_COMMA = re.compile(r"(?<=\d),(?=\d+\s*[°'\"])")
"""A decimal comma, which shows as that by the sign of degrees, minutes or seconds behind its number."""

_TYPED_SIGNS = str.maketrans(
    {"−": "-", "‐": "-", "‑": "-", "–": "-", "﹣": "-", "－": "-", "º": "°", "˚": "°", "′": "'", "’": "'", "‘": "'",
     "ʹ": "'", "´": "'", "″": '"', "”": '"', "“": '"', "ʺ": '"', "\ufeff": " ", "\u200b": " "}
)  # fmt: skip
_BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_LABELLED = re.compile(
    r"lat(?:itude)?\.?\s*[:=]?\s*(?P<lat>[^A-Za-z,;&]*\d[^A-Za-z,;&]*[NS]?)[\s,;&]+"
    r"lo?ng?(?:itude)?\.?\s*[:=]?\s*(?P<lon>[^A-Za-z,;&]*\d[^A-Za-z,;&]*[EW]?)",
    re.IGNORECASE,
)
_QUERY_PAIR = re.compile(r"([+-]?[0-9.]+),([+-]?[0-9.]+)(?:\(.*\))?", re.ASCII)
_NAMES = {"lat": "latitude", "lon": "longitude"}
_HEMISPHERES = {"lat": "NS", "lon": "EW"}


_LEAST_METRES = 1_000
"""Two numbers of at least this are no degrees that somebody mistyped."""

_MOST_METRES = 30_000_000
"""No grid reaches as far north: that of web maps ends at 20 million metres."""


def parse_coordinates(text: str, *, of_maps: bool = False) -> Coordinates | None:
    """The point that `text` gives as "50.0790, 14.4306" or `geo:50.0790,14.4306`; None where it is no such thing.

    Latitude stands first, as people write it, unless hemisphere letters say otherwise. With `of_maps` what other maps
    give to copy will do, as in a table, which nobody reads. Raises `CoordinateError` where the text means to be
    coordinates and cannot be read.
    """
    if reference := read_grid_reference(text):
        return _check_reference(text, reference)
    if pasted := recognise_pasted(text):
        if of_maps and pasted.pair:
            return read_position(*pasted.pair)
        raise _explain_pasted(text, pasted)
    if len(text) > LONGEST_TEXT:
        return None
    if text.strip()[:4].casefold() == "geo:":
        return _parse_geo_uri(text.strip())
    cleaned = _clean_text(text)
    if bracketed := _BRACKETED.fullmatch(cleaned):
        cleaned = (bracketed[1] or bracketed[2] or "").strip()
    if labelled := _LABELLED.fullmatch(cleaned):
        cleaned = f"{labelled['lat'].strip()}, {labelled['lon'].strip()}"
    if _COMMA_DECIMALS.fullmatch(cleaned):
        raise _comma_error(text)
    halves = _split_pair(cleaned)
    if halves is None:
        return None
    first, second = halves
    if not (_LOOKS_NUMERIC.fullmatch(first) and _LOOKS_NUMERIC.fullmatch(second)):
        return None
    if first[-1:].upper() in "EW" and second[-1:].upper() in "NS":
        first, second = second, first
    return read_position(first, second)


def read_position(lat: str, lon: str) -> Coordinates:
    """The point of a latitude and a longitude that were written apart, as in the columns of a table.

    Raises `CoordinateError` where either cannot be read or lies off the earth.
    """
    latitude, longitude = _read_angle(lat, "lat"), _read_angle(lon, "lon")
    return check_position(latitude, longitude)


def check_position(lat: float, lon: float) -> Coordinates:
    """The point at `lat` and `lon` if it lies on the earth, with what is odd about it. Raises `CoordinateError`."""
    for axis, value in (("lat", lat), ("lon", lon)):
        if not math.isfinite(value):
            raise CoordinateError(
                f'{_NAMES[axis]} "{value}" is no number', "write decimal degrees, such as 50.0790, 14.4306"
            )
    if min(abs(lat), abs(lon)) >= _LEAST_METRES:
        raise CoordinateError(
            f'latitude "{write_degrees(lat)}" and longitude "{write_degrees(lon)}" are out of range',
            explain_metres(lon, lat)
            if abs(lat) < _MOST_METRES
            else "the decimal point is lost, as spreadsheets lose it where a comma is usual: write 50.0790, 14.4306",
            code="coordinate-out-of-range",
        )
    if abs(lat) > 90:
        swapped = f"{write_degrees(lon)}, {write_degrees(lat)}"
        advice = "a latitude lies between -90 and 90"
        if 91 < abs(lat) <= 180 and abs(lon) <= 90:
            advice = f'latitude and longitude look swapped: latitude stands first in text; did you mean "{swapped}"?'
        raise CoordinateError(
            f'latitude "{write_degrees(lat)}" is out of range', advice, code="coordinate-out-of-range"
        )
    if abs(lon) > 180:
        advice = "a longitude lies between -180 and 180"
        if abs(lon) <= 720:
            advice += f'; the same meridian is "{write_degrees(wrap_longitude(lon))}"'
        raise CoordinateError(
            f'longitude "{write_degrees(lon)}" is out of range', advice, code="coordinate-out-of-range"
        )
    return Coordinates(LonLat(lon + 0.0, lat + 0.0), tuple(_list_oddities(lat, lon)))


def round_point(point: LonLat) -> LonLat:
    """`point` as it is written into a page; never -0."""
    return LonLat(round(point.lon, DECIMALS) + 0.0, round(point.lat, DECIMALS) + 0.0)


def write_coordinates(point: LonLat) -> str:
    """`point` as people write it, latitude first: "50.0790, 14.4306". `parse_coordinates` reads it back."""
    return f"{point.lat:z.4f}, {point.lon:z.4f}"


def write_degrees(value: float) -> str:
    """A number of degrees without needless digits: "116.4074", "90", "1e+300"."""
    return f"{value:.7f}".rstrip("0").rstrip(".") if abs(value) < 1e9 else f"{value:g}"


def _check_reference(text: str, reference: GridReference) -> Coordinates:
    """The point of a reference of a grid. Raises `CoordinateError` where there is none."""
    if reference.point is None:
        message = f'"{_show(text)}" looks like {reference.what}, but its zone and its letters do not fit its numbers'
        raise CoordinateError(message, "see whether it is copied whole, or write decimal degrees: 50.0790, 14.4306")
    return check_position(reference.point.lat, reference.point.lon)


def _explain_pasted(text: str, pasted: Pasted) -> CoordinateError:
    """What another map gave to copy, with the very coordinates in it."""
    shown = f'"{_show(text)}" is {pasted.what}, not a place'
    if not pasted.pair:
        return CoordinateError(shown, pasted.hint, code="map-address")
    try:
        point = read_position(*pasted.pair).point
    except CoordinateError as error:
        return CoordinateError(f"{shown}, and its {error.message}", error.help, code="map-address")
    advice = f"write the coordinates in it: {_write_shortly(point)}"
    if pasted.zoom:
        advice += f"\nit comes as close as zoom: {float(pasted.zoom):g}"
    return CoordinateError(shown, advice, code="map-address")


def _write_shortly(point: LonLat) -> str:
    """`point` as people write it, with as many decimals as it has, five at most."""
    lon, lat = round_point(point)
    return f"{write_degrees(lat)}, {write_degrees(lon)}"


def _clean_text(text: str) -> str:
    """`text` with plain spaces, hyphens and quotation marks where a word processor put others."""
    cleaned = text.translate(_TYPED_SIGNS).replace("''", '"')
    if "," in cleaned:
        cleaned = _SIGNED_COMMA.sub(".", cleaned)
    if "d" in cleaned:
        cleaned = _LETTERED.sub(_sign_letter, cleaned)
    return " ".join(cleaned.split())


def _sign_letter(match: re.Match[str]) -> str:
    """A digit with the sign that the letter behind it stands for."""
    degrees, minutes, seconds = match.groups()
    return f"{degrees}°" if degrees else f"{minutes}'" if minutes else f'{seconds}"'


def _split_pair(text: str) -> tuple[str, str] | None:
    """The two halves of a pair: at its one comma or semicolon, after a hemisphere letter, or at its one space."""
    for separator in (";", ","):
        if text.count(separator) == 1:
            first, second = text.split(separator)
            return first.strip(), second.strip()
    if "," in text or ";" in text:
        return None
    for pattern in (
        r"(.*?\d[^A-Za-z]*[NSEWnsew])\s*(\S.*[NSEWnsew])",
        r"([NS][^A-Z]*\d[^A-Z]*)\s([EW][^A-Z]*\d[^A-Z]*)",
    ):
        if lettered := re.fullmatch(pattern, text):
            return lettered[1].strip(), lettered[2].strip()
    words = text.split(" ")
    return (words[0], words[1]) if len(words) == 2 and all(any(map(str.isdigit, word)) for word in words) else None


def _read_angle(text: str, axis: str) -> float:
    """Degrees of one latitude or longitude. Raises `CoordinateError`."""
    try:
        return _read_degrees(text, axis)
    except CoordinateError as error:
        error.axis = axis
        raise


def _read_degrees(text: str, axis: str) -> float:
    name = _NAMES[axis]
    cleaned = _clean_text(text)
    if not cleaned:
        raise CoordinateError(f"the {name} is empty", "give both a latitude and a longitude, such as 50.0790, 14.4306")
    number, hemisphere = _take_hemisphere(cleaned, axis)
    plain = (_PARTED_BY_BLANKS.fullmatch(number) or _PACKED[axis].fullmatch(number)) if hemisphere else None
    if match := plain or _SEXAGESIMAL.fullmatch(number):
        value = _add_sexagesimal(match, text=text, name=name)
    elif _NUMBER.fullmatch(number):
        value = float(number)
    else:
        raise _explain_unreadable(text, cleaned, name)
    if hemisphere and number[0] in "+-":
        raise CoordinateError(
            f'{name} "{_show(text)}" has both a sign and a hemisphere', "write either -33.8688 or 33.8688 S"
        )
    return -value if hemisphere in {"S", "W"} else value


def _take_hemisphere(text: str, axis: str) -> tuple[str, str]:
    """The number in `text` and its hemisphere letter, if one stands before or after it."""
    for letter, rest in ((text[-1], text[:-1]), (text[0], text[1:])):
        if letter.upper() in {"N", "S", "E", "W"} and any(map(str.isdigit, rest)) and not re.search("[^\\W\\d]", rest):
            if letter.upper() not in _HEMISPHERES[axis]:
                raise CoordinateError(
                    f'{_NAMES[axis]} "{_show(text)}" has the letter {letter.upper()}',
                    f"a {_NAMES[axis]} takes {' or '.join(_HEMISPHERES[axis])}; latitude stands first",
                )
            return rest.strip(), letter.upper()
    return text, ""


def _add_sexagesimal(match: re.Match[str], *, text: str, name: str) -> float:
    """Degrees of degrees, minutes and seconds."""
    minutes, seconds = float(match["minutes"] or 0), float(match["seconds"] or 0)
    if minutes >= 60 or seconds >= 60:
        raise CoordinateError(f'{name} "{_show(text)}" has 60 or more minutes or seconds', "each runs from 0 to 59")
    value = float(match["degrees"]) + minutes / 60 + seconds / 3600
    return -value if match["sign"] == "-" else value


def _explain_unreadable(text: str, cleaned: str, name: str) -> CoordinateError:
    """Why `text` is no angle, in the words of whoever wrote it so."""
    shown = f'{name} "{_show(text)}"'
    if re.fullmatch(r"[+-]?\d+,\d+\D?", cleaned):
        return _comma_error(text)
    if re.fullmatch(r"[+-]?\d{1,3}(:\d{1,2}(\.\d+)?){1,2}", cleaned):
        first, *rest = re.findall(r"[\d.]+", cleaned)
        value = float(first) + sum(float(part) / 60**place for place, part in enumerate(rest, start=1))
        return CoordinateError(f"{shown} is written with colons, which read as a time", f"write {write_degrees(value)}")
    if any(character.isdigit() and not character.isascii() for character in text):
        plain = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
        return CoordinateError(f"{shown} has digits that are not 0 to 9", f"write {_show(plain)}")
    if re.fullmatch(r"[+-]?[\d.]+e[+-]?\d+|0[xo][\da-f]+", cleaned, re.IGNORECASE):
        return CoordinateError(f"{shown} is not plain decimal degrees", "write the digits out, such as 50.0790")
    return CoordinateError(f"{shown} is no number", "write decimal degrees, such as 50.0790, 14.4306")


def _explain_query(text: str, path: str, query: str) -> CoordinateError:
    """A `geo:` URI as telephones share it: what it looks for stands in a query, with 0,0 before it."""
    parameters = dict(parse_qsl(query, max_num_fields=50))
    looked_for = parameters.get("q", "")
    if pair := _QUERY_PAIR.match(looked_for):
        advice = f"write geo:{pair[1]},{pair[2]}"
    elif looked_for:
        advice = f"write what it looks for: {_show(looked_for)}"
    else:
        advice = f"write geo:{path}"
    if zoom := parameters.get("z"):
        advice += f"\nit comes as close as zoom: {_show(zoom)}"
    return CoordinateError(f'"{_show(text)}" has a query, which a geo: URI cannot have', advice)


def _comma_error(text: str) -> CoordinateError:
    """A decimal comma, where the comma parts latitude from longitude."""
    pointed = re.sub(r"(\d),(\d)", r"\1.\2", " ".join(text.split()))
    numbers = re.findall(r"[+-]?\d+\.\d+", pointed)
    suggestion = ", ".join(numbers) if numbers else pointed
    return CoordinateError(
        f'"{_show(text)}" has a decimal comma', f"write a decimal point: {suggestion}", code="decimal-comma"
    )


def _show(text: str) -> str:
    """`text` short enough for a message."""
    return shorten(text.strip(), 60)


def _list_oddities(lat: float, lon: float) -> list[CoordinateWarning]:
    """What is odd about a point on the earth."""
    oddities = []
    if lat == 0 and lon == 0:
        oddities.append(
            CoordinateWarning(
                "null-island", '"0, 0" is a spot in the Gulf of Guinea, and usually means missing data',
                "give the coordinates, or 0.0001, 0 if the place really is there",
            )
        )  # fmt: skip
    if abs(lat) > MERCATOR_LIMIT:
        oddities.append(
            CoordinateWarning(
                "beyond-the-map", f'latitude "{write_degrees(lat)}" lies beyond the edge of the map',
                f"the map ends at {MERCATOR_LIMIT}°; the place is shown there",
            )
        )  # fmt: skip
    return oddities


def _parse_geo_uri(text: str) -> Coordinates:
    """The point of a `geo:` URI: latitude, longitude, perhaps an altitude, and parameters (RFC 5870, 3.3)."""
    rewrite = "write geo:50.0790,14.4306"
    plain = "".join(unquote(text).split())
    if plain != unquote(text):
        _parse_geo_uri(plain)  # what else is wrong is told first
        raise CoordinateError(f'"{_show(text)}" has blanks in it, and an address has none', f"write {_show(plain)}")
    path, *parameters = unquote(text[4:]).split(";")
    if "?" in path:
        raise _explain_query(text, *unquote(text[4:]).split("?", 1))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.casefold() == "crs" and value.casefold() != "wgs84":
            raise CoordinateError(f'"{_show(text)}" is in the reference system "{_show(value)}"', "give it in wgs84")
        if key.casefold() == "u" and not (_NUMBER.fullmatch(value) and float(value) >= 0):
            raise CoordinateError(f'"{_show(text)}" has the uncertainty "{_show(value)}"', "write metres, as in u=10")
    numbers = path.split(",")
    if len(numbers) not in (2, 3):
        raise CoordinateError(f'"{_show(text)}" gives {len(numbers)} numbers', f"{rewrite}: latitude, then longitude")
    for number in numbers:
        if not _NUMBER.fullmatch(number):
            raise CoordinateError(f'"{_show(text)}" has "{_show(number)}" where a number belongs', rewrite)
    return read_position(numbers[0], numbers[1])
