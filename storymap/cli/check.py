"""`storymap check`: build without writing, look into everything, and report all of it at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap.cli.interrupting import ending_at_interrupt
from storymap.cli.telling import tell_problems
from storymap.errors import Report, Severity, StorymapError

if TYPE_CHECKING:
    from storymap.checking.checked import CheckedProject
    from storymap.checking.findings import Findings
    from storymap.project import Project


@click.command(short_help="Find every mistake, and write nothing.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to report: for people, for scripts, as annotations in GitHub Actions, for code scanning.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("--external", is_flag=True, help="Try the links to other sites, too: the only check that uses a network.")
@click.option(
    "--link-cache",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File that remembers what outside links answered.  [default: in your cache folder]",
)
@click.option(
    "--published", metavar="FOLDER|URL", help="Compare what stands there with what would be built, file by file."
)
def check(
    folder: Path, format_name: str, strict: bool, external: bool, link_cache: Path | None, published: str | None
) -> None:
    """Find every mistake in the project in FOLDER, drafts included, without writing anything.

    Machine-readable formats go to standard output. The exit code is 1 if there is an error.
    """
    with ending_at_interrupt():
        findings = _check(folder, external=external, link_cache=link_cache, published=published)
    if format_name == "text":
        _tell(findings)
    else:
        click.echo(_find_format(format_name)(findings), nl=False)
    failed = findings.count(Severity.ERROR) or (strict and findings.count(Severity.WARNING))
    raise SystemExit(1 if failed else 0)


def _check(folder: Path, *, external: bool, link_cache: Path | None, published: str | None) -> Findings:
    """Everything that there is to say of the project in `folder`, even if it cannot be loaded."""
    from storymap.checking.findings import OUTSIDE_CODES, Findings
    from storymap.checking.output import list_asked, list_pressed
    from storymap.checking.project import examine_project
    from storymap.project import load_project

    report = Report()
    try:
        project = load_project(folder)
    except StorymapError as error:
        return Findings.of(error.problems, folder=_lead_to(folder))
    checked = examine_project(project, report)
    if published is not None:
        _compare(project, published, report)
    tried = external and _try_links(checked, report, link_cache)
    report.tell_unused_silences(besides=() if tried else OUTSIDE_CODES)
    return Findings.of(
        report.problems,
        stories=len(checked.sources),
        places=len(checked.gazetteer.places),
        folder=_lead_to(project.root),
        asked=list_asked(checked.site),
        pressed=list_pressed(checked.site),
    )


def _try_links(checked: CheckedProject, report: Report, cache: Path | None) -> bool:
    """Try the outside links; returns whether there was a network to do so."""
    from storymap.checking.link_cache import find_cache
    from storymap.checking.outside_links import check_outside_links, list_outside_links

    if sys.stderr.isatty():
        number = len({address for address, _ in list_outside_links(checked)})
        click.echo(f"Trying {_count(number, 'outside link')} …", err=True)
    return check_outside_links(checked, report, cache=cache or find_cache())


def _compare(project: Project, published: str, report: Report) -> None:
    """Compare what is published with the site, where one can be built: its mistakes have been told."""
    from storymap.building.build import digest_site
    from storymap.checking.published import compare_address, compare_folder, is_address
    from storymap.cli.build import Progress, clear_progress, open_runner, stand_at

    at = project.where("url")
    if is_address(published):
        project = stand_at(project.settings.url or published, project)
    elif not Path(published).is_dir():
        raise click.BadParameter(
            f'"{published}" is no folder, and no address: one begins with https://', param_hint="--published"
        )
    try:
        with open_runner(project, is_cached=True, scheduler=None) as runner:
            site = digest_site(project, runner, Report())
    except StorymapError:
        return
    finally:
        clear_progress()
    if is_address(published):
        compare_address(site, published, at, report, progress=Progress().tell)
        clear_progress()
    else:
        compare_folder(site, Path(published), at, report)


def _tell(findings: Findings) -> None:
    tell_problems(findings.problems)
    for page, hosts in findings.asked:
        click.echo(f"{page} asks {', '.join(hosts)}")
    for page, hosts in findings.pressed:
        click.echo(f"{page} asks {', '.join(hosts)} when a reader presses a card there, and not before")
    if not findings.count(Severity.ERROR) and not findings.count(Severity.WARNING):
        click.echo(f"0 problems in {_count(findings.stories, 'story', 'stories')}, {_count(findings.places, 'place')}")


def _find_format(name: str) -> Callable[[Findings], str]:
    from storymap.checking.formats.as_json import format_json
    from storymap.checking.formats.github import format_github
    from storymap.checking.formats.sarif import format_sarif

    return {"json": format_json, "github": format_github, "sarif": format_sarif}[name]


def _lead_to(folder: Path) -> str:
    """From the top of the repository in a workflow of GitHub, or else from here, to `folder`; empty if not below."""
    top = Path(os.environ.get("GITHUB_WORKSPACE") or ".").resolve()
    folder = folder.resolve()
    return folder.relative_to(top).as_posix() if folder.is_relative_to(top) else ""


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"
