"""`storymap picture`: the map of a story or of a step as a picture, for the print edition."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap.cli.interrupting import ending_at_interrupt
from storymap.cli.showing import show_path
from storymap.cli.telling import tell_failure, tell_problems

if TYPE_CHECKING:
    from storymap.building.picturing import PictureForm

_FORMS: tuple[PictureForm, ...] = ("svg", "png", "pdf")
_SIZE = re.compile(r"(\d{1,5})\s*[x×X]\s*(\d{1,5})")


@click.command(short_help="Draw the map of a story or of a step, for print.")
@click.argument("name", metavar="STORY[#STEP]")
@click.option(
    "--size", default="1200x800", show_default=True,
    help="Width and height in pixels. The letters grow with them.",
)  # fmt: skip
@click.option(
    "--format", "-f", "form", type=click.Choice(_FORMS), help="SVG, PNG or PDF.  [default: as OUTPUT ends, or svg]"
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False),
    help="File to write.  [default: the names of story and step, where you stand]",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--drafts", is_flag=True, help="Draw stories that are marked as drafts, too.")
@click.option(
    "--project", "-C", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".",
    help="Folder of the project.  [default: where you stand]",
)  # fmt: skip
def picture(
    name: str, size: str, form: PictureForm | None, output: Path | None, force: bool, drafts: bool, folder: Path
) -> None:
    """Draw what STORY shows, or one STEP of it, as a map for print.

    STORY is the name of its file without .md, STEP the address of the step, as in huawei#the-call. The map has its
    names, its key and its credits, and nothing of the site around it.
    """
    with ending_at_interrupt():
        from storymap.building.exporting import ExportError

        story, _, step = name.partition("#")
        ending = output.suffix.lower().removeprefix(".") if output else ""
        chosen = form if form is not None else _FORMS[_FORMS.index(ending) if ending in _FORMS else 0]
        target = output or Path(f"{Path(story).stem}{f'-{step}' if step else ''}.{chosen}")
        try:
            _draw(folder, story, step, chosen, _read_size(size), target, force=force, drafts=drafts)
        except ExportError as error:
            raise click.UsageError(f"{error}" + (f"\n  help: {error.help}" if error.help else "")) from error


def _read_size(text: str) -> tuple[int, int]:
    """Width and height; raises a usage error."""
    from storymap.outputs.locator import LARGEST, SMALLEST

    found = _SIZE.fullmatch(text.strip())
    sides = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(SMALLEST <= side <= LARGEST for side in sides):
        said = f"width and height from {SMALLEST} to {LARGEST} pixels, such as 1200x800"
        raise click.UsageError(f'--size "{text}" is no size of a picture\n  help: {said}')
    return sides


def _draw(
    folder: Path,
    story: str,
    step: str,
    form: PictureForm,
    size: tuple[int, int],
    target: Path,
    *,
    force: bool,
    drafts: bool,
) -> None:
    """Make the file and write it; raises `ExportError`, and exits with 1 for mistakes."""
    from storymap.building.exporting import ExportError
    from storymap.building.picturing import export_picture
    from storymap.errors import Report, StorymapError
    from storymap.project import load_project
    from storymap.replacing import replace_file

    if not force and target.exists():
        raise ExportError(f'"{show_path(target)}" is there already', "name another with --output, or add --force")
    report = Report()
    try:
        data = export_picture(load_project(folder), story, step, form, size, report, drafts=drafts)
    except StorymapError as error:
        tell_failure(error, report)
        raise SystemExit(1) from error
    tell_problems(report.problems)
    try:
        replace_file(target, data)
    except OSError as error:
        raise ExportError(
            f'"{show_path(target)}" cannot be written: {error.strerror or error}', "name another file with --output"
        ) from error
    click.echo(f"{show_path(target)}: {len(data):,} bytes")
