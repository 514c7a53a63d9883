"""Collections: folders of stories with a front page, a feed and one card on the atlas."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
from PIL import Image

from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.building.exporting import export_source
from storymap.building.rebuilding import Rebuilder
from storymap.checking.project import check_project
from storymap.errors import Report, Severity
from storymap.project import load_project

GOOD = Path(__file__).parents[1] / "projects" / "good" / "collections"


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """The pages and feeds of the project with a collection."""
    built = build_site(load_project(GOOD))
    return {path: data.decode() for path, data in built.items() if path.endswith((".html", ".xml", ".js", ".svg"))}


def find_cards(page: str) -> list[str]:
    """The addresses of the cards of a page, in order."""
    return re.findall(r'<h2><a href="([^"]+)">', page)


def read_payload(page: str) -> dict[str, list[dict[str, str]]]:
    found = re.search(r'id="storymap-data">(.*?)</script>', page)
    assert found
    payload: dict[str, list[dict[str, str]]] = json.loads(found[1])
    return payload


def test_the_atlas_has_one_card_of_it_and_the_whole_map(site):
    page = site["index.html"]
    assert find_cards(page) == ["before.html", "river/index.html", "well.html"]
    assert "<span>Stories: 3</span>" in page
    assert {place["name"] for place in read_payload(page)["places"]} == {
        "Moynaq", "Nukus", "Aral", "Kokaral Dam", "Prague",
    }  # fmt: skip
    assert [story["url"] for story in read_payload(page)["stories"]] == find_cards(page)


def test_readers_of_another_language_have_it_in_theirs(site):
    page = site["cs/index.html"]
    assert find_cards(page) == ["../before.html", "river/index.html", "../well.html"]
    assert "Řeka, která se zastavila" in page
    front = site["cs/river/index.html"]
    assert find_cards(front) == ["../port.html", "../../harbour.html", "../../dam.html"]
    assert re.findall(r"Díl \d z \d", front) == ["Díl 1 z 3", "Díl 2 z 3", "Díl 3 z 3"]
    assert 'href="../port.html"' in front
    assert '<link rel="alternate" hreflang="en" href="https://example.org/notes/river/">' in front
    assert 'href="../../river/index.html" rel="alternate" hreflang="en"' in front
    assert 'href="../cs/river/index.html" rel="alternate" hreflang="cs"' in site["river/index.html"]
    assert 'href="river/index.html">celku' in site["cs/port.html"]
    assert "river/ship.png" in page, "the cover is that of the original"


def test_its_front_page_has_its_text_and_its_stories_in_the_order_of_reading(site):
    page = site["river/index.html"]
    assert find_cards(page) == ["../port.html", "../harbour.html", "../dam.html"]
    assert re.findall(r"Part \d of \d", page) == ["Part 1 of 3", "Part 2 of 3", "Part 3 of 3"]
    assert 'href="../port.html#the-last-catch">the port</a>' in page
    assert "<h2>How to read it</h2>" in page
    places = [place["name"] for place in read_payload(page)["places"]]
    assert "Prague" not in places
    assert f'href="../places/moynaq.html" data-place="{places.index("Moynaq")}">Moynaq</a> stayed' in page
    assert 'src="../media/river/ship.png"' in page


@pytest.mark.parametrize(
    ("story", "part", "onward"),
    [
        ("port", "Part 1 of 3", ["harbour.html", "river/index.html"]),
        ("harbour", "Díl 2 z 3", ["dam.html", "cs/port.html", "cs/river/index.html"]),
        ("cs/port", "Díl 1 z 3", ["../harbour.html", "river/index.html"]),
        ("dam", "Part 3 of 3", ["harbour.html", "river/index.html"]),
        ("before", "", ["well.html"]),
        ("well", "", ["before.html"]),
    ],
)
def test_a_story_says_which_part_it_is_and_leads_within_its_collection(site, story, part, onward):
    page = site[f"{story}.html"]
    assert re.findall(r'class="onward-link" href="([^"]+)"', page) == onward
    front = r'<a href="((?:cs/)?river/index.html)">(?:The river that stopped|Řeka, [^<]+)</a><span>'
    assert re.findall(f"{front}{part}", page) == ([onward[-1]] if part else [])


def test_a_story_is_told_to_be_part_of_it(site):
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', site["dam.html"])[0])
    assert data["isPartOf"]["name"] == "The river that stopped"
    assert data["isPartOf"]["url"] == "https://example.org/notes/river/"
    assert data["isPartOf"]["isPartOf"]["@type"] == "WebSite"
    assert data["position"] == 3
    front = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', site["river/index.html"])[0])
    assert [part["url"].rpartition("/")[2] for part in front["hasPart"]] == ["port.html", "harbour.html", "dam.html"]


def test_it_has_a_feed_and_one_of_each_language(site):
    feed = feedparser.parse(site["river/feed.xml"])
    assert not feed.bozo
    assert feed.feed.title == "The river that stopped – Field notes"
    assert feed.feed.subtitle == "Three stops along a sea that left."
    assert feed.feed.link == "https://example.org/notes/river/"
    assert sorted(entry.title for entry in feed.entries) == ["Přístav", "The dam", "The port"]
    czech = feedparser.parse(site["river/feed.cs.xml"])
    assert sorted(entry.title for entry in czech.entries) == ["Přístav", "Rybářský přístav"]
    assert (czech.feed.title, czech.feed.link) == (
        "Řeka, která se zastavila",
        "https://example.org/notes/cs/river/",
    )
    assert len(feedparser.parse(site["feed.xml"]).entries) == 5
    assert 'href="river/feed.xml"' in site["dam.html"]
    assert "river/feed" not in site["index.html"] + site["well.html"]


def test_search_sitemap_places_and_earlier_addresses_know_it(site):
    assert '["river/index","en","The river that stopped"' in site["assets/search/index.js"]
    assert '"The river that stopped, Jana, water' in site["assets/search/index.js"]
    assert "Water went to the fields" in site["assets/search/texts/river/index.js"]
    assert "<loc>https://example.org/notes/river/</loc>" in site["sitemap.xml"]
    assert "the-river" not in site["sitemap.xml"]
    assert 'href="../river/index.html"' in site["the-river/index.html"]
    assert 'href="../river/index.html"' in site["places/kokaral.html"]
    assert 'href="river/index.html">The river that stopped</a>' in site["credits.html"]
    assert find_cards(site["tags/water.html"]) == ["../before.html", "../port.html", "../harbour.html", "../dam.html"]


def test_all_is_well_with_it():
    told = {problem.code for problem in check_project(load_project(GOOD))}
    assert told <= {"built-in-place", "not-published", "missing-credit"}


Lay = Callable[[dict[str, str]], Path]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """Makes a project of stories: by file below stories/, the keys of its front matter."""

    def make(files: dict[str, str]) -> Path:
        (tmp_path / "storymap.toml").write_text('title = "Test"\nurl = "https://example.org"\ncards = "stories"\n')
        for name, front in files.items():
            file = tmp_path / "stories" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            step = "" if name.endswith("_collection.md") else "\n## A step\nplace: Prague\n\nText.\n"
            file.write_text(f"---\ntitle: {file.stem}\n{front}\n---\n{step}")
        return tmp_path

    return make


def test_it_stands_by_its_own_order_or_where_its_earliest_story_would(lay: Lay):
    files = {"a.md": "date: 1900", "c.md": "date: 1990", "w/b.md": "date: 1950\norder: 2", "w/d.md": "order: 1"}
    cards = {}
    for order in ("extra: {}", "order: 1"):
        folder = lay({**files, "w/_collection.md": order})
        cards[order] = find_cards(build_site(load_project(folder))["index.html"].decode())
    assert cards["extra: {}"] == ["a.html", "w/index.html", "c.html"]
    assert cards["order: 1"] == ["w/index.html", "a.html", "c.html"]
    content = read_content(load_project(folder), Report())
    assert [story.id for story in content.stories] == ["d", "b", "a", "c"]


def test_what_has_no_place_is_told(lay: Lay):
    files = {
        "a.md": "",
        "a.cs.md": "lang: cs",
        "cs/_collection.md": "",
        "cs/b.md": "",
        "w/_collection.cs.md": "",
        "w/c.md": "",
    }
    report = Report()
    read_content(load_project(lay(files)), report)
    told = {problem.code: str(problem.at.path) for problem in report.errors}
    assert told == {"reserved-name": "stories/cs/_collection.md", "no-original": "stories/w/_collection.cs.md"}


def test_a_draft_of_a_collection_hides_its_stories(lay: Lay):
    folder = lay({"a.md": "", "w/_collection.md": "draft: true", "w/b.md": ""})
    site = build_site(load_project(folder))
    assert not {"b.html", "w/index.html", "w/feed.xml"} & site.keys()
    drafts = build_site(load_project(folder), drafts=True)
    assert {"b.html", "w/index.html"} <= drafts.keys()
    assert "w/feed.xml" not in drafts
    assert all("draft-mark" in drafts[page].decode() for page in ("b.html", "w/index.html"))
    assert all(b'content="noindex"' in drafts[page] for page in ("b.html", "w/index.html"))
    assert b"b.html" not in drafts["sitemap.xml"]
    with (folder / "stories" / "a.md").open("a") as story:
        story.write("See [b](w/b.md) and [w](w/_collection.md).\n")
    report = Report()
    read_content(load_project(folder), report)
    for told in (report.errors, check_project(load_project(folder))):
        assert [problem.code for problem in told if problem.severity is Severity.ERROR] == ["link-to-draft"] * 2


def test_it_has_a_card_wherever_stories_have_one_and_leads_with_a_wide_map(lay: Lay):
    site = build_site(load_project(lay({"a.md": "tags: [x]", "w/_collection.md": "lead: true", "w/b.md": ""})))
    assert "cards/index.w.png" in site
    assert "cards/tags.x.png" not in site
    assert {"stills/w/index.card.svg", "stills/w/index.lead.svg"} <= site.keys()
    assert find_cards(site["index.html"].decode()) == ["w/index.html", "a.html"]
    assert 'content="https://example.org/cards/index.w.png"' in site["w/index.html"].decode()


def test_its_tags_are_those_of_all_its_stories_and_its_own_pictures_can_be_credited(lay: Lay) -> None:
    files = {
        "w/_collection.md": "tags: [Drought, x]\ncredits: {river.png: {author: Jana, licence: CC0}}",
        "w/_collection.cs.md": "tags: [sucho]\ncredits: {river.png: Jana N.}",
        "w/b.md": "tags: [X]",
        "w/b.cs.md": "lang: cs",
        "c.md": "",
    }
    folder = lay(files)
    Image.new("RGB", (8, 8)).save(folder / "stories" / "w" / "river.png")
    for name in ("_collection.md", "_collection.cs.md"):
        with (folder / "stories" / "w" / name).open("a") as file:
            file.write("\n![A dry river](river.png)\n")
    site = build_site(load_project(folder))
    pages = {path: data.decode() for path, data in site.items() if path.endswith(".html")}
    assert find_cards(pages["tags/drought.html"]) == ["../b.html"]
    assert find_cards(pages["tags/x.html"]) == ["../b.html"]
    assert find_cards(pages["cs/tags/sucho.html"]) == ["../b.html"]
    assert "tags/drought.html" in pages["b.html"]
    assert pages["b.html"].count("tags/x.html") == 1
    for page, said in (("w/index.html", "Jana"), ("cs/w/index.html", "Jana N."), ("credits.html", "Jana")):
        assert said in pages[page]
    report = Report()
    read_content(load_project(folder), report)
    [spelled] = [problem for problem in report.problems if problem.code == "other-spelling"]
    assert (str(spelled.at.path), spelled.at.line) == ("stories/w/b.md", 3)


def test_many_stories_of_it_can_be_chosen_from_and_go_on_on_further_pages(lay: Lay):
    stories = {f"w/s{number:02}.md": f"tags: [t{number % 3}]\ndate: {1900 + number}" for number in range(33)}
    site = build_site(load_project(lay({"a.md": "", "w/_collection.md": "", **stories})))
    first, second = site["w/index.html"].decode(), site["w/page/2.html"].decode()
    assert len(find_cards(first)) == 30
    assert find_cards(second) == ["../../s30.html", "../../s31.html", "../../s32.html"]
    assert 'data-index="../assets/stories.w.js"' in first
    assert 'data-atlas="../index.html"' in second
    index = site["assets/stories.w.js"].decode()
    assert index.count("Part ") == 33
    assert 'href=\\"../s00.html' in index
    assert "assets/stories.js" not in site


def test_a_story_that_is_handed_on_by_itself_builds_without_its_collection(tmp_path: Path):
    report = Report()
    for name, data in export_source(load_project(GOOD), "dam", report).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert (tmp_path / "stories" / "river" / "ship.png").is_file()
    page = build_site(load_project(tmp_path))["dam.html"].decode()
    assert 'src="media/river/ship.png"' in page
    assert "Part " not in page
    source = export_source(load_project(GOOD), "port", report)["stories/river/port.md"].decode()
    assert "[the whole](https://example.org/notes/river/)" in source


def test_the_preview_follows_every_edit_of_a_collection(tmp_path: Path):
    folder = tmp_path / "notes"
    shutil.copytree(GOOD, folder)
    river = folder / "stories" / "river"
    preview = Rebuilder(folder)

    def build() -> dict[str, str]:
        """What each file is made of, in the preview as in one that begins now."""
        kept, fresh = preview.build(), Rebuilder(folder).build()
        versions = {path: kept.site.version(path) for path in kept.site}
        assert versions == {path: fresh.site.version(path) for path in fresh.site}
        return versions

    def rewrite(name: str, old: str, new: str) -> set[str]:
        """The pages that an edit of a file in the collection makes anew, or takes away."""
        before = build()
        text = (river / name).read_text(encoding="utf-8")
        assert old in text
        (river / name).write_text(text.replace(old, new), encoding="utf-8")
        after = build()
        paths = before.keys() | after.keys()
        return {path for path in paths if path.endswith(".html") and before.get(path) != after.get(path)}

    assert rewrite("_collection.md", "Water went", "Rain went") == {"river/index.html"}
    assert rewrite("_collection.md", "that stopped", "that ran dry") >= {"index.html", "river/index.html", "dam.html"}
    assert "river/index.html" in rewrite("delta/dam.md", "order: 3", "order: 0")
    assert "cs/river/index.html" in rewrite("_collection.cs.md", "Tři", "Čtyři")
    assert {"dam.html", "river/index.html"} <= rewrite("_collection.md", "extra:", "draft: true\nextra:")
    assert {"dam.html", "river/index.html"} <= rewrite("_collection.md", "draft: true\n", "")
    (river / "_collection.md").unlink()
    (river / "_collection.cs.md").unlink()
    (river / "port.md").write_text("---\ntitle: The port\n---\n\n## The last catch\nplace: Moynaq\n\nText.\n")
    (folder / "stories" / "before.md").unlink()
    assert "river/index.html" not in build()


def test_the_page_of_a_tag_with_many_stories_offers_a_choice_but_that_of_the_tag(lay: Lay):
    stories = {f"s{number}.md": f"tags: [salt, t{number % 3}]\ndate: {1900 + number}" for number in range(8)}
    page = build_site(load_project(lay({**stories, "z.md": ""})))["tags/salt.html"].decode()
    assert re.findall(r'<option value="([a-z][^"]*)"', page) == ["t0", "t1", "t2"]
    assert 'data-years="1907 1907"' in page
