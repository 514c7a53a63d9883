"""Find the files of an author's data: beside the stories, or in `geo/data/`."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from storymap.errors import Location, Report
from storymap.project import Project
from storymap.resolving.files import find_true_name
from storymap.text.suggesting import ask_nearest


def find_data_file(name: str, project: Project, at: Location, report: Report) -> Path | None:
    """The file that `name` means; None, which is told, where there is none, or it leads out of the project."""
    if "://" in name:
        help = "download the file, and put it beside the story or into geo/data/"
        report.error(
            "remote-data", f'"{name[:200]}" is not fetched: the site is made of what lies in the project', at, help
        )
        return None
    path = PurePosixPath(name)
    folders = (project.stories_folder, project.data_folder)
    if path.is_absolute() or "\\" in name or ".." in path.parts:
        help = "write its path from the stories folder, or from geo/data"
        report.error("outside-project", f'"{name}" leads out of the folders of data', at, help)
        return None
    for folder in folders:
        true_name = find_true_name(folder, path)
        if true_name is None:
            continue
        file = folder / true_name
        if not file.resolve().is_relative_to(project.root.resolve()):
            report.error("outside-project", f'"{name}" leads out of the project', at, help="copy the file here")
            return None
        return file
    found = sorted(
        file.relative_to(folder).as_posix()
        for folder in folders
        for file in folder.rglob("*")
        if file.suffix.lower() != ".md" and file.is_file()
    )
    otherwise = f'put the file at "stories/{name}" or "geo/data/{name}"'
    report.error("missing-file", f'no file "{name}"', at, ask_nearest(name, found, otherwise=otherwise))
    return None
