"""The look of a project's site: the package's own, with `theme.css` and `templates/` of the project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from storymap.building.project_files import ProjectFiles
from storymap.errors import Location, Report
from storymap.pages.theme import Theme
from storymap.pages.themes.builtin import builtin_theme
from storymap.project import Project
from storymap.reading.text import TextSource, decode_text, read_bytes


def find_theme(project: Project, files: ProjectFiles, report: Report) -> Theme:
    """The theme of the project's site. What is wrong with its style sheet and its templates is told."""
    theme = replace(builtin_theme(), has_faces=project.settings.fonts == "bundled")
    if (folder := project.templates_folder).is_dir():
        theme = _add_templates(theme, folder, project, files, report)
    if project.styles_file.exists() and (source := _read(project.styles_file, "theme.css", project, files, report)):
        from storymap.pages.themes.own_styles import clean_styles  # with a parser of CSS, which few sites need

        static = project.static_folder
        css = clean_styles(source, report, has_file=lambda path: (static / path).is_file())
        theme = replace(theme, own_css=f"\n{css}")
    return theme


def _add_templates(theme: Theme, folder: Path, project: Project, files: ProjectFiles, report: Report) -> Theme:
    found: dict[str, TextSource] = {}
    for file in sorted(path for path in folder.rglob("*") if not path.name.startswith((".", "~"))):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and (source := _read(file, f"templates/{name}", project, files, report)):
            found[name] = source
    if not found:
        return theme
    from storymap.pages.themes.own_templates import add_templates  # with Jinja's compiler, which few sites need

    return add_templates(theme, found, report)


def _read(file: Path, name: str, project: Project, files: ProjectFiles, report: Report) -> TextSource | None:
    """A text file of the project; None, and a report, where it is none, or leads out of the project."""
    try:
        inside = file.resolve().is_relative_to(project.root.resolve())
    except (OSError, RuntimeError):  # links that lead in a circle
        inside = False
    if not inside:
        report.error("outside-project", f'"{name}" leads out of the project', Location(name), "copy the file here")
        return None
    data = read_bytes(file, name, report, read=files.read)
    return None if data is None else decode_text(data, name, report)
