"""Lay tiles of the author's own under the scenes of a resolved story, cut to what they show."""

from __future__ import annotations

import dataclasses

from msgspec.structs import replace

from storymap.building.ready_stories import ReadyStory, name_parts, pack_story
from storymap.building.runner import Runner
from storymap.building.tasks import Part
from storymap.building.tiling import cut_tiles
from storymap.errors import Report
from storymap.layers.image import Image
from storymap.layers.tileset import lay_on_tiles
from storymap.model.ground import GroundDetail
from storymap.model.scene import Scene
from storymap.model.story import Story
from storymap.model.tileset import TileCut, TileSource


def lay_tiles(
    ready: ReadyStory,
    site: Part | None,
    packing: tuple[bool, GroundDetail],
    tilesets: dict[str, Part],
    runner: Runner,
    report: Report,
) -> ReadyStory:
    """`ready` over the tiles of the `site`, and with those that its steps lay on the ground.

    `packing` are whether the site has a search, and how much of today's world its maps show. The sets that it shows
    come into `tilesets`, by their stamps.
    """
    sheets = {raster.tileset.stamp: raster.tileset for raster in ready.outline.rasters if raster.tileset}
    if ready.outline.picture or not (site or sheets):
        return ready
    story: Story = runner.load(ready.whole)
    parts: list[Part] = []
    if site:
        links = (*story.opening_links, *(link for step in story.steps for link in step.links))
        glances = [link.view for link in links]
        views = [scene.view for scene in story.scenes]
        parts += [site, cut_tiles(story.id, site, views, runner, report, glances=glances)]
        source: TileSource = runner.load(site)
        tilesets.setdefault(source.stamp, site)
    for stamp, sheet in sheets.items():
        part = tilesets.setdefault(stamp, runner.share(sheet))
        views = [scene.view for scene in story.scenes if _lies_on(scene, sheet)]
        parts += [part, cut_tiles(f"{story.id} of {sheet.name}", part, views, runner, report)]
    task = runner.task(f"{ready.outline.at.path} on tiles", make_tiled, ready.whole, *packing, site is not None, *parts)
    runner.make(task)
    return name_parts(task, runner)


def make_tiled(
    story: Story,
    is_searched: bool,  # noqa: FBT001 - an input among others
    detail: GroundDetail,
    has_ground: bool,  # noqa: FBT001 - the same
    *tiles: TileSource | TileCut,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The task of laying tiles under a story: what `make_story` gives. Each set is followed by what was cut of it.

    With `has_ground` the first set lies under all its maps.
    """
    pairs = [(tiles[number], tiles[number + 1]) for number in range(0, len(tiles), 2)]
    scenes, cuts = story.scenes, []
    for number, (source, cut) in enumerate(pairs):
        assert isinstance(source, TileSource)
        assert isinstance(cut, TileCut)
        cuts.append((source.stamp, cut.tiles))
        if has_ground and number == 0:
            scenes = tuple(lay_on_tiles(scene, source, cut, order) for order, scene in enumerate(scenes))
        else:
            scenes = _lay_sheet(scenes, source, cut)
    opening, *steps = scenes
    tiled = dataclasses.replace(
        story,
        scene=opening,
        steps=tuple(replace(step, scene=scene) for step, scene in zip(story.steps, steps, strict=True)),
        cuts=tuple(cuts),
        script="layers",
    )
    return pack_story(tiled, detail, is_searched=is_searched)


def _lies_on(scene: Scene, sheet: TileSource) -> bool:
    return any(image.raster.tileset == sheet for image in scene.find(Image))


def _lay_sheet(scenes: tuple[Scene, ...], sheet: TileSource, cut: TileCut) -> tuple[Scene, ...]:
    """`scenes` with the tiles of a sheet on those that show it: the first has all of them."""
    found, number = [], 0
    for scene in scenes:
        if not _lies_on(scene, sheet):
            found.append(scene)
            continue
        tiles, mosaic = () if number else cut.tiles, cut.mosaics[number]
        layers = tuple(
            replace(layer, tiles=tiles, mosaic=mosaic)
            if isinstance(layer, Image) and layer.raster.tileset == sheet
            else layer
            for layer in scene.layers
        )
        found.append(replace(scene, layers=layers))
        number += 1
    return tuple(found)
