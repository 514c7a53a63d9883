"""Make `storymap/static/` whole: the one thing that the build hook, the tests and a developer call.

Parts whose sources have not changed are kept. Everything is made in a folder beside and moved into place at the end, so
that a failed or interrupted build leaves no half of anything.
"""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from storymap.bundling import BundlingError
from storymap.bundling.browser import bundle_browser, install_packages
from storymap.bundling.face_requirements import FACE_REQUIREMENTS
from storymap.bundling.licences import write_licences
from storymap.bundling.node import find_node, require_node
from storymap.bundling.plugins import TABLE, prepare_plugins, read_plugins
from storymap.bundling.requirements import DATA_REQUIREMENTS, NODE_REQUIREMENT
from storymap.bundling.workers import start_workers

MANIFEST_NAME = "built.json"
"""In `static/`: the fingerprint of each part's sources and the checksum of each file."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is made as a whole."""

    name: str
    outputs: tuple[str, ...]
    """Files and folders in `static/` that belong to this part alone."""
    sources: tuple[str, ...]
    """Patterns under `storymap/`; what a Python file imports from the package is a source as well."""
    make: Callable[[Path, Path], None]
    """Gets `storymap/` and the folder that stands for `static/`."""


def prepare_static(root: Path, *, parts: tuple[Part, ...] | None = None, say: Callable[[str], None]) -> None:
    """Bring `root/storymap/static/` up to date; `say` gets a line per part that is made anew.

    In an unpacked sdist nothing is made: what it carries must be whole. Raises `BundlingError` where the package cannot
    be had whole.
    """
    parts = PARTS if parts is None else parts
    package, static = root / "storymap", root / "storymap" / "static"
    if is_unpacked_sdist(root):
        missing = list_damages(static, parts=parts)
        if missing:
            raise BundlingError(f"this sdist is not whole: storymap/static/{missing[0]} is missing or damaged")
        return
    stale = _list_stale(package, parts=parts)
    if not stale:
        return
    workshop = root / "build"
    workshop.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="static-", dir=workshop) as folder:
        fresh = Path(folder) / "static"
        fresh.mkdir()
        _make_parts(stale, package=package, target=fresh, say=say)
        for part in parts:
            if part not in stale:
                _copy_outputs(part, source=static, target=fresh)
            for output in part.outputs:
                if not (fresh / output).exists():
                    raise BundlingError(f"the {part.name} came out without {output}, so there is no package to build")
        _write_manifest(fresh, fingerprints={part.name: _fingerprint(part, package) for part in parts})
        if static.exists():
            static.rename(Path(folder) / "before")
        fresh.rename(static)


def list_requirements(root: Path) -> tuple[str, ...]:
    """What `prepare_static` would need from PyPI to do its work now: nothing, where there is nothing to do."""
    if is_unpacked_sdist(root) or not _list_stale(root / "storymap", parts=PARTS):
        return ()
    needed = (*DATA_REQUIREMENTS, _WORDS_REQUIREMENT, *FACE_REQUIREMENTS)
    return needed if find_node() else (*needed, NODE_REQUIREMENT)


def is_unpacked_sdist(root: Path) -> bool:
    """Whether `root` is what an sdist unpacks to: those carry their metadata, a checkout does not."""
    return (root / "PKG-INFO").is_file()


def list_damages(static: Path, *, parts: Iterable[Part] | None = None) -> list[str]:
    """Files and folders that should be in `static` and are missing, or differ from what was made."""
    manifest = _read_manifest(static)
    outputs = (output for part in (PARTS if parts is None else parts) for output in part.outputs)
    missing = [output for output in outputs if not any(name.split("/")[0] == output for name in manifest.files)]
    changed = [
        name
        for name, checksum in manifest.files.items()
        if not (static / name).is_file() or _checksum(static / name) != checksum
    ]
    return sorted({*missing, *changed})


@dataclass(frozen=True, slots=True)
class _Manifest:
    parts: dict[str, str]
    files: dict[str, str]


def _make_browser(package: Path, static: Path) -> None:
    node = require_node()
    browser = package / "browser"
    modules = install_packages(browser, node=node)
    bundled = bundle_browser(browser, node=node, out=static)
    write_licences(modules, bundled=bundled, plugins=read_plugins(browser), out=static / "licenses")


def _make_plugins(package: Path, static: Path) -> None:
    node = require_node()
    install_packages(package / "browser", node=node)
    prepare_plugins(package / "browser", node=node, out=static / "plugins")


def _make_basemap(package: Path, static: Path) -> None:
    modules = install_packages(package / "browser", node=require_node())
    from storymap.bundling.basemap import prepare_basemap

    prepare_basemap(node_modules=modules, out=static)


def _make_gazetteer(package: Path, static: Path) -> None:
    modules = install_packages(package / "browser", node=require_node())
    from storymap.bundling.gazetteer import prepare_gazetteer

    prepare_gazetteer(node_modules=modules, out=static)


def _make_city_names(package: Path, static: Path) -> None:
    from storymap.bundling.city_names import prepare_city_names

    prepare_city_names(package, out=static)


def _make_symbols(package: Path, static: Path) -> None:
    modules = install_packages(package / "browser", node=require_node())
    from storymap.bundling.symbols import prepare_symbols

    prepare_symbols(node_modules=modules, out=static)


def _make_fonts(package: Path, static: Path) -> None:
    modules = install_packages(package / "browser", node=require_node())
    from storymap.bundling.fonts import prepare_fonts

    prepare_fonts(node_modules=modules, out=static / "fonts")


def _make_page_fonts(package: Path, static: Path) -> None:  # noqa: ARG001 - as every part is made
    from storymap.bundling.page_fonts import prepare_page_fonts

    prepare_page_fonts(out=static / "page_fonts")


def _make_maps(package: Path, static: Path) -> None:  # noqa: ARG001 - as every part is made
    from storymap.bundling.maps import prepare_maps

    prepare_maps(out=static)


def _make_templates(package: Path, static: Path) -> None:
    from storymap.bundling.templates import prepare_templates

    prepare_templates(package, out=static)


def _make_words(package: Path, static: Path) -> None:
    from storymap.bundling.words import prepare_words

    prepare_words(package, out=static)


_WORDS_REQUIREMENT = "babel>=2.16"
"""What reads catalogues; not among those of all parts, which another one has made anew."""

_PACKAGES = "browser/package-lock.json"

_SHARED_SOURCES = (_PACKAGES, "bundling/requirements.py", "figures.json")

PARTS = (
    Part(
        name="browser bundle",
        outputs=(
            *(
                "storymap.js",
                *("ways.js", "areas.js", "points.js", "data.js", "layers.js"),
                "whole.js",
                "guest.js",
                "atlas.js",
                "streets.js",
                "reading.js",
                "sharing.js",
                "preview.js",
            ),
            *("media.js", "viewer.js", "media.css", "played.css"),
            *(
                "storymap.css",
                "story.css",
                "data.css",
                "pictures.css",
                "ways.css",
                "palette.css",
                "folium.css",
                "guest.css",
            ),
            "search",
            "licenses",
        ),
        sources=(
            *_SHARED_SOURCES,
            "browser/build.mjs",
            "browser/leaflet.mjs",
            "browser/package.json",
            "look.json",
            f"browser/{TABLE}",
            "browser/tsconfig.json",
            "browser/src/**/*",
            "bundling/browser.py",
            "bundling/licences.py",
        ),
        make=_make_browser,
    ),
    Part(
        name="plugins of Folium",
        outputs=("plugins",),
        sources=(*_SHARED_SOURCES, f"browser/{TABLE}", "browser/plugins.mjs", "bundling/plugins.py"),
        make=_make_plugins,
    ),
    Part(name="basemap", outputs=("basemap",), sources=(*_SHARED_SOURCES, "bundling/basemap.py"), make=_make_basemap),
    Part(
        name="gazetteer",
        outputs=("gazetteer.sqlite",),
        sources=(*_SHARED_SOURCES, "bundling/gazetteer.py", "bundling/regions.txt"),
        make=_make_gazetteer,
    ),
    Part(
        name="names of cities",
        outputs=("city_names",),
        sources=("bundling/requirements.py", "bundling/city_names.py", "bundling/city_names.txt"),
        make=_make_city_names,
    ),
    Part(
        name="symbols", outputs=("symbols.json",), sources=(*_SHARED_SOURCES, "bundling/symbols.py"), make=_make_symbols
    ),
    Part(name="fonts", outputs=("fonts",), sources=(*_SHARED_SOURCES, "bundling/fonts.py"), make=_make_fonts),
    Part(
        name="faces of pages",
        outputs=("page_fonts",),
        sources=("bundling/face_requirements.py", "bundling/page_fonts.py"),
        make=_make_page_fonts,
    ),
    Part(name="maps", outputs=("maps.json",), sources=(*_SHARED_SOURCES, "bundling/maps.py"), make=_make_maps),
    Part(
        name="templates",
        outputs=("templates.json",),
        sources=("bundling/requirements.py", "bundling/templates.py", "pages/templates/*.html"),
        make=_make_templates,
    ),
    Part(
        name="words of the interface",
        outputs=("words.json",),
        sources=("bundling/requirements.py", "bundling/words.py", "language/catalogues/*.po"),
        make=_make_words,
    ),
)


def _make_parts(stale: Sequence[Part], *, package: Path, target: Path, say: Callable[[str], None]) -> None:
    """Make parts side by side: none needs what another one makes, but many what npm installs, which comes first."""
    if any(_PACKAGES in part.sources for part in stale):
        install_packages(package / "browser", node=require_node())
    for part in stale:
        say(f"storymap: making the {part.name}")
    if len(stale) == 1:
        stale[0].make(package, target)
        return
    with start_workers() as workers:
        list(workers.map(partial(_make_part, package, target), stale))


def _make_part(package: Path, target: Path, part: Part) -> None:
    part.make(package, target)


def _list_stale(package: Path, *, parts: tuple[Part, ...]) -> list[Part]:
    static = package / "static"
    made, damages = _read_manifest(static).parts, list_damages(static, parts=parts)
    damaged = {name.split("/")[0] for name in damages}
    return [
        part
        for part in parts
        if damaged.intersection(part.outputs) or made.get(part.name) != _fingerprint(part, package)
    ]


def _fingerprint(part: Part, package: Path) -> str:
    """A checksum over the names and contents of all that the part is made of."""
    found = hashlib.sha256()
    for path in sorted(_list_sources(part, package)):
        found.update(f"{path.relative_to(package).as_posix()}\0{_checksum(path)}\n".encode())
    return found.hexdigest()


def _list_sources(part: Part, package: Path) -> set[Path]:
    waiting = [path for pattern in part.sources for path in package.glob(pattern) if path.is_file()]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            if path.suffix == ".py":
                waiting.extend(_list_imports(path, package))
    return found


def _list_imports(path: Path, package: Path) -> Iterator[Path]:
    """The files of this package that a Python file imports, wherever in it the import stands."""
    for statement in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(statement, ast.Import):
            names = [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            names = [statement.module, *(f"{statement.module}.{alias.name}" for alias in statement.names)]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == package.name:
                module = package.joinpath(*parts[1:])
                yield from (file for file in (module.with_suffix(".py"), module / "__init__.py") if file.is_file())


def _copy_outputs(part: Part, *, source: Path, target: Path) -> None:
    for output in part.outputs:
        if (source / output).is_dir():
            shutil.copytree(source / output, target / output)
        else:
            shutil.copy2(source / output, target / output)


def _write_manifest(static: Path, *, fingerprints: dict[str, str]) -> None:
    files = {path.relative_to(static).as_posix(): _checksum(path) for path in static.rglob("*") if path.is_file()}
    text = json.dumps({"parts": fingerprints, "files": dict(sorted(files.items()))}, indent=1)
    (static / MANIFEST_NAME).write_text(text + "\n", encoding="utf-8")


def _read_manifest(static: Path) -> _Manifest:
    """An unreadable manifest is an empty one: everything is then made anew."""
    try:
        read = json.loads((static / MANIFEST_NAME).read_text(encoding="utf-8"))
        return _Manifest(parts=dict(read["parts"]), files=dict(read["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        return _Manifest(parts={}, files={})


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
