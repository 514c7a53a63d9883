"""The files of a site that are the same for every story: runtime, pictures, licences, the page about the map, 404."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from storymap.addresses import (
    ABOUT,
    CNAME,
    NOT_FOUND,
    READING,
    SHARING,
    STREETS,
    VIEWER,
    for_readers,
    licence_file,
    media_file,
    runtime_file,
)
from storymap.basemap.natural_earth import CREDITS
from storymap.building.hook import MapHook
from storymap.building.keeping import KeptFile
from storymap.building.look import Look
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.building.tasks import Part, Task, join, keep
from storymap.drawing.elsewhere import is_elsewhere
from storymap.errors import Report
from storymap.model.raster import Raster, RasterSource
from storymap.outputs.asked_scripts import write_asked_script
from storymap.pages.about import make_about_page, render_about
from storymap.pages.faces import list_face_files
from storymap.pages.frame import Site
from storymap.pages.not_found import make_not_found_page, render_not_found
from storymap.prepared import read_static
from storymap.project import Project
from storymap.tilesets.naming import names_own_tiles


def site_files(
    rasters: Iterable[Raster],
    look: Part,
    site: Site,
    project: Project,
    hook: MapHook | None,
    files: ProjectFiles,
    runner: Runner,
    *,
    scripts: Collection[str],
    has_media: bool,
    has_credits: bool,
    credits: tuple[str, ...] = (),
) -> Iterator[Task]:
    """Every file that no single story or place owns.

    `rasters` the pictures on the ground of maps, `look` names a `Look` of `site`,
    `scripts` are those that draw the maps of stories, `has_media` says whether a
    story shows pictures, sound or film, and `has_credits` whether one says whose they are. `credits` name those who
    made tiles of the author's own.
    """
    settings = project.settings
    may_ask = bool(hook or (settings.tiles and not names_own_tiles(settings.tiles)))
    more = {"whole": may_ask, "media": has_media}
    for script in sorted({"storymap", "atlas", *scripts, *(name for name, is_needed in more.items() if is_needed)}):
        yield runner.task(runtime_file(script), copy_static, f"{script}.js")
    if settings.fonts == "bundled":
        faces = list_face_files()
        yield runner.task(next(iter(faces)), copy_faces, tuple(faces.values()), files=tuple(faces))
    for script in (SHARING, READING, *((VIEWER,) if has_media else ())):
        yield runner.task(script, make_asked_script, script)
    yield runner.task(STREETS, copy_static, "streets.js", on_demand=True)
    for own in (site, *site.others):
        inputs = (look, own.lang, may_ask, hook is not None, hook.kept if hook else (), has_credits, credits)
        yield runner.task(for_readers(own.readers, ABOUT), make_about, *inputs)
    yield runner.task(NOT_FOUND, make_not_found, look)
    yield runner.task(".nojekyll", keep, b"")  # GitHub Pages would otherwise run Jekyll, which drops dot files
    if settings.cname:
        yield runner.task(CNAME, keep, f"{settings.cname}\n".encode())
    for component in _list_components(plugins=hook is not None):
        text = licence_file(component["text_file"])
        yield runner.task(text, copy_static, text)
    for raster in sorted(set(rasters), key=lambda raster: raster.path):
        data = files.read(project.root / raster.source.file)
        yield runner.task(media_file(raster.path), make_ground, raster.source, data)


def make_asked_script(path: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """A script that few readers need, behind its words in all languages."""
    return write_asked_script(path)


def make_ground(source: RasterSource, data: bytes, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The published copy of a picture on the ground."""
    from storymap.geodata.rasters import make_copy as rectify  # with Pillow, which few sites need

    return rectify(source, data)


def copy_faces(prepared: tuple[str, ...], *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The files of the faces that pages are set in."""
    return join(read_static(path) for path in prepared)


def copy_static(path: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """A file that was prepared with the package."""
    return read_static(path)


def _list_components(*, plugins: bool) -> list[dict[str, Any]]:
    """What of others a site carries; `plugins` says whether its pages may load those of Folium's elements."""
    components: list[dict[str, Any]] = json.loads(read_static("licenses/index.json"))
    return [component for component in components if plugins or not component["is_plugin"]]


def make_about(
    look: Look,
    lang: str,
    may_ask: bool,  # noqa: FBT001 - an input among others
    plugins: bool,  # noqa: FBT001 - the same
    kept: tuple[KeptFile, ...],
    has_credits: bool,  # noqa: FBT001 - the same
    credits: tuple[str, ...],
    *,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The page about the map and what it is made of, for readers of `lang`, with what is kept for the map hook."""
    css, components = look.theme.style_page(lang), [*_list_components(plugins=plugins), *_credit_kept(kept)]
    page = make_about_page(
        look.site.speak(lang),
        css=css,
        may_ask=may_ask,
        credits=(*CREDITS, *credits),
        components=components,
        has_credits=has_credits,
    )
    return render_about(page, look.theme).encode()


def _credit_kept(kept: Sequence[KeptFile]) -> list[dict[str, Any]]:
    """The credits of what was fetched from elsewhere; what that loads itself is of the same origin."""
    parts = {part for file in kept for part in file.parts}
    return [
        {
            "name": posixpath.basename(urlsplit(file.address).path),
            "version": "",
            "url": file.address,
            "licence": file.licence or "unknown",
            "use": "use_kept",
            "element": "",
            "text_file": "",
        }
        for file in kept
        if is_elsewhere(file.address) and file.address not in parts
    ]


def make_not_found(look: Look, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The page for addresses that do not exist."""
    css = look.theme.style_page(look.site.lang)
    return render_not_found(make_not_found_page(look.site, css=css), look.theme).encode()
