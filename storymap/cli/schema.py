"""`storymap schema`: the JSON Schemas of everything that an author writes, for editors and other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from storymap.cli.showing import print_json, write_json
from storymap.text.suggesting import ask_nearest

_SUFFIX = ".schema.json"


@click.command(short_help="Print JSON Schemas, for editors.")
@click.argument("name", required=False)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, file_okay=False), help="Folder to write all schemas into."
)
def schema(name: str | None, output: Path | None) -> None:
    """Print the JSON Schema called NAME, or list the schemas.

    With --output, write all of them into a folder, and snippets for VS Code beside them: `storymap schema --output
    .vscode` renews what a project's editor knows.
    """
    from storymap.starter.schemas import list_schemas, make_schema, make_snippets

    if name is not None and output is not None:
        raise click.UsageError("give a NAME to print one schema, or --output to write all, not both")
    if output is not None:
        texts = {f"{each}{_SUFFIX}": make_schema(each) for each in list_schemas()}
        _write(output, {**texts, "storymap.code-snippets": make_snippets()})
    elif name is None:
        width = max(map(len, list_schemas()))
        for each, title in list_schemas().items():
            click.echo(f"{each:{width}}  {title}")
        if sys.stdout.isatty():
            click.echo("\nstorymap schema NAME prints one, storymap schema --output FOLDER writes all.")
    elif name in list_schemas():
        print_json(make_schema(name))
    else:
        advice = ask_nearest(name, list_schemas(), otherwise=f"there are {', '.join(list_schemas())}", likeness=50)
        raise click.UsageError(f'no schema "{name}"; {advice}')


def _write(folder: Path, values: dict[str, object]) -> None:
    """Write each of `values` as a file of `folder`, where it differs from what is there."""
    from storymap.replacing import replace_file

    files = {folder / name: write_json(value).encode() for name, value in values.items()}
    try:
        changed = {file: data for file, data in files.items() if not (file.is_file() and file.read_bytes() == data)}
        for file, data in changed.items():
            replace_file(file, data)
    except OSError as error:
        raise click.UsageError(f'"{folder}" cannot be written: {error.strerror or error}') from error
    click.echo(f"{len(files)} files in {folder}: {len(changed)} written, {len(files) - len(changed)} unchanged")
