"""What can be searched: names, telling words, whole texts, and nothing of drafts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storymap.building import search
from storymap.building.build import build_site
from storymap.building.plan import plan_site
from storymap.building.runner import Runner
from storymap.errors import Report
from storymap.language.words import read_catalogue
from storymap.model.prose import Html, Picture
from storymap.outputs.search import WORDS_OF_STORY, choose_words, extract_text, leave_out_id
from storymap.project import load_project

HOSTILE = "</script><script>alert(1)</script>\u2028"

STORY = f"""---
title: "Výstavba {HOSTILE[:-1]}"
summary: The dam & the valley.
authors: [Jana Nová]
lang: cs
---
The opening stands before it.[^1]

## Začátek
place: Brno
date: 1935-05/1938

Dělníci z *Ostravy* přišli "v březnu" <b title="a > b">ráno</b>. {HOSTILE} A & B

## Konec
place: Prague

Nic.

[^1]: A note of the archive.
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a project: its settings, and its stories by name."""

    def write_project(settings: str = "", **stories: str) -> Path:
        (tmp_path / "stories").mkdir(exist_ok=True)
        (tmp_path / "storymap.toml").write_text(settings, encoding="utf-8")
        for name, text in (stories or {"dam": STORY}).items():
            (tmp_path / "stories" / f"{name}.md").write_text(text, encoding="utf-8")
        return tmp_path

    return write_project


def build(folder: Path, *, drafts: bool = False) -> dict[str, bytes]:
    report = Report()
    site = dict(build_site(load_project(folder), drafts=drafts, report=report))
    assert not report.errors
    return site


def read_index(site: dict[str, bytes]) -> Any:
    """What the script with the index hands over."""
    text = site["assets/search/index.js"].decode()
    assert text.startswith("storymapSearch.give(")
    return json.loads(text.removeprefix("storymapSearch.give(").removesuffix(");\n"))


def test_the_index_has_names_and_the_texts_are_whole(write):
    site = build(write('title = "A"\n'))
    index = read_index(site)
    [[name, lang, title, summary, authors, steps]] = index["stories"]
    assert (name, lang, summary, authors) == ("dam", "cs", "The dam & the valley.", "Jana Nová")
    assert title.startswith("Výstavba ")
    assert steps == [["", "Začátek", "Brno", "1935 1938"], ["", "Konec", "Praha", ""]]
    assert index["texts"] == []
    assert [place[1] for place in index["places"]] == ["Brno", "Prague"]
    assert sorted(index["words"]) == ["cs", "en"]
    assert index["stemmed"] == ["cs", "en"]
    assert {path for path in site if path.startswith("assets/search/stem-")} == {
        "assets/search/stem-cs.js",
        "assets/search/stem-en.js",
    }
    text = site["assets/search/texts/dam.js"].decode()
    name, texts = json.loads(f"[{text.removeprefix('storymapSearch.text(').removesuffix(');' + chr(10))}]")
    assert name == "dam"
    assert texts[0] == "The opening stands before it. A note of the archive."
    assert 'Dělníci z Ostravy přišli "v březnu" ráno.' in texts[1].replace("“", '"').replace("”", '"').replace("„", '"')
    assert texts[2] == "Nic."


def test_nothing_hostile_ends_a_script(write):
    site = build(write())
    for path in ("assets/search/index.js", "assets/search/texts/dam.js"):
        text = site[path].decode()
        assert "<" not in text
        assert "\u2028" not in text


def test_a_draft_is_not_searched_though_it_is_built(write):
    draft = STORY.replace("lang: cs", "lang: cs\ndraft: true").replace("Jana Nová", "Nobody")
    other = "---\ntitle: Other\n---\n\n## There\nplace: Brno\n\nText.\n"
    site = build(write(dam=draft, other=other), drafts=True)
    assert "dam.html" in site
    assert [story[0] for story in read_index(site)["stories"]] == ["other"]
    assert "assets/search/texts/dam.js" not in site
    assert b"Nobody" not in site["assets/search/index.js"]


def test_a_site_can_be_without_search(write):
    site = build(write("search = false\n"))
    assert not [path for path in site if path.startswith("assets/search")]
    assert b"data-search" not in b"".join(page for path, page in site.items() if path.endswith(".html"))
    assert b"data-search" in build(write(""))["dam.html"]


def test_the_same_site_has_the_same_bytes_and_an_edit_of_a_text_leaves_the_index(write):
    folder = write()
    before = build(folder)
    assert before == build(folder)
    path = folder / "stories" / "dam.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Nic.", "se tu"), encoding="utf-8")
    after = build(folder)
    assert {name for name in after if name.startswith("assets/search") and after[name] != before[name]} == {
        "assets/search/texts/dam.js"
    }


def test_an_edit_of_a_heading_makes_the_index_alone_anew(write):
    folder, runner = write(dam=STORY, other=STORY.replace("Jana", "Eva")), Runner(goes_on=True)

    def list_keys() -> dict[str, str]:
        plan = plan_site(load_project(folder), Report(), runner=runner)
        runner.end_round()
        return {task.path: task.key for task in plan.tasks if task.path.startswith("assets/search")}

    before = list_keys()
    path = folder / "stories" / "dam.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Konec", "Finále"), encoding="utf-8")
    after = list_keys()
    assert {path for path in after if after[path] != before[path]} == {"assets/search/index.js"}


def test_a_text_is_what_a_reader_reads():
    prose = (
        Html('<p>One<sup id="n1"><a class="footnote-ref" href="#n">1</a></sup> <em>t</em>wo &amp; th\u00adree</p>'),
        Html("<p>four "),
        Picture("a.jpg", 1, 1, "A bridge"),
        Html('<span title="a > b">five</span></p><li>six <a class="footnote-backref" href="#n1">↩</a></li>'),
    )
    assert extract_text(prose) == "One two & three four A bridge five six"


@pytest.mark.parametrize(
    ("text", "known", "words"),
    [
        ("The dam was built by Pavel Novák in 1935.", "", ["Novák", "Pavel", "1935"]),
        ("The construction of an aqueduct.", "", ["construction"]),
        ("Brno is here. Brno was there, near Brno.", "Brno", ["there", "here", "near", "was"]),
        ("من بغداد الى دمشق", "", ["بغداد", "دمشق", "الى"]),
        ("", "", []),
    ],
)
def test_names_and_numbers_are_the_most_telling_words(text, known, words):
    assert choose_words(text, 20, known=known) == words


def test_the_index_of_a_large_site_has_telling_words_of_each_text(write, monkeypatch):
    monkeypatch.setattr(search, "MOST_TEXT", 1)
    folder = write(dam=STORY, other="---\ntitle: Other\n---\n\n## There\nplace: Brno\n\nOld Lanna built.\n")
    assert read_index(build(folder))["texts"][1] == "Lanna built Old"
    assert max(len(words) for words in read_index(build(folder))["texts"]) <= WORDS_OF_STORY


def test_ids_that_the_browser_can_make_of_titles_are_left_out():
    # The same are in storymap/browser/test/search.test.ts.
    titles = ("The call", "Manila loses New Year’s Eve", "Řeka – a co dál?", "U.S. 1920", "-- A_b --")
    ids = ("the-call", "manila-loses-new-years-eve", "řeka-a-co-dál", "us-1920", "a-b")
    assert [leave_out_id(step, title) for step, title in zip(ids, titles, strict=True)] == [""] * 5
    for step, title in (("other", "The call"), ("strasse", "Straße"), ("北京", "北京"), ("con-1", "Con")):
        assert leave_out_id(step, title) == step


def test_the_dialog_has_every_word_in_every_language(repository):
    contract = (repository / "storymap/browser/src/search/contract.ts").read_text(encoding="utf-8")
    asked = contract.partition("export type SearchWord =")[2].partition(";")[0]
    assert {part.strip(' "\n') for part in asked.split("|") if part.strip()} == set(read_catalogue("en")["search"])
