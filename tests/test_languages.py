"""A site in another language: no word of ours is left in English on it, and no date as it was written."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from storymap.building.build import build_site
from storymap.errors import Report
from storymap.language.words import read_catalogue
from storymap.project import load_project

LANGUAGES = ("cs", "de", "fr", "es", "pl", "uk", "ar", "he", "zh", "ja")
DATES = ("2018-12", "2020-05-05/2020-05-06", "2020-21", "1900~", "2018?", "156X", "19XX", "2020/..", "../1918", "-0043")
TEXT = {"title", "alt", "aria-label", "content"}
EDTF = re.compile(r"\b\d{4}-\d{2}\b|\d~|\d[?%]|\d/(\d|\.\.)|\dX\b|-0\d{3}\b")


class Words(HTMLParser):
    """Everything that a reader of a page is told: texts, and attributes that are read out or shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        given = dict(attrs)
        named = (tag, given.get("name"))
        is_said = named not in {("meta", "viewport"), ("meta", "color-scheme"), ("meta", "robots")}
        if is_said and "http-equiv" not in given:
            self.found += [str(value) for name, value in attrs if name in TEXT and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.found.append(data.strip())


def _plain(text: str) -> str:
    """`text` without its slots, as words in small letters with single blanks between them."""
    return re.sub(r"[\W\d]+", " ", re.sub(r"\{\w+\}", " ", text)).strip().casefold()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two stories at three places, whose author wrote nothing with a Latin letter."""
    (tmp_path / "stories").mkdir()
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "places.csv").write_text(
        "name,lat,lon\nⰀⰁ,50.1,14.4\nⰂⰃ,49.2,16.6\nⰄⰅ,0.5,-30\n", encoding="utf-8"
    )
    for name, first in (("one", 0), ("two", 5)):
        steps = "".join(
            f"## Ⱖ{number}\nplace: [{'ⰀⰁ, ⰂⰃ' if number % 2 else 'ⰄⰅ'}]\ndate: {date}\nline: straight\n\nⰇ.[^1]\n\n"
            for number, date in enumerate(DATES[first : first + 5])
        )
        (tmp_path / "stories" / f"{name}.md").write_text(
            f"---\ntitle: Ⰶ\ndate: 2019-05/2019-08\ndraft: true\naliases: [old-{name}]\n---\n\nⰇ\n\n{steps}[^1]: Ⰸ\n",
            encoding="utf-8",
        )
    return tmp_path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_english_word_and_no_written_date_is_left(lang, project):
    (project / "storymap.toml").write_text(f'title = "Ⰿ"\ndescription = "Ⱀ"\nlang = "{lang}"\n', encoding="utf-8")
    site = build_site(load_project(project), drafts=True, report=Report())
    own = {_plain(word) for words in read_catalogue(lang).values() for word in words.values()}
    english = {
        word
        for context in ("page", "browser", "date", "position")
        for message in read_catalogue("en")[context].values()
        if len(word := _plain(message)) > 2 and word not in own
    }
    for path, content in site.items():
        if path.endswith(".html") and path != "about.html":
            page = content.decode()
            said = Words(page).found
            payload = re.search(r'<script type="application/json" id="storymap-data">(.*?)</script>', page, re.DOTALL)
            if payload:
                said += json.loads(payload[1])["strings"].values()
        elif path.endswith(".svg"):
            said = [html.unescape(title) for title in re.findall(r"<title>(.*?)</title>", content.decode())]
        else:
            continue
        for text in said:
            assert not [word for word in english if f" {word} " in f" {_plain(text)} "], (path, text)
            assert not EDTF.search(text), (path, text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_catalogue_is_complete_and_fills_the_same_slots(lang):
    english, other = read_catalogue("en"), read_catalogue(lang)
    years = {"decade", "century"}
    forms = re.compile(r"(since|until|about)_\w+|\w+_within")  # of dates: each language has those that it needs
    for context, words in english.items():
        needed = {name for name in words if context != "date" or not forms.fullmatch(name)}
        own = {name for name in other[context] if context != "date" or not forms.fullmatch(name)}
        assert needed == own, context
        for name, word in ((name, words[name]) for name in needed):
            slots = [sorted(set(re.findall(r"\{\w+\}", text))) for text in (word, other[context][name])]
            assert slots[0] == slots[1] or name in years, (context, name)


def test_the_page_of_a_right_to_left_language_says_so(project):
    (project / "storymap.toml").write_text('title = "Ⰿ"\nlang = "he"\n', encoding="utf-8")
    site = build_site(load_project(project), drafts=True, report=Report())
    assert '<html lang="he" dir="rtl">' in site["one.html"].decode()


def test_the_map_is_lettered_in_the_language_of_the_page(project: Path) -> None:
    (project / "storymap.toml").write_text('title = "Ⰿ"\nlang = "cs"\n', encoding="utf-8")
    site = build_site(load_project(project), drafts=True, report=Report())
    payload = json.loads(site["one.html"].decode().partition('id="storymap-data">')[2].partition("</script>")[0])
    basemap = payload["basemap"]
    assert "Česko" in {row[2] for row in basemap["countries"]}
    assert "Atlantský oceán" in {row[2] for row in basemap["waters"]}
    assert {"Praha", "Moskva"} <= set(basemap["settlements"]["names"])
    shown = {row[2] for kind in ("countries", "waters") for row in basemap[kind]} | set(basemap["settlements"]["names"])
    assert not {"Prague", "Moscow", "Czechia", "Atlantic Ocean"} & shown
    drawn = {html.unescape(name) for name in re.findall(r"<text[^>]*>([^<]+)</text>", site["stills/one.svg"].decode())}
    assert {name.upper() for name in shown} & {name.upper() for name in drawn}
    assert not {"PRAGUE", "SPAIN", "FRANCE", "ALGERIA", "ATLANTIC OCEAN"} & {name.upper() for name in drawn}
