"""The author's data of a story's layers and tracks, each read from its files once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.building.tasks import Part, pack
from storymap.errors import Location, Report
from storymap.gazetteer.builtin import open_builtin
from storymap.gazetteer.outlines import CODE, COUNTRIES, NAME, fold_country, list_outlines
from storymap.gazetteer.swaps import tell_swapped_file
from storymap.geodata.datasets import DataSource, gather_dataset, read_features
from storymap.geodata.features import Feature
from storymap.geodata.file_settings import FileSettings, name_system
from storymap.geodata.folder import name_file
from storymap.geodata.georeferences import list_system_files, list_world_files, read_system
from storymap.geodata.joining import Join, Known
from storymap.geodata.rasters import LARGEST_PICTURE, read_raster, tell_too_large
from storymap.geodata.tracks import read_tracks
from storymap.language.words import interface_words
from storymap.model.raster import Raster, RasterSource
from storymap.model.tileset import TileSource
from storymap.project import Project
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.layer_fields import LayerFields
from storymap.reading.site_fields import SiteFields
from storymap.reading.source import StorySource
from storymap.resolving.data_files import find_data_file
from storymap.resolving.ground_pictures import PictureFields, settle_pictures
from storymap.resolving.own_tiles import find_step_tiles
from storymap.text.relative_paths import STORIES
from storymap.tilesets.naming import names_tiles_of_picture

_PATHS: tuple[tuple[str, ...], ...] = ((), ("from",), ("join",), ("join", "table"), ("join", "on"))
"""The keys of a layer that reading its data may find at fault."""

_LARGEST = 100_000
"""Bytes of the largest file beside a picture that is read for where it lies."""

Places = tuple[tuple[tuple[str | int, ...], Location], ...]
"""Where values are written, by the keys that lead to them."""


def read_data(
    source: StorySource, site: SiteFields, project: Project, runner: Runner, files: ProjectFiles, report: Report
) -> Iterator[Part]:
    """What a story shows of its author's, or of the `site`: datasets, tracks and pictures.

    Each is read anew only where a file changed. Mistakes go to `report`; a layer whose data cannot be had is left out.
    """
    lang = source.front.lang or project.settings.lang
    shown = {name for step in source.steps for name in step.fields.layer_names}
    named = {name: (fields, site) for name, fields in site.layers.items() if name in shown}
    own = {name: (fields, source.front) for name, fields in source.front.layers.items()}
    for name, (fields, namer) in (named | own).items():
        at = partial(namer.where, "layers", name)
        wanted = _find_files(fields, project, at, report, beside=STORIES if namer is site else source.name)
        if wanted is not None:
            places = tuple((path, at(*path)) for path in _PATHS)
            yield from _read_dataset(name, wanted, lang, places, runner, files, report)
    namers: list[FrontMatter | StepFields] = [*(step.fields for step in reversed(source.steps)), source.front]
    written = {namer.track.file: namer.where("track", "file") for namer in namers if namer.track}
    for name, route in source.front.routes.items():
        if route.track:
            written.setdefault(route.track.file, source.front.where("routes", name, "track", "file"))
    for name, place in written.items():
        if file := find_data_file(name, project, place, report, beside=source.name):
            task = runner.task(name, make_track, files.look(file), file, name, place)
            if part := runner.make_part(task, report):
                yield part
    yield from _read_rasters(source, project, runner, files, report)


def _read_dataset(
    name: str,
    source: DataSource,
    lang: str,
    places: Places,
    runner: Runner,
    files: ProjectFiles,
    report: Report,
) -> Iterator[Part]:
    """The dataset of a layer. What its features are is a task of its own, so that a change of a table is soon seen."""
    features: Part | None = None
    if source.file is not None:
        contents = tuple((file.as_posix(), files.look(file)) for file in source.files)
        task = runner.task(source.path, make_features, contents, replace(source, join=None))
        features = runner.make_part(task, report)
        if features is None:
            return
    table = files.look(source.join.table) if source.join else None
    task = runner.task(f"{source.path}#{name}", make_dataset, features, table, name, source, lang, places)
    if part := runner.make_part(task, report):
        yield part


def _read_rasters(
    source: StorySource, project: Project, runner: Runner, files: ProjectFiles, report: Report
) -> Iterator[Part]:
    """The pictures on the ground of the steps, each once for each place that it lies at."""
    done: set[RasterSource | Raster] = set()
    refused = set()
    pictures = [
        (step, picture)
        for step, shown in zip(source.steps, settle_pictures(source), strict=True)
        for picture in shown.own
    ]
    for step, (keys, fields) in pictures:
        at = partial(step.fields.where, *keys)
        name = fields.file or ""
        if names_tiles_of_picture(name):
            if (raster := _read_sheet(fields, source.name, project, at, runner, report)) and raster not in done:
                done.add(raster)
                yield runner.share(raster)
            continue
        file = find_data_file(name, project, at("file"), report, beside=source.name)
        if file is None:
            continue
        is_placed = fields.bounds is not None or bool(fields.points)
        if not is_placed and (at("bounds") != at() or at("points") != at()):
            refused.add(file)
        if not is_placed and file in refused:
            continue  # what is written of it was refused, and told
        world, system = ("", "") if is_placed else _read_companions(file, project, files)
        placed = (fields.bounds, fields.points or (), world, fields.crs or "", system)
        raster_source = RasterSource(name_file(file, project.root), name, *placed)
        if raster_source in done:
            continue
        done.add(raster_source)
        if (size := file.stat().st_size) > LARGEST_PICTURE:
            tell_too_large(name, size, at("file"), report)
            continue
        paths: list[tuple[str | int, ...]] = [(), ("file",), ("bounds",), ("points",)]
        paths += [("points", number) for number in range(len(raster_source.points))]
        places = tuple((path, at(*path)) for path in paths)
        if part := runner.make_part(runner.task(name, make_raster, files.read(file), raster_source, places), report):
            yield part


def _read_sheet(
    fields: PictureFields,
    beside: str,
    project: Project,
    at: Callable[..., Location],
    runner: Runner,
    report: Report,
) -> Raster | None:
    """A picture that was cut to tiles, named in the file `beside`; None, and told, where it cannot be read."""
    from storymap.building.tiling import describe_tiles

    name = fields.file or ""
    place = find_step_tiles(name, project, at("file"), report, beside=beside)
    part = describe_tiles(place, project, "", at("file"), runner, report) if place else None
    if place is None or part is None:
        return None
    sheet: TileSource = runner.load(part)
    # Where it lies is in its tiles; what is written of that besides is kept, by which the picture is known again.
    source = RasterSource(
        name_file(place.path, project.root), name, fields.bounds, fields.points or (), "", fields.crs or ""
    )
    return Raster(source, "", sheet.bounds, b"", sheet)


def _read_companions(file: Path, project: Project, files: ProjectFiles) -> tuple[str, str]:
    """What files beside a picture say of where it lies: the text of its world file, and the reference system."""
    beside = {other.name.casefold(): other for other in file.parent.iterdir() if other.is_file()}

    def read(names: Iterable[str]) -> str:
        for name in names:
            other = beside.get(name.casefold())
            if other and other.resolve().is_relative_to(project.root.resolve()) and other.stat().st_size <= _LARGEST:
                return files.read(other).decode("utf-8", "replace")
        return ""

    world = read(list_world_files(file.name))
    return world, read_system(read(list_system_files(file.name))) if world else ""


def make_raster(
    data: bytes,
    source: RasterSource,
    places: Places,
    *,
    report: Report,
) -> bytes:
    """The task of reading a picture on the ground, or None where it cannot be read."""
    written = dict(places)
    return pack(read_raster(source, data, at=lambda *path: written.get(path, written[()]), report=report))


def make_track(
    contents: object,  # noqa: ARG001 - what stands in the file, by which it is known again
    file: Path,
    name: str,
    at: Location,
    *,
    report: Report,
) -> bytes:
    """The task of reading a file of tracks, or None where it cannot be read."""
    return pack(read_tracks(file, name, at, report))


def make_features(
    contents: tuple[object, ...],  # noqa: ARG001 - what stands in the files, by which they are known again
    source: DataSource,
    *,
    report: Report,
) -> bytes:
    """The task of reading the features of a file, or None where it has none."""
    features = read_features(source, report)
    if not (features or report.errors):
        message = "nothing in this file can be shown, so its layer is empty"
        report.error("no-features", message, Location(source.path), "mend what is told of it, or name another file")
    tell_swapped_file(features, open_builtin(), report)
    return pack(features or None)


def make_dataset(
    features: list[Feature] | None,
    contents: object,  # noqa: ARG001 - what stands in the table, by which it is known again
    name: str,
    source: DataSource,
    lang: str,
    places: Places,
    *,
    report: Report,
) -> bytes:
    """The task of making the data of the layer `name` out of `features`, or of the countries, and of a table.

    It is None where that cannot be done. `lang` is the language of the names of countries.
    """
    written = dict(places)

    def at(*path: str) -> Location:
        return written.get(path, written[()])

    if features is not None:
        return pack(gather_dataset(name, features, source, at=at, report=report))
    builtin = open_builtin()
    known = Known(CODE, fold_country(builtin, lang))
    gathered = gather_dataset(name, list_outlines(builtin, lang), source, at=at, report=report, known=known)
    if gathered is None:
        return pack(None)
    title = interface_words(lang).page["column_country"]
    columns = (replace(column, called=title) if column.name == NAME else column for column in gathered.columns)
    number = gathered.find_column(CODE)
    assert number is not None, "every country has one"
    codes = tuple(str(feature.values[number]) for feature in gathered.features)
    return pack(dataclasses.replace(gathered, columns=tuple(columns), codes=codes))


def _find_files(
    fields: LayerFields, project: Project, at: Callable[..., Location], report: Report, *, beside: str
) -> DataSource | None:
    """The files that a layer names in the file `beside`; None, and told, where one is missing."""
    join = None
    if fields.join is not None:
        named, _, part = fields.join.table.partition("#")
        table = find_data_file(named, project, at("join", "table"), report, beside=beside)
        if table is None:
            return None
        ((own, other),) = fields.join.on.items()
        join = Join(table, name_file(table, project.root), own, other, part, _find_encoding(table, project))
    if fields.from_ == COUNTRIES:
        return DataSource(None, COUNTRIES, join=join)
    named, _, layer = fields.from_.partition("#")
    file = find_data_file(named, project, at("from"), report, beside=beside)
    if file is None:
        return None
    known = project.geo_settings.get(name_file(file, project.root), FileSettings())
    crs = name_system(fields.crs) if fields.crs else known.crs
    return DataSource(file, name_file(file, project.root), layer, join, known.encoding, crs)


def _find_encoding(file: Path, project: Project) -> str:
    """The encoding of a file that the settings say; empty where they do not."""
    settings = project.geo_settings.get(name_file(file, project.root))
    return settings.encoding if settings else ""
