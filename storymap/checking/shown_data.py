"""The files of data that maps show, and which of `geo/data` none does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from storymap.checking.checked import CheckedProject
from storymap.errors import Location, Report
from storymap.geodata.folder import COMPANIONS
from storymap.geodata.georeferences import list_system_files, list_world_files
from storymap.project import Project
from storymap.reading.site_fields import read_site_fields
from storymap.reading.source import StorySource
from storymap.resolving.data_files import find_data_file
from storymap.text.names import slugify_name
from storymap.text.relative_paths import STORIES
from storymap.tilesets.naming import names_tiles_of_picture


class ShownData(Struct, frozen=True):
    """The `files` that stories and settings name as data, and the names in lower case of those that belong to one.

    `folders` are those of tiles, with everything in them.
    """

    files: frozenset[Path]
    beside: frozenset[tuple[Path, str]]
    folders: tuple[Path, ...] = ()

    @classmethod
    def of(cls, checked: CheckedProject) -> ShownData:
        """Those of a project."""
        named = (
            find_data_file(name, checked.project, Location(""), Report(), beside=beside)
            for name, beside in _list_names(checked)
        )
        tiles = list(_list_tiles(checked))
        files = frozenset((*filter(None, named), *(path for path in tiles if path.is_file())))
        beside = frozenset((file.parent, name.casefold()) for file in files for name in _list_beside(file))
        return cls(files, beside, tuple(path for path in tiles if path.is_dir()))

    def __contains__(self, file: Path) -> bool:
        if file in self.files or (file.parent, file.name.casefold()) in self.beside:
            return True
        return any(folder in file.parents for folder in self.folders)

    def tell_unused(self, project: Project, report: Report) -> None:
        """Tell of the files in `geo/data` that no map shows; words about data are none."""
        folder = project.data_folder
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = file.relative_to(folder)
            is_data = file.suffix.casefold() not in COMPANIONS and not any(part[0] in ".~" for part in name.parts)
            if not is_data or file in self or not _is_file(file):
                continue
            layer = slugify_name(file.stem) or "data"
            report.note(
                "unused-data",
                f'no story shows the data of "{name.as_posix()}"',
                Location(file.relative_to(project.root).as_posix()),
                f"name it in a story, layers: {{{layer}: {name.as_posix()}}}, or move it out of geo/data/",
            )


def _list_beside(file: Path) -> Iterator[str]:
    """What the files may be called that belong to one of data: the parts of a shapefile, a picture's world file."""
    yield from (f"{file.stem}{suffix}" for suffix in COMPANIONS)
    yield from (f"{file.name}.xml", *list_world_files(file.name), *list_system_files(file.name))


def _list_names(checked: CheckedProject) -> Iterator[tuple[str, str]]:
    """The files of data that maps show, as stories and settings name them, and the file that each name stands in."""
    site = read_site_fields(checked.project.settings.layers, checked.project.where, Report())
    written = ((STORIES, site.layers), *((source.name, source.front.layers) for source in checked.sources))
    for beside, layers in written:
        for layer in layers.values():
            yield layer.from_.partition("#")[0], beside
            if layer.join:
                yield layer.join.table.partition("#")[0], beside
    for source in checked.sources:
        yield from ((name, source.name) for name in _list_own_names(source))


def _list_tiles(checked: CheckedProject) -> Iterator[Path]:
    """The folders and archives of tiles that maps show."""
    if checked.tileset:
        yield checked.tileset.path
    for story in checked.stories:
        yield from (raster.tileset.path for raster in story.rasters if raster.tileset)


def _list_own_names(source: StorySource) -> Iterator[str]:
    """What a story names beside its layers."""
    if source.front.map:
        yield source.front.map.image
    if source.front.track:
        yield source.front.track.file
    yield from (route.track.file for route in source.front.routes.values() if route.track)
    for step in source.steps:
        if step.fields.track:
            yield step.fields.track.file
        yield from (
            name for _, picture in step.fields.pictures if (name := picture.file) and not names_tiles_of_picture(name)
        )


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a folder that may not be searched
        return False
