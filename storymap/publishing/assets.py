"""The files of a site that are the same for every story: runtime, pictures, licences, the page about the map, 404."""

from __future__ import annotations

import json
from collections.abc import Iterator

from storymap.basemap.sources import CREDITS
from storymap.project import Project
from storymap.rendering.addresses import ABOUT, NOT_FOUND, RUNTIME, media_file
from storymap.rendering.edition import Edition
from storymap.rendering.pages import render_about_page, render_not_found_page
from storymap.rendering.static import read_static


def site_files(edition: Edition, project: Project) -> Iterator[tuple[str, bytes]]:
    """Every file that no single story or place owns, as paths and bytes."""
    components = json.loads(read_static("licenses/index.json"))
    yield RUNTIME, read_static("storymap.js")
    yield ABOUT, render_about_page(edition, credits=CREDITS, components=components).encode()
    yield NOT_FOUND, render_not_found_page(edition).encode()
    yield ".nojekyll", b""  # GitHub Pages would otherwise run the site through Jekyll, which drops dot files
    for component in components:
        text = f"licenses/{component['text_file']}"
        yield text, read_static(text)
    for file in sorted({file for story in edition.stories for file in story.files}):
        yield media_file(file), (project.stories_folder / file).read_bytes()
