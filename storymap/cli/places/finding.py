"""`storymap places find`: the places that a name may mean, each as a story would write it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storymap.cli.places.asking import make_geocoder
from storymap.cli.places.options import choose_format, choose_geocoder, choose_project, settle_folder
from storymap.cli.places.spelling import quote_name
from storymap.cli.showing import align_columns, print_json
from storymap.cli.telling import fail
from storymap.errors import Location, Report, StorymapError

if TYPE_CHECKING:
    from storymap.gazetteer.candidates import Candidate
    from storymap.gazetteer.geocoding import GeocodedPlace


@click.command()
@click.argument("name")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="The most to be shown.")
@choose_format
@choose_geocoder
@choose_project
@click.pass_context
def find(
    context: click.Context,
    name: str,
    limit: int,
    output_format: str,
    geocode: bool,
    geocoder_url: str | None,
    contact: str | None,
    folder: Path,
) -> None:
    """Find a place by its name.

    Searches geo/ and the built-in gazetteer for NAME, and shows how to write what is found as the place of a step. Case
    and accents do not matter; parts of names, other names and misspellings are found, too. It works outside of a
    project as well.
    """
    from storymap.gazetteer.builtin import open_builtin
    from storymap.gazetteer.places import ProjectPlaces, load_places
    from storymap.gazetteer.searching import search_places
    from storymap.project import read_geo_settings

    report, own = Report(), ProjectPlaces()
    root = _find_root(settle_folder(context, folder))
    if root:
        own = load_places(root / "geo", root, Report(), settings=read_geo_settings(root))
    candidates = search_places(name, places=own.places, builtin=open_builtin(), limit=limit)
    for path in own.unread_paths:
        click.echo(f'{path} cannot be read, so it was not searched; "storymap check" says why', err=True)
    answers: tuple[GeocodedPlace, ...] = ()
    if geocode or geocoder_url:
        server = make_geocoder(geocoder_url, contact, root)
        answers = (server.ask(name, Location("geo"), report) or ())[:limit]
    if output_format == "json":
        found = [_describe_candidate(candidate) for candidate in candidates]
        print_json([*found, *(_describe_answer(answer) for answer in answers)])
    elif candidates or answers:
        _print_found(candidates, answers)
    if not (candidates or answers or report.errors):
        advice = _advise_unknown(name, asked=bool(geocode or geocoder_url))
        report.error("unknown-place", f'no place is called "{name[:80]}" or nearly so', Location("geo"), advice)
    if report.errors:
        fail(report.errors)


def _find_root(folder: Path) -> Path | None:
    """The project's folder; None outside of one."""
    from storymap.project import find_root

    try:
        return find_root(folder)
    except StorymapError:
        return None


def _print_found(candidates: Sequence[Candidate], answers: Sequence[GeocodedPlace]) -> None:
    from storymap.earth.coordinates import write_coordinates

    table = [("write place:", "what it is", "people", "latitude, longitude", "from")]
    for one in candidates:
        parts = [one.name, one.region, one.country_name]
        told = ", ".join(part for number, part in enumerate(parts) if part and part not in parts[:number])
        if one.kind == "country":
            told = f"{one.name}, a country"
        if one.kind == "region":
            told = ", ".join(dict.fromkeys(part for part in (one.name, one.what, one.country_name) if part))
        other = f" ({one.found_by})" if one.found_by else ""
        people = f"{one.population:,}" if one.population else ""
        table.append((quote_name(one.spelling), told + other, people, write_coordinates(one.point), one.source))
    for answer in answers:
        point = write_coordinates(answer.point)
        table.append((point, answer.full_name, "", point, answer.source))
    for line in align_columns(table):
        click.echo(line)


def _advise_unknown(name: str, *, asked: bool) -> str:
    """What to do about a name that finds nothing."""
    from storymap.earth.coordinates import CoordinateError, parse_coordinates

    try:
        if parse_coordinates(name):
            return f"a position needs no name; write place: {name}"
    except CoordinateError as error:
        return error.help
    advice = f'add it with its coordinates: storymap places add "{name}" --at 50.0790,14.4306'
    return advice if asked else f"{advice}\nor ask OpenStreetMap for it: --geocode"


def _describe_candidate(one: Candidate) -> dict[str, Any]:
    lat, lon = one.point.lat_lon
    return {
        "place": one.spelling,
        "name": one.name,
        "kind": {"own": "place of geo/"}.get(one.kind, one.kind),
        "country": one.country or None,
        "country_name": one.country_name or None,
        "region": one.region or None,
        "population": one.population or None,
        "latitude": lat,
        "longitude": lon,
        "found_by": one.found_by or None,
        "source": one.source,
    }


def _describe_answer(answer: GeocodedPlace) -> dict[str, Any]:
    from storymap.earth.coordinates import write_coordinates

    lat, lon = answer.point.lat_lon
    return {
        "place": write_coordinates(answer.point),
        "name": answer.name,
        "kind": "geocoded",
        "country": answer.country or None,
        "country_name": None,
        "region": None,
        "population": None,
        "latitude": lat,
        "longitude": lon,
        "found_by": answer.full_name,
        "source": answer.source,
    }
