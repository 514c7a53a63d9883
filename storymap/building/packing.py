"""Pack a story with all that it needs of its project, so that it builds by itself into the same page.

That are its Markdown, its files, its data, the places of `geo/` that it names, street data where it comes close, the
look of the site, and its settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from storymap.addresses import split_edition, story_page, whole_address
from storymap.building.content import Content
from storymap.building.keeping import FOLDER
from storymap.building.modules import list_modules
from storymap.building.project_files import ProjectFiles
from storymap.building.ready_stories import ReadyStory
from storymap.building.runner import Runner
from storymap.errors import Location, Report, StorymapError
from storymap.exchange.geojson import write_places
from storymap.exchange.source_links import UnwritableLinkError, write_alone
from storymap.model.place import Place
from storymap.model.prose import FileLink
from storymap.model.story import Story
from storymap.model.tileset import TileSource
from storymap.project import Project
from storymap.reading.outline import outline_source
from storymap.reading.site_fields import read_site_fields
from storymap.reading.source import StorySource
from storymap.resolving.data_files import find_data_file
from storymap.resolving.links import StoryIndex, find_story_links
from storymap.resolving.photographs import find_photographs
from storymap.settings.model import Settings
from storymap.tilesets.declared import BESIDE
from storymap.tilesets.naming import names_own_tiles

_LEFT_OUT = ("cname", "guide", "pages", "geo", "layers")
"""Settings that are of the whole site, or that are looked into one by one."""


def pack_story(project: Project, content: Content, ready: ReadyStory, report: Report) -> dict[str, bytes]:
    """The files of a project that has this story alone, in all its languages, by their paths.

    What is wrong is told in `report`.
    """
    runner = content.runner
    named = split_edition(ready.outline.id)[0]
    told: list[Story] = [runner.load(one.whole) for one in content.ready if split_edition(one.outline.id)[0] == named]
    sources = [one for one in content.sources if split_edition(one.id)[0] == named]
    files = _NotedFiles()
    packed = {source.name: _write_source(source, content, project.settings, report) for source in sources}
    packed["storymap.toml"] = _write_settings(
        project, sources, has_tiles=any(cut for story in told for _, cut in story.cuts)
    )
    if places := _choose_places(told, content):
        packed["geo/places.geojson"] = write_places(places)
    for source in sources:
        _read_needs(source, project, files, report)
    report.raise_errors()
    stories = project.stories_folder
    wanted: list[Path] = [stories / file for story in told for file in story.files]
    prose = (piece for story in told for part in story.prose for piece in part)
    links = (piece for piece in prose if isinstance(piece, FileLink) and piece.is_static)
    wanted += [project.static_folder / link.file for link in links]
    photographs = find_photographs(sources, project, report)
    wanted += [*files.noted, *_list_look(project), *(stories / one.path for one in photographs.values())]
    wanted += _list_streets(told, project, report)
    wanted += _list_tiles(told, content)
    root = project.root.resolve()
    for file in sorted(set(wanted)):
        if file.is_file() and file.resolve().is_relative_to(root):
            packed.setdefault(file.relative_to(project.root).as_posix(), file.read_bytes())
    return dict(sorted(packed.items()))


def _list_streets(stories: Iterable[Story], project: Project, report: Report) -> list[Path]:
    """The street data of the project, where one of `stories` comes close enough to show some."""
    from storymap.streets.folder import list_street_files  # with what few stories need
    from storymap.streets.needs import is_close

    if not any(is_close(scene) for story in stories for scene in story.scenes):
        return []
    return [file for file, _ in list_street_files(project.root, report)]


def _list_tiles(stories: Iterable[Story], content: Content) -> Iterator[Path]:
    """The tiles of the author's own that `stories` show: of a folder those alone, and what stands beside them."""
    sources: dict[str, TileSource] = {one.stamp: one for one in map(content.runner.load, content.tilesets)}
    for story in stories:
        for stamp, cut in story.cuts:
            source = sources[stamp]
            if not cut:
                continue
            if source.form != "folder":
                yield source.path
                continue
            yield from (source.path / name for name in BESIDE)
            yield from (source.path / source.files[tile.address] for tile in cut)


class _NotedFiles(ProjectFiles):
    """Files, and which of them were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[Path] = []

    def read(self, file: Path) -> bytes:
        """The bytes of `file`, which is noted."""
        self.noted.append(file)
        return super().read(file)

    def look(self, file: Path) -> tuple[str, str, bytes]:
        """All that reading `file` depends on; it is noted, however large it is."""
        self.noted.append(file)
        return super().look(file)


def _write_source(source: StorySource, content: Content, settings: Settings, report: Report) -> bytes:
    """The Markdown of a story without links to stories that are not there."""
    links = [link for link in source.story_links if link.target]
    pages, url = ((one.id, one.name, one.lang) for one in content.described), settings.url
    index = StoryIndex.of(map(outline_source, content.sources), collections=pages, lang=settings.lang)
    found = find_story_links(source, index, report)
    named = split_edition(source.id)[0]
    strangers = [link for link in links if link.target in found and split_edition(found[link.target].story)[0] != named]
    text = _read_text(source)
    if not strangers:
        return text.encode()

    def lead(target: str) -> str:
        step = found[target]
        return whole_address(url, story_page(step.story), step.step) if url else ""

    try:
        return write_alone(text, ((link.at, link.target) for link in strangers), lead).encode()
    except UnwritableLinkError as error:
        report.error(
            "unknown-story",
            "this link leads to a story that is not in the package, and it cannot be made text",
            error.at,
            help="write it as [text](story.md), or say where the site stands: --url",
        )
        raise StorymapError(report.errors) from error


def _read_text(source: StorySource) -> str:
    """The file of a story as it is written, with plain ends of lines."""
    lines = [source.text.mended[number].written if number in source.text.mended else line
             for number, line in enumerate(source.text.lines, 1)]  # fmt: skip
    return "\n".join(lines)


def _write_settings(project: Project, sources: Iterable[StorySource], *, has_tiles: bool) -> bytes:
    """The settings of the site, as far as they are about this story, which `has_tiles` of the author's own or not."""
    import tomli_w

    settings = project.settings
    told: dict[str, Any] = settings.model_dump(exclude_defaults=True, exclude=set(_LEFT_OUT), mode="json")
    if names_own_tiles(settings.tiles) and not has_tiles:
        told.pop("tiles")
    shown = {
        name
        for source in sources
        for step in source.steps
        for name in step.fields.layer_names
        if name not in source.front.layers
    }
    if layers := {name: layer for name, layer in settings.layers.items() if name in shown}:
        told["layers"] = layers
    data = {
        name: file.model_dump(exclude_defaults=True, exclude={"name"}, mode="json")
        for name, file in settings.geo.items()
        if name.startswith("data/")
    }
    if data := {name: file for name, file in data.items() if file}:
        told["geo"] = data
    return tomli_w.dumps(told).encode()


def _choose_places(stories: Iterable[Story], content: Content) -> tuple[Place, ...]:
    """The places of `geo/` that `stories` name, as they stand there."""
    named = {place.id for story in stories for place in story.named_places if place.origin == "geo"}
    return tuple(place for place in content.gazetteer.places if place.id in named)


def _read_needs(source: StorySource, project: Project, files: ProjectFiles, report: Report) -> None:
    """Read what a story shows of its author's, so that the files are noted."""
    from storymap.building.data import read_data

    site = read_site_fields(project.settings.layers, project.where, report)
    runner = Runner()
    for _ in read_data(source, site, project, runner, files, report):
        pass
    if source.front.map is not None:
        at: Location = source.front.where("map", "image")
        if file := find_data_file(source.front.map.image, project, at, report, beside=source.name):
            files.read(file)


def _list_look(project: Project) -> Iterator[Path]:
    """The files with which the site has a look of its own, and those of its map hook."""
    if project.styles_file.is_file():
        yield project.styles_file
        yield from _walk(project.static_folder)
    yield from _walk(project.templates_folder)
    if project.settings.map_hook:
        yield from list_modules(project.root)
        yield from _walk(project.root / FOLDER)


def _walk(folder: Path) -> Iterable[Path]:
    return [file for file in sorted(folder.rglob("*")) if file.is_file()] if folder.is_dir() else ()
