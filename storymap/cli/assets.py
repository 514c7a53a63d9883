"""`storymap assets`: keep in the project what its map hook loads from elsewhere, and list what is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap.cli.commands import SuggestingGroup
from storymap.cli.telling import fail, tell_problems
from storymap.errors import Report, StorymapError

if TYPE_CHECKING:
    from storymap.building.keeping import KeptFile

_FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")


class _AssetsGroup(SuggestingGroup):
    """`assets` alone, or with a folder or an option, is `assets add`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Lead to `add` what names no command."""
        if not args or args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["add", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_AssetsGroup, short_help="Keep what a map hook loads, so that the site needs no network.")
def assets() -> None:
    """Keep in the project what its map hook loads, or list what is kept.

    Without a command it keeps it.
    """


@assets.command(short_help="Fetch what a map hook loads.")
@_FOLDER
@click.option("--renew", is_flag=True, help="Fetch what is kept already once more.")
def add(folder: Path, renew: bool) -> None:
    """Fetch the scripts, stylesheets and pictures that Folium's elements load into `assets/` of the project in FOLDER.

    They are asked from the servers that the elements name, and their licences from those who spread the packages. A
    lock in `assets/` records both, with the SHA-256 of each copy. Builds then take the copies along and ask nobody.
    What the common elements load is part of storymap, and not fetched.
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


@assets.command("list")
@_FOLDER
def list_assets(folder: Path) -> None:
    """List what is kept in `assets/` of the project in FOLDER: each file, its licence, and where it is from."""
    from storymap.building.keeping import read_lock
    from storymap.building.project_files import ProjectFiles
    from storymap.cli.showing import align_columns
    from storymap.project import load_project

    report = Report()
    try:
        project = load_project(folder)
        kept = read_lock(project.root, ProjectFiles(), report)
        report.raise_errors()
    except StorymapError as error:
        fail(error.problems)
    for line in align_columns([("file", "licence", "sha256", "from"), *map(_describe, kept)] if kept else []):
        click.echo(line)


def _describe(file: KeptFile) -> tuple[str, str, str, str]:
    return file.path, file.licence or "– unknown", file.digest[:12], file.address
