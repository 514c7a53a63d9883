"""How the pages of a site look: a theme as a value, and templates filled with the view models of this folder.

A template gets one value, `page`, and nothing else. Author text is escaped there; only `Markup`, which the makers of
view models give to what `storymap.reading` sanitised and to what we wrote, is placed as HTML.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from storymap.errors import Location, Problem, StorymapError
from storymap.language.hyphens import soften
from storymap.pages.spoken import speak

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment


OWN_FOLDER = "templates/"
"""Where in a project the templates of its site stand."""

PACKAGED = "storymap/"
"""Where templates of the package are found whose names those of a site have taken."""

_ADVICE = "a template gets the page and nothing else; the guide says how to begin with the one of the package"


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that decides how pages look, as plain values: two equal themes make the same pages anywhere."""

    templates: tuple[tuple[str, str], ...]
    """Each template's name and its text, in Jinja, ordered by name."""

    page_css: str
    """The stylesheet of every page without a story."""

    story_css: str
    """The stylesheet of a story's page, and of its map in a notebook."""

    layer_css: tuple[tuple[str, str], ...]
    """What is added to that where a story shows data, pictures or ways of its author: each stylesheet by its name."""

    palette: str
    """The part of the stylesheet with the colours, which still maps carry."""

    media_css: str
    """What stands before the stylesheet of a story that shows pictures, sound or film."""

    played_css: str
    """What stands behind that where there is sound or film, here or elsewhere."""

    has_faces: bool = False
    """Whether pages are set in the faces of the package, which the site then carries, or in fonts of the system."""

    own: tuple[str, ...] = ()
    """The names of those templates that are the site's own, and not the package's."""

    own_css: str = ""
    """The stylesheet of the site's own, which comes last."""

    def style_page(self, lang: str) -> str:
        """The stylesheet of a page in `lang` without a story."""
        return f"{self.page_css}{self._style_faces(lang)}{self.own_css}"

    def style_story(self, lang: str, styles: Collection[str]) -> str:
        """The stylesheet of a story's page, with those of `layer_css` that are named in `styles`."""
        layers = "".join(css for name, css in self.layer_css if name in styles)
        return f"{self.story_css}{layers}{self._style_faces(lang)}{self.own_css}"

    def style_media(self, *, is_played: bool) -> str:
        """What stands before the stylesheet of a page that shows pictures, or has what `is_played`."""
        return f"{self.media_css}{self.played_css}" if is_played else self.media_css

    def _style_faces(self, lang: str) -> str:
        if not self.has_faces:
            return ""
        from storymap.pages.faces import style_faces  # the package build, which prepares templates, knows no languages

        return style_faces(lang)


def read_templates(folder: Path) -> tuple[tuple[str, str], ...]:
    """The templates of a theme that stand in `folder`."""
    return tuple((file.name, file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.html")))


def render_page(template: str, page: object, theme: Theme) -> str:
    """The HTML that the `template` of `theme` makes of the view model `page`.

    Raises `StorymapError`, with the line, where a template of the site's own fails.
    """
    from storymap.pages.permitting import render_with_policy

    environment = make_environment(theme.templates, theme.own)
    if not theme.own:
        return render_with_policy(environment, template, page)
    try:
        return render_with_policy(environment, template, page)
    except Exception as error:
        found = _find_line(error, theme)
        if found is None:
            raise
        problem = Problem("bad-template", f"this template fails: {error}", found, _ADVICE)
        raise StorymapError([problem]) from error


@lru_cache(maxsize=4)
def make_environment(templates: tuple[tuple[str, str], ...], own: tuple[str, ...] = ()) -> Environment:
    """What Jinja needs to fill `templates`, of which it compiles those that are not the package's own.

    Those that are a site's `own` are filled in a sandbox, and give the same each time.
    """
    from jinja2 import DictLoader, Environment, StrictUndefined

    from storymap.pages.permitting import add_filters
    from storymap.pages.prepared_templates import PreparedTemplates

    kind: type[Environment] = Environment
    loader: BaseLoader = DictLoader(dict(templates))
    if own:
        from jinja2 import FunctionLoader
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        texts, named = dict(templates), frozenset(own)
        kind = ImmutableSandboxedEnvironment
        loader = FunctionLoader(
            lambda name: (
                (texts[name], f"{OWN_FOLDER}{name}" if name in named else None, None) if name in texts else None
            )
        )
    environment = kind(
        loader=loader,
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
    environment.filters["speak"] = speak
    add_filters(environment)
    if own:  # what gives something else each time
        del environment.filters["random"], environment.globals["lipsum"]
    return environment


def _find_line(error: Exception, theme: Theme) -> Location | None:
    """Where in a template of the site's own an error was raised; None where it was in none of them."""
    names = {f"{OWN_FOLDER}{name}": name for name in theme.own}
    found, trace = None, error.__traceback__
    while trace is not None:
        name = names.get(trace.tb_frame.f_code.co_filename)
        if name is not None:
            found = name, trace.tb_lineno
        trace = trace.tb_next
    if found is None:
        return None
    name, line = found
    lines = dict(theme.templates)[name].splitlines()
    return Location(f"{OWN_FOLDER}{name}", line, excerpt=lines[line - 1] if 0 < line <= len(lines) else "")
