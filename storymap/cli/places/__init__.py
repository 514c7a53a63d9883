"""`storymap places`: what is known in `geo/` and where stories go, a search for names, and adding a place.

Each command is a module::

    listing    every place, with the steps that use it
    finding    a search by name
    adding     one more place in geo/places.geojson

The last two may ask a geocoder, which `asking` sets up.
"""

from __future__ import annotations

from pathlib import Path

import click

from storymap.cli.commands import SuggestingGroup
from storymap.cli.places.adding import add
from storymap.cli.places.finding import find
from storymap.cli.places.listing import list_places
from storymap.cli.places.options import choose_format, choose_project


@click.group(cls=SuggestingGroup, short_help="List, find and add places.", invoke_without_command=True)
@choose_project
@choose_format
@click.pass_context
def places(context: click.Context, folder: Path, output_format: str) -> None:
    """List the places of the project, find one by name, or add one.

    Without a command it lists them.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_places, folder=folder, output_format=output_format)
    context.obj = folder


for command in (list_places, find, add):
    places.add_command(command)
