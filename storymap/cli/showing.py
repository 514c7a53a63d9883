"""Show results on standard output: tables, JSON, and paths as a person would type them.

How problems are told is `storymap.cli.telling`'s.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from storymap.terminal import count_cells, printable


def align_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """`rows` as lines, their columns two spaces apart by terminal cells; nothing in them can act on the terminal."""
    shown = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(count_cells, column)) for column in zip(*shown, strict=True)]
    return [
        "  ".join(cell + " " * (width - count_cells(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]


def print_json(value: object) -> None:
    """Print `value` as JSON over several lines."""
    click.echo(write_json(value), nl=False)


def write_json(value: object) -> str:
    """`value` as JSON over several lines, with a newline at its end."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def show_path(path: Path) -> str:
    """`path` as a person would type it here."""
    shown = os.path.relpath(path)
    return str(path) if shown.startswith("..") else shown
