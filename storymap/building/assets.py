"""The files of a site that are the same for every story: runtime, pictures, licences, the page about the map, 404."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from storymap.addresses import ABOUT, NOT_FOUND, RUNTIME, WHOLE_RUNTIME, licence_file, media_file
from storymap.basemap.sources import CREDITS
from storymap.building.recipe import Recipe, keep
from storymap.building.shelf import Shelf
from storymap.cleaning.cleaned import UncleanError
from storymap.cleaning.files import clean_file
from storymap.errors import Location, Report
from storymap.model.story import Story
from storymap.pages.about import make_about_page, render_about
from storymap.pages.frame import Site
from storymap.pages.not_found import make_not_found_page, render_not_found
from storymap.pages.theme import Theme
from storymap.prepared import read_static
from storymap.project import Project


def site_files(
    stories: Sequence[Story], site: Site, theme: Theme, project: Project, shelf: Shelf, report: Report
) -> Iterator[tuple[str, Recipe]]:
    """Every file that no single story or place owns, as paths and recipes; pictures come through `shelf`.

    A picture that went since its story was read is told in `report`.
    """
    settings = project.settings
    yield RUNTIME, _as_it_is(read_static("storymap.js"))
    may_ask = bool(settings.map_hook or settings.tiles)
    if may_ask:
        yield WHOLE_RUNTIME, _as_it_is(read_static("whole.js"))
    yield ABOUT, Recipe(_make_about_page, (site, theme, may_ask))
    yield NOT_FOUND, Recipe(_make_not_found_page, (site, theme, settings.url))
    yield ".nojekyll", _as_it_is(b"")  # GitHub Pages would otherwise run the site through Jekyll, which drops dot files
    for component in _list_components():
        text = licence_file(component["text_file"])
        yield text, _as_it_is(read_static(text))
    for file in sorted({file for story in stories for file in story.files}):
        try:
            yield media_file(file), Recipe(_make_copy, (file, shelf.read(project.stories_folder / file)))
        except OSError as error:
            reason = f'the file "{file}" cannot be read: {error.strerror or error}'
            report.error("unreadable-file", reason, Location(f"stories/{file}"), "check that it exists and may be read")


def _make_copy(file: str, data: bytes, *, report: Report) -> bytes:
    """The published copy of `file` of the stories folder; nothing, and a report, where there can be none."""
    at = Location(f"stories/{file}")
    try:
        cleaned = clean_file(file, data)
    except UncleanError as error:
        help = "open it in the program that made it, and save it again"
        report.error("uncleanable-file", f'"{file}" {error}', at, help)
        return b""
    if cleaned.active:
        report.warning(
            "active-content",
            f'the published copy of "{file}" is without {", ".join(cleaned.active[:5])}',
            at,
            help="it could run in the name of the site, or ask other servers, where a reader opens the file by itself",
        )
    return cleaned.data


def _as_it_is(data: bytes) -> Recipe:
    return Recipe(keep, (data,))


def _list_components() -> list[dict[str, str]]:
    components: list[dict[str, str]] = json.loads(read_static("licenses/index.json"))
    return components


def _make_about_page(
    site: Site,
    theme: Theme,
    may_ask: bool,  # noqa: FBT001 - an input among others
    *,
    report: Report,  # noqa: ARG001 - a recipe's
) -> bytes:
    page = make_about_page(site, css=theme.page_css, may_ask=may_ask, credits=CREDITS, components=_list_components())
    return render_about(page, theme).encode()


def _make_not_found_page(site: Site, theme: Theme, url: str, *, report: Report) -> bytes:  # noqa: ARG001 - a recipe's
    return render_not_found(make_not_found_page(site, css=theme.page_css, url=url), theme).encode()
