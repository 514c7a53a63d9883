"""The still maps of a site, each a file of its own; those of a story are made together, as its story is read once."""

from __future__ import annotations

from storymap.building.tasks import join
from storymap.drawing.stills import draw_picture
from storymap.errors import Report
from storymap.model.scene import Scene
from storymap.model.story import Story


def make_still(scene: Scene, lang: str, palette: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The file of the still of `scene`; `palette` is the stylesheet with its colours."""
    return draw_picture(scene, lang, palette=palette).encode()


def make_stills(story: Story, palette: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The files of the stills of a story: of the whole, and of each step in order."""
    return join(draw_picture(scene, story.lang, palette=palette).encode() for scene in story.scenes)
