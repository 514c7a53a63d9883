"""The fonts that a project brings for its cards, in `fonts/`: a house's own, and those of scripts that ours lack."""

from __future__ import annotations

import hashlib
from pathlib import Path

from storymap.building.project_files import ProjectFiles
from storymap.drawing.letters import BUILT_IN, Font, Letters
from storymap.drawing.rendering import draws
from storymap.errors import Location, Report
from storymap.project import Project

_ENDINGS = frozenset({".ttf", ".otf"})


def find_letters(project: Project, files: ProjectFiles, report: Report) -> Letters:
    """The fonts of pictures: those in `fonts/` by their names, and behind them ours. What is no font is told."""
    folder = project.fonts_folder
    if not folder.is_dir():
        return BUILT_IN
    found = (path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix.lower() in _ENDINGS)
    return Letters(tuple(font for path in found if (font := _read_font(path, project, files, report))))


def _read_font(file: Path, project: Project, files: ProjectFiles, report: Report) -> Font | None:
    at = Location(f"fonts/{file.name}")
    try:
        if not file.resolve().is_relative_to(project.root.resolve()):
            report.error("outside-project", f'"{at.path}" leads out of the project', at, "copy the file here")
            return None
        data = files.read(file)
        font = Font(file.name, hashlib.sha256(data).hexdigest(), data)
        if font.family and draws(font):
            return font
        reason = "is no font"
    except (OSError, RuntimeError) as error:  # the second for links that lead in a circle
        reason = f"cannot be read: {getattr(error, 'strerror', '') or error}"
    help = "put the font here as TrueType or OpenType, or take the file out of fonts/"
    report.error("unreadable-font", f'"{at.path}" {reason}', at, help)
    return None
