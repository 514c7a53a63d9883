"""`storymap assets`: keep in the project what its map hook loads from elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from storymap.cli.telling import fail, tell_problems
from storymap.errors import Report, StorymapError


@click.command(short_help="Keep what a map hook loads, so that the site needs no network.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--renew", is_flag=True, help="Fetch what is kept already once more.")
def assets(folder: Path, renew: bool) -> None:
    """Fetch the scripts, stylesheets and pictures that Folium's elements load into `assets/` of the project in FOLDER.

    They are asked from the servers that the elements name; builds then take the copies along and ask nobody.
    """
    from storymap.building.fetching import keep_assets
    from storymap.building.page_map import list_addresses
    from storymap.project import load_project

    report = Report()
    try:
        project = load_project(folder)
        addresses = list_addresses(project, report)
        report.raise_errors()
        kept = keep_assets(project, addresses, report, renew=renew, tell=lambda address: click.echo(f"fetch {address}"))
    except StorymapError as error:
        fail(error.problems)
    except OSError as error:
        raise click.UsageError(f'"{error.filename}" cannot be written: {error.strerror or error}') from error
    tell_problems(report.problems)
    click.echo(f"{len(kept.files)} files in assets: {kept.fetched} fetched, {kept.removed} removed")
    raise SystemExit(1 if report.errors else 0)
