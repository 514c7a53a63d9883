"""The still maps of a site, each a file of its own."""

from __future__ import annotations

from storymap.building.grounds import lay_on_grounds
from storymap.building.tasks import join
from storymap.drawing.stills import draw_card, draw_lead, draw_picture
from storymap.errors import Report
from storymap.model.scene import Scene
from storymap.model.story import Story
from storymap.model.streets import BakedStreets
from storymap.model.tileset import TileCut, TileSource


def make_still(
    scene: Scene,
    lang: str,
    palette: str,
    *grounds: TileSource | TileCut | BakedStreets,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The file of the still of `scene` over `grounds`; `palette` is the stylesheet with its colours."""
    return draw_picture(lay_on_grounds(scene, grounds), lang, palette=palette).encode()


def make_stills(story: Story, palette: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The files of the stills of a story: of the whole, of each step in order, and the small one on its card."""
    stills = (draw_picture(scene, story.lang, palette=palette).encode() for scene in story.scenes)
    return join((*stills, draw_card(story.scene, story.lang, palette=palette).encode()))


def make_lead_still(story: Story, palette: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The file of the wide map on the card of a story that leads a page."""
    return draw_lead(story.scene, story.lang, palette=palette).encode()
