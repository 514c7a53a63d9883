"""`storymap new`: begin a project, or a story of one."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from storymap.cli.showing import show_path


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
    "--project", "-C", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".",
    help="Folder of the project.  [default: where you stand]",
)  # fmt: skip
def story(title: str, folder: Path) -> None:
    """Begin a story called TITLE, in a file of its own, with its fields shown.

    For a folder that is called "story", write: storymap new ./story
    """
    from storymap.cli.telling import fail
    from storymap.errors import StorymapError
    from storymap.project import find_root
    from storymap.starter.writing import StartError, write_story

    try:
        root = find_root(folder)
    except StorymapError as error:
        fail(error.problems)
    try:
        file = write_story(root / "stories", title)
    except StartError as error:
        raise _usage(error) from error
    click.echo(show_path(file))
    click.echo("\nIt is ready to be built. Change what it says; the lines behind # show what else it may say. Next:\n")
    click.echo("  storymap serve --open    see it, and see it again after every save")
    click.echo("  storymap check           find what is wrong with it")


def _usage(error: Exception) -> click.UsageError:
    """A usage error with the sentence of `error`, and what to do."""
    help = getattr(error, "help", "")
    return click.UsageError(f"{error}" + (f"\n  help: {help}" if help else ""))
