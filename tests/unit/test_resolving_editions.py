"""Which editions belong together, and which of them readers of a language meet: on lists, in links, in the sitemap."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from msgspec import structs

from storymap.addresses import follow, lead, story_page
from storymap.building.build import build_site
from storymap.errors import Report
from storymap.geodata.naming import name_feature
from storymap.model.place import Place
from storymap.project import load_project
from storymap.reading.outline import SourceOutline
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.text import decode_text
from storymap.resolving.editions import choose_editions, group_editions, list_languages
from storymap.resolving.links import StoryIndex, find_alias, find_story_links
from storymap.resolving.names import call_in_language
from storymap.resolving.outline import StoryOutline

XHTML = "{http://www.w3.org/1999/xhtml}link"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def make_story(story_id: str, lang: str, **fields: Any) -> StoryOutline:
    told: dict[str, Any] = {field.name: () for field in structs.fields(StoryOutline)}
    return StoryOutline(**told | {"id": story_id, "lang": lang, "title": story_id, "draft": False} | fields)


def read(name: str, text: str, original: StorySource | None = None) -> StorySource:
    source = decode_text(text.encode(), name, Report())
    assert source
    story = read_story(source, Report(), original=original)
    assert story
    return story


STORIES = [
    make_story("road", "en"),
    make_story("ferry", "en"),
    make_story("ferry.cs", "cs"),
    make_story("ferry.pt-br", "pt-BR"),
    make_story("mlyn", "cs"),
    make_story("mlyn.en", "en"),
]


def test_a_list_has_each_story_once_in_the_language_of_its_readers():
    def names(lang: str, **among: Any) -> list[str]:
        return [STORIES[number].id for number in choose_editions(STORIES, lang, **among)]

    assert names("en") == ["road", "ferry", "mlyn.en"]
    assert names("cs") == ["road", "ferry.cs", "mlyn"]
    assert names("pt") == ["road", "ferry.pt-br", "mlyn"], "another country's is nearer than another language"
    assert names("de") == ["road", "ferry", "mlyn"], "and otherwise it is the original"
    assert names("en", among=[2, 3]) == ["ferry.cs"], "of several others the first"
    assert list_languages(STORIES) == ("cs", "en", "pt-BR")
    groups = group_editions(STORIES)
    assert [edition.id for edition in groups["ferry.cs"]] == ["ferry", "ferry.cs", "ferry.pt-br"]
    assert "road" not in groups


def test_an_edition_stands_in_a_folder_of_its_language():
    assert story_page("ferry.pt-br") == "pt-br/ferry.html"
    assert lead("pt-br/ferry.html", story_page("ferry")) == "../ferry.html"
    assert follow("pt-br/ferry.html", "../cs/ferry.html") == "cs/ferry.html"
    assert find_alias("prevoz.html", "ferry.cs") == "prevoz.cs"
    assert find_alias("/ferry-cs", "ferry.cs") == "ferry-cs", "from the top of the site"
    assert find_alias("crossing", "ferry") == "crossing"


@pytest.mark.parametrize(
    ("file", "written", "story", "lang"),
    [
        ("bridge.cs.md", "ferry.md", "ferry.cs", ""),
        ("bridge.cs.md", "ferry.md#the-crossing", "ferry.cs", ""),
        ("bridge.cs.md", "ferry.md#the-night", "ferry", "en"),  # a step that this language does not have
        ("bridge.cs.md", "ferry.de.md", "ferry.de", "de"),  # the file of an edition is meant as it stands
        ("bridge.cs.md", "road.md", "road", "en"),
        ("bridge.cs.md", "bridge.md", "bridge", "en"),  # from an edition to its own original
        ("bridge.md", "ferry.cs.md", "ferry.cs", "cs"),
        ("bridge.md", "mlyn.md", "mlyn.en", ""),
    ],
)
def test_a_link_leads_to_the_edition_in_its_own_language(file, written, story, lang):
    def outline(name: str, tongue: str, *anchors: str) -> SourceOutline:
        told: dict[str, Any] = {field.name: () for field in structs.fields(SourceOutline)}
        return SourceOutline(**told | {"id": name, "name": f"stories/{name}.md", "lang": tongue, "anchors": anchors})

    index = StoryIndex.of(
        [
            *(outline(name, tongue) for name, tongue in (("bridge", ""), ("bridge.cs", "cs"), ("road", "en"))),
            *(outline(name, tongue) for name, tongue in (("mlyn", "cs"), ("mlyn.en", "en"))),
            outline("ferry", "", "the-crossing", "the-night"),
            outline("ferry.cs", "cs", "the-crossing"),
            outline("ferry.de", "de", "the-crossing"),
        ],
        lang="en",
    )
    original = read("stories/bridge.md", "## The first\n\nA stone.\n\n## The second\n\nAnother.\n")
    text = f"---\ntitle: Most\n---\n## První\n\n[tam]({written})\n\n## Druhý\n\nText.\n"
    source = read(f"stories/{file}", text, original if file != "bridge.md" else None)
    report = Report()
    found = find_story_links(source, index, report)
    assert not report.problems
    assert [(step.story, step.lang) for step in found.values()] == [(story, lang)]


def test_search_engines_are_told_of_all_languages(repository):
    site = build_site(load_project(repository / "tests" / "projects" / "good" / "editions"))
    alternates = {}
    for entry in ET.fromstring(site["sitemap.xml"]).iter(f"{SITEMAP}url"):
        links = {link.attrib["hreflang"]: link.attrib["href"] for link in entry.iter(XHTML)}
        alternates[entry.findtext(f"{SITEMAP}loc")] = links
    top = "https://example.org/shores/"
    wanted = {"en": f"{top}ferry.html", "cs": f"{top}cs/ferry.html", "x-default": f"{top}ferry.html"}
    assert alternates[f"{top}ferry.html"] == alternates[f"{top}cs/ferry.html"] == wanted
    assert alternates[top] == alternates[f"{top}cs/"] == {"en": top, "cs": f"{top}cs/", "x-default": top}
    assert alternates[f"{top}road.html"] == {}
    for links in alternates.values():
        for address in links.values():
            path = unquote(address.removeprefix(top))
            assert alternates[address] == links, "each names the others, or none is believed"
            assert (f"{path}index.html" if path.endswith("/") or not path else path) in site


def test_a_place_has_the_name_that_its_file_gives_it_in_a_language():
    text = {"Name": "The mill", "NAME_CS": " Mlýn ", "name:pt-BR": "O moinho", "name_en_US": "Mill", "name_of": "x"}
    naming = name_feature(text)
    assert dict(naming.names) == {"cs": "Mlýn", "pt-BR": "O moinho", "en-US": "Mill"}
    told: dict[str, Any] = {field.name: () for field in dataclasses.fields(Place) if field.name != "sign"}
    mill = Place(**told | {"name": "The mill", "names": naming.names, "origin": "geo"})
    called = [call_in_language(mill, lang).name for lang in ("cs", "cs-CZ", "pt-PT", "en", "de")]
    assert called == ["Mlýn", "Mlýn", "O moinho", "Mill", "The mill"]
    germany = Place(**told | {"name": "Germany", "country": "DE", "origin": "country"})
    assert [call_in_language(germany, lang).name for lang in ("cs", "en")] == ["Německo", "Germany"]


def test_an_edition_calls_places_in_its_language_unless_it_calls_them_itself(repository, tmp_path):
    project = shutil.copytree(repository / "tests" / "projects" / "good" / "editions", tmp_path / "project")
    story = project / "stories" / "ferry.cs.md"
    site = build_site(load_project(project))
    assert ">Starý mlýn</a>" in site["cs/ferry.html"].decode()
    assert ">The old mill</a>" in site["ferry.html"].decode()
    assert ">Starý mlýn</a>" in site["cs/index.html"].decode()
    text = story.read_text("utf-8")
    story.write_text(text.replace("## Plavba\n", "## Plavba\nplace: [ferry, 'Mill, old']\n"), "utf-8")
    places = project / "geo" / "places.csv"
    places.write_text(places.read_text("utf-8").replace("id,name,", "id,aliases,name,").replace("ferry,", "ferry,,", 1)
                      .replace("mill,", 'mill,"Mill, old",', 1), "utf-8")  # fmt: skip
    page = build_site(load_project(project))["cs/ferry.html"].decode()
    assert ">Mill, old</a>" in page
    assert ">Přívoz</a>" in page, "an id is no other name"


def test_a_reader_stays_in_their_language(repository):
    """All that pages lead to is in their language, but for stories that are not there in it, and the switch."""
    site = build_site(load_project(repository / "tests" / "projects" / "good" / "editions"))
    pages = {path: content.decode() for path, content in site.items() if path.endswith(".html")}
    langs = {path: re.search(r'<html lang="([\w-]+)"', page)[1] for path, page in pages.items()}
    assert {"cs/places/ferry.html", "cs/tags/river.html", "cs/authors/anna-nováková.html"} <= pages.keys()
    assert langs["cs/about.html"] == langs["cs/places/ferry.html"] == "cs"
    read: set[str] = set()
    for here, page in pages.items():
        for tag in re.findall(r"<a [^>]*>", page):
            there = follow(here, re.search(r'href="([^"]*)"', tag)[1])
            if there not in pages or "hreflang" in tag or here == "404.html":
                continue
            read.add(there)
            wanted = f"cs/{there}" if langs[here] == "cs" else there
            assert langs[there] == langs[here] or wanted not in pages, (here, tag)
        payload = re.search(r'id="storymap-data">(.*?)</script>', page, re.DOTALL)
        for place in json.loads(payload[1])["places"] if payload else ():
            assert "url" not in place or langs[follow(here, place["url"])] == langs[here], here
    assert {"cs/about.html", "cs/places/ferry.html", "cs/authors/anna-nováková.html"} <= read
    for path in ("places/ferry.html", "authors/anna-nováková.html", "about.html"):
        assert f'href="{lead(path, f"cs/{path}")}" rel="alternate" hreflang="cs"' in pages[path]
        assert f'href="{lead(f"cs/{path}", path)}" rel="alternate" hreflang="en"' in pages[f"cs/{path}"]
