"""How the pages of a site look: a theme as a value, and templates filled with the view models of this folder.

A template gets one value, `page`, and nothing else. Author text is escaped there; only `Markup`, which the makers of
view models give to what `storymap.reading` sanitised and to what we wrote, is placed as HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from storymap.language.hyphens import soften

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that decides how pages look, as plain values: two equal themes make the same pages anywhere."""

    templates: tuple[tuple[str, str], ...]
    """Each template's name and its text, in Jinja, ordered by name."""

    page_css: str
    """The stylesheet of every page without a story."""

    story_css: str
    """The stylesheet of a story's page, and of its map in a notebook."""

    palette: str
    """The part of the stylesheet with the colours, which still maps carry."""


def read_templates(folder: Path) -> tuple[tuple[str, str], ...]:
    """The templates of a theme that stand in `folder`."""
    return tuple((file.name, file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.html")))


def render_page(template: str, page: object, theme: Theme) -> str:
    """The HTML that the `template` of `theme` makes of the view model `page`."""
    from storymap.pages.permitting import render_with_policy

    return render_with_policy(make_environment(theme.templates), template, page)


@lru_cache(maxsize=4)
def make_environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    """What Jinja needs to fill `templates`, of which it compiles those that are not the package's own."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    from storymap.pages.permitting import add_filters
    from storymap.pages.prepared_templates import PreparedTemplates

    environment = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=PreparedTemplates(),
        optimized=False,  # nothing in templates could be computed beforehand, and to look for it takes a while
    )
    environment.filters["soften"] = soften
    add_filters(environment)
    return environment
