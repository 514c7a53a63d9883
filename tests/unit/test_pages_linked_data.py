"""What pages tell in the words of schema.org, expanded by another program."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from oembedpy.types import Rich
from pyld import jsonld

from storymap.building.build import LazySite
from storymap.building.plan import plan_site
from storymap.errors import Report
from storymap.model.story import Story
from storymap.pages.frame import Site
from storymap.pages.linked_data import _write_coverage, tell_story
from storymap.pages.sharing import share_page
from storymap.project import load_project
from storymap.reading.dates import read_date

HOME = "https://example.org/walks"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
NASTY = '</script><script>alert(1)</script> <!-- "q" \\ \u2028 & {{ 7*7 }}'
STORY = f"""---
title: {json.dumps(NASTY)}
summary: Short.
date: 1850/1851
published: 2026-11-20
authors: [Anna Nováková]
---
## First
place: [Brno, "0, 0"]
date: 1850-05

Text.

## About then
place: Brno
date: 1850~

Text.

## Later
place: Suva
date: 1851-06-01/1851-06-03

Text.
"""


def read(site: LazySite, path: str) -> dict[str, Any]:
    """The one statement of a page, with its words and addresses in full."""
    [text] = SCRIPT.findall(site[path].decode())
    document = json.loads(text)
    assert document.pop("@context") == "https://schema.org"  # which is elsewhere: its words are set in front instead
    document["@context"] = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "image": {"@type": "@id"}}
    expanded = jsonld.expand(document, {"base": f"{HOME}/{path}"})
    compacted: dict[str, Any] = jsonld.compact(expanded, {"@vocab": "https://schema.org/"})
    return compacted


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> LazySite:
    return plan(tmp_path_factory.mktemp("project"), HOME)


def plan(folder: Path, url: str) -> LazySite:
    (folder / "stories").mkdir()
    (folder / "storymap.toml").write_text(f'title = "Walks"\nurl = "{url}"\n')
    (folder / "stories" / "mill.md").write_text(STORY, encoding="utf-8")
    report = Report()
    made = plan_site(load_project(folder), report)
    assert not report.errors
    return LazySite(made.tasks, made.content.runner)


def test_a_story_is_an_article_with_its_places_and_dated_steps(site: LazySite) -> None:
    told = read(site, "mill.html")
    assert told["@type"] == "Article"
    assert told["headline"] == NASTY
    assert (told["description"], told["inLanguage"], told["datePublished"]) == ("Short.", "en", "2026-11-20")
    assert told["temporalCoverage"] == "1850/1851"
    assert told["author"] == {"@type": "Person", "name": "Anna Nováková"}
    places = {place["@id"]: place for place in told["contentLocation"]}
    assert {name.rpartition("/")[2] for name in places} >= {"brno.html", "suva.html"}
    assert all(name.startswith(f"{HOME}/places/") for name in places)
    brno = places[f"{HOME}/places/brno.html"]
    assert brno["address"]["addressCountry"] == "CZ"
    assert brno["geo"]["latitude"] == pytest.approx(49.2, abs=0.1)
    assert brno["geo"]["longitude"] == pytest.approx(16.6, abs=0.1)
    assert any(place["geo"]["latitude"] == 0 for place in places.values())
    events = [(event["name"], event["startDate"], event.get("endDate")) for event in told["about"]]
    assert events == [("First", "1850-05", None), ("Later", "1851-06-01", "1851-06-03")]
    assert told["about"][1]["location"]["@id"] == f"{HOME}/places/suva.html"


def test_a_place_and_the_site_say_what_they_are(site: LazySite) -> None:
    place = read(site, "places/brno.html")
    assert (place["@type"], place["name"]) == ("Place", "Brno")
    assert place["@id"] == f"{HOME}/places/brno.html"
    assert place["subjectOf"]["url"]["@id"] == f"{HOME}/mill.html"
    home = read(site, "index.html")
    assert (home["@type"], home["name"], home["inLanguage"]) == ("WebSite", "Walks", "en")


def test_only_a_site_with_an_address_gives_one(site: LazySite, tmp_path: Path) -> None:
    assert read(site, "index.html")["url"]["@id"].startswith(HOME)
    assert b"json+oembed" in site["mill.html"]
    from_disk = plan(tmp_path, "")
    assert "oembed/mill.json" not in from_disk
    for path in ("index.html", "mill.html", "places/brno.html"):
        assert b"ld+json" not in from_disk[path]
        assert b"json+oembed" not in from_disk[path]


def test_nothing_breaks_out_of_the_script_element(site: LazySite) -> None:
    for path in ("mill.html", "places/brno.html"):
        [text] = SCRIPT.findall(site[path].decode())
        assert not set("<>&\u2028\u2029") & set(text)
        assert "" not in json.loads(text).values()


@pytest.mark.parametrize(
    ("written", "coverage"),
    [
        ("2020-05-06", "2020-05-06"),
        ("2020-05", "2020-05"),
        ("2020-05-06T10:00", "2020-05-06"),
        ("2019/2020-03", "2019/2020-03"),
        ("2019/..", "2019/.."),
        ("../1918", "../1918"),
        ("195X", "1950/1959"),
        ("2020-21", "2020-03/2020-05"),
        ("1900~", ""),
        ("1900?/1910", ""),
        ("1900?/..", ""),
        ("-0043", ""),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(written: str, coverage: str) -> None:
    assert _write_coverage(read_date(written)) == coverage


@pytest.mark.parametrize("site", [HOME], indirect=True)
def test_how_to_show_a_story_elsewhere_is_told_in_a_file(site: LazySite) -> None:
    [link] = re.findall(
        r'<link rel="alternate" type="application/json\+oembed"[^>]*href="([^"]*)"', site["mill.html"].decode()
    )
    assert link == f"{HOME}/oembed/mill.json"
    told = json.loads(site["oembed/mill.json"])
    assert (told["version"], told["type"], told["title"], told["author_name"]) == (
        "1.0",
        "rich",
        NASTY,
        "Anna Nováková",
    )
    assert (told["provider_name"], told["provider_url"]) == ("Walks", f"{HOME}/")
    [(source, width, height)] = re.findall(r'<iframe src="([^"]*)".*? width="(\d+)" height="(\d+)"', told["html"])
    assert source == f"{HOME}/mill.html?embed"
    assert (int(width), int(height)) == (told["width"], told["height"])
    assert told["html"].count("<") == 2
    read_by_others = Rich.from_dict(told)
    assert (read_by_others.title, read_by_others.width, read_by_others.html) == (NASTY, told["width"], told["html"])
    assert not read_by_others._extra, "nothing that the format does not have"


def test_a_story_on_a_picture_has_no_place_on_the_earth(repository: Path) -> None:
    from storymap.building.content import read_content

    folder = repository / "tests" / "projects" / "good" / "painting"
    stories: tuple[Story, ...] = read_content(load_project(folder), Report()).stories
    story = next(one for one in stories if one.picture)
    site = Site("Walks", "", "en")
    sharing = share_page(site, here="a.html", lang="en", title=story.title)
    told = json.loads(tell_story(story, sharing, site, here="a.html"))
    assert "contentLocation" not in told
    assert "latitude" not in json.dumps(told)
