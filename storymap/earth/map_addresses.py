"""Find the coordinates in what other maps give to copy: their addresses, plus codes, well-known text.

None of it is read as a place, because nobody can see in it where that is; but whoever pasted it is told the very
coordinates to write. Called by `storymap.earth.coordinates` before it looks for a pair.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from msgspec import Struct

LONGEST_ADDRESS = 4_000
"""Characters beyond which a text is no address that anyone pasted."""


Pair = tuple[str, str] | tuple[()]
"""A latitude and a longitude as text that `read_position` reads; or nothing."""


class Pasted(Struct, frozen=True):
    """What a text is, in words with an article ("an address of Google Maps"), and what was found in it.

    `pair` is a latitude and a longitude as they stand there, empty where there is none; `zoom` is empty where none is
    given. `hint` says what to do where there is no pair.
    """

    what: str
    pair: Pair = ()
    zoom: str = ""
    hint: str = ""


_SITES = (
    # A part of the host, perhaps with the beginning of the path, and what people call the site.
    ("maps.app.goo.gl", "Google Maps"), ("goo.gl/maps", "Google Maps"), ("maps.google.", "Google Maps"),
    ("umap.", "uMap"), ("openstreetmap.", "OpenStreetMap"), ("osm.org", "OpenStreetMap"),
    ("mapy.cz", "Mapy.cz"), ("mapy.com", "Mapy.com"),
    ("maps.apple", "Apple Maps"), ("bing.com", "Bing Maps"), ("waze.com", "Waze"), ("yandex.", "Yandex Maps"),
    ("here.com", "Here"), ("opentopomap.org", "OpenTopoMap"), ("geohack", "GeoHack"),
    ("what3words.com", "what3words"), ("w3w.co", "what3words"),
)  # fmt: skip
_SHORT_LINKS = re.compile(
    r"goo\.gl/|mapy\.(?:cz|com)/s/|osm\.org/go/|openstreetmap\.org/go/|maps\.apple/p/|bing\.com/l/"
)
_LONGITUDE_FIRST = ("yandex.",)
"""Sites whose pairs begin with the longitude."""

_NUMBER = r"[+-]?\d{1,3}(?:\.\d+)?"
_PIN = re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})")
_CENTRE = re.compile(rf"/@({_NUMBER}),({_NUMBER})(?:,(\d+(?:\.\d+)?)z)?")
_HASH = re.compile(rf"(?:^|[#?&=/])(\d{{1,2}}(?:\.\d+)?)/({_NUMBER})/({_NUMBER})(?=$|[/&])")
_GEOHACK = re.compile(r"(\d[\d.]*(?:_[\d.]+){0,2})_([NS])_(\d[\d.]*(?:_[\d.]+){0,2})_([EW])(?=_|$)")
_BING_POINT = re.compile(rf"point\.({_NUMBER})_({_NUMBER})")
_PAIR = re.compile(rf"(?:loc:)?\s*({_NUMBER})\s*[,~]\s*({_NUMBER})(?=\s*(?:$|[,(]))")
_NAMED_PAIRS = (("mlat", "mlon"), ("lat", "lon"), ("lat", "lng"), ("latitude", "longitude"), ("y", "x"))
_PAIR_PARAMETERS = (
    "q", "query", "coordinate", "ll", "pt", "center", "cbll", "viewpoint", "destination", "daddr", "cp", "sll", "map",
    "saddr", "to", "rtp",
)  # fmt: skip
"""Parameters that hold a pair, the spot before the middle of the map."""

_ZOOMS = ("zoom", "z", "lvl")
_WORDS = re.compile(r"///[^\W\d_]+(?:[.・．][^\W\d_]+){2}")
_DIGITS = "23456789CFGHJMPQRVWX"
_PLUS_CODE = re.compile(rf"([{_DIGITS}]{{2,8}}0{{0,6}})\+([{_DIGITS}]{{0,7}})(?:,?\s+\S.*)?", re.IGNORECASE)
_GEOHASH = re.compile(r"(?=\w*\d)(?=\w*[b-hjkmnp-z])[0-9b-hjkmnp-z]{6,12}")
_BASE32 = "0123456789bcdefghjkmnpqrstuvwxyz"
_LOCATOR = re.compile(r"([A-R])([A-R])(\d)(\d)([A-X])([A-X])", re.IGNORECASE)
_WIKIDATA = re.compile(
    r"(?:wikidata[:/]|wd:)?(Q[1-9]\d{1,9})|(?:https?://)?(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)\S*"
)
_OSM_THING = re.compile(r"(?:osm[:/])?(node|way|relation)[/: ]\d{2,12}", re.IGNORECASE)
_NATIONAL = re.compile(
    r"(?P<british>[HJNOST][A-HJ-Z]\s?\d{3,5}\s?\d{3,5})|"
    r"(?:S-?JTSK|Gau(?:ss|ß)[- ]Kr(?:ü|ue)ger|CH1903\+?|Lambert[- ]?93|EPSG:\d{4,6})[\s:,;]+-?\d.*",
    re.IGNORECASE,
)
_THREE_WORDS = re.compile(r"[^\W\d_]{3,}\.[^\W\d_]{3,}\.[^\W\d_]{3,}")
_DEGREES = "write it in degrees, latitude first: 50.0790, 14.4306"
_POINT = re.compile(
    rf"(?:SRID=4326;)?\s*POINT\s*Z?\s*\(\s*({_NUMBER})\s+({_NUMBER})(?:\s+{_NUMBER})?\s*\)", re.IGNORECASE
)


def recognise_pasted(text: str) -> Pasted | None:
    """What `text` is, if it is what another map gave to copy; None where it is anything else."""
    text = text.strip()
    if len(text) > LONGEST_ADDRESS:
        return None
    if _WIKIDATA.fullmatch(text):
        return _recognise_reference(text)
    if re.match(r"https?://|www\.|maps\.|(?:goo\.gl|osm\.org|mapy\.cz|w3w\.co)/", text, re.IGNORECASE):
        return _read_address(text)
    if _WORDS.fullmatch(text):
        return Pasted("a what3words address", hint="look it up there, and write its latitude and longitude")
    if match := _POINT.fullmatch(text):
        return Pasted("well-known text, which has the longitude first", (match[2], match[1]))
    if (match := _PLUS_CODE.fullmatch(text)) and any(map(str.isdigit, match[0])):
        return _read_plus_code(match[1].upper(), match[2].upper())
    return _recognise_reference(text)


def _recognise_reference(text: str) -> Pasted | None:
    """What `text` is that stands for a place in a list, or in a grid, of somebody else."""
    if match := _WIKIDATA.fullmatch(text):
        hint = f"its page, wikidata.org/wiki/{match[1] or match[2]}, has the coordinates under P625: {_DEGREES}"
        return Pasted("an entry of Wikidata", hint=hint)
    if match := _OSM_THING.fullmatch(text):
        return Pasted(f"a {match[1].lower()} of OpenStreetMap", hint=f"look it up there, and {_DEGREES}")
    if _GEOHASH.fullmatch(text):
        return Pasted("a geohash", _read_geohash(text))
    if match := _LOCATOR.fullmatch(text):
        return Pasted("a locator of radio amateurs", _read_locator(*match.groups()))
    if match := _NATIONAL.fullmatch(text):
        what = "a reference of the British grid" if match["british"] else "a position in metres of a grid"
        return Pasted(what, hint=f"have a converter of coordinates turn it into WGS 84, and {_DEGREES}")
    if _THREE_WORDS.fullmatch(text):
        return Pasted("a what3words address", hint="look it up there, and write its latitude and longitude")
    return None


def _read_address(text: str) -> Pasted | None:
    """The coordinates in the address of a web page; its zoom where one is given."""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        return None
    host = (parts.hostname or "").casefold()
    place = f"{host}{parts.path}".casefold()
    site = next((name for part, name in _SITES if part in place), "")
    if "google." in host and parts.path.startswith("/maps"):
        site = "Google Maps"
    what = f"an address of {site}" if site else "the address of a web page"
    if site == "what3words":
        return Pasted("a what3words address", hint="look it up there, and write its latitude and longitude")
    pair, zoom = _search_address(parts.path, parts.query, parts.fragment)
    if pair and any(part in host for part in _LONGITUDE_FIRST):
        pair = (pair[1], pair[0])
    if pair:
        return Pasted(what, pair, zoom)
    if _SHORT_LINKS.search(place):
        hint = "a short link holds no coordinates: open it, and take them from the address that it leads to"
    else:
        hint = "it holds no coordinates: take them from the map, and write them latitude first: 50.0790, 14.4306"
    return Pasted(what, hint=hint)


def _search_address(path: str, query: str, fragment: str) -> tuple[Pair, str]:
    """The pair in the parts of an address, a marked spot before the middle of the map, and the zoom; empty if none."""
    parameters = dict(parse_qsl(f"{query}&{fragment.lstrip('?!')}"))
    zoom = next((value for name in _ZOOMS if re.fullmatch(r"\d+(?:\.\d+)?", value := parameters.get(name, ""))), "")
    centre, hashed = _CENTRE.search(path), _HASH.search(fragment) or _HASH.search(parameters.get("map", ""))
    zoom = zoom or (centre[3] or "" if centre else "") or (hashed[1] if hashed else "")
    if pins := _PIN.findall(path):
        return pins[-1], zoom
    for lat, lon in _NAMED_PAIRS:
        if all(re.fullmatch(_NUMBER, parameters.get(name, "")) for name in (lat, lon)):
            return (parameters[lat], parameters[lon]), zoom
    if match := _BING_POINT.search(parameters.get("sp", "")):
        return (match[1], match[2]), zoom
    if match := _GEOHACK.search(parameters.get("params", "")):
        return (_write_angle(match[1], match[2]), _write_angle(match[3], match[4])), zoom
    for name in _PAIR_PARAMETERS:
        if match := _PAIR.match(parameters.get(name, "")):
            return (match[1], match[2]), zoom
    if hashed:
        return (hashed[2], hashed[3]), zoom
    for part in reversed(path.split("/")):
        if not part.startswith("@") and (match := _PAIR.match(unquote_plus(part))):
            return (match[1], match[2]), zoom
    return ((centre[1], centre[2]), zoom) if centre else ((), zoom)


def _write_angle(numbers: str, hemisphere: str) -> str:
    """Degrees, minutes and seconds joined by underscores, as an angle."""
    signed = zip(numbers.split("_"), "°'\"", strict=False)
    return "".join(f"{number}{sign}" for number, sign in signed) + f" {hemisphere}"


def _read_plus_code(before: str, after: str) -> Pasted | None:
    """The middle of the box that a plus code stands for (Open Location Code, version 1.0)."""
    if len(before) < 8:
        hint = "it is a short one, which holds a position only together with a town: write latitude and longitude"
        return Pasted("a plus code", hint=hint) if len(before) >= 4 and len(after) >= 2 else None
    digits = before.rstrip("0") + after
    if len(digits) % 2 and len(digits) < 10:
        return None
    lat, lon, step_lat, step_lon = -90.0, -180.0, 400.0, 400.0
    for first, second in zip(digits[:10:2], digits[1:10:2], strict=True):
        step_lat, step_lon = step_lat / 20, step_lon / 20
        lat, lon = lat + _DIGITS.index(first) * step_lat, lon + _DIGITS.index(second) * step_lon
    for digit in digits[10:]:
        step_lat, step_lon = step_lat / 5, step_lon / 4
        row, column = divmod(_DIGITS.index(digit), 4)
        lat, lon = lat + row * step_lat, lon + column * step_lon
    return Pasted("a plus code", (f"{lat + step_lat / 2:.5f}", f"{lon + step_lon / 2:.5f}"))


def _read_geohash(text: str) -> Pair:
    """The middle of the box that a geohash stands for: its bits halve the longitude and the latitude in turn."""
    box = [[-180.0, 180.0], [-90.0, 90.0]]
    bits = "".join(f"{_BASE32.index(letter):05b}" for letter in text)
    for number, bit in enumerate(bits):
        edges = box[number % 2]
        edges[bit == "0"] = sum(edges) / 2
    (west, east), (south, north) = box
    return f"{(south + north) / 2:.5f}", f"{(west + east) / 2:.5f}"


def _read_locator(*signs: str) -> Pair:
    """The middle of a square of the Maidenhead grid, five minutes by two and a half."""
    first, second, third, fourth = (ord(sign.upper()) - ord("A") for sign in (*signs[:2], *signs[4:]))
    lon = first * 20 - 180 + int(signs[2]) * 2 + (third + 0.5) / 12
    lat = second * 10 - 90 + int(signs[3]) + (fourth + 0.5) / 24
    return f"{lat:.5f}", f"{lon:.5f}"
