"""The theme that a site has unless it is given another: the templates of the package and its prepared stylesheets."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from storymap.layers.kinds import STYLES
from storymap.pages.theme import Theme, read_templates
from storymap.prepared import read_static


@lru_cache(maxsize=1)
def builtin_theme() -> Theme:
    """The theme of the package. Raises FileNotFoundError if the package was not built."""
    return Theme(
        templates=read_templates(Path(__file__).parent.parent / "templates"),
        page_css=read_static("storymap.css").decode(),
        story_css=read_static("story.css").decode(),
        layer_css=tuple((name, read_static(f"{name}.css").decode()) for name in STYLES),
        palette=read_static("palette.css").decode(),
        media_css=read_static("media.css").decode(),
        played_css=read_static("played.css").decode(),
    )
