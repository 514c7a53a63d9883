"""A picture of the map of a story or of a step, for the print edition: one file, made outside of any site."""

from __future__ import annotations

from typing import Literal

from storymap.basemap.natural_earth import CREDITS
from storymap.building.exporting import ExportError, find_story, load_story, read_stories
from storymap.building.own_fonts import find_letters
from storymap.building.project_files import ProjectFiles
from storymap.drawing.letters import BUILT_IN
from storymap.drawing.printing import NoPrinterError, require_printer, write_pdf
from storymap.drawing.rendering import render_png
from storymap.errors import Report
from storymap.layers.backdrop import Backdrop
from storymap.model.scene import Scene
from storymap.model.story import Story
from storymap.outputs.locator import draw_locator
from storymap.pages.themes.builtin import builtin_theme
from storymap.project import Project
from storymap.text.suggesting import ask_nearest

PictureForm = Literal["svg", "png", "pdf"]


def export_picture(
    project: Project, story: str, step: str, form: PictureForm, size: tuple[int, int], report: Report, *, drafts: bool
) -> bytes:
    """The map of `story`, or of its step with the id `step`, as a file of the format `form`.

    `size` is its width and height in pixels. Mistakes go to `report`. Raises `StorymapError` with the mistakes of the
    project, and `ExportError`.
    """
    if form == "pdf":
        _require_printer()  # before anything is made in vain
    content, runner = read_stories(project, report, drafts=drafts)
    told = load_story(find_story(content, story, report), runner)
    scene = _find_scene(told, step)
    if content.tilesets:
        from storymap.building.tiling import draw_finely  # with Pillow, which few need

        scene = draw_finely(scene, runner.load(content.tiles) if content.tiles else None, size, report)
    backdrops = [backdrop.title for backdrop in told.scene.find(Backdrop)]
    letters = None if form == "svg" else find_letters(project, ProjectFiles(), report)
    report.raise_errors()
    credits, palette = backdrops or CREDITS, builtin_theme().palette
    svg = draw_locator(scene, told.lang, size=size, credits=credits, palette=palette, letters=letters)
    if form == "png":
        return render_png(svg, width=size[0], letters=letters or BUILT_IN)
    return write_pdf(svg, letters or BUILT_IN) if form == "pdf" else svg.encode()


def _require_printer() -> None:
    try:
        require_printer()
    except NoPrinterError as error:
        raise ExportError(
            "a PDF needs the package svg2pdf-py, which is not installed here",
            "pip install svg2pdf-py, or take --format svg, which programs of print shops read, too",
        ) from error


def _find_scene(story: Story, step: str) -> Scene:
    """What a step shows, or without one the whole story. Raises `ExportError` with a suggestion."""
    if not step:
        return story.scene
    known = [one.id for one in story.steps]
    if step in known:
        return story.steps[known.index(step)].scene
    listed = f"its steps are {', '.join(known)}" if known else "it has no steps"
    raise ExportError(f'the story "{story.id}" has no step "{step}"', ask_nearest(step, known, otherwise=listed))
