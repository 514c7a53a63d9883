"""`storymap places add`: one more place in `geo/places.geojson`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap.cli.places.asking import make_geocoder
from storymap.cli.places.options import choose_geocoder, choose_project, settle_folder
from storymap.cli.places.spelling import quote_name
from storymap.cli.telling import fail
from storymap.errors import Location, Report, StorymapError
from storymap.terminal import printable

if TYPE_CHECKING:
    from storymap.gazetteer.adding import NewPlace
    from storymap.gazetteer.builtin import BuiltinGazetteer
    from storymap.gazetteer.geocoding import Geocoder
    from storymap.model.place import LonLat

_AT = Location("geo/places.geojson")


@click.command()
@click.argument("name")
@click.option("--id", "place_id", default="", help="Its id, which names its page.  [default: made from the name]")
@click.option("--name", "called", default="", help="What to call it, if not by NAME.")
@click.option("--at", "position", help="Where it is, latitude first: 50.0790,14.4306")
@click.option("--source", default="", help="Where its coordinates come from.")
@choose_geocoder
@click.option("--pick", type=click.IntRange(1), help="Which one to take, where the geocoder knows several.")
@choose_project
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
    from msgspec.structs import replace

    from storymap.earth.coordinates import write_coordinates
    from storymap.gazetteer.adding import NewPlace, add_place, look_up_town
    from storymap.gazetteer.countries import country_at
    from storymap.gazetteer.gazetteer import Gazetteer
    from storymap.gazetteer.places import load_places
    from storymap.project import find_root, read_geo_settings

    report = Report()
    _check_id(place_id)
    if position is not None and (geocode or geocoder_url):
        raise click.UsageError("give either --at or --geocode: one says where it is, the other asks", ctx=context)
    point = None if position is None else _read_point(position)
    try:
        root = find_root(settle_folder(context, folder))
        own = load_places(root / "geo", root, report, settings=read_geo_settings(root))
        gazetteer = Gazetteer(own)
        for file in own.unread:
            if file.problem.at.path == _AT.path:
                report.add(file.problem)
        report.raise_errors()
        new: NewPlace | None
        if point is not None:
            new = NewPlace(name=name, point=point, country=country_at(point, gazetteer.builtin))
        elif geocode or geocoder_url:
            new = _ask_for(name, make_geocoder(geocoder_url, contact, root), pick, report)
        else:
            new = look_up_town(name, gazetteer, _AT, report)
        report.raise_errors()
        assert new is not None
        name_by = " ".join((called or new.name).split())
        taken = new.name if position is None and not (geocode or geocoder_url) else name_by
        new = replace(new, id=place_id, name=name_by, source=source or new.source)
        place = add_place(new, folder=root / "geo", root=root, gazetteer=gazetteer, report=report)
        report.raise_errors()
    except StorymapError as error:
        fail(error.problems, "Nothing was written.")
    assert place is not None, "a place that was written is read back"
    told = _describe(taken, new, gazetteer.builtin) + (f' as "{name_by}"' if taken != name_by else "")
    click.echo(f"{_AT.path}: added {printable(told)}, at {write_coordinates(place.point)}")
    click.echo(f"place: {quote_name(place.name)}")
    if not new.source:
        click.echo("It has no source: say with --source where its coordinates come from.", err=True)


def _describe(name: str, new: NewPlace, builtin: BuiltinGazetteer) -> str:
    """What was added, for people: a town with its state, where that tells it from others, and anything with country."""
    from storymap.gazetteer.countries import name_country
    from storymap.gazetteer.lookup import name_region

    near = builtin.nearest_settlements(new.point)[:1] if new.category else ()
    regions = (name_region(town, builtin) for town, _ in near if town.name == name)
    parts = (name, *regions, name_country(new.country, builtin))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _check_id(place_id: str) -> None:
    from storymap.text.names import slugify_name

    better = slugify_name(place_id)
    if place_id != better:
        advice = f'; did you mean "{better}"?' if better else ""
        raise click.BadParameter(f'"{place_id}" should be small letters, digits and hyphens{advice}', param_hint="--id")


def _read_point(position: str) -> LonLat:
    """The point of `--at`. Raises a usage error where it is none."""
    from storymap.earth.coordinates import CoordinateError, parse_coordinates

    advice = "write decimal degrees, latitude first: 50.0790,14.4306"
    try:
        found = parse_coordinates(position)
    except CoordinateError as error:
        told = "; ".join((error.message, *(error.help or advice).splitlines()))
        raise click.BadParameter(told, param_hint="--at") from error
    if found is None:
        raise click.BadParameter(f'"{position}" is no position; {advice}', param_hint="--at")
    return found.point


def _ask_for(name: str, server: Geocoder, pick: int | None, report: Report) -> NewPlace | None:
    """The place that the geocoder knows by `name`; None, and told, where it knows none, or several."""
    from storymap.earth.coordinates import write_coordinates
    from storymap.gazetteer.adding import NewPlace

    answers = server.ask(name, _AT, report)
    if answers is None:
        return None
    if not answers:
        advice = "give its coordinates: --at 50.0790,14.4306"
        report.error("unknown-place", f'the geocoder knows no "{name[:80]}"', _AT, advice)
        return None
    if pick is None and len(answers) > 1:
        listed = "\n".join(
            f"--pick {number}: {answer.full_name}, at {write_coordinates(answer.point)}"
            for number, answer in enumerate(answers, start=1)
        )
        report.error("ambiguous-place", f'the geocoder knows {len(answers)} places for "{name[:80]}"', _AT, listed)
        return None
    if pick is not None and pick > len(answers):
        report.error("unknown-place", f"there is no answer {pick}", _AT, f"there are {len(answers)}")
        return None
    answer = answers[(pick or 1) - 1]
    return NewPlace(name=name, point=answer.point, country=answer.country, source=answer.source)
