"""The still maps of a site, each a file of its own."""

from __future__ import annotations

from storymap.drawing.stills import draw_picture
from storymap.errors import Report
from storymap.model.scene import Scene


def make_still(scene: Scene, lang: str, palette: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The file of the still of `scene`; `palette` is the stylesheet with its colours."""
    return draw_picture(scene, lang, palette=palette).encode()
