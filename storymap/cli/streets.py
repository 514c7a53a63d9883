"""`storymap streets`: which steps come close enough to show streets, what they have, and how to get it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from storymap.cli.commands import SuggestingGroup
from storymap.cli.interrupting import ending_at_interrupt
from storymap.cli.places.options import choose_format, choose_project, settle_folder
from storymap.cli.showing import align_columns, print_json, show_path
from storymap.cli.telling import fail, tell_problems
from storymap.errors import Location, Problem, Report, Severity, StorymapError

if TYPE_CHECKING:
    from storymap.model.place import Bounds
    from storymap.model.scene import View
    from storymap.project import Project
    from storymap.streets.adding import AddedStreets
    from storymap.streets.coverage import Coverage
    from storymap.streets.sources import StreetSource


class StreetPath(click.Path):
    """A file; of one that is still elsewhere it says that it has to be downloaded."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        """The path. Raises a usage error."""
        if re.match(r"https?://", str(value)):
            self.fail("this is an address: download the file, and say where it lies", parameter, context)
        return super().convert(value, parameter, context)


class StreetsGroup(SuggestingGroup):
    """Says what to write to who names a file first, or looks for a command that takes one away."""

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; a usage error, with what to do, where there is none."""
        name = arguments[0]
        if "." in name or "/" in name:
            raise click.UsageError(f'"{name}" is no command; to cut a file: storymap streets add FILE', ctx=context)
        if name in {"remove", "rm", "delete"}:
            raise click.UsageError(f'"{name}" is no command: delete its file in streets/, that is all', ctx=context)
        return super().resolve_command(context, arguments)


@click.group(cls=StreetsGroup, short_help="List what covers close steps; add streets.", invoke_without_command=True)
@choose_project
@choose_format
@click.pass_context
def streets(context: click.Context, folder: Path, output_format: str) -> None:
    """List the steps that come closer than the drawn map, and what streets they have; or add some.

    Without a command it lists them.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_streets, folder=folder, output_format=output_format)
    context.obj = folder


@streets.command("list")
@choose_project
@choose_format
@click.pass_context
def list_streets(context: click.Context, folder: Path, output_format: str) -> None:
    """List the steps that come closer than the drawn map, and which files of streets/ cover them.

    With them come the whole of a story, and all stories, where their maps come as close on streets. Where some have
    none, it says how to get them.
    """
    from storymap.streets.coverage import measure_coverage
    from storymap.streets.folder import open_street_files

    report = Report()
    with ending_at_interrupt():
        project, steps = _read_steps(settle_folder(context, folder), report)
        sources = open_street_files(project.root, report)
        rows = [(step, measure_coverage(step.view, sources)) for step in steps]
    if output_format == "json":
        print_json({"steps": [_describe_step(*row) for row in rows], "files": [_describe_file(one) for one in sources]})
    else:
        _print_steps(rows, sources)
    tell_problems([problem for problem in report.problems if problem.severity is not Severity.NOTE])
    raise SystemExit(1 if report.errors else 0)


@streets.command(short_help="Cut what the steps show out of a large file.")
@click.argument("file", type=StreetPath(path_type=Path, dir_okay=False, exists=True))
@click.option("--name", help="What to call it in streets/, without the ending.  [default: as FILE is]")
@click.option("--bounds", metavar="W,S,E,N", help="Keep this box, and not what the steps show.")
@click.option("--all", "whole", is_flag=True, help="Keep all of the file.")
@choose_project
@choose_format
@click.pass_context
def add(
    context: click.Context,
    file: Path,
    name: str | None,
    bounds: str | None,
    whole: bool,
    folder: Path,
    output_format: str,
) -> None:
    """Cut out of FILE what the project's steps can show, and put it into streets/.

    FILE is an extract of OpenStreetMap (.osm.pbf, .osm) or vector tiles (.pmtiles, .mbtiles) of any size. A file that
    is there already is replaced once the new one is whole. Commit what is in streets/: the site is built of it.
    """
    if bounds is not None and whole:
        raise click.UsageError("give either --bounds or --all", ctx=context)
    if name is not None and (not name.strip() or Path(name).name != name or name.startswith(".")):
        raise click.BadParameter(f'"{name}" should be the name of a file alone', param_hint="--name")
    from storymap.streets.coverage import measure_coverage
    from storymap.streets.folder import open_street_files

    report = Report()
    box = None if bounds is None else _read_bounds(bounds)
    with ending_at_interrupt():
        project, steps = _read_steps(settle_folder(context, folder), report)
        added = _add(file, project, steps, box, name or "", whole=whole)
        sources = open_street_files(project.root, report)
    rows = [(step, measure_coverage(step.view, sources)) for step in steps]
    if output_format == "json":
        print_json(_describe_added(added, rows))
    else:
        _print_added(added, rows)


_LISTS = "(all stories)"
"""What the map of all stories is called."""


class _Step(NamedTuple):
    """A map that comes close, of a step or of a whole story: its address, and what it shows."""

    name: str
    view: View


def _read_steps(folder: Path, report: Report) -> tuple[Project, list[_Step]]:
    """The project, and its maps that come close or would on streets, drafts included.

    Exits with 1 where they cannot be read.
    """
    from storymap.building.content import read_content
    from storymap.model.close_ground import CloseGround
    from storymap.model.place import Bounds
    from storymap.model.scene import Scene
    from storymap.project import load_project
    from storymap.resolving.closer import Closer
    from storymap.resolving.views import frame_places
    from storymap.streets.detail import LEVELS
    from storymap.streets.needs import FIRST_ZOOM, is_close

    everywhere = CloseGround(((LEVELS[-1], (Bounds(-180.0, -90.0, 180.0, 90.0),)),), FIRST_ZOOM)

    try:
        project = load_project(folder)
        content = read_content(project, report, drafts=True, streets=False, grounds=[everywhere])
        report.raise_errors()
    except StorymapError as error:
        fail(error.problems)
    stories = [story for story in content.stories if not story.picture]
    found: list[_Step] = []
    for story in stories:
        found += [_Step(story.id, story.view)] if is_close(story.scene) else []
        found += (_Step(f"{story.id}#{step.id}", step.view) for step in story.steps if is_close(step.scene))
    places = tuple({place.id: place for story in stories for place in story.places}.values())
    if found and places:
        view = Closer((everywhere,)).frame(lambda most: frame_places(places, closest=most))
        if is_close(Scene(view, (), project.settings.ground.detail)):
            found.insert(0, _Step(_LISTS, view))
    return project, found


def _add(
    file: Path, project: Project, steps: Sequence[_Step], box: Bounds | None, name: str, *, whole: bool
) -> AddedStreets:
    from storymap.streets.adding import ALL, add_streets
    from storymap.streets.detail import LEVELS
    from storymap.streets.needs import list_needs
    from storymap.streets.sources import StreetFileError

    boxes = ALL if whole else {LEVELS[-1]: (box,)} if box else list_needs(step.view for step in steps)
    if not boxes and not whole:
        raise click.UsageError(
            "no step comes closer than the drawn map\n  help: write zoom: 15 under the heading of a step, or say which "
            "box to keep: --bounds W,S,E,N"
        )
    try:
        return add_streets(file, project.root, boxes, name=name)
    except StreetFileError as error:
        fail([Problem(error.code, error.message, Location(show_path(file)), error.help)], "Nothing was written.")
    except OSError as error:
        raise click.UsageError(f'"{error.filename or file}": {error.strerror or error}') from error


def _print_added(added: AddedStreets, rows: Sequence[tuple[_Step, Coverage]]) -> None:
    done = "replaced" if added.replaced else "added"
    click.echo(f"{show_path(added.file)}: {done}, {_write_size(added.size)} of {_write_size(added.whole)}")
    _print_table(rows)
    click.echo(f"Whose data it is, which the site says by itself: {added.source.credit}")


def _print_steps(rows: Sequence[tuple[_Step, Coverage]], sources: Sequence[StreetSource]) -> None:
    if not rows:
        click.echo("No step comes closer than the drawn map, so none needs streets.")
        return
    _print_table(rows)
    for source in sources:
        click.echo(f"{source.name}: {source.credit}")
    without = [step.view for step, coverage in rows if not coverage.is_whole]
    if without:
        from storymap.streets.needs import list_needs
        from storymap.streets.offers import list_offers

        click.echo()
        for line in list_offers(box for boxes in list_needs(without).values() for box in boxes):
            click.echo(line)


def _print_table(rows: Sequence[tuple[_Step, Coverage]]) -> None:
    from storymap.streets.adding import write_bounds

    table = [("step", "zoom", "west, south, east, north", "streets")]
    for step, coverage in rows:
        told = ", ".join(coverage.files) or "– none"
        if coverage.files and not coverage.is_whole:
            told += f", {coverage.share:.0%} of it"
        table.append((step.name, f"{step.view.zoom:g}", write_bounds(step.view.bounds), told))
    for line in align_columns(table):
        click.echo(line)


def _describe_added(added: AddedStreets, rows: Sequence[tuple[_Step, Coverage]]) -> dict[str, Any]:
    return {
        "added": _describe_file(added.source) | {"replaced": added.replaced, "bytes": added.size, "of": added.whole},
        "steps": [_describe_step(*row) for row in rows],
    }


def _describe_step(step: _Step, coverage: Coverage) -> dict[str, Any]:
    story, _, step_id = step.name.partition("#")
    box = step.view.bounds
    return {
        "story": "" if story == _LISTS else story,
        "step": step_id,
        "zoom": step.view.zoom,
        "bounds": [box.west, box.south, box.east, box.north],
        "covered": round(coverage.share, 3),
        "files": list(coverage.files),
    }


def _describe_file(source: StreetSource) -> dict[str, Any]:
    box = source.bounds
    return {"file": source.name, "bounds": [box.west, box.south, box.east, box.north], "credit": source.credit}


def _read_bounds(text: str) -> Bounds:
    """The box of `--bounds`. Raises a usage error where it is none."""
    from storymap.model.place import Bounds

    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = 0.0
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise click.BadParameter(
            f'"{text}" is no box; write west, south, east, north in degrees: 14.40,50.07,14.45,50.10',
            param_hint="--bounds",
        )
    return Bounds(west, south, east, north)


def _write_size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.1f} kB"
