"""The places of the project's own, in `geo/`: read by one task, anew only where a file changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from storymap.building.project_files import ProjectFiles
from storymap.building.runner import LostContentError, Runner
from storymap.building.tasks import Part, pack
from storymap.errors import Report
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.gazetteer.places import ProjectPlaces, load_places
from storymap.geodata.file_settings import FileSettings
from storymap.model.sign import Sign
from storymap.project import Project


def read_gazetteer(
    project: Project, runner: Runner, files: ProjectFiles, signs: Mapping[str, Sign], report: Report
) -> Gazetteer:
    """The project's places with the `signs` of their categories, read anew only if a file of `geo/` changed."""
    folder, settings = project.geo_folder, project.geo_settings
    paths = sorted(folder.rglob("*")) if folder.is_dir() else []
    paths = [file for file in paths if not file.is_relative_to(project.data_folder)]
    contents = tuple((file.as_posix(), files.look(file)) for file in (folder, *paths))
    task = runner.task("geo", read_geo, contents, folder, project.root, settings)

    def load(report: Report) -> Gazetteer:
        runner.make(task)
        if (record := runner.look(task)) is None:  # the cache could not be used from here on
            raise LostContentError
        report.include(record.report)
        places: ProjectPlaces = runner.load(Part(task.key, 0, task.key))
        return Gazetteer(places.with_signs(signs) if signs else places)

    return runner.recall_found("geo", (task.key, signs), load, report)


def read_geo(
    contents: tuple[object, ...],  # noqa: ARG001 - what stands in the folder, by which it is known again
    folder: Path,
    root: Path,
    settings: Mapping[str, FileSettings],
    *,
    report: Report,
) -> bytes:
    """The task of reading the files of `geo/`."""
    return pack(load_places(folder, root, report, settings=settings))
