"""Find the files of an author's data: beside the story that names them, or in `geo/data/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from storymap.errors import Location, Report
from storymap.project import Project
from storymap.resolving.files import find_true_name
from storymap.text.relative_paths import STORIES, mend_backslashes, path_in, resolve_path, write_path
from storymap.text.suggesting import ask_nearest


def find_data_file(name: str, project: Project, at: Location, report: Report, *, beside: str) -> Path | None:
    """The file that `name` means where it is written in the file `beside`, a path in the project.

    It lies where its path leads from there, in `stories/` or `geo/`, or else below `geo/data/`. None, which is told,
    where there is none, or it leads out of the project.
    """
    if "://" in name:
        help = "download the file, and put it beside the story or into geo/data/"
        if "{z}" in name:
            help = (
                "save the sheet as .mbtiles or as a folder of tiles, for example with QGIS; "
                "or lay it over all maps, as tiles = in the settings"
            )
        report.error(
            "remote-data", f'"{name[:200]}" is not fetched: the site is made of what lies in the project', at, help
        )
        return None
    if better := mend_backslashes(name):
        report.error("missing-file", f'"{name}" is written with backslashes', at, f"write {better}")
        return None
    path = resolve_path(name, beside)
    places = list_data_places(name, project, beside=beside)
    if not places:
        help = "write its path from the folder of the story, or from geo/data"
        report.error("outside-project", f'"{name}" leads out of the folders of data', at, help)
        return None
    for folder, inner in places:
        true_name = find_true_name(folder, PurePosixPath(inner))
        if true_name is None:
            continue
        file = folder / true_name
        if not file.resolve().is_relative_to(project.root.resolve()):
            report.error("outside-project", f'"{name}" leads out of the project', at, help="copy the file here")
            return None
        return file
    stories, data = project.stories_folder, project.data_folder
    found = sorted(
        (
            *(write_path(f"{STORIES}{file.relative_to(stories).as_posix()}", beside) for file in _list_files(stories)),
            *(file.relative_to(data).as_posix() for file in _list_files(data)),
        )
    )
    otherwise = f'put the file at "{path}"' + ("" if ".." in name else f' or "geo/data/{name}"')
    report.error("missing-file", f'no file "{name}"', at, ask_nearest(name, found, otherwise=otherwise))
    return None


def list_data_places(name: str, project: Project, *, beside: str) -> list[tuple[Path, str]]:
    """The folders in which `name` may lie, where it is written in the file `beside`, and its path in each."""
    path = resolve_path(name, beside)
    folders = {STORIES: project.stories_folder, "geo/": project.geo_folder}
    places = [(folder, inner) for prefix, folder in folders.items() if (inner := path_in(prefix, path))]
    if path is not None and ".." not in PurePosixPath(name).parts:
        places.append((project.data_folder, name))
    return places


def _list_files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.suffix.lower() != ".md" and file.is_file())
