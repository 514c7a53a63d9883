"""`storymap new`: begin a project, or a story of one."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap.cli.showing import show_path

if TYPE_CHECKING:
    from storymap.starter.steps import NewStep


class _NewGroup(click.Group):
    """`new DIR` and `new story TITLE`: only the word `story` leads on, anything else names a folder."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command for a story, or the one for a project with all of `args`."""
        if args[0] == "story":
            return super().resolve_command(ctx, args)
        return "project", self.get_command(ctx, "project"), args


class _SamePathContext(click.Context):
    """The context of a command that is called by its parent's name alone."""

    @property
    def command_path(self) -> str:
        """What was typed to come here."""
        return self.parent.command_path if self.parent else super().command_path


class _ProjectCommand(click.Command):
    context_class = _SamePathContext


@click.group(
    cls=_NewGroup, short_help="Begin a site, or a story.", subcommand_metavar="DIR | story TITLE", no_args_is_help=False
)
def new() -> None:
    """Begin a site in the new folder DIR, or a story with the given TITLE.

    \b
        storymap new walks                 a small site that builds at once
        storymap new story "Up the river"  a story, in the project you stand in
        storymap new story "Up the river" --photos ~/Pictures/river
        storymap new story "Proti proudu" --translates up-the-river --lang cs

    A site's folder must be empty or new. For a folder that is called "story", write ./story.
    """  # noqa: D301 - click wants the character, not the backslash


@new.command(cls=_ProjectCommand, hidden=True, options_metavar="")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def project(folder: Path) -> None:
    """Begin a site in the new folder DIR."""
    from storymap.starter.writing import StartError, write_project

    try:
        write_project(folder)
    except StartError as error:
        raise _usage(error) from error
    shown = show_path(folder)
    click.echo(f"A small site with one story is in {shown}. Next:\n")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {shlex.quote(str(folder)) if os.name == 'posix' else folder}")
    click.echo("  storymap serve --open    see it, and see it again after every save")
    click.echo("  storymap build           write it into site/")
    click.echo("  storymap deploy          publish it on GitHub Pages")


@new.command(short_help="Begin a story called TITLE.")
@click.argument("title")
@click.option(
    "--photos", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIRECTORY",
    help="A step for each spot where photographs in this folder were taken, in the order of time.",
)  # fmt: skip
@click.option(
    "--track", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
    help="A step for each stage of a recorded way: GPX, KML, GeoJSON, TCX or FIT.",
)  # fmt: skip
@click.option(
    "--collection", metavar="NAME", help="Put it into this collection, a folder in stories/, which is begun if need be."
)
@click.option(
    "--translates", "original", metavar="STORY",
    help="Begin an edition of this story in another language, with its text to be written over.",
)  # fmt: skip
@click.option("--lang", metavar="TAG", help="The language of the edition: cs, de, pt-BR.")
@click.option(
    "--project", "-C", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".",
    help="Folder of the project.  [default: where you stand]",
)  # fmt: skip
def story(
    title: str,
    photos: Path | None,
    track: Path | None,
    collection: str | None,
    original: str | None,
    lang: str | None,
    folder: Path,
) -> None:
    """Begin a story called TITLE, in a file of its own, with its fields shown.

    With --photos or --track its steps are made from these, and the files are copied beside it. With --translates and
    --lang it is an edition of another story, called TITLE in that language.

    For a folder that is called "story", write: storymap new ./story
    """
    from storymap.cli.telling import fail
    from storymap.errors import StorymapError
    from storymap.project import find_root
    from storymap.starter.writing import StartError, begin_collection, write_story

    if original or lang:
        if not original or not lang:
            raise click.UsageError("an edition needs both: --translates STORY and --lang TAG")
        if photos or track or collection:
            raise click.UsageError("an edition stands beside its original, and has its steps: name nothing else")
        _begin_edition(title, original, lang, folder)
        return
    try:
        root = find_root(folder)
        steps = _make_steps(photos, track) if photos or track else ()
    except StorymapError as error:
        fail(error.problems)
    try:
        begun = begin_collection(root / "stories", collection) if collection is not None else None
        file = write_story(root / "stories", title, steps, folder=begun.folder if begun else None)
    except StartError as error:
        raise _usage(error) from error
    click.echo(show_path(file))
    if begun and begun.is_new:
        click.echo(f"{show_path(begun.file)} says what the collection is about.")
    if steps:
        pictures = sum(len(step.pictures) for step in steps)
        shown = f" and {pictures} picture{'s' * (pictures != 1)}" if pictures else ""
        click.echo(f"\nIt has {len(steps)} step{'s' * (len(steps) != 1)}{shown}. Say what happened at each.")
        if pictures:
            click.echo("Pictures are copied as they are; what a site publishes knows neither place nor camera.")
        click.echo("Next:\n")
    else:
        click.echo(
            "\nIt is ready to be built. Change what it says; the lines behind # show what else it may say. Next:\n"
        )
    click.echo("  storymap serve --open    see it, and see it again after every save")
    click.echo("  storymap check           find what is wrong with it")


def _begin_edition(title: str, original: str, lang: str, folder: Path) -> None:
    """Begin an edition of the story `original` in `lang`, and say what is left to do."""
    from storymap.cli.telling import fail
    from storymap.errors import StorymapError
    from storymap.project import load_project
    from storymap.starter.edition import write_edition
    from storymap.starter.writing import StartError

    try:
        project = load_project(folder)
        file = write_edition(project.stories_folder, title, original, lang, site_lang=project.settings.lang)
    except StorymapError as error:
        fail(error.problems)
    except StartError as error:
        raise _usage(error) from error
    click.echo(show_path(file))
    click.echo("\nWrite over its text. Places, dates and all else come from the original, step by step; what you write")
    click.echo("yourself stands. It is a draft: take draft: true out when it is done. Next:\n")
    click.echo("  storymap serve --open    see it, and see it again after every save")
    click.echo("  storymap check           see what it lacks, and later what has changed in the original")


def _make_steps(photos: Path | None, track: Path | None) -> tuple[NewStep, ...]:
    """The steps of a story from photographs, a recorded way, or both in the order of time. Raises `StorymapError`."""
    from storymap.errors import Location, Report
    from storymap.gazetteer.builtin import open_builtin
    from storymap.reading.story import MAX_STEPS
    from storymap.starter.steps import order_steps

    builtin = open_builtin()
    steps: list[NewStep] = []
    if track:
        from storymap.geodata.tracks import read_tracks
        from storymap.starter.stages import step_stages

        report = Report()
        found = read_tracks(track, track.name, Location(show_path(track)), report)
        report.raise_errors()
        steps += step_stages(found, track, builtin) if found else ()
    if photos:
        from storymap.starter.photographs import read_folder, step_photographs

        try:
            pictures = read_folder(photos)
        except OSError as error:
            raise click.UsageError(f'"{show_path(photos)}" cannot be read: {error.strerror or error}') from error
        for file, reason in pictures.left_out:
            click.echo(f"{show_path(file)} is left out: it {reason}", err=True)
        if not pictures.photographs:
            message = f'there is no photograph in "{show_path(photos)}"'
            raise click.UsageError(f"{message}\n  help: name the folder in which JPEG, PNG, WebP or AVIF files stand")
        taken = tuple(step_photographs(pictures.photographs, builtin))
        steps = [*order_steps((*steps, *taken))] if steps else [*taken]
    if len(steps) > MAX_STEPS:
        message = f"that would be {len(steps):,} steps; a story has at most {MAX_STEPS:,}"
        raise click.UsageError(f"{message}\n  help: make several stories, each of some of them")
    return tuple(steps)


def _usage(error: Exception) -> click.UsageError:
    """A usage error with the sentence of `error`, and what to do."""
    help = getattr(error, "help", "")
    return click.UsageError(f"{error}" + (f"\n  help: {help}" if help else ""))
