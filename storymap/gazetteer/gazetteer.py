"""Find the place that a reference means: `geo/` first, then coordinates, countries and the towns of the world.

`load_gazetteer` reads the project's own places; `Gazetteer.find` is what stories are resolved with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shapely import Point

from storymap.earth.bounds import bounds_of_points, shrink_bounds
from storymap.earth.coordinates import CoordinateError, Coordinates, parse_coordinates, round_point
from storymap.earth.distance import measure_distance
from storymap.errors import Location, Report
from storymap.gazetteer.builtin import BuiltinGazetteer, NamedRegion, Settlement
from storymap.gazetteer.lookup import (
    SAME_TOWN_KILOMETRES,
    Match,
    add_article,
    choose_named_regions,
    describe_settlement,
    find_country_code,
    find_named_regions,
    is_unlikely,
    match_settlements,
    means_settlement,
    name_region,
    spell_settlement,
)
from storymap.gazetteer.places import LostPlace, Settled, settle_places
from storymap.gazetteer.suggestions import is_nearly, rank_spellings, suggest_countries, suggest_places
from storymap.geodata.file_settings import NO_SETTINGS, FileSettings, check_files
from storymap.geodata.folder import read_geo_folder
from storymap.geodata.naming import index_names
from storymap.geodata.unread import UnreadFile, list_unread
from storymap.model.place import Bounds, LonLat, Place
from storymap.text.names import normalize_name, slugify_name
from storymap.text.shortening import shorten

_SPELLINGS = 4
"""How many spellings a message lists."""

_TOWNS_TO_SPELL = 30
_COUNTRIES_TOLD = 2
"""A region in more countries than these is told without them."""

_WITH_TOWNS = frozenset({"region", "historic land", "peninsula", "island", "group of islands", "state", "part"})
"""Kinds of regions in which a town may be named instead."""

_TOWN_TO_NAME = 20_000
"""People that a town must have to be named for a region."""

_LIKELY = 75
"""Likeness, in percent, from which a spelling that was suggested is all there is to say."""

_HOME_KILOMETRES = 5.0
_BORDER_DEGREES = 0.05
_OFFSHORE_KILOMETRES = 30.0

_SHARED_BY_COUNTRIES = {
    "congo": ("CD", "CG"), "the congo": ("CD", "CG"), "kongo": ("CD", "CG"), "virgin islands": ("VG", "VI"),
    "samoa islands": ("AS", "WS"),
}  # fmt: skip
"""Normalised names that two countries share, neither of them by far."""

_NOWHERE = Location("")
"""Where a place is defined that no story has asked for yet."""

_Tell = Callable[[Report, Location], None]
"""Adds a problem of a reference to a report, wherever the reference stands."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a reference means: a place or none, what to tell each time, and what to tell once.

    A place that is not of `geo/` has its id claimed when it is first asked for: its own if that is free, else `second`.
    """

    place: Place | None
    second: str = ""
    always: tuple[_Tell, ...] = ()
    once: tuple[_Tell, ...] = ()


class Gazetteer:
    """The places of a project, and behind them the world's.

    `places` are those of `geo/`, in the order of their files. Answers are kept, so asking twice costs nothing; what is
    worth a note or a warning is told at the first asking, an error at every one. Which of two places gets an id that
    both could have depends on the order of asking: `start_over` begins a site anew and keeps what was looked up.
    `lost` are records of `geo/` that could not become places: to go there is an error that says why, even where the
    world knows a place of that name. So is a name that stands in one of the files in `unread`.
    """

    def __init__(
        self,
        places: Iterable[Place] = (),
        builtin: BuiltinGazetteer | None = None,
        *,
        lost: Iterable[LostPlace] = (),
        unread: Iterable[UnreadFile] = (),
    ) -> None:
        self.places = tuple(places)
        self.unread = tuple(unread)
        self._lost = index_names(lost)
        self._builtin = builtin or BuiltinGazetteer()
        self._by_key = index_names(self.places)
        self._answers: dict[str, _Answer] = {}
        self._countries: dict[str, str] = {}
        self.start_over()

    def start_over(self) -> None:
        """Forget what was asked for, as if for the first site: claimed ids, and what is told once."""
        self._settled: dict[str, Place | None] = {}
        self._taken: dict[str, Place] = {place.id: place for place in self.places}

    def find(self, reference: str, at: Location, report: Report) -> Place | None:
        """The place that `reference` means; None where it means none or could mean several, which is told as an error.

        It may be an id, name or alias of `geo/`, coordinates, a `geo:` URI, a country, or a town such as "Praha" or
        "Paris, Texas". A town found in the built-in gazetteer is told in a note.
        """
        written = " ".join(reference.split())
        answer = self._answers.get(written)
        if answer is None:
            answer = self._answers[written] = self._resolve(written)
        if written not in self._settled:
            self._settled[written] = self._settle(answer, at)
            for tell in answer.once:
                tell(report, at)
        for tell in answer.always:
            tell(report, at)
        return self._settled[written]

    def find_country(self, reference: str, at: Location, report: Report) -> str | None:
        """ISO 3166 alpha-2 code of the country that `reference` names; None, and an error, where it names none."""
        written = " ".join(reference.split())
        if written not in self._countries:
            self._countries[written] = find_country_code(written, self._builtin, any_case=True)
        if code := self._countries[written]:
            return code
        alike = suggest_countries(written, self._builtin)
        help = (
            f"did you mean {_join_or(alike)}?"
            if alike
            else "write an ISO code or an English name, such as CZ or Czechia"
        )
        report.error("unknown-country", f'no country "{shorten(written, 80)}"', at, help)
        return None

    def country_name(self, iso2: str) -> str:
        """The English name of a country by its ISO code; the code itself where it is none, and nothing for nothing."""
        country = self._builtin.countries.get(iso2)
        return country.name if country else iso2

    def country_at(self, point: LonLat) -> str:
        """ISO code of the country that `point` lies in, empty at sea. By borders and coasts a near town decides."""
        inside = self._builtin.countries_at(point)
        near_border = not inside or any(self._edge_distance(point, code) < _BORDER_DEGREES for code in inside)
        if not near_border:
            return inside[0]
        town, kilometres = self._nearest(point)
        if town is not None and kilometres <= (_HOME_KILOMETRES if inside else _OFFSHORE_KILOMETRES):
            return town.country
        return inside[0] if inside else ""

    def call_by_own_name(self, place: Place) -> Place:
        """`place`, which a story may call otherwise, by its own name; a spot has none but what a story calls it."""
        return place if place.origin == "coordinates" else self._taken.get(place.id, place)

    def nearest_settlement(self, point: LonLat) -> Settlement | None:
        """The town nearest to `point`; None far out at sea."""
        return self._nearest(point)[0]

    def settlements_near(self, point: LonLat) -> tuple[tuple[Settlement, float], ...]:
        """The towns around `point` and their distance in kilometres, the nearest first."""
        return self._builtin.nearest_settlements(point)

    def capital_of(self, iso2: str) -> str:
        """The name of a country's capital; empty where it has none."""
        country = self._builtin.countries.get(iso2)
        return country.capital if country else ""

    def region_of(self, town: Settlement) -> str:
        """The state or province of a town, in the countries where one belongs to the town's name."""
        return name_region(town, self._builtin)

    def _settle(self, answer: _Answer, at: Location) -> Place | None:
        """The place of an answer with the id that it has in this site; another spelling of a place is that place."""
        place = answer.place
        if place is None or place.origin == "geo":
            return place
        name = self._claim_id(place.id, answer.second, place.point)
        return self._taken.setdefault(name, replace(place, id=name, defined_at=at))

    def _resolve(self, written: str) -> _Answer:
        """The answer to a reference that was not asked before: always the same for the same places of `geo/`."""
        if not written:
            return _refuse("unknown-place", "no place is named", "name a place, a country or coordinates")
        own = self._by_key.get(normalize_name(written), ()) or self._by_key.get(written, ())
        lost = self._lost.get(normalize_name(written), ()) or self._lost.get(written, ())
        for double in lost:
            if double.flaw.code == "duplicate-place-id" and double.id == written:
                return _refuse_lost(written, double)
        if len(own) == 1:
            return _Answer(own[0])
        if own:
            exact = [place for place in own if place.id == written]
            return _Answer(exact[0]) if exact else _refuse_twins(written, own)
        if lost:
            return _refuse_lost(written, lost[0])
        try:
            if coordinates := parse_coordinates(written):
                return self._place_coordinates(coordinates)
        except CoordinateError as error:
            return _refuse(error.code, error.message, error.help)
        if file := next((file for file in self.unread if not file.is_read and file.may_hold(written)), None):
            return _refuse_unread(written, file)
        if code := find_country_code(written, self._builtin):
            return self._place_country(code, written)
        if codes := _SHARED_BY_COUNTRIES.get(normalize_name(written)):
            spellings = _join_or(self.country_name(code) for code in codes)
            return _refuse("ambiguous-place", f'"{written}" could be either of two countries', f"write {spellings}")
        return self._place_settlement(written)

    def _place_coordinates(self, coordinates: Coordinates) -> _Answer:
        """A place that has no name but its coordinates."""
        point = round_point(coordinates.point)
        name = _name_point(point)
        place = Place(
            id=_slug_point(point),
            name=name,
            point=point,
            geometry=Point(point),
            bounds=bounds_of_points([point]),
            kind="point",
            country=self.country_at(point),
            origin="coordinates",
            defined_at=_NOWHERE,
        )
        warnings = [_warn(odd.code, odd.message, odd.help) for odd in coordinates.warnings]
        return _Answer(place, once=tuple(warnings))

    def _place_country(self, code: str, written: str) -> _Answer:
        """A country as a place: its land, framed without what lies oceans away."""
        country = self._builtin.countries[code]
        place = Place(
            id=slugify_name(country.name),
            name=country.name,
            point=country.point,
            geometry=self._builtin.outlines[code],
            bounds=country.bounds,
            kind="area",
            country=code,
            origin="country",
            defined_at=_NOWHERE,
            source="Natural Earth",
            aliases=(code, country.iso3),
        )
        notes: tuple[_Tell, ...] = ()
        for region in find_named_regions(written, self._builtin):
            if region.countries != (code,) and normalize_name(country.name) == normalize_name(written):
                other = f'"{written}" is the country, not the {region.kind} of {self._list_countries(region)}'
                notes = (_note("built-in-place", other, f'for that, write "{region.name}, {region.countries[0]}"'),)
        return _Answer(place, second=f"{place.id}-country", once=notes)

    def _place_settlement(self, written: str) -> _Answer:
        """A region or a town of the built-in gazetteer, if the name means one and no other as well."""
        match = match_settlements(written, self._builtin)
        if regions := choose_named_regions(written, match, self._builtin):
            return self._place_region(written, regions, match)
        if not match.towns or is_unlikely(written, match, self._builtin):
            return self._refuse_unknown(written)
        if not match.is_clear:
            candidates = (spell_settlement(town, self._builtin) for town in match.towns[:_SPELLINGS])
            return _refuse(
                "ambiguous-place",
                f'"{written}" could be any of {len(match.towns)} towns',
                f"write {_join_or(dict.fromkeys(candidates))}",
            )
        town = match.towns[0]
        if own := self._own_town(town):
            return _Answer(own)
        others = [other for other in match.towns[1:] if other.key == match.key][: _SPELLINGS - 1]
        place = Place(
            id=self._slug_settlement(town),
            name=town.name,
            point=town.point,
            geometry=Point(town.point),
            bounds=bounds_of_points([town.point]),
            kind="point",
            country=town.country,
            origin="gazetteer",
            defined_at=_NOWHERE,
            source="GeoNames",
            aliases=() if normalize_name(written) == town.key else (written,),
        )
        spellings = [spell_settlement(other, self._builtin) for other in others]
        note = _note(
            "built-in-place",
            f'"{written}" is {describe_settlement(town, self._builtin)}',
            f"for another, write {_join_or(spellings)}" if spellings else "",
        )
        return _Answer(place, second=slugify_name(describe_settlement(town, self._builtin)), once=(note,))

    def _place_region(self, written: str, regions: Sequence[NamedRegion], match: Match) -> _Answer:
        """A region that the world knows: itself where its outline is built in, else what to write instead."""
        if len(regions) > 1:
            frames = [f"{self._list_countries(region)}: {_write_bounds(region.bounds)}" for region in regions]
            advice = f"show one with bounds, or draw it in geo/\n{chr(10).join(frames)}"
            return _refuse("ambiguous-place", f'"{written}" could be any of {len(regions)} regions', advice)
        (region,) = regions
        bearers = [town for town in match.towns if town.key == match.key][: _SPELLINGS - 1]
        towns = dict.fromkeys(spell_settlement(town, self._builtin) for town in bearers)
        told = [town for town in towns if not town[0].isdigit() and town[0] != "-"]
        other = f"for the town, write {_join_or(told)}" if told else ""
        if not region.has_outline:
            return _refuse("unknown-place", self._say_region(written, region), self._advise_outline(region, other))
        place = Place(
            id=slugify_name(region.name),
            name=region.name,
            point=region.point,
            geometry=self._builtin.outline_region(region.id),
            bounds=region.bounds,
            kind="area",
            country=region.countries[0] if len(region.countries) == 1 else "",
            origin="region",
            defined_at=_NOWHERE,
            category=region.kind,
            source="Natural Earth",
        )
        notes = (_note("built-in-place", f'"{written}" is the {region.kind}, not a town', other),) if other else ()
        return _Answer(place, second=slugify_name(f"{region.name} {region.kind}"), once=notes)

    def _say_region(self, written: str, region: NamedRegion) -> str:
        article = "an" if region.kind[0] in "aeiou" else "a"
        countries = self._list_countries(region)
        where = f" in {countries}" if countries and len(region.countries) <= _COUNTRIES_TOLD else ""
        if region.kind == "part":
            where = f" of {countries}"
        return f'"{shorten(written, 80)}" is {article} {region.kind}{where}, and no outline of it is built in'

    def _advise_outline(self, region: NamedRegion, other: str) -> str:
        """What to write instead of a region without an outline: its frame, a town in it, or a drawing of it."""
        lines = [f"instead of a place, write bounds: {_write_bounds(region.bounds)}"]
        if region.kind in _WITH_TOWNS and region.countries:
            state = self._find_state(region)
            # The corners of a box belong to its neighbours, unless towns say whose they are.
            boxes = (region.bounds,) if state else (shrink_bounds(region.bounds, 0.5), region.bounds)
            towns = (self._builtin.largest_settlement_within(box, region.countries, state=state) for box in boxes)
            town = next((town for town in towns if town and town.population >= _TOWN_TO_NAME), None)
            if town:
                lines.append(f'or name a town there, such as "{self._spell_shortly(town)}"')
        lines.append("or draw it in a file of geo/")
        return "\n".join([*lines, *([other] if other else [])])

    def _find_state(self, region: NamedRegion) -> str:
        """The code by which towns say that they lie in this region, empty where they do not."""
        named = ((country, code) for (country, code), names in self._builtin.regions.items() if region.name in names)
        return next((code for country, code in named if (country,) == region.countries), "")

    def _spell_shortly(self, town: Settlement) -> str:
        """A town's name alone where that means it, else with its state or country."""
        means_it = means_settlement(town.name, town, self._builtin)
        return town.name if means_it else spell_settlement(town, self._builtin)

    def _list_countries(self, region: NamedRegion) -> str:
        return " and ".join(add_article(self.country_name(code)) for code in region.countries)

    def _slug_settlement(self, town: Settlement) -> str:
        """The id that a town has: its name if the bare name means it, else its name with its state or country."""
        bare = match_settlements(town.name, self._builtin)
        taken = find_country_code(town.name, self._builtin) or choose_named_regions(town.name, bare, self._builtin)
        if bare.is_clear and bare.towns[0] == town and not taken:
            return slugify_name(town.name)
        full = slugify_name(describe_settlement(town, self._builtin))
        return full.removesuffix("-united-states")

    def _claim_id(self, slug: str, second: str, point: LonLat) -> str:
        """`slug`, or where another place has it `second`, or the first with a number that is free."""
        slug = slug or _slug_point(point)
        numbered = (f"{slug}-{number}" for number in range(2, len(self._taken) + 3))
        for candidate in (slug, *([second] if second else []), *numbered):
            holder = self._taken.get(candidate)
            if holder is None or (holder.origin != "geo" and holder.point == point):
                return candidate
        return slug

    def _own_town(self, town: Settlement) -> Place | None:
        """The place of `geo/` that is this very town, however it was spelled."""
        for place in self._by_key.get(town.key, ()):
            if place.kind == "point" and measure_distance(place.point, town.point)[0] <= SAME_TOWN_KILOMETRES:
                return place
        return None

    def _refuse_unknown(self, written: str) -> _Answer:
        """No such place: with what it may have meant, or what to do."""
        if file := next((file for file in self.unread if file.is_read and file.may_hold(written)), None):
            return _refuse_unread(written, file)
        shown = shorten(written, 80)
        alike = self._suggest(written)
        if alike and is_nearly(written, alike[0]):
            advice = f"did you mean {_join_or(alike)}?"
        elif listed := self._list_several(written):
            advice = listed
        else:
            advice = "add it to a file in geo/, or write its coordinates: 50.0790, 14.4306"
            if alike:
                sure = is_nearly(written, alike[0], likeness=_LIKELY)
                advice = f"did you mean {_join_or(alike)}?{'' if sure else f' If not, {advice}'}"
        if paths := tuple(dict.fromkeys(file.problem.at.path for file in self.unread if not file.is_read)):
            more = f" or {len(paths) - _SPELLINGS:,} others" if len(paths) > _SPELLINGS else ""
            advice = (
                f"if it stands in {' or '.join(paths[:_SPELLINGS])}{more}, which is not read, mend that first; "
                f"otherwise: {advice}"
            )
        return _refuse("unknown-place", f'no place "{shown}"', advice)

    def _suggest(self, written: str) -> tuple[str, ...]:
        """Spellings that work and that `written` may have meant."""
        if written.upper() in self._builtin.countries:
            return (written.upper(),)
        if "," in written:
            name, *qualifiers = (part.strip() for part in written.split(","))
            around = ", ".join((*qualifiers, name))
            if match_settlements(around, self._builtin).is_clear:
                return (around,)
            towns = match_settlements(name, self._builtin).towns or self._builtin.settlements_with(
                number for _, number in self._builtin.names_joined(normalize_name(name))
            )
            spellings = [spell_settlement(town, self._builtin) for town in towns[:_TOWNS_TO_SPELL]]
            if spellings:
                return rank_spellings(written, spellings, count=2)
        return tuple(
            spelling for spelling in suggest_places(written, self.places, self._builtin) if self._works(spelling)
        )

    def _list_several(self, written: str) -> str:
        """The help for names of several places that lack the brackets of a list; empty where it is something else."""
        parts = [part.strip() for part in written.split(",")]
        if len(parts) < 2 or not all(part and self._works(part) for part in parts):
            return ""
        return f"for {'two' if len(parts) == 2 else 'several'} places write a list: [{', '.join(parts)}]"

    def _works(self, spelling: str) -> bool:
        """Whether a suggested spelling means one place."""
        if normalize_name(spelling) in self._by_key or find_country_code(spelling, self._builtin):
            return True
        match = match_settlements(spelling, self._builtin)
        regions = choose_named_regions(spelling, match, self._builtin)
        return all(region.has_outline for region in regions) if regions else match.is_clear

    def _nearest(self, point: LonLat) -> tuple[Settlement | None, float]:
        """The nearest town and its distance in kilometres."""
        near = self._builtin.nearest_settlements(point)
        return near[0] if near else (None, float("inf"))

    def _edge_distance(self, point: LonLat, code: str) -> float:
        """Degrees from `point` to the border or coast of a country."""
        return float(self._builtin.outlines[code].boundary.distance(Point(point)))


def load_gazetteer(
    folder: Path, root: Path, report: Report, *, settings: Mapping[str, FileSettings] = NO_SETTINGS
) -> Gazetteer:
    """The gazetteer of a project whose places are in the files of `folder`, which lies in `root`; it may be missing.

    `settings` are what the project says of single files, by their paths in it. Mistakes in the files go to `report`.
    Without files nothing of the built-in data is read.
    """
    check_files(settings, folder, root, report)
    found = read_geo_folder(folder, root, report, settings=settings)
    builtin = BuiltinGazetteer()
    settled = settle_places(found.features, builtin, report, settings=settings) if found.features else Settled()
    unnamed = (problem for problem in report.problems if problem.code == "unnamed-feature")
    unread = (*list_unread(found.unread, root), *list_unread(unnamed, root, is_read=True))
    return Gazetteer(settled.places, builtin, lost=settled.lost, unread=unread)


def _name_point(point: LonLat) -> str:
    """A point as a name: "50.0790° N, 14.4306° E"."""
    return (
        f"{abs(point.lat):.4f}° {'S' if point.lat < 0 else 'N'}, {abs(point.lon):.4f}° {'W' if point.lon < 0 else 'E'}"
    )


def _slug_point(point: LonLat) -> str:
    """A point as an id: "50-0790n-14-4306e"."""
    return slugify_name(_name_point(point).replace("° ", "").replace(".", "-"))


def _write_bounds(bounds: Bounds) -> str:
    """Bounds as a step has them: "[12.1, 48.5, 16.8, 51.1]"."""
    return f"[{bounds.west:g}, {bounds.south:g}, {bounds.east:g}, {bounds.north:g}]"


def _join_or(words: Iterable[str]) -> str:
    return " or ".join(f'"{word}"' for word in words)


def _refuse(code: str, message: str, advice: str) -> _Answer:
    """No place, and an error each time it is asked for."""
    return _Answer(None, always=(lambda report, at: report.error(code, message, at, advice),))


def _refuse_lost(written: str, lost: LostPlace) -> _Answer:
    message = f'"{shorten(written, 80)}" of {lost.at} is left out: {lost.flaw.message}'
    return _refuse("place-left-out", message, lost.flaw.advice)


def _refuse_unread(written: str, file: UnreadFile) -> _Answer:
    problem = file.problem
    message = f'"{shorten(written, 80)}" seems to stand in {problem.at}, but {problem.message}'
    return _refuse("place-left-out", message, f"mend that file first: {problem.help}" if problem.help else "")


def _refuse_twins(written: str, places: Iterable[Place]) -> _Answer:
    ids = _join_or(place.id for place in places)
    return _refuse(
        "ambiguous-place", f'several places in geo/ are called "{written}"', f"write one of their ids: {ids}"
    )


def _warn(code: str, message: str, advice: str) -> _Tell:
    return lambda report, at: report.warning(code, message, at, advice)


def _note(code: str, message: str, advice: str) -> _Tell:
    return lambda report, at: report.note(code, message, at, advice)
