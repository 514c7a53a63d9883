"""`storymap build`: build the site, tell what is wrong with it, and write it if nothing is."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap.cli.interrupting import ending_at_interrupt
from storymap.cli.opening import open_in_browser
from storymap.cli.showing import show_path
from storymap.cli.telling import tell_problems
from storymap.errors import Report, Severity, StorymapError

if TYPE_CHECKING:
    from storymap.project import Project


@click.command(short_help="Write the site of a project.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Folder to write to.  [default: site]")
@click.option("--open", "open_site", is_flag=True, help="Show the site in a browser when it is built.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("--drafts", is_flag=True, help="Build stories that are marked as drafts, too.")
@click.option("--url", help="Where the site will stand, for 404.html; otherwise as the settings say.")
def build(folder: Path, output: Path | None, open_site: bool, strict: bool, drafts: bool, url: str | None) -> None:
    """Build the site of the project in FOLDER."""
    with ending_at_interrupt():
        raise SystemExit(_run(folder, output=output, open_site=open_site, strict=strict, drafts=drafts, url=url))


def _run(folder: Path, *, output: Path | None, open_site: bool, strict: bool, drafts: bool, url: str | None) -> int:
    """Build the project in `folder` and write it; returns the exit code."""
    from storymap.building.build import build_site
    from storymap.building.network import find_hosts
    from storymap.building.write import write_site
    from storymap.project import load_project

    report = Report()
    try:
        project = stand_at(url, load_project(folder))
        site = build_site(project, report=report, drafts=drafts, progress=_tell_progress)
        _clear_progress()
        warnings = [problem for problem in report.problems if problem.severity is Severity.WARNING]
        if strict and warnings:
            raise StorymapError(warnings)
        target = output if output is not None else project.site_folder
        written = write_site(site, target, project=project)
    except StorymapError as error:
        _clear_progress()
        rest = [problem for problem in report.problems if problem not in error.problems]
        tell_problems([*rest, *error.problems])
        click.echo("Nothing was written.", err=True)
        return 1
    tell_problems(report.problems)
    index = target.resolve() / "index.html"
    pages = sum(1 for path in site if path.endswith(".html"))
    click.echo(
        f"{pages} pages in {show_path(target)}: {written.changed} files written, "
        f"{written.unchanged} unchanged, {written.removed} removed"
    )
    hosts = sorted({host for path in site if path.endswith(".html") for host in find_hosts(site[path])})
    need = f"its maps ask {', '.join(hosts)}" if hosts else "it needs no network"
    click.echo(f"Open {show_path(target / 'index.html')} in a browser: {need}.")
    if open_site:
        open_in_browser(index.as_uri())
    return 0


def stand_at(url: str | None, project: Project) -> Project:
    """`project` as if its settings gave `url`. Raises a usage error for something that is no URL."""
    from storymap.settings.model import Settings

    if url is None:
        return project
    try:
        settings = Settings.model_validate({**project.settings.model_dump(), "url": url})
    except ValueError as error:
        raise click.BadParameter(f'"{url}" must start with https:// or http://', param_hint="--url") from error
    return replace(project, settings=settings)


def _tell_progress(line: str) -> None:
    """Show the story that is being built, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{line}", nl=False, err=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)
