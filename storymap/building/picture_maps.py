"""The pictures that stories are told on instead of the earth: read before anything is asked of such a story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from storymap.addresses import media_file
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.building.tasks import Part, Task, keep, pack
from storymap.errors import Location, Report
from storymap.geodata.folder import name_file
from storymap.geodata.picture_maps import cut_tiles, make_base, read_picture_map
from storymap.geodata.rasters import LARGEST_PICTURE, tell_too_large
from storymap.model.raster import PictureMap
from storymap.project import Project
from storymap.reading.outline import outline_source
from storymap.resolving.data_files import find_data_file
from storymap.resolving.picture_places import drop_spots, lay_on_picture

if TYPE_CHECKING:
    from storymap.building.written_stories import WrittenStory


def lay_on_pictures(
    stories: Sequence[WrittenStory], project: Project, runner: Runner, files: ProjectFiles, report: Report
) -> tuple[list[WrittenStory], dict[str, tuple[Part, Part]]]:
    """`stories` with those that are told on a picture put onto its plane, and by their files the picture and its bytes.

    What is wrong with a picture, or with a spot of it, is told.
    """
    found, sheets = [], {}
    for story in stories:
        if not story.outline.is_on_picture:
            found.append(story)
            continue
        sheet = _read_picture(story, project, runner, files, report)
        if sheet is None:
            source = drop_spots(story.load(runner))
        else:
            picture: PictureMap = runner.load(sheet[0])
            source = runner.recall_found(
                ("on a picture", story.outline.name),
                (story.whole.key, picture),
                partial(lay_on_picture, story.load(runner), picture),
                report,
            )
            sheets[story.outline.name] = sheet
        found.append(replace(story, outline=outline_source(source), whole=runner.share(source)))
    return found, sheets


def _read_picture(
    story: WrittenStory, project: Project, runner: Runner, files: ProjectFiles, report: Report
) -> tuple[Part, Part] | None:
    """The picture of a story and the bytes of its file; None, and told, where there is none."""
    front = story.load(runner).front
    assert front.map is not None
    name, at = front.map.image, front.where("map", "image")
    file = find_data_file(name, project, at, report, beside=story.outline.name)
    if file is None:
        return None
    if (size := file.stat().st_size) > LARGEST_PICTURE:
        tell_too_large(name, size, at, report)
        return None
    data = files.read(file)
    task = runner.task(name, make_picture, name_file(file, project.root), name, data, at)
    part = runner.make_part(task, report)
    return (part, runner.share(data)) if part else None


def picture_files(
    pictures: Sequence[PictureMap], project: Project, runner: Runner, files: ProjectFiles
) -> Iterator[Task]:
    """The published copies of `pictures`, and the tiles of large ones."""
    for picture in sorted(set(pictures), key=lambda picture: picture.path):
        data = files.read(project.root / picture.file)
        yield runner.task(media_file(picture.path), make_whole, data)
        if picture.tiles:
            task = runner.task(picture.folder, make_tiles, picture, data)
            runner.make(task)
            for number, (zoom, column, row) in enumerate(picture.tiles):
                path = media_file(f"{picture.folder}/{zoom}/{column}/{row}.webp")
                yield runner.task(path, keep, Part(task.key, number, f"{task.key} {number}"))


def make_picture(file: str, name: str, data: bytes, at: Location, *, report: Report) -> bytes:
    """The task of reading a picture that a story is told on, or None where it cannot be read."""
    return pack(read_picture_map(file, name, data, at=at, report=report))


def make_whole(data: bytes, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The task of the published copy of such a picture."""
    return make_base(data)


def make_tiles(picture: PictureMap, data: bytes, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The task of cutting such a picture into tiles, each a value of what it gives."""
    return pack(*cut_tiles(picture, data))
