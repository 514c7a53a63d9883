"""The command `storymap` and what it leads to: each command is a module of its own, loaded when it is asked for.

A command's module imports only what declares it, and its work inside the function, so that `--help` answers at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

import click

from storymap import __version__
from storymap.text.suggesting import ask_nearest


class SuggestingGroup(click.Group):
    """A group of commands that answers a misspelt one with the nearest that exists."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that `args` names; an unknown one is a usage error that suggests another."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = ask_nearest(args[0], self.list_commands(ctx), likeness=50)
            if near:
                raise click.UsageError(f'no command "{args[0]}"; {near}', ctx=ctx) from error
            raise


class StorymapGroup(SuggestingGroup):
    """The commands of storymap, in the order in which an author meets them."""

    names: ClassVar[tuple[str, ...]] = (
        "new", "serve", "build", "check", "deploy", "export", "picture", "places", "streets", "assets", "explain",
        "schema",
    )  # fmt: skip
    """Each is the module `storymap.cli.NAME`, which holds the command NAME."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """The command called `cmd_name`, None if there is none."""
        if cmd_name not in self.names:
            return None
        command = getattr(import_module(f"storymap.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=StorymapGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="storymap", message="%(prog)s %(version)s")
def storymap() -> None:
    """Make story maps from Markdown: a static site that needs no network and no account."""
