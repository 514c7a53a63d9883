"""Regions, islands, waters and mountains as places; of one without an outline, what to write instead."""

from __future__ import annotations

from collections.abc import Sequence

from storymap.earth.bounds import shrink_bounds
from storymap.gazetteer.answers import MOST_SPELLINGS, NOWHERE, Answer, join_or, note_builtin, refuse
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.countries import list_countries
from storymap.gazetteer.lookup import Match, means_settlement, spell_settlement
from storymap.gazetteer.records import NamedRegion, Settlement
from storymap.model.place import Bounds, Place
from storymap.text.names import slugify_name
from storymap.text.shortening import shorten

_COUNTRIES_TOLD = 2
"""A region in more countries than these is told without them."""

_WITH_TOWNS = frozenset({"region", "historic land", "peninsula", "island", "group of islands", "state", "part"})
"""Kinds of regions in which a town may be named instead."""

_TOWN_TO_NAME = 20_000
"""People that a town must have to be named for a region."""


def place_region(written: str, regions: Sequence[NamedRegion], match: Match, builtin: BuiltinGazetteer) -> Answer:
    """A region that the world knows: itself where its outline is built in, else what to write instead.

    `match` are the towns that bear the name, too.
    """
    if len(regions) > 1:
        frames = [f"{list_countries(one.countries, builtin)}: {_write_bounds(one.bounds)}" for one in regions]
        advice = f"show one with bounds, or draw it in geo/\n{chr(10).join(frames)}"
        return refuse("ambiguous-place", f'"{written}" could be any of {len(regions)} regions', advice)
    (region,) = regions
    bearers = [town for town in match.towns if town.key == match.key][: MOST_SPELLINGS - 1]
    towns = dict.fromkeys(spell_settlement(town, builtin) for town in bearers)
    told = [town for town in towns if not town[0].isdigit() and town[0] != "-"]
    other = f"for the town, write {join_or(told)}" if told else ""
    if not region.has_outline:
        return refuse("unknown-place", _say_region(written, region, builtin), _advise_outline(region, other, builtin))
    place = Place(
        id=slugify_name(region.name),
        name=region.name,
        point=region.point,
        geometry=builtin.outline_region(region.id),
        bounds=region.bounds,
        kind="area",
        country=region.countries[0] if len(region.countries) == 1 else "",
        origin="region",
        defined_at=NOWHERE,
        category=region.kind,
        source="Natural Earth",
    )
    remarks = (note_builtin(f'"{written}" is the {region.kind}, not a town', other),) if other else ()
    return Answer(place, second_id=slugify_name(f"{region.name} {region.kind}"), remarks=remarks)


def _say_region(written: str, region: NamedRegion, builtin: BuiltinGazetteer) -> str:
    article = "an" if region.kind[0] in "aeiou" else "a"
    countries = list_countries(region.countries, builtin)
    where = f" in {countries}" if countries and len(region.countries) <= _COUNTRIES_TOLD else ""
    if region.kind == "part":
        where = f" of {countries}"
    return f'"{shorten(written, 80)}" is {article} {region.kind}{where}, and no outline of it is built in'


def _advise_outline(region: NamedRegion, other: str, builtin: BuiltinGazetteer) -> str:
    """What to write instead of a region without an outline: its frame, a town in it, or a drawing of it."""
    lines = [f"instead of a place, write bounds: {_write_bounds(region.bounds)}"]
    if region.kind in _WITH_TOWNS and region.countries:
        state = _find_state(region, builtin)
        # The corners of a box belong to its neighbours, unless towns say whose they are.
        boxes = (region.bounds,) if state else (shrink_bounds(region.bounds, 0.5), region.bounds)
        towns = (builtin.largest_settlement_within(box, region.countries, state=state) for box in boxes)
        town = next((town for town in towns if town and town.population >= _TOWN_TO_NAME), None)
        if town:
            lines.append(f'or name a town there, such as "{_spell_shortly(town, builtin)}"')
    lines.append("or draw it in a file of geo/")
    return "\n".join([*lines, *([other] if other else [])])


def _find_state(region: NamedRegion, builtin: BuiltinGazetteer) -> str:
    """The code by which towns say that they lie in this region, empty where they do not."""
    named = ((country, code) for (country, code), names in builtin.regions.items() if region.name in names)
    return next((code for country, code in named if (country,) == region.countries), "")


def _spell_shortly(town: Settlement, builtin: BuiltinGazetteer) -> str:
    """A town's name alone where that means it, else with its state or country."""
    return town.name if means_settlement(town.name, town, builtin) else spell_settlement(town, builtin)


def _write_bounds(bounds: Bounds) -> str:
    """Bounds as a step has them: "[12.1, 48.5, 16.8, 51.1]"."""
    return f"[{bounds.west:g}, {bounds.south:g}, {bounds.east:g}, {bounds.north:g}]"
