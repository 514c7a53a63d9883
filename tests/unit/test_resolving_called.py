"""Places are called in the language of whoever reads of them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from shapely.geometry import Point

from storymap.building.build import build_site
from storymap.errors import Location, Report
from storymap.language.map_names import say_city
from storymap.model.place import Bounds, LonLat, Place
from storymap.project import load_project
from storymap.resolving.names import call_in_language

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


@pytest.mark.parametrize(
    ("town", "at", "names"),
    [
        ("Shenzhen", LonLat(114.055, 22.546), {"zh": "深圳", "ja": "深圳", "uk": "Шеньчжень", "he": "שנג׳ן"}),
        ("Chengdu", LonLat(104.067, 30.667), {"zh": "成都", "ja": "成都"}),
        ("Qingdao", LonLat(120.371, 36.065), {"zh": "青岛", "ja": "青島", "uk": "Циндао"}),
        ("Harbin", LonLat(126.65, 45.75), {"zh": "哈尔滨", "ja": "ハルビン"}),
        ("Abuja", LonLat(7.491, 9.058), {"uk": "Абуджа", "ar": "آبوجا"}),
        ("Kingston", LonLat(-76.794, 17.997), {"he": "קינגסטון", "uk": "Кінгстон", "ar": "كينغستون"}),
        ("Valletta", LonLat(14.515, 35.899), {"uk": "Валлетта", "he": "ולטה", "ar": "فاليتا", "zh": "瓦莱塔"}),
        ("Osaka", LonLat(135.502, 34.694), {"ar": "أوساكا"}),
    ],
)
def test_a_town_has_its_own_name_and_not_that_of_its_district_or_of_another_language(
    town: str, at: LonLat, names: dict[str, str]
) -> None:
    assert {lang: say_city(town, lang, at=at, is_big=True) for lang in names} == names


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
    assert "Vídeň</bdi></h1>" in site["places/vienna.html"]
    assert "Španělský sál</bdi></h1>" in site["places/spanish-hall.html"]
    assert not {"places/spanelsky-sal.html", "places/zelny-trh.html"} & site.keys(), "names are no earlier addresses"


@pytest.mark.parametrize(("lang", "name"), [("ar", "مكة"), ("cs", "Mecca")])
def test_a_town_written_by_another_name_keeps_it_where_the_language_has_its_letters(
    tmp_path: Path, lang: str, name: str
) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "storymap.toml").write_text(f'title = "T"\nlang = "{lang}"\n', encoding="utf-8")
    (tmp_path / "stories" / "way.md").write_text("---\ntitle: T\n---\n\n## S\nplace: Mecca\n", encoding="utf-8")
    assert f">{name}</a>" in build_site(load_project(tmp_path), report=Report())["way.html"].decode()


def test_a_town_of_the_author_s_own_is_called_as_the_map_calls_it_in_letters_of_the_text() -> None:
    brno = make_place("Brno", LonLat(16.607, 49.195))
    assert call_in_language(brno, "he").name == "ברנו"
    assert call_in_language(brno, "uk").name == "Брно"
    assert call_in_language(brno, "cs").name == "Brno"
    assert call_in_language(make_place("Brno", LonLat(14.4, 50.08)), "he").name == "Brno", (
        "no town of that name is there"
    )
    own = dataclasses.replace(brno, names=(("he", "העיר שלי"),))
    assert call_in_language(own, "he").name == "העיר שלי"


def make_place(name: str, at: LonLat) -> Place:
    return Place("x", name, at, Point(at), Bounds(*at, *at), "point", "", "geo", Location("geo/x.csv"))
