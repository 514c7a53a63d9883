"""The feeds and the sitemap of a site, as other programs read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from click.testing import CliRunner
from usp.tree import sitemap_from_str

from storymap.building import sitemap
from storymap.building.build import LazySite
from storymap.building.feeds import EARLIEST, date_entry
from storymap.building.plan import plan_site
from storymap.cli.commands import storymap
from storymap.errors import Report
from storymap.model.place import LonLat
from storymap.outputs.feed import Feed, FeedEntry, write_feed
from storymap.outputs.sitemap import MOST_PAGES
from storymap.project import load_project

STORIES = {
    "mill": """---
title: The mill & <b>its</b> "wheel"
date: 1850~
published: 2026-11-20
updated: 2026-11-25
authors: [Anna Nováková, "<script>"]
aliases: [old-mill, water-mill]
---
It stood in [Brno](place:brno), says [the bridge](bridge.md#the-arch).[^1]

[^1]: A note.

## The wheel
place: [Brno, "49.81, 15.22"]
date: 1850

It turned ]]> & was <em>loud</em>. ![A wheel](wheel.png)
""",
    "bridge": """---
title: Most
lang: cs
published: 2026-11-26
---
## The arch
place: Suva

Stojí.
""",
    "ford": "---\ntitle: The ford\ndate: 1522/2011\n---\n## Through\nplace: Brno\n\nWet.\n",
    "ferry": "---\ntitle: The ferry\n---\n## Over\nplace: Brno\n\nDry.\n",
    "plan": "---\ntitle: A plan\ndraft: true\n---\n## Later\nplace: Brno\n\nNot yet.\n",
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
HOME = "https://example.org/walks"


def plan(folder: Path, *, url: str = HOME, stories: Mapping[str, str] = STORIES, drafts: bool = False) -> LazySite:
    (folder / "stories").mkdir(parents=True, exist_ok=True)
    (folder / "storymap.toml").write_text(f'title = "Walks & <rides>"\ndescription = "Two."\nurl = "{url}"\n')
    (folder / "stories" / "wheel.png").write_bytes(PIXEL)
    for name, text in stories.items():
        (folder / "stories" / f"{name}.md").write_text(text, encoding="utf-8")
    report = Report()
    made = plan_site(load_project(folder), report, drafts=drafts)
    assert not report.errors
    return LazySite(made.tasks, made.content.runner)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> LazySite:
    return plan(tmp_path_factory.mktemp("walks") / "project", drafts=True)


def read(site: LazySite, path: str) -> feedparser.FeedParserDict:
    # Not sanitised, so that what is read is what was written.
    told = feedparser.parse(site[path], sanitize_html=False, resolve_relative_uris=False)
    assert not told.bozo, told.get("bozo_exception")
    return told


def test_a_feed_tells_the_site_and_its_stories_the_newest_first(site: LazySite) -> None:
    told = read(site, "feed.xml")
    assert (told.feed.title, told.feed.subtitle, told.feed.updated) == (
        "Walks & <rides>",
        "Two.",
        "2026-11-26T00:00:00Z",
    )
    assert {(link.rel, link.href) for link in told.feed.links} == {
        ("self", f"{HOME}/feed.xml"),
        ("alternate", f"{HOME}/"),
    }
    assert [(entry.link.rpartition("/")[2], entry.updated[:10]) for entry in told.entries] == [
        ("bridge.html", "2026-11-26"),
        ("mill.html", "2026-11-25"),
        ("ford.html", "2011-12-31"),
        ("ferry.html", "1970-01-01"),
    ]
    assert [entry.get("published", "")[:10] for entry in told.entries] == ["2026-11-26", "2026-11-20", "", ""]


def test_an_entry_is_the_whole_story_with_whole_addresses(site: LazySite) -> None:
    entry = read(site, "feed.xml").entries[1]
    assert (entry.title, entry.title_detail.type) == ('The mill & <b>its</b> "wheel"', "text/plain")
    assert [author.name for author in entry.authors] == ["Anna Nováková", "<script>"]
    assert entry.id == f"{HOME}/old-mill.html"
    assert entry.summary == "It stood in Brno, says the bridge."
    [content] = entry.content
    assert content.base == f"{HOME}/mill.html"
    for expected in (
        f'<img src="{HOME}/stills/mill/the-wheel.svg"',
        f'src="{HOME}/media/wheel.png"',
        f'href="{HOME}/bridge.html#the-arch"',
        f'href="{HOME}/mill.html#the-wheel"',
        f'href="{HOME}/mill.html#fn',
        "It turned ]]&gt; &amp; was <em>loud</em>.",
        "<p>1850 · <a",
    ):
        assert expected in content.value
    assert not [url for url in re.findall(r'(?:href|src)="([^"]*)"', content.value) if not url.startswith(HOME)]


def test_an_entry_has_the_points_of_its_story_latitude_first(site: LazySite) -> None:
    root = ET.fromstring(site["feed.xml"])
    space = {"a": "http://www.w3.org/2005/Atom", "g": "http://www.georss.org/georss"}
    points = [[point.text for point in entry.findall("g:point", space)] for entry in root.findall("a:entry", space)]
    assert points[1][1] == "49.81000 15.22000"
    assert [len(one) for one in points] == [1, 2, 1, 1]
    where = read(site, "feed.xml").entries[0]["where"]  # longitude first, as feedparser has it
    assert (where["type"], [round(value) for value in where["coordinates"]]) == ("Point", [178, -18])


def test_each_of_several_languages_has_a_feed_of_its_own(site: LazySite) -> None:
    assert sorted(path for path in site if path.startswith("feed")) == ["feed.cs.xml", "feed.en.xml", "feed.xml"]
    czech = read(site, "feed.cs.xml")
    assert (czech.feed.title, czech.feed.language) == ("Walks & <rides> (čeština)", "cs")
    assert [entry.title for entry in czech.entries] == ["Most"]
    assert len(read(site, "feed.en.xml").entries) == 3


def test_pages_lead_to_the_feed_of_all_and_of_their_language(site: LazySite) -> None:
    link = re.compile(r'<link rel="alternate" type="application/atom\+xml" title="[^"]*" href="([^"]*)">')
    assert link.findall(site["index.html"].decode()) == ["feed.xml", "feed.cs.xml", "feed.en.xml"]
    assert link.findall(site["bridge.html"].decode()) == ["feed.xml", "feed.cs.xml"]
    assert link.findall(site["places/suva.html"].decode()) == ["../feed.xml", "../feed.en.xml"]
    assert link.findall(site["404.html"].decode()) == []


def test_each_page_of_a_tag_and_of_an_author_has_a_feed_of_its_stories_in_its_language(tmp_path: Path) -> None:
    stories = {
        "mill": "---\ntitle: The mill\ntags: [Water, wood]\nauthor: Anna\npublished: 2026-01-02\n---\n"
        "## Here\nplace: Brno\n\nIt turned.\n",
        "mill.cs": "---\ntitle: Mlýn\ntags: [Water]\nauthor: Anna\n---\n## Zde\nplace: Brno\n\nTočil se.\n",
        "ford": "---\ntitle: The ford\ntags: [water]\npublished: 2026-03-02\n---\n## Here\nplace: Suva\n\nWet.\n",
        "plan": "---\ntitle: A plan\ntags: [water, later]\ndraft: true\n---\n## Later\nplace: Brno\n\nNot yet.\n",
    }
    site = plan(tmp_path / "project", stories=stories, drafts=True)
    feeds = {path for path in site if path.endswith(".xml") and "/" in path}
    assert feeds == {"tags/water.xml", "tags/wood.xml", "authors/anna.xml", "cs/tags/water.xml", "cs/authors/anna.xml"}
    told = read(site, "tags/water.xml")
    assert (told.feed.title, told.feed.link) == ("water – Walks & <rides>", f"{HOME}/tags/water.html")
    assert [(entry.title, entry.link) for entry in told.entries] == [
        ("The ford", f"{HOME}/ford.html"),
        ("The mill", f"{HOME}/mill.html"),
    ]
    assert "It turned." in told.entries[1].content[0].value
    assert [round(value) for value in told.entries[0]["where"]["coordinates"]] == [178, -18]
    czech = read(site, "cs/authors/anna.xml")
    assert (czech.feed.language, [entry.title for entry in czech.entries]) == ("cs", ["Mlýn"])
    link = re.compile(r'<link rel="alternate" type="application/atom\+xml" title="([^"]*)" href="([^"]*)">')
    assert link.findall(site["tags/water.html"].decode())[0] == ("water – Walks &amp; &lt;rides&gt;", "water.xml")
    assert link.findall(site["cs/authors/anna.html"].decode())[0][1] == "anna.xml"
    assert not [feed for _, feed in link.findall(site["tags/later.html"].decode()) if "later" in feed], "only a draft"
    assert not [feed for _, feed in link.findall(site["index.html"].decode()) if "water" in feed]


def test_the_sitemap_names_the_pages_that_readers_may_come_to(site: LazySite) -> None:
    root = ET.fromstring(site["sitemap.xml"])
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    pages = {page.findtext(f"{space}loc"): page.findtext(f"{space}lastmod") for page in root}
    assert next(iter(pages)) == f"{HOME}/"
    read_by_others = {
        page.url: page.last_modified.date().isoformat() if page.last_modified else None
        for page in sitemap_from_str(site["sitemap.xml"].decode()).all_pages()
    }
    assert read_by_others == pages
    assert {page: day for page, day in pages.items() if day} == {
        f"{HOME}/mill.html": "2026-11-25",
        f"{HOME}/bridge.html": "2026-11-26",
    }
    assert f"{HOME}/places/brno.html" in pages
    assert not {f"{HOME}/{name}.html" for name in ("404", "plan", "old-mill", "water-mill")} & pages.keys()
    assert site["robots.txt"].decode() == f"User-agent: *\nAllow: /\nSitemap: {HOME}/sitemap.xml\n"


def test_an_address_of_the_command_line_goes_before_that_of_the_settings_everywhere(tmp_path: Path) -> None:
    plan(tmp_path / "project", url="https://settings.example", stories={"ford": STORIES["ford"]})
    output = tmp_path / "site"
    arguments = ["build", str(tmp_path / "project"), "--output", str(output), "--url", "https://line.example/x/"]
    result = CliRunner().invoke(storymap, arguments)
    assert result.exit_code == 0, result.output
    written = {file.name: file.read_bytes() for file in output.rglob("*") if file.suffix in {".html", ".xml", ".txt"}}
    assert not [name for name, content in written.items() if b"settings.example" in content]
    for name, address in {
        "ford.html": b'rel="canonical" href="https://line.example/x/ford.html"',
        "feed.xml": b"<id>https://line.example/x/ford.html</id>",
        "sitemap.xml": b"<loc>https://line.example/x/ford.html</loc>",
        "robots.txt": b"Sitemap: https://line.example/x/sitemap.xml",
        "404.html": b'href="https://line.example/x/',
    }.items():
        assert address in written[name], name


def test_a_robots_file_of_the_author_stands_in_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "project" / "static").mkdir(parents=True)
    (tmp_path / "project" / "static" / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    site = plan(tmp_path / "project", stories={"ford": STORIES["ford"]})
    assert b"Disallow: /" in site["robots.txt"]


def test_a_site_without_an_address_has_none_of_it(tmp_path: Path) -> None:
    site = plan(tmp_path / "project", url="")
    assert not [path for path in site if path.startswith(("feed", "sitemap", "robots"))]
    assert "atom+xml" not in site["index.html"].decode()


def test_a_site_in_one_language_has_one_feed(tmp_path: Path) -> None:
    site = plan(tmp_path / "project", stories={name: STORIES[name] for name in ("ford", "ferry", "plan")}, drafts=True)
    assert [path for path in site if path.startswith("feed")] == ["feed.xml"]
    only_draft = plan(tmp_path / "draft", stories={"plan": STORIES["plan"]}, drafts=True)
    assert [path for path in only_draft if path.startswith("feed")] == []


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2020-05-06", "2020-05-06"),
        ("2020-05-06/2020-05-09", "2020-05-09"),
        ("2020-05-06/..", "2020-05-06"),
        ("2019", "2019-12-31"),
        ("1522", EARLIEST),
        ("-0043", EARLIEST),
        ("Y12000", EARLIEST),
    ],
)
def test_a_story_that_was_never_published_is_dated_by_what_it_tells_of(tmp_path: Path, date: str, day: str) -> None:
    from storymap.building.content import read_content

    folder = tmp_path / "project"
    (folder / "stories").mkdir(parents=True)
    (folder / "stories" / "a.md").write_text(f"---\ntitle: A\ndate: {date}\n---\n## Now\nplace: Brno\n\nText.\n")
    [story] = read_content(load_project(folder), Report()).ready
    assert date_entry(story.outline) == day


HOSTILE = "a\x00b\x0b\ud800c\uffff ]]> </title><script>alert(1)</script> &amp; 'q' \"r\" \u2028"


def test_what_is_no_xml_is_left_out_and_nothing_breaks_out() -> None:
    entry = FeedEntry(
        "https://example.org/a?b&c", "https://example.org/a?b&c", HOSTILE, "en", (HOSTILE,), "", "2026-11-27", HOSTILE,
        HOSTILE, (LonLat(179.999999, -0.0000001),),
    )  # fmt: skip
    written = write_feed(
        Feed("https://example.org/f", "https://example.org/", HOSTILE, HOSTILE, "en", HOSTILE, (entry,))
    )
    told = feedparser.parse(written, sanitize_html=False)
    assert not told.bozo
    kept = "abc ]]> </title><script>alert(1)</script> &amp; 'q' \"r\" \u2028"
    assert {told.feed.title, told.entries[0].title, told.entries[0].content[0].value} <= {kept, kept.strip()}
    assert len(list(ET.fromstring(written).iter("{http://www.w3.org/2005/Atom}script"))) == 0


def test_a_site_of_more_pages_than_a_sitemap_may_name_has_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_PAGES == 50_000, "as sitemaps.org has it"
    monkeypatch.setattr(sitemap, "MOST_PAGES", 4)
    site = plan(tmp_path / "project")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ET.fromstring(site["sitemap.xml"])
    parts = sitemap_from_str(site["sitemap.xml"].decode()).sub_sitemaps
    assert [part.url for part in parts] == [part.findtext(f"{space}loc") for part in index]
    files = [part.findtext(f"{space}loc") or "" for part in index]
    assert (index.tag, files[0]) == (f"{space}sitemapindex", f"{HOME}/sitemap-1.xml")
    named = [
        [page.findtext(f"{space}loc") for page in ET.fromstring(site[file.removeprefix(f"{HOME}/")])] for file in files
    ]
    assert len(files) > 1
    assert max(map(len, named)) == 4
    monkeypatch.undo()
    whole = plan(tmp_path / "project")
    every = [page.findtext(f"{space}loc") for page in ET.fromstring(whole["sitemap.xml"])]
    assert [page for part in named for page in part] == every
