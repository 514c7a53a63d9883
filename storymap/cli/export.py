"""`storymap export`: hand on a story, or its places, in a format of others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from storymap.cli.interrupting import ending_at_interrupt
from storymap.cli.showing import show_path
from storymap.cli.telling import tell_failure, tell_problems
from storymap.errors import Report, StorymapError

if TYPE_CHECKING:
    from storymap.project import Project

_ENDINGS = {
    "geojson": ".geojson",
    "kml": ".kml",
    "gpx": ".gpx",
    "csv": ".csv",
    "lpf": ".lpf.json",
    "html": ".html",
    "epub": ".epub",
    "pdf": ".pdf",
    "source": ".zip",
}
"""By what authors type, how its files end."""

_OF_ONE_STORY = frozenset({"html", "epub", "pdf", "source"})


class _Order(Struct, frozen=True):
    """What is asked for: a `story`, or all where it is empty, in the format `form`."""

    story: str
    form: str
    drafts: bool
    paper: str


@click.command(short_help="Hand on a story, or its places.")
@click.argument("story", required=False)
@click.option(
    "--format", "-f", "form", type=click.Choice(list(_ENDINGS)), required=True,
    help="Places and tracks for other programs; or a story as one HTML file, an EPUB, a PDF, or a project of its own.",
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(path_type=Path),
    help="File to write, or a folder for --format source.  [default: the story's name, where you stand]",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--drafts", is_flag=True, help="Export stories that are marked as drafts, too.")
@click.option(
    "--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="The paper of a PDF."
)  # fmt: skip
@click.option("--url", help="Where the site stands, for addresses in the file; otherwise as the settings say.")
@click.option(
    "--project", "-C", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".",
    help="Folder of the project.  [default: where you stand]",
)  # fmt: skip
def export(
    story: str | None,
    form: str,
    output: Path | None,
    force: bool,
    drafts: bool,
    paper: str,
    url: str | None,
    folder: Path,
) -> None:
    """Export STORY, the name of its file without .md, into a file of another format.

    Without STORY, the places and tracks of all stories.
    """
    with ending_at_interrupt():
        from storymap.building.exporting import ExportError

        order = _Order(story or "", form, drafts, paper)
        target = output or Path(f"{Path(story).stem if story else 'places'}{_ENDINGS[form]}")
        try:
            _export(folder, order, target, force=force, url=url)
        except ExportError as error:
            raise click.UsageError(f"{error}" + (f"\n  help: {error.help}" if error.help else "")) from error


def _export(folder: Path, order: _Order, target: Path, *, force: bool, url: str | None) -> None:
    """Make the file and write it; raises `ExportError` and usage errors, and exits with 1 for mistakes."""
    from storymap.building import exporting
    from storymap.building.exporting import ExportError
    from storymap.cli.build import stand_at
    from storymap.exchange.zipping import write_zip
    from storymap.project import load_project
    from storymap.replacing import replace_file

    if order.form in _OF_ONE_STORY and not order.story:
        help = f"name it: storymap export STORY --format {order.form}"
        raise ExportError(f"--format {order.form} is of one story", help)
    into_folder = order.form == "source" and target.suffix.lower() != ".zip"
    if target.is_dir() and not (into_folder and not any(target.iterdir())):
        raise ExportError(f'"{show_path(target)}" is a folder with something in it', "name another with --output")
    if not force and target.exists() and not target.is_dir():
        raise ExportError(f'"{show_path(target)}" is there already', "name another with --output, or add --force")
    report = Report()
    try:
        project = stand_at(url, load_project(folder))
        if order.form == "source":
            files = exporting.export_source(project, order.story, report, drafts=order.drafts)
            data, more = (
                (b"" if into_folder else write_zip(files)),
                f"{len(files)} files, for storymap build",
            )
        else:
            data, more = _make(project, order, report)
    except StorymapError as error:
        tell_failure(error, report)
        raise SystemExit(1) from error
    tell_problems(report.problems)
    try:
        if into_folder:
            _write_folder(target, files)
        else:
            replace_file(target, data)
    except OSError as error:
        raise ExportError(
            f'"{show_path(target)}" cannot be written: {error.strerror or error}', "name another file with --output"
        ) from error
    size = f"{len(data):,} bytes" if data else ""
    click.echo(f"{show_path(target)}: " + "; ".join(filter(None, (size, more))))


def _write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` into a new folder, or one with nothing in it: all of them or none."""
    import tempfile

    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent, ignore_cleanup_errors=True) as made:
        whole = Path(made) / "whole"
        for path, data in files.items():
            file = whole / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        if target.is_dir():
            target.rmdir()
        whole.rename(target)


def _make(project: Project, order: _Order, report: Report) -> tuple[bytes, str]:
    """The file, and what is to be said of it."""
    from storymap.building import exporting

    story, drafts = order.story, order.drafts
    match order.form:
        case "html":
            data, hosts = exporting.export_page(project, story, report, drafts=drafts)
            return data, f"its map asks {', '.join(hosts)}" if hosts else "it needs no network"
        case "epub":
            data, unshown = exporting.export_book(project, story, report, drafts=drafts)
            return data, f"left out, as books cannot show them: {', '.join(unshown)}" if unshown else ""
        case "pdf":
            return exporting.export_print(project, story, report, paper=order.paper, drafts=drafts), ""
        case form:
            return exporting.export_places(project, form, report, story=story, drafts=drafts), ""
