"""Tell stories that come closer than the drawn map, where the project has no streets for them."""

from __future__ import annotations

from storymap.checking.checked import CheckedProject
from storymap.errors import Report
from storymap.layers.image import Image
from storymap.layers.tileset import Tileset
from storymap.model.scene import Scene
from storymap.model.story import Step, Story
from storymap.tilesets.naming import names_own_tiles


def check_streets(checked: CheckedProject, report: Report) -> None:
    """Tell once for each story how many of its steps come closer than the drawn map and have no streets there.

    Where tiles lie over the map, they are the streets; a picture that lies on the ground is its own.
    """
    tiles = checked.project.settings.tiles
    if tiles and not names_own_tiles(tiles):
        return
    close = [(story, steps) for story in checked.stories if (steps := _list_close(story))]
    if not close:
        return
    from storymap.streets.coverage import measure_coverage  # with Shapely's set operations, which few sites need
    from storymap.streets.folder import open_street_files

    sources = open_street_files(checked.project.root, report)
    for _, steps in close:
        without = [step for step in steps if not measure_coverage(step.view, sources).share]
        if without:
            more = f" and {len(without) - 1} more" if len(without) > 1 else ""
            report.note(
                "no-streets",
                f'"{without[0].title}"{more} come{"" if more else "s"} closer than the drawn map, which has no streets '
                'there; "storymap streets" says how to get some',
                without[0].at,
                "download an extract of OpenStreetMap, and cut it: storymap streets add FILE",
            )


def _list_close(story: Story) -> list[Step]:
    """The steps whose maps would show streets."""
    from storymap.streets.needs import is_close

    if story.picture:
        return []
    return [step for step in story.steps if is_close(step.scene) and not _has_ground(step.scene)]


def _has_ground(scene: Scene) -> bool:
    """Whether a map of its own lies on the ground of a scene: a picture, or tiles that cover some of its view."""
    return bool(scene.find(Image)) or any(tileset.mosaic for tileset in scene.find(Tileset))
