"""`storymap build`: build the site, tell what is wrong with it, and write it if nothing is."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from storymap.cli.interrupting import ending_at_interrupt
from storymap.cli.opening import open_in_browser
from storymap.cli.showing import show_path
from storymap.cli.telling import tell_failure, tell_problems
from storymap.errors import Report, Severity, StorymapError

if TYPE_CHECKING:
    from storymap.building.cache import Cache
    from storymap.building.executors import Executor
    from storymap.building.runner import Runner
    from storymap.building.tasks import Task
    from storymap.building.write import Written
    from storymap.project import Project

_OFTEN = 0.1
"""Seconds between two lines of progress."""


@click.command(short_help="Write the site of a project.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Folder to write to.  [default: site]")
@click.option("--open", "open_site", is_flag=True, help="Show the site in a browser when it is built.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("--drafts", is_flag=True, help="Build stories that are marked as drafts, too.")
@click.option("--url", help="Where the site will stand; otherwise as the settings say.")
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing for the next build.")
@click.option("--scheduler", metavar="ADDRESS", help="Dask scheduler whose workers do the work: tcp://host:8786.")
def build(
    folder: Path,
    output: Path | None,
    open_site: bool,
    strict: bool,
    drafts: bool,
    url: str | None,
    no_cache: bool,
    scheduler: str | None,
) -> None:
    """Build the site of the project in FOLDER."""
    with ending_at_interrupt():
        raise SystemExit(
            _run(
                folder,
                output=output,
                open_site=open_site,
                strict=strict,
                drafts=drafts,
                url=url,
                is_cached=not no_cache,
                scheduler=scheduler,
            )
        )


def _run(
    folder: Path,
    *,
    output: Path | None,
    open_site: bool,
    strict: bool,
    drafts: bool,
    url: str | None,
    is_cached: bool,
    scheduler: str | None,
) -> int:
    """Build the project in `folder` and write it; returns the exit code."""
    from storymap.building.runner import LostContentError
    from storymap.project import load_project

    report = Report()
    try:
        project = stand_at(url, load_project(folder))
        target = output if output is not None else project.site_folder
        try:
            with open_runner(project, is_cached=is_cached, scheduler=scheduler) as runner:
                pages, hosts, written = _write(project, target, runner, report, strict=strict, drafts=drafts)
        except LostContentError:  # somebody emptied the cache meanwhile
            report = Report()
            with open_runner(project, is_cached=False, scheduler=scheduler) as runner:
                pages, hosts, written = _write(project, target, runner, report, strict=strict, drafts=drafts)
    except StorymapError as error:
        clear_progress()
        tell_failure(error, report)
        return 1
    tell_problems(report.problems)
    index = target.resolve() / "index.html"
    click.echo(
        f"{pages} pages in {show_path(target)}: {written.changed} files written, "
        f"{written.unchanged} unchanged, {written.removed} removed"
    )
    need = f"its maps ask {', '.join(hosts)}" if hosts else "it needs no network"
    click.echo(f"Open {show_path(target / 'index.html')} in a browser: {need}.")
    if open_site:
        open_in_browser(index.as_uri())
    return 0


def _write(
    project: Project, target: Path, runner: Runner, report: Report, *, strict: bool, drafts: bool
) -> tuple[int, list[str], Written]:
    """Make the site and write it; the number of its pages, the hosts that they ask, and what was written."""
    from storymap.building.kept_output import find_notes, keep_notes
    from storymap.building.results import tell_result
    from storymap.building.write import SiteWriter

    tasks, is_known = _plan(project, runner, report, drafts=drafts)
    pages, hosts = sum(task.path.endswith(".html") for task in tasks), set[str]()
    notes = find_notes(target, runner)
    with contextlib.closing(SiteWriter(target, project=project, notes=notes)) as writer:
        for task, result in runner.run(tasks):
            tell_result(task, result.record, report)
            hosts.update(result.record.hosts)
            if result.record.report.errors:
                continue
            content, digests = result.content, dict(zip(task.paths, result.record.digests, strict=True))
            missing = {path: digest for path, digest in digests.items() if not writer.keep(path, digest)}
            if missing and content is None:
                content = runner.read(task, result.record)
                if content is None and is_known:
                    from storymap.building.runner import LostContentError

                    raise LostContentError
            if missing:
                content = runner.make(task) if content is None else content
                made = task.divide(content)
                for path, digest in missing.items():
                    writer.write(path, made[path], digest)
        del tasks  # of thousands of stories they are half of what is in memory
        clear_progress()
        report.raise_errors()
        warnings = [problem for problem in report.problems if problem.severity is Severity.WARNING]
        if strict and warnings:
            raise StorymapError(warnings)
        written = writer.finish()
    keep_notes(target, writer.write_notes(), runner)
    return pages, sorted(hosts), written


def _plan(project: Project, runner: Runner, report: Report, *, drafts: bool) -> tuple[list[Task], bool]:
    """What makes the site, and whether that is known from before: then its tasks cannot be done, only looked up.

    What was read of the project is let go with this, so that memory does not hold it while the site is made.
    """
    from storymap.building.kept_plan import find_plan, keep_plan
    from storymap.building.project_files import ProjectFiles

    files = ProjectFiles()
    key, kept = find_plan(project, files, runner, drafts=drafts)
    if kept is not None:
        report.follow(project.settings.checks)
        report.include(kept.report)
        return list(kept.list_tasks()), True
    from storymap.building.plan import plan_site

    tasks = list(plan_site(project, report, drafts=drafts, runner=runner, files=files).tasks)
    report.raise_errors()
    keep_plan(key, tasks, report, runner)
    return tasks, False


@contextlib.contextmanager
def open_runner(project: Project, *, is_cached: bool, scheduler: str | None) -> Iterator[Runner]:
    """What does the work, with what was done before; everything that it began is ended afterwards."""
    from storymap.building.executors import Local
    from storymap.building.runner import Runner

    executor: Executor
    if scheduler is None:
        executor = Local(tell=_tell)
    else:
        from storymap.building.cluster import Cluster

        executor = Cluster(scheduler, tell=_tell)
    with contextlib.closing(executor), _open_cache(project, is_cached=is_cached) as cache:
        yield Runner(cache, executor, Progress().tell)


@contextlib.contextmanager
def _open_cache(project: Project, *, is_cached: bool) -> Iterator[Cache]:
    """The project's cache on disk, or one that goes when the build is done."""
    import tempfile

    from storymap.building.disk_cache import DiskCache, find_cache_file

    with contextlib.ExitStack() as stack:
        if is_cached:
            file = find_cache_file(project.root)
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="storymap-build-"))
            file = Path(folder) / "build.sqlite"
        yield stack.enter_context(contextlib.closing(DiskCache(file)))


def stand_at(url: str | None, project: Project) -> Project:
    """`project` as if its settings gave `url`. Raises a usage error for something that is no URL."""
    from storymap.settings.model import Settings

    if url is None:
        return project
    try:
        stood = Settings.model_validate({"url": url}).url
    except ValueError as error:
        raise click.BadParameter(f'"{url}" must start with https:// or http://', param_hint="--url") from error
    return replace(project, settings=project.settings.model_copy(update={"url": stood}))


class Progress:
    """Shows what is done, of how many, and what was done last; on a terminal only, and not too often."""

    def __init__(self) -> None:
        self._shown = 0.0

    def tell(self, done: int, count: int, path: str) -> None:
        """Show it in one line that is written over."""
        now = time.monotonic()
        if sys.stderr.isatty() and now - self._shown > _OFTEN:
            self._shown = now
            click.echo(f"\r\x1b[2K{done:,} of {count:,}  {path}", nl=False, err=True)


def _tell(line: str) -> None:
    clear_progress()
    click.echo(line, err=True)


def clear_progress() -> None:
    """Clear the line of progress, for what is said next."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)
