"""Check tiles of the author's own: how much of them each story takes along, and whether any step shows them at all."""

from __future__ import annotations

from collections.abc import Sequence

from storymap.addresses import tile_file
from storymap.checking.checked import CheckedProject
from storymap.errors import Report
from storymap.model.place import Bounds
from storymap.model.scene import View
from storymap.model.story import Story
from storymap.model.tileset import TileSource

MAX_BYTES = 2_000_000
"""More than that is long to load for a reader on a slow phone connection who goes through all of a story."""

_AS_LIGHT = ".webp"


def check_own_tiles(checked: CheckedProject, report: Report) -> None:
    """Tell how many tiles each story takes along, where that is much, and a set of which none is shown."""
    for story in checked.stories:
        _weigh(story, checked, report)
    source = checked.tileset
    shown = {stamp for story in checked.stories for stamp, cut in story.cuts if cut}
    if source and checked.stories and source.stamp not in shown:
        _tell_elsewhere(source, [scene.view for story in checked.stories for scene in story.scenes], report)


def _weigh(story: Story, checked: CheckedProject, report: Report) -> None:
    tiles = [tile for _, cut in story.cuts for tile in cut]
    if not tiles:
        return
    sizes = {tile.file: len(checked.site.get(tile_file(tile.file), b"")) for tile in tiles}
    weight = sum(sizes.values())
    amount = f"{weight / 1e6:,.1f} MB" if weight >= 100_000 else f"{weight / 1e3:,.1f} kB"
    files = "one file" if len(sizes) == 1 else f"{len(sizes):,} files"
    told = f'"{story.title}" takes along {len(tiles):,} tile{"s" if len(tiles) > 1 else ""} in {files}, {amount}'
    if weight <= MAX_BYTES:
        report.note("story-tiles", told, story.at, "a reader loads those that the map comes to")
        return
    heavy = [name for name in sizes if not name.endswith(_AS_LIGHT)]
    closest = max(tile.zoom for tile in tiles)
    if sum(sizes[name] for name in heavy) > weight / 2:
        help = "cut them as WebP, which is a fraction of PNG: gdal2tiles --tiledriver=WEBP; or come less close"
    else:
        help = f"come less close than zoom {closest}: each zoom has four times as many tiles as the one before"
    report.warning("heavy-tiles", told, story.at, help)


def _tell_elsewhere(source: TileSource, views: Sequence[View], report: Report) -> None:
    over = [view for view in views if view.bounds.meets(source.bounds)]
    turned = Bounds(source.bounds.west, -source.bounds.north, source.bounds.east, -source.bounds.south)
    if over:
        closest = max(view.zoom for view in over)
        why = f"they begin at zoom {source.first}, and no step over them comes closer than {closest:.0f}"
        help = f"write zoom: {source.first + 1} in a step there; or cut tiles for farther zooms, too"
    elif any(view.bounds.meets(turned) for view in views):
        why = "they lie as far on the other side of the equator: their rows count the other way"
        help = "write {-y} where rows count from the south, as gdal2tiles has them, and {y} where from the north"
    else:
        why = f"they cover {source.bounds.south:.2f}, {source.bounds.west:.2f} to {source.bounds.north:.2f}, "
        why += f"{source.bounds.east:.2f}, where no step looks"
        help = "have a step look there; or leave the tiles out of the settings"
    report.warning("tiles-elsewhere", f'no map shows the tiles of "{source.name}": {why}', source.at, help)
