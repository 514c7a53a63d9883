"""`storymap places list`: every place of a project, and the steps that use it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storymap.cli.places.options import choose_format, choose_project, settle_folder
from storymap.cli.showing import align_columns, print_json
from storymap.cli.telling import fail
from storymap.errors import Report, StorymapError

if TYPE_CHECKING:
    from storymap.model.place import Place
    from storymap.resolving.uses import Use

_ORIGINS = {"country": "built in", "region": "built in", "gazetteer": "built in", "coordinates": "the story"}


@click.command("list")
@choose_project
@choose_format
@click.pass_context
def list_places(context: click.Context, folder: Path, output_format: str) -> None:
    """List every place and its stories.

    The places are those of geo/ and, marked as built in, those of the world that stories use.
    """
    from storymap.building.written_stories import read_sources
    from storymap.gazetteer.gazetteer import Gazetteer
    from storymap.gazetteer.places import load_places
    from storymap.project import load_project
    from storymap.reading.outline import list_references
    from storymap.resolving.names import find_names, tell_remarks
    from storymap.resolving.photographs import find_photographs
    from storymap.resolving.uses import list_uses

    report = Report()
    try:
        project = load_project(settle_folder(context, folder))
    except StorymapError as error:
        fail(error.problems)
    own = load_places(project.geo_folder, project.root, report, settings=project.geo_settings)
    sources = read_sources(project, report)
    references = map(list_references, sources)
    names = find_names(references, Gazetteer(own), find_photographs(sources, project, report))
    for source, remarks in zip(sources, names.remarks, strict=True):
        for problem in tell_remarks(source, remarks):
            report.add(problem)
    uses = list_uses(sources, names)
    known = {place.id: place for place in (*own.places, *(use.place for use in uses))}
    rows = [(place, [use for use in uses if use.place.id == place.id]) for place in known.values()]
    if output_format == "json":
        print_json([_describe_place(place, visits) for place, visits in rows])
    else:
        _print_places(rows)
    if report.errors:
        fail(report.errors)


def _print_places(rows: Sequence[tuple[Place, Sequence[Use]]]) -> None:
    from storymap.earth.coordinates import write_coordinates

    if not rows:
        click.echo('There are no places yet: add one with storymap places add "Beijing, China"')
        return
    table = [("id", "name", "latitude, longitude", "country", "from", "used in")]
    for place, visits in rows:
        used = ", ".join(f"{use.story}#{use.step}" if use.step else use.story for use in visits)
        origin = place.defined_at.path if place.origin == "geo" else _ORIGINS[place.origin]
        table.append((place.id, place.name, write_coordinates(place.point), place.country, origin, used or "– unused"))
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
        "built_in": place.origin in {"country", "region", "gazetteer"},
        "file": place.defined_at.path if place.origin == "geo" else None,
        "line": place.defined_at.line or None if place.origin == "geo" else None,
        "uses": [{"story": use.story, "step": use.step or None} for use in visits],
    }
