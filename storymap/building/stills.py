"""The still maps of a site, each a file of its own."""

from __future__ import annotations

from storymap.drawing.stills import Still, draw_picture
from storymap.errors import Report


def make_still(still: Still, palette: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The file of `still`; `palette` is the stylesheet with its colours."""
    return draw_picture(still, palette=palette).encode()
