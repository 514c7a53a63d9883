"""`storymap places`: what is known in `geo/` and where stories go, a search for names, and adding a place."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from storymap import __version__
from storymap.cli.commands import SuggestingGroup
from storymap.cli.telling import tell_problems
from storymap.errors import Location, Problem, Report, StorymapError

if TYPE_CHECKING:
    from storymap.geography.adding import NewPlace
    from storymap.geography.geocoding import Answer, Geocoder
    from storymap.geography.searching import Candidate
    from storymap.model import LonLat, Place
    from storymap.resolving.uses import Use

_AT = Location("geo/places.geojson")

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def _choose_project(command: CommandT) -> CommandT:
    return click.option(
        "--project", "-C", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".",
        show_default=True, help="Folder of the project.",
    )(command)  # fmt: skip


def _choose_format(command: CommandT) -> CommandT:
    return click.option(
        "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True,
        help="A table, or JSON for programs.",
    )(command)  # fmt: skip


def _choose_geocoder(command: CommandT) -> CommandT:
    for option in (
        click.option("--contact", help="Your address, which is sent with the question: how servers know who asks."),
        click.option("--geocoder-url", help="A Nominatim server of your own.  [default: the one of OpenStreetMap]"),
        click.option("--geocode", is_flag=True, help="Ask OpenStreetMap's Nominatim, over the network."),
    ):
        command = option(command)
    return command


@click.group(cls=SuggestingGroup, short_help="List, find and add places.", invoke_without_command=True)
@_choose_project
@_choose_format
@click.pass_context
def places(context: click.Context, folder: Path, output_format: str) -> None:
    """List the places of the project, find one by name, or add one.

    Without a command it lists them.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_places, folder=folder, output_format=output_format)
    context.obj = folder


@places.command("list")
@_choose_project
@_choose_format
@click.pass_context
def list_places(context: click.Context, folder: Path, output_format: str) -> None:
    """List every place and its stories.

    The places are those of geo/ and, marked as built in, those of the world that stories use.
    """
    from storymap.geography.gazetteer import load_gazetteer
    from storymap.project import load_project
    from storymap.publishing.content import read_sources
    from storymap.resolving.uses import find_uses

    report = Report()
    try:
        project = load_project(_choose_folder(context, folder))
    except StorymapError as error:
        _fail(error.problems)
    gazetteer = load_gazetteer(project.geo_folder, project.root, report)
    uses = find_uses(read_sources(project, report), gazetteer, report)
    known = {place.id: place for place in (*gazetteer.places, *(use.place for use in uses))}
    rows = [(place, [use for use in uses if use.place.id == place.id]) for place in known.values()]
    if output_format == "json":
        _print_json([_describe_place(place, visits) for place, visits in rows])
    else:
        _print_places(rows)
    if report.errors:
        _fail(report.errors)


@places.command()
@click.argument("name")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="The most to be shown.")
@_choose_format
@_choose_geocoder
@_choose_project
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
    project as well. Files in geo/ other than GeoJSON and CSV take a second longer.
    """
    from storymap.geography.builtin import BuiltinGazetteer
    from storymap.geography.glancing import Glance, glance_at_places
    from storymap.geography.searching import search_places

    report = Report()
    root = _find_root(_choose_folder(context, folder))
    glance = glance_at_places(root / "geo", root) if root else Glance(())
    candidates = search_places(name, places=glance.places, builtin=BuiltinGazetteer(), limit=limit)
    for path in glance.unread:
        click.echo(f'{path} cannot be read, so it was not searched; "storymap check" says why', err=True)
    answers: tuple[Answer, ...] = ()
    if geocode or geocoder_url:
        server = _make_geocoder(geocoder_url, contact, root)
        answers = (server.ask(name, Location("geo"), report) or ())[:limit]
    if output_format == "json":
        found = [_describe_candidate(candidate) for candidate in candidates]
        _print_json([*found, *(_describe_answer(answer) for answer in answers)])
    elif candidates or answers:
        _print_found(candidates, answers)
    if not (candidates or answers or report.errors):
        advice = _advise_unknown(name, asked=bool(geocode or geocoder_url))
        report.error("unknown-place", f'no place is called "{name[:80]}" or nearly so', Location("geo"), advice)
    if report.errors:
        _fail(report.errors)


@places.command()
@click.argument("name")
@click.option("--id", "place_id", default="", help="Its id, which names its page.  [default: made from the name]")
@click.option("--name", "called", default="", help="What to call it, if not by NAME.")
@click.option("--at", "position", help="Where it is, latitude first: 50.0790,14.4306")
@click.option("--source", default="", help="Where its coordinates come from.")
@_choose_geocoder
@click.option("--pick", type=click.IntRange(1), help="Which one to take, where the geocoder knows several.")
@_choose_project
@click.pass_context
def add(
    context: click.Context,
    name: str,
    place_id: str,
    called: str,
    position: str | None,
    source: str,
    geocode: bool,
    geocoder_url: str | None,
    contact: str | None,
    pick: int | None,
    folder: Path,
) -> None:
    """Add a place to geo/places.geojson.

    It is the town that NAME means, or has the coordinates that are given with it. The file keeps its order and its
    formatting.
    """
    from dataclasses import replace

    from storymap.geography.adding import NewPlace, add_place, look_up_town
    from storymap.geography.gazetteer import load_gazetteer

    report = Report()
    _check_id(place_id)
    if position is not None and (geocode or geocoder_url):
        raise click.UsageError("give either --at or --geocode: one says where it is, the other asks", ctx=context)
    point = None if position is None else _read_point(position)
    try:
        from storymap.project import find_root

        root = find_root(_choose_folder(context, folder))
        gazetteer = load_gazetteer(root / "geo", root, report)
        report.raise_errors()
        new: NewPlace | None
        if point is not None:
            new = NewPlace(name=name, point=point, country=gazetteer.country_at(point))
        elif geocode or geocoder_url:
            new = _ask_for(name, _make_geocoder(geocoder_url, contact, root), pick, report)
        else:
            new = look_up_town(name, gazetteer, _AT, report)
        report.raise_errors()
        assert new is not None
        name_by = " ".join((called or new.name).split())
        new = replace(new, id=place_id, name=name_by, source=source or new.source)
        place = add_place(new, folder=root / "geo", root=root, gazetteer=gazetteer, report=report)
        report.raise_errors()
    except StorymapError as error:
        _fail(error.problems, "Nothing was written.")
    assert place is not None, "a place that was written is read back"
    click.echo(f"{_AT.path}: added {_shown(place.name)}, {_write_point(place.point)}")
    click.echo(f"place: {_quote(place.name)}")
    if not new.source:
        click.echo("It has no source: say with --source where its coordinates come from.", err=True)


def _advise_unknown(name: str, *, asked: bool) -> str:
    """What to do about a name that finds nothing."""
    from storymap.geography.coordinates import CoordinateError, parse_coordinates

    try:
        if parse_coordinates(name):
            return f"a position needs no name; write place: {name}"
    except CoordinateError as error:
        return error.help
    advice = f'add it with its coordinates: storymap places add "{name}" --at 50.0790,14.4306'
    return advice if asked else f"{advice}\nor ask OpenStreetMap for it: --geocode"


def _choose_folder(context: click.Context, folder: Path) -> Path:
    """The folder of `-C` after the command, or before it: `storymap places -C there list`."""
    from click.core import ParameterSource

    given = context.get_parameter_source("folder") is not ParameterSource.DEFAULT
    return folder if given or not isinstance(context.obj, Path) else context.obj


def _find_root(folder: Path) -> Path | None:
    """The project's folder; None outside of one."""
    from storymap.project import find_root

    try:
        return find_root(folder)
    except StorymapError:
        return None


def _check_id(place_id: str) -> None:
    from storymap.geography.names import slugify_name

    better = slugify_name(place_id)
    if place_id != better:
        advice = f'; did you mean "{better}"?' if better else ""
        raise click.BadParameter(f'"{place_id}" should be small letters, digits and hyphens{advice}', param_hint="--id")


def _read_point(position: str) -> LonLat:
    """The point of `--at`. Raises a usage error where it is none."""
    from storymap.geography.coordinates import CoordinateError, parse_coordinates

    advice = "write decimal degrees, latitude first: 50.0790,14.4306"
    try:
        found = parse_coordinates(position)
    except CoordinateError as error:
        raise click.BadParameter(f"{error.message}; {error.help or advice}", param_hint="--at") from error
    if found is None:
        raise click.BadParameter(f'"{position}" is no position; {advice}', param_hint="--at")
    return found.point


def _make_geocoder(url: str | None, contact: str | None, root: Path | None) -> Geocoder:
    """The server to ask; `contact`, or else the site's own address, says who asks."""
    from storymap.geography.geocoding import PUBLIC_SERVER, Geocoder

    if url is not None and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url):
        raise click.BadParameter(f'"{url}" must start with https:// or http://', param_hint="--geocoder-url")
    if contact is not None and not (contact.isascii() and contact.isprintable()):
        raise click.BadParameter(f'"{contact}" must be in ASCII letters', param_hint="--contact")
    who = contact or _find_home(root)
    agent = f"folium-storymap/{__version__} (story maps; storymap places{f'; {who}' if who else ''})"
    return Geocoder(url=(url or PUBLIC_SERVER).rstrip("/"), agent=agent, memory=_find_memory())


def _find_home(root: Path | None) -> str:
    """The address of the project's site; empty where its settings name none."""
    from storymap.project import load_project

    try:
        url = load_project(root).settings.url if root else ""
    except StorymapError:
        return ""
    return url if url.isascii() else ""


def _find_memory() -> Path:
    """The folder where answers are kept: the system's for what programs can do without."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "storymap" / "geocoding"


def _ask_for(name: str, server: Geocoder, pick: int | None, report: Report) -> NewPlace | None:
    """The place that the geocoder knows by `name`; None, and told, where it knows none, or several."""
    from storymap.geography.adding import NewPlace

    answers = server.ask(name, _AT, report)
    if answers is None:
        return None
    if not answers:
        advice = "give its coordinates: --at 50.0790,14.4306"
        report.error("unknown-place", f'the geocoder knows no "{name[:80]}"', _AT, advice)
        return None
    if pick is None and len(answers) > 1:
        listed = "\n".join(
            f"--pick {number}: {answer.full_name}, at {_write_point(answer.point)}"
            for number, answer in enumerate(answers, start=1)
        )
        report.error("ambiguous-place", f'the geocoder knows {len(answers)} places for "{name[:80]}"', _AT, listed)
        return None
    if pick is not None and pick > len(answers):
        report.error("unknown-place", f"there is no answer {pick}", _AT, f"there are {len(answers)}")
        return None
    answer = answers[(pick or 1) - 1]
    return NewPlace(name=name, point=answer.point, country=answer.country, source=answer.source)


def _fail(problems: Sequence[Problem], last_words: str = "") -> NoReturn:
    tell_problems(problems)
    if last_words:
        click.echo(last_words, err=True)
    raise SystemExit(1)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_places(rows: Sequence[tuple[Place, Sequence[Use]]]) -> None:
    from storymap.cli.aligning import align_columns

    if not rows:
        click.echo('There are no places yet: add one with storymap places add "Beijing, China"')
        return
    table = [("id", "name", "latitude, longitude", "country", "from", "used in")]
    for place, visits in rows:
        used = ", ".join(f"{use.story}#{use.step}" if use.step else use.story for use in visits)
        origin = place.defined_at.path if place.origin == "geo" else _ORIGINS[place.origin]
        table.append((place.id, place.name, _write_point(place.point), place.country, origin, used or "– unused"))
    for line in align_columns(table):
        click.echo(line)


_ORIGINS = {"country": "built in", "gazetteer": "built in", "coordinates": "the story"}


def _print_found(candidates: Sequence[Candidate], answers: Sequence[Answer]) -> None:
    from storymap.cli.aligning import align_columns

    table = [("write place:", "what it is", "people", "latitude, longitude", "from")]
    for one in candidates:
        parts = [one.name, one.region, one.country_name]
        told = ", ".join(part for number, part in enumerate(parts) if part and part not in parts[:number])
        if one.kind == "country":
            told = f"{one.name}, a country"
        other = f" ({one.found_by})" if one.found_by else ""
        people = f"{one.population:,}" if one.population else ""
        table.append((_quote(one.spelling), told + other, people, _write_point(one.point), one.source))
    for answer in answers:
        point = _write_point(answer.point)
        table.append((point, answer.full_name, "", point, answer.source))
    for line in align_columns(table):
        click.echo(line)


def _describe_place(place: Place, visits: Sequence[Use]) -> dict[str, Any]:
    lat, lon = place.point.lat_lon
    return {
        "id": place.id,
        "name": place.name,
        "latitude": round(lat, 7),
        "longitude": round(lon, 7),
        "country": place.country or None,
        "built_in": place.origin in {"country", "gazetteer"},
        "file": place.defined_at.path if place.origin == "geo" else None,
        "line": place.defined_at.line or None if place.origin == "geo" else None,
        "uses": [{"story": use.story, "step": use.step or None} for use in visits],
    }


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


def _describe_answer(answer: Answer) -> dict[str, Any]:
    lat, lon = answer.point.lat_lon
    return {
        "place": _write_point(answer.point),
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


def _write_point(point: LonLat) -> str:
    from storymap.geography.coordinates import write_coordinates

    return write_coordinates(point)


def _shown(text: str) -> str:
    from storymap.errors import printable

    return printable(text)


def _quote(text: str) -> str:
    """`text` as it stands after `place:` in a story; quoted only where YAML would take it for something else."""
    plain = re.fullmatch(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=][^\x00-\x1f]*", text) or re.fullmatch(
        r"-?[\d.]+, -?[\d.]+", text
    )
    risky = ": " in text or " #" in text or text.endswith((":", " ")) or text.casefold() in {"null", "~"}
    return text if plain and not risky else json.dumps(text, ensure_ascii=False)
