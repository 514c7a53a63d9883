"""Tiles of the author's own: the sets of them that a project names, cut to what its maps show, and published once.

Sets are read in this process, which is where the files are. What is cut depends on the views of a map alone, so that an
edit of a story's text finds it as it was.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from storymap.addresses import tile_file
from storymap.building.ready_stories import ReadyStory
from storymap.building.runner import Runner
from storymap.building.site_tiles import SiteTiles
from storymap.building.tasks import Part, Task, keep, pack
from storymap.errors import Location, Report
from storymap.geodata.folder import name_file
from storymap.layers.image import Image
from storymap.layers.tileset import Tileset
from storymap.model.layer import Layer
from storymap.model.scene import Scene, View
from storymap.model.tileset import CutTile, TileAddress, TileSource
from storymap.project import Project
from storymap.resolving.own_tiles import TilePlace, find_site_tiles
from storymap.tilesets.choosing import cut_for_cards, cut_for_views, draw_for_print
from storymap.tilesets.cutting import TileCutter
from storymap.tilesets.naming import names_own_tiles
from storymap.tilesets.opening import describe_tileset
from storymap.tilesets.reading import TilesetError


def read_site_tiles(project: Project, runner: Runner, report: Report) -> Part | None:
    """The tiles under all maps that lie in the project, a `TileSource`; None where the settings name none of those."""
    if not project.settings.tiles or not names_own_tiles(project.settings.tiles):
        return None
    at = project.where("tiles")
    place = find_site_tiles(project, at, report)
    if place is None:
        return None
    return describe_tiles(place, project, project.settings.tiles_attribution, at, runner, report)


def describe_tiles(
    place: TilePlace, project: Project, attribution: str, at: Location, runner: Runner, report: Report
) -> Part | None:
    """What is known of a set of tiles, a `TileSource`; None, and told, where it cannot be used.

    `attribution` is who made it, where its author says so.
    """
    name = name_file(place.path, project.root)
    try:
        found = describe_tileset(place.path, name, at, place.pattern)
    except TilesetError as error:
        report.error(error.code, str(error), at, help=error.help)
        return None
    except OSError as error:
        report.error(
            "unreadable-tiles",
            f'"{name}" cannot be read: {error.strerror or error}',
            at,
            help="see whether it is whole, and whether you may read it",
        )
        return None
    return runner.share(dataclasses.replace(found, attribution=attribution or found.attribution))


def cut_tiles(
    page: str, source: Part, views: Sequence[View], runner: Runner, report: Report, *, glances: Sequence[View] = ()
) -> Part:
    """What the maps of a page need of a set of tiles, a `TileCut`: for its `views`, and for those it only leads to."""
    task = runner.task(f"tiles of {page}", make_cut, source, tuple(views), tuple(glances))
    part = runner.make_part(task, report)
    assert part is not None, "it always makes one"
    return part


def cut_cards(page: str, source: Part, views: Sequence[View], runner: Runner, report: Report) -> Part:
    """What the pictures of shared links that lead to a page need of a set of tiles, a `TileCut`."""
    part = runner.make_part(runner.task(f"tiles of the cards of {page}", make_card_cut, source, tuple(views)), report)
    assert part is not None, "it always makes one"
    return part


def tile_files(
    stories: Iterable[ReadyStory], tilesets: Iterable[Part], site: SiteTiles | None, runner: Runner
) -> Iterator[Task]:
    """The published files of the tiles that maps show of `tilesets`, or of those of the `site`, equal ones once."""
    wanted: dict[str, set[CutTile]] = {}
    for story in stories:
        for stamp, cut in story.outline.cuts:
            wanted.setdefault(stamp, set()).update(cut)
    published: set[str] = set()
    for source in dict.fromkeys((*([site.source] if site else ()), *tilesets)):
        tiles = wanted.get(runner.load(source).stamp, set())
        if site and source == site.source:
            tiles |= site.used
        files = {tile.file: tile.address for tile in sorted(tiles, reverse=True) if tile.file not in published}
        if not files:
            continue
        published |= files.keys()
        names = sorted(files)
        task = runner.task(tile_file(names[0]), make_files, source, tuple(files[name] for name in names))
        runner.make(task)
        for number, name in enumerate(names):
            yield runner.task(tile_file(name), keep, Part(task.key, number, name))


def make_cut(source: TileSource, views: tuple[View, ...], glances: tuple[View, ...], *, report: Report) -> bytes:
    """The task of cutting a set of tiles to what maps show."""
    cutter = TileCutter(source, report)
    try:
        return pack(cut_for_views(source, views, glances, cutter))
    finally:
        cutter.close()


def make_card_cut(source: TileSource, views: tuple[View, ...], *, report: Report) -> bytes:
    """The task of cutting a set of tiles to what pictures of shared links show."""
    cutter = TileCutter(source, report)
    try:
        return pack(cut_for_cards(views, cutter))
    finally:
        cutter.close()


def make_files(source: TileSource, addresses: tuple[TileAddress, ...], *, report: Report) -> bytes:
    """The task of reading tiles, each a value of what it gives."""
    cutter = TileCutter(source, report)
    try:
        return pack(*map(cutter.read, addresses))
    finally:
        cutter.close()


def draw_finely(scene: Scene, site: TileSource | None, size: tuple[int, int], report: Report) -> Scene:
    """`scene` with its tiles as finely as a picture of `size` pixels shows them; `site` are those under all maps."""
    layers: list[Layer] = []
    for layer in scene.layers:
        source = site if isinstance(layer, Tileset) else layer.raster.tileset if isinstance(layer, Image) else None
        if source is None or not isinstance(layer, Tileset | Image):
            layers.append(layer)
            continue
        cutter = TileCutter(source, report)
        layers.append(replace(layer, mosaic=draw_for_print(cutter, scene.view, size)))
        cutter.close()
    return replace(scene, layers=tuple(layers))
