"""Towns of the built-in gazetteer as places, with the id that says which town it is."""

from __future__ import annotations

from collections.abc import Sequence

from shapely import Point

from storymap.earth.bounds import bounds_of_points
from storymap.gazetteer.answers import MOST_SPELLINGS, NOWHERE, Answer, join_or, note_builtin, refuse
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.lookup import (
    Match,
    choose_named_regions,
    describe_settlement,
    find_country_code,
    match_settlements,
    spell_settlement,
)
from storymap.gazetteer.records import Settlement
from storymap.model.place import Place
from storymap.text.names import normalize_name, slugify_name


def place_town(written: str, match: Match, builtin: BuiltinGazetteer) -> Answer:
    """The first town of `match`, which `written` means, with a note that says which one that is."""
    town = match.towns[0]
    place = Place(
        id=_slug_settlement(town, builtin),
        name=town.name,
        point=town.point,
        geometry=Point(town.point),
        bounds=bounds_of_points([town.point]),
        kind="point",
        country=town.country,
        origin="gazetteer",
        defined_at=NOWHERE,
        source="GeoNames",
    )
    full_name = describe_settlement(town, builtin)
    others = [other for other in match.towns[1:] if other.key == match.key][: MOST_SPELLINGS - 1]
    spellings = [spell_settlement(other, builtin) for other in others]
    note = note_builtin(f'"{written}" is {full_name}', f"for another, write {join_or(spellings)}" if spellings else "")
    return Answer(place, second_id=slugify_name(full_name), remarks=(note,))


def refuse_towns(written: str, towns: Sequence[Settlement], builtin: BuiltinGazetteer) -> Answer:
    """None of several towns of one name, with spellings of the likeliest."""
    key = normalize_name(written)
    called = [town for town in towns[1:] if normalize_name(town.name) == key]  # of another name, the first may be meant
    likely = [*towns[:1], *(called or towns[1:])]
    spellings = dict.fromkeys(spell_settlement(town, builtin) for town in likely[:MOST_SPELLINGS])
    return refuse("ambiguous-place", f'"{written}" could be any of {len(towns)} towns', f"write {join_or(spellings)}")


def _slug_settlement(town: Settlement, builtin: BuiltinGazetteer) -> str:
    """The id that a town has: its name if the bare name means it, else its name with its state or country."""
    bare = match_settlements(town.name, builtin)
    taken = find_country_code(town.name, builtin) or choose_named_regions(town.name, bare, builtin)
    if bare.is_clear and bare.towns[0] == town and not taken:
        return slugify_name(town.name)
    return slugify_name(describe_settlement(town, builtin)).removesuffix("-united-states")
