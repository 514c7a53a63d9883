"""What the commands of `storymap places` can be told alike: the project, the format, and whom to ask for a place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def choose_project(command: CommandT) -> CommandT:
    """Add `--project`."""
    return click.option(
        "--project", "-C", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".",
        show_default=True, help="Folder of the project.",
    )(command)  # fmt: skip


def choose_format(command: CommandT) -> CommandT:
    """Add `--format`."""
    return click.option(
        "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True,
        help="A table, or JSON for programs.",
    )(command)  # fmt: skip


def choose_geocoder(command: CommandT) -> CommandT:
    """Add `--geocode` and what belongs to it."""
    for option in (
        click.option("--contact", help="Your address, which is sent with the question: how servers know who asks."),
        click.option("--geocoder-url", help="A Nominatim server of your own.  [default: the one of OpenStreetMap]"),
        click.option("--geocode", is_flag=True, help="Ask OpenStreetMap's Nominatim, over the network."),
    ):
        command = option(command)
    return command


def settle_folder(context: click.Context, folder: Path) -> Path:
    """The folder of `-C` after the command, or before it: `storymap places -C there list`."""
    given = context.get_parameter_source("folder") is not ParameterSource.DEFAULT
    return folder if given or not isinstance(context.obj, Path) else context.obj
