"""`storymap deploy`: check, build, and push the site to a branch from which it is served."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from storymap.cli.telling import tell_problems
from storymap.errors import Report, StorymapError

if TYPE_CHECKING:
    from storymap.deploying.changes import Changes
    from storymap.deploying.repository import Target
    from storymap.project import Project

_SHOWN_FILES = 5
"""How many uncommitted files are named."""


@click.command(short_help="Push the site to GitHub Pages, or another branch.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--dry-run", "-n", is_flag=True, help="Check, build, say what would be pushed and where, push nothing.")
@click.option("--to", metavar="REMOTE[#BRANCH]", help="Where to: a remote by its name or address, and a branch of it.")
@click.option("--remote", default="origin", show_default=True, help="The remote repository, as git calls it here.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch to push to.")
@click.option("--dirty", is_flag=True, help="Deploy although some files are not committed.")
@click.option("--drafts", is_flag=True, help="Publish stories that are marked as drafts, too.")
@click.option("--replace", is_flag=True, help="Replace a branch that holds something else.")
@click.option("--url", help="Where the site will stand; otherwise as the settings or GitHub say.")
def deploy(
    folder: Path,
    dry_run: bool,
    to: str | None,
    remote: str,
    branch: str,
    dirty: bool,
    drafts: bool,
    replace: bool,
    url: str | None,
) -> None:
    """Check the project in FOLDER, build its site, and push it to the branch gh-pages.

    Nothing of storymap has to be installed where the site is served. On GitHub choose, once, under Settings → Pages:
    "Deploy from a branch", gh-pages, / (root).
    """
    from storymap.deploying.pushing import check_branch
    from storymap.deploying.repository import DeployError, find_target, list_uncommitted, split_target
    from storymap.project import load_project

    if to is not None:
        _refuse_besides_to()
        remote, named = split_target(to)
        branch = named or branch
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
    import tempfile

    from storymap.building.build import build_site
    from storymap.building.output import MANIFEST, list_site
    from storymap.building.write import write_site
    from storymap.checking.output import check_site_folder
    from storymap.checking.project import CHECKS, examine_project
    from storymap.cli.build import stand_at
    from storymap.deploying.changes import find_changes
    from storymap.deploying.pushing import keep_domain, push_site
    from storymap.deploying.repository import ADDRESSED

    project = stand_at(url if url is not None else project.settings.url or target.pages_url or None, project)
    report = Report()
    checks = tuple(check for check in CHECKS if check is not check_site_folder)  # nothing is written there
    examine_project(project, report, drafts=drafts, checks=checks)
    report.raise_errors()
    site = build_site(project, report=report, drafts=drafts)
    tell_problems(report.problems)
    domain = keep_domain(site, target)
    changes = find_changes(site | {MANIFEST: list_site(site)}, target)
    pages = sum(1 for path in site if path.endswith(".html"))
    size = sum(len(content) for content in site.values())
    what = f"{len(site):,} files ({pages:,} pages, {size / 1e6:,.1f} MB) built of {target.commit}"
    where = f"branch {target.branch} of {target.remote}, {target.address}"
    if target.remote == ADDRESSED:
        where = f"branch {target.branch} of {target.address}"
    click.echo(f"{'Would push' if dry_run else 'Pushing'} {what}\n  to {where}")
    _tell_changes(changes, target, listed=dry_run)
    if domain:
        click.echo(f"  for {domain}, as its CNAME file says")
    if project.settings.url:
        click.echo(f"  to stand at {project.settings.url}/")
    if dry_run:
        click.echo("Nothing was pushed.")
        return
    with tempfile.TemporaryDirectory(prefix="storymap-deploy-") as folder:
        built = Path(folder) / "site"
        write_site(site, built, project=project)
        push_site(built, target)
    click.echo("Done.")
    if target.pages_url:
        if not target.tip:
            click.echo(
                "Once, on GitHub: Settings → Pages → Build and deployment → Deploy from a branch → "
                f"{target.branch}, / (root)."
            )
        click.echo(f"In a minute or two the site stands at {f'https://{domain}' if domain else target.pages_url}/")


def _tell_changes(changes: Changes, target: Target, *, listed: bool) -> None:
    """Say what becomes of the files of the branch, and name some of them where they are to be `listed`."""
    if not target.tip:
        click.echo("  which is new there")
        return
    kinds = {"new": changes.added, "changed": changes.changed, "removed": changes.removed}
    counts = [f"{len(paths):,} {kind}" for kind, paths in kinds.items() if paths]
    click.echo(f"  which has {_join(counts)}" if counts else "  which is as it would be")
    for kind, paths in kinds.items() if listed else ():
        for path in paths[:_SHOWN_FILES]:
            click.echo(f"    {kind}: {path}")
        if len(paths) > _SHOWN_FILES:
            click.echo(f"    {kind}: {len(paths) - _SHOWN_FILES:,} more")


def _join(counts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(counts[:-1]), *counts[-1:])))


def _refuse_besides_to() -> None:
    """Refuse `--remote` and `--branch` where `--to` says both."""
    context = click.get_current_context()
    for name in ("remote", "branch"):
        if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            raise click.UsageError(f"--to says where to; leave out --{name}, or write --to REMOTE#BRANCH")


def _list_files(names: tuple[str, ...]) -> str:
    shown = ", ".join(f'"{name}"' for name in names[:_SHOWN_FILES])
    more = f" and {len(names) - _SHOWN_FILES} more" if len(names) > _SHOWN_FILES else ""
    return f"{shown}{more} {'is' if len(names) == 1 else 'are'}"
