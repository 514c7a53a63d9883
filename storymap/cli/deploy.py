"""`storymap deploy`: check, build, and push the site to a branch from which it is served."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap.cli.telling import tell_problems
from storymap.errors import Report, StorymapError

if TYPE_CHECKING:
    from storymap.deploying.repository import Target
    from storymap.project import Project

_SHOWN_FILES = 5
"""How many uncommitted files are named."""


@click.command(short_help="Push the site to GitHub Pages, or another branch.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--dry-run", "-n", is_flag=True, help="Check, build, say what would be pushed and where, push nothing.")
@click.option("--remote", default="origin", show_default=True, help="The remote repository, as git calls it here.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch to push to.")
@click.option("--dirty", is_flag=True, help="Deploy although some files are not committed.")
@click.option("--drafts", is_flag=True, help="Publish stories that are marked as drafts, too.")
@click.option("--replace", is_flag=True, help="Replace a branch that holds something else.")
@click.option("--url", help="Where the site will stand; otherwise as the settings or GitHub say.")
def deploy(
    folder: Path, dry_run: bool, remote: str, branch: str, dirty: bool, drafts: bool, replace: bool, url: str | None
) -> None:
    """Check the project in FOLDER, build its site, and push it to the branch gh-pages.

    Nothing of storymap has to be installed where the site is served. On GitHub choose, once, under Settings → Pages:
    "Deploy from a branch", gh-pages, / (root).
    """
    from storymap.deploying.pushing import check_branch
    from storymap.deploying.repository import DeployError, find_target, list_uncommitted
    from storymap.project import load_project

    try:
        project = load_project(folder)
        target = find_target(project.root, remote=remote, branch=branch)
        if not replace:
            check_branch(target)
        uncommitted = list_uncommitted(project.root)
        if uncommitted and not dirty:
            raise DeployError(
                f"{_list_files(uncommitted)} not committed, so nobody could tell later what was published",
                'git add . and git commit -m "What changed"; or deploy all the same with --dirty',
            )
        _deploy(project, target, url=url, drafts=drafts, dry_run=dry_run)
    except StorymapError as error:
        tell_problems(error.problems)
        click.echo("Nothing was pushed.", err=True)
        raise SystemExit(1) from error
    except DeployError as error:
        raise click.ClickException(f"{error}" + (f"\n  help: {error.help}" if error.help else "")) from error


def _deploy(project: Project, target: Target, *, url: str | None, drafts: bool, dry_run: bool) -> None:
    """Check, build and push; raises `StorymapError` and `DeployError`, and has pushed nothing then."""
    from storymap.building.build import build_site
    from storymap.building.write import write_site
    from storymap.checking.output import check_site_folder
    from storymap.checking.project import CHECKS, examine_project
    from storymap.cli.build import stand_at
    from storymap.deploying.pushing import push_site

    project = stand_at(url if url is not None else project.settings.url or target.pages_url or None, project)
    report = Report()
    checks = tuple(check for check in CHECKS if check is not check_site_folder)  # nothing is written there
    examine_project(project, report, drafts=drafts, checks=checks)
    report.raise_errors()
    site = build_site(project, report=report, drafts=drafts)
    tell_problems(report.problems)
    with tempfile.TemporaryDirectory(prefix="storymap-deploy-") as folder:
        built = Path(folder) / "site"
        write_site(site, built, project=project)
        pages = sum(1 for path in site if path.endswith(".html"))
        size = sum(len(content) for content in site.values())
        what = f"{len(site):,} files ({pages:,} pages, {size / 1e6:,.1f} MB) built of {target.commit}"
        where = f"branch {target.branch} of {target.remote}, {target.address}"
        if dry_run:
            click.echo(f"Would push {what}\n  to {where}. Nothing was pushed.")
            return
        click.echo(f"Pushing {what}\n  to {where}")
        push_site(built, target)
    click.echo("Done.")
    if target.pages_url:
        if not target.tip:
            click.echo(
                "Once, on GitHub: Settings → Pages → Build and deployment → Deploy from a branch → "
                f"{target.branch}, / (root)."
            )
        click.echo(f"In a minute or two the site stands at {target.pages_url}/")


def _list_files(names: tuple[str, ...]) -> str:
    shown = ", ".join(f'"{name}"' for name in names[:_SHOWN_FILES])
    more = f" and {len(names) - _SHOWN_FILES} more" if len(names) > _SHOWN_FILES else ""
    return f"{shown}{more} {'is' if len(names) == 1 else 'are'}"
