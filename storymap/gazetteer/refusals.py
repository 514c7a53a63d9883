"""Why a name means no place: one that nobody knows, that several bear, or whose record in `geo/` is left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from storymap.gazetteer.answers import MOST_SPELLINGS, Answer, join_or, refuse
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.countries import name_country
from storymap.gazetteer.lookup import choose_named_regions, find_country_code, match_settlements, spell_settlement
from storymap.gazetteer.places import ProjectPlaces
from storymap.gazetteer.suggestions import is_nearly, rank_spellings, suggest_places
from storymap.geodata.unread import UnreadFile
from storymap.model.place import Place
from storymap.text.names import normalize_name
from storymap.text.shortening import shorten

if TYPE_CHECKING:
    from storymap.gazetteer.settling import LostPlace

_TOWNS_TO_SPELL = 30

_LIKELY = 75
"""Likeness, in percent, from which a spelling that was suggested is all there is to say."""

_PAIR_WITHIN = re.compile(
    r"[^\d(+-]*\(?([+-]?\d{1,2}\.\d+)\s*[,;/、 ]\s*([+-]?\d{1,3}\.\d+)(?:\)?|\s*,\s*-?\d+(?:\.\d+)?|\s*[(±~][^,]*)"
)
"""Two numbers of degrees after a word such as "about", with another sign between, or with a height or words behind."""

_BETWEEN_PLACES = re.compile(r"[,;/→>]|->|\s[-–—+&]\s|\s(?:and|to|a|und|et|y|e|i)\s")
"""What people write between several places, where a list is meant."""

Index = Mapping[str, tuple[Place, ...]]
"""The places of `geo/` by the names that they bear, normalised."""


def refuse_unknown(written: str, own: ProjectPlaces, index: Index, builtin: BuiltinGazetteer) -> Answer:
    """No such place: with what it may have meant, or what to do."""
    if file := next((file for file in own.unread if file.is_read and file.may_hold(written)), None):
        return refuse_unread(written, file)
    if meant := _find_meant(written, index, builtin):
        return refuse("unknown-place", f'no place "{shorten(written, 80)}"', f"write {meant}")
    alike = _suggest(written, own, index, builtin)
    if alike and is_nearly(written, alike[0]):
        advice = f"did you mean {join_or(alike)}?"
    elif listed := _list_several(written, index, builtin):
        advice = listed
    else:
        advice = "add it to a file in geo/, or write its coordinates: 50.0790, 14.4306"
        if alike:
            sure = is_nearly(written, alike[0], likeness=_LIKELY)
            advice = f"did you mean {join_or(alike)}?{'' if sure else f' If not, {advice}'}"
    if paths := tuple(dict.fromkeys(file.problem.at.path for file in own.unread if not file.is_read)):
        more = f" or {len(paths) - MOST_SPELLINGS:,} others" if len(paths) > MOST_SPELLINGS else ""
        advice = (
            f"if it stands in {' or '.join(paths[:MOST_SPELLINGS])}{more}, which is not read, mend that first; "
            f"otherwise: {advice}"
        )
    return refuse("unknown-place", f'no place "{shorten(written, 80)}"', advice)


def refuse_lost(written: str, lost: LostPlace) -> Answer:
    """No place, because its record in `geo/` could not become one."""
    message = f'"{shorten(written, 80)}" of {lost.at} is left out: {lost.flaw.message}'
    return refuse("place-left-out", message, lost.flaw.advice)


def refuse_unread(written: str, file: UnreadFile) -> Answer:
    """No place, because the file that the name stands in is not read, or its record there has no name."""
    problem = file.problem
    message = f'"{shorten(written, 80)}" seems to stand in {problem.at}, but {problem.message}'
    return refuse("place-left-out", message, f"mend that file first: {problem.help}" if problem.help else "")


def refuse_twins(written: str, places: Iterable[Place]) -> Answer:
    """None of several places of `geo/` that bear a name."""
    ids = join_or(place.id for place in places)
    return refuse("ambiguous-place", f'several places in geo/ are called "{written}"', f"write one of their ids: {ids}")


def refuse_countries(written: str, codes: Iterable[str], builtin: BuiltinGazetteer) -> Answer:
    """Neither of two countries that share a name."""
    spellings = join_or(name_country(code, builtin) for code in codes)
    return refuse("ambiguous-place", f'"{written}" could be either of two countries', f"write {spellings}")


def _find_meant(written: str, index: Index, builtin: BuiltinGazetteer) -> str:
    """What is meant beside words or signs that are too much: a pair, or a place with its country in brackets."""
    plain = unicodedata.normalize("NFKC", written)
    if (pair := _PAIR_WITHIN.fullmatch(plain)) and abs(float(pair[1])) <= 90 and abs(float(pair[2])) <= 180:
        return f"{pair[1]}, {pair[2]}: a latitude, a comma and a longitude, and nothing else"
    if bracketed := re.fullmatch(r"([^()]+?)\s*\(([^()]+)\)", plain):
        return next(
            (f'"{one}"' for one in (", ".join(bracketed.groups()), bracketed[1]) if _works(one, index, builtin)), ""
        )
    return ""


def _suggest(written: str, own: ProjectPlaces, index: Index, builtin: BuiltinGazetteer) -> tuple[str, ...]:
    """Spellings that work and that `written` may have meant."""
    if written.upper() in builtin.countries:
        return (written.upper(),)
    if "," in written:
        name, *qualifiers = (part.strip() for part in written.split(","))
        around = ", ".join((*qualifiers, name))
        if match_settlements(around, builtin).is_clear:
            return (around,)
        towns = match_settlements(name, builtin).towns or builtin.settlements_with(
            number for _, number in builtin.names_joined(normalize_name(name))
        )
        spellings = [spell_settlement(town, builtin) for town in towns[:_TOWNS_TO_SPELL]]
        if spellings:
            return rank_spellings(written, spellings, count=2)
    alike = suggest_places(written, own.places, builtin)
    return tuple(spelling for spelling in alike if _works(spelling, index, builtin))


def _list_several(written: str, index: Index, builtin: BuiltinGazetteer) -> str:
    """The help for names of several places that lack the brackets of a list; empty where it is something else."""
    parts = [part.strip(" []") for part in _BETWEEN_PLACES.split(written)]
    if len(parts) < 2 or not all(part and _works(part, index, builtin) for part in parts):
        return ""
    if written.startswith("["):
        return f"write the list without quotation marks: {written}"
    return f"for {'two' if len(parts) == 2 else 'several'} places write a list: [{', '.join(parts)}]"


def _works(spelling: str, index: Index, builtin: BuiltinGazetteer) -> bool:
    """Whether a suggested spelling means one place."""
    if normalize_name(spelling) in index or find_country_code(spelling, builtin):
        return True
    match = match_settlements(spelling, builtin)
    regions = choose_named_regions(spelling, match, builtin)
    return all(region.has_outline for region in regions) if regions else match.is_clear
