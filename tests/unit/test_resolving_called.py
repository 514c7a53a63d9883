"""Places are called in the language of whoever reads of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.building.build import build_site
from storymap.errors import Report
from storymap.language.map_names import say_city
from storymap.model.place import LonLat
from storymap.project import load_project

MUNICH, ATHENS_IN_GEORGIA = LonLat(11.575, 48.137), LonLat(-83.378, 33.961)


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("en", "Munich"), ("cs", "Mnichov"), ("de", "München"), ("es", "Múnich"), ("fr", "Munich"),
        ("pl", "Monachium"), ("uk", "Мюнхен"), ("ar", "ميونيخ"), ("he", "מינכן"), ("ja", "ミュンヘン"),
        ("zh", "慕尼黑"), ("zh-TW", "Munich"),
    ],
)  # fmt: skip
def test_a_town_has_its_name_in_each_language(lang: str, name: str) -> None:
    assert say_city("Munich", lang, at=MUNICH, is_big=True) == name


def test_a_namesake_elsewhere_keeps_its_name() -> None:
    assert say_city("Athens", "cs", at=LonLat(23.73, 37.98), is_big=True) == "Athény"
    assert say_city("Athens", "cs", at=ATHENS_IN_GEORGIA, is_big=False) == "Athens"
    assert say_city("Munich", "cs", at=ATHENS_IN_GEORGIA, is_big=False) == "Munich"


def test_stories_editions_and_pages_call_places_in_their_language(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "geo").mkdir()
    (tmp_path / "storymap.toml").write_text('title = "T"\nlang = "cs"\n', encoding="utf-8")
    (tmp_path / "geo" / "halls.csv").write_text(
        "name,lat,lon,name_cs,name:pl\nSpanish Hall,50.09,14.40,Španělský sál,Sala Hiszpańska\n", encoding="utf-8"
    )
    (tmp_path / "geo" / "market.geojson").write_text(
        '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [16.6, 49.2]},'
        ' "properties": {"name": "Market", "names": {"cs": "Zelný trh", "uk": "Капустяний ринок"}}}',
        encoding="utf-8",
    )
    text = "---\ntitle: {title}\n---\n\n## {step}\n{place}\n\nX.\n"
    places = "place: [Vienna, Praha, Spanish Hall, Market]"
    story = tmp_path / "stories" / "way.md"
    story.write_text(text.format(title="Cesta", step="Krok", place=places), encoding="utf-8")
    story.with_name("way.pl.md").write_text(text.format(title="Droga", step="Krok", place="id: krok"), encoding="utf-8")
    report = Report()
    site = {path: content.decode() for path, content in build_site(load_project(tmp_path), report=report).items()
            if path.endswith((".svg", ".html"))}  # fmt: skip
    assert not [problem for problem in report.problems if problem.code != "built-in-place"]
    for name in ("Vídeň", "Praha", "Španělský sál", "Zelný trh"):
        assert name in site["stills/way.svg"].partition("</title>")[0]
    for name in ("Wiedeń", "Praga", "Sala Hiszpańska", "Market"):
        assert name in site["stills/way.pl.svg"].partition("</title>")[0]
    assert "Vídeň</h1>" in site["places/vienna.html"]
    assert "Španělský sál</h1>" in site["places/spanish-hall.html"]
    assert not {"places/spanelsky-sal.html", "places/zelny-trh.html"} & site.keys(), "names are no earlier addresses"


@pytest.mark.parametrize(("lang", "name"), [("ar", "مكة"), ("cs", "Mecca")])
def test_a_town_written_by_another_name_keeps_it_where_the_language_has_its_letters(
    tmp_path: Path, lang: str, name: str
) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "storymap.toml").write_text(f'title = "T"\nlang = "{lang}"\n', encoding="utf-8")
    (tmp_path / "stories" / "way.md").write_text("---\ntitle: T\n---\n\n## S\nplace: Mecca\n", encoding="utf-8")
    assert f">{name}</a>" in build_site(load_project(tmp_path), report=Report())["way.html"].decode()
