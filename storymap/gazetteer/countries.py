"""Countries: the one that a name means, as a place or to be filled, the one in which a point lies, and its names."""

from __future__ import annotations

from collections.abc import Iterable

from shapely import Point

from storymap.gazetteer.answers import NOWHERE, Answer, CountryAnswer, Remark, join_or, note_builtin
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.lookup import add_article, find_country_code, find_named_regions
from storymap.gazetteer.suggestions import suggest_countries
from storymap.model.place import LonLat, Place
from storymap.text.names import normalize_name, slugify_name
from storymap.text.shortening import shorten

_HOME_KILOMETRES = 5.0
_BORDER_DEGREES = 0.05
_OFFSHORE_KILOMETRES = 30.0

SHARED_NAMES = {
    "congo": ("CD", "CG"), "the congo": ("CD", "CG"), "kongo": ("CD", "CG"), "virgin islands": ("VG", "VI"),
    "samoa islands": ("AS", "WS"),
}  # fmt: skip
"""Normalised names that two countries share, neither of them by far."""


def look_up_country(reference: str, builtin: BuiltinGazetteer) -> CountryAnswer:
    """The country that `reference` names, by a code in any letters or by a name."""
    written = " ".join(reference.split())
    if code := find_country_code(written, builtin, any_case=True):
        return CountryAnswer(code)
    alike = suggest_countries(written, builtin)
    help = f"did you mean {join_or(alike)}?" if alike else "write an ISO code or an English name, such as CZ or Czechia"
    return CountryAnswer("", (Remark("unknown-country", f'no country "{shorten(written, 80)}"', help),))


def place_country(code: str, written: str, builtin: BuiltinGazetteer) -> Answer:
    """A country as a place: its land, framed without what lies oceans away."""
    country = builtin.countries[code]
    place = Place(
        id=slugify_name(country.name),
        name=country.name,
        point=country.point,
        geometry=builtin.outline_country(code),
        bounds=country.bounds,
        kind="area",
        country=code,
        origin="country",
        defined_at=NOWHERE,
        source="Natural Earth",
        aliases=(code, country.iso3),
    )
    remarks: tuple[Remark, ...] = ()
    for region in find_named_regions(written, builtin):
        if region.countries != (code,) and normalize_name(country.name) == normalize_name(written):
            lands = list_countries(region.countries, builtin)
            other = f'"{written}" is the country, not the {region.kind} of {lands}'
            remarks = (note_builtin(other, f'for that, write "{region.name}, {region.countries[0]}"'),)
    return Answer(place, second_id=f"{place.id}-country", remarks=remarks)


def name_country(code: str, builtin: BuiltinGazetteer) -> str:
    """The English name of a country by its ISO code; the code itself where it is none, and nothing for nothing."""
    country = builtin.countries.get(code)
    return country.name if country else code


def list_countries(codes: Iterable[str], builtin: BuiltinGazetteer) -> str:
    """Countries within a sentence."""
    return " and ".join(add_article(name_country(code, builtin)) for code in codes)


def country_at(point: LonLat, builtin: BuiltinGazetteer) -> str:
    """ISO code of the country that `point` lies in, empty at sea. By borders and coasts a near town decides."""
    inside = builtin.countries_at(point)
    near_border = not inside or any(_edge_distance(point, code, builtin) < _BORDER_DEGREES for code in inside)
    if not near_border:
        return inside[0]
    near = builtin.nearest_settlements(point)
    if near and near[0][1] <= (_HOME_KILOMETRES if inside else _OFFSHORE_KILOMETRES):
        return near[0][0].country
    return inside[0] if inside else ""


def _edge_distance(point: LonLat, code: str, builtin: BuiltinGazetteer) -> float:
    """Degrees from `point` to the border or coast of a country."""
    return float(builtin.outlines[code].boundary.distance(Point(point)))
