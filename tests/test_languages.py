"""A site in another language: no word of ours is left in English on it, and no date as it was written."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from every_kind import write_project

from storymap.building.build import build_site
from storymap.errors import Report
from storymap.language.words import read_catalogue
from storymap.project import load_project

LANGUAGES = ("cs", "de", "fr", "es", "pl", "uk", "ar", "he", "zh", "ja")
LATIN = ("cs", "de", "es", "fr", "pl")
SAID = {"title", "alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "label", "data-said"}
META = {"description", "author", "og:title", "og:description", "og:site_name", "og:image:alt"}
EDTF = re.compile(r"\b\d{4}-\d{2}\b|\d~|\d[?%]|\d/(\d|\.\.)|\dX\b|-0\d{3}\b")
SLOT = re.compile(r"\{\w+\}")
NAMES = re.compile(
    r"https?://\S+|Source Serif 4|Source Sans 3|Storymap Sans|Storymap Serif|Natural Earth|GeoNames|Leaflet|Folium"
    r"|BibTeX|GeoJSON|Linked Places|CC BY \d\.\d|Apache-2\.0|Randegg"
    r"|www\.youtube-nocookie\.com|YouTube|\b[A-Z]{2}[A-Z\d]*(?:-[\w.]+)*(?: AND [A-Z]+-[\d.]+)?\b|(?<=\d[ \u00a0])k?m\b"
)
"""Names of formats, licences, hosts, of what the map is made of, of a town, and units as in Japanese."""

OWN_WORDS = {
    "cs": {"tip", "data", "film"},
    "de": {"film", "route", "position"},
    "es": {"capital"},
    "fr": {"important", "note", "collection", "date", "film", "pages", "sources"},
    "pl": {"film"},
}
"""Words of languages that are written as in English."""


class Words(HTMLParser):
    """Everything that a reader of a page is told: texts, and attributes that are read out or shown.

    What is the same in all languages, which pages mark with `translate="no"`, and what is said in another language than
    the page are left out.
    """

    def __init__(self, page: str, lang: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._lang = lang
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_silent = tag in {"script", "style", "pre"} or given.get("translate") == "no"
        is_silent |= given.get("lang", self._lang) != self._lang
        if tag == "meta":
            named = given.get("name") or given.get("property") or ""
            self.found += [given["content"] or ""] if named in META else []
        elif not is_silent:
            self.found += [str(value) for name, value in attrs if name in SAID and value]
        if tag not in {"meta", "link", "img", "br", "hr", "input", "source", "track"}:
            self._open.append((tag, is_silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(is_silent for _, is_silent in self._open):
            self.found.append(data.strip())


def _list_said(value: object, key: str = "") -> Iterator[str]:
    """The texts of a payload that are shown: `key` is the one under which `value` stands."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _list_said(inner, key if key == "strings" else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _list_said(inner, key)
    elif isinstance(value, str) and key in {"strings", "title", "name", "text", "texts", "label", "unit", "credits"}:
        yield value


def _list_words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in re.findall(r"[a-z\u00c0-\u024f]{3,}", SLOT.sub(" ", text).casefold())}


def _list_catalogue(lang: str) -> set[str]:
    return _list_words(word for words in read_catalogue(lang).values() for word in words.values())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose author wrote nothing with a letter that a language of today has."""
    write_project(tmp_path, "en", draft=True)
    return tmp_path


def _speak(project: Path, lang: str) -> dict[str, bytes]:
    settings = project / "storymap.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('lang = "en"', f'lang = "{lang}"'), encoding="utf-8"
    )
    return build_site(load_project(project), drafts=True, report=Report())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_english_word_and_no_written_date_is_left(lang: str, project: Path) -> None:
    english = _list_catalogue("en") - _list_catalogue(lang) - OWN_WORDS.get(lang, set())
    read = 0
    for path, content in _speak(project, lang).items():
        if path.endswith(".html"):
            page = content.decode()
            said = Words(page, lang).found
            payload = re.search(r'<script type="application/json" id="storymap-data">(.*?)</script>', page, re.DOTALL)
            if payload:
                told = json.loads(payload[1])
                told["basemap"] = {
                    "credits": told["basemap"]["credits"]
                }  # names of towns are as people there have them
                said += _list_said(told)
        elif path.endswith(".svg"):
            said = [html.unescape(title) for title in re.findall(r"<(?:title|desc)>(.*?)</", content.decode())]
        elif path.startswith("feed"):
            said = re.findall(r"<(?:title|subtitle|summary)[^>]*>([^<]*)<", content.decode())
        elif path.startswith("oembed/"):
            said = [json.loads(content)["title"], json.loads(content)["provider_name"]]
        else:
            continue
        read += len(said)
        for text in said:
            assert not EDTF.search(text), (path, text)
            rest = NAMES.sub(" ", SLOT.sub(" ", text))
            found = _list_words([rest]) & english if lang in LATIN else re.findall(r"[A-Za-z]{2,}|°\u00a0[NSEW]", rest)
            assert not found, (path, text)
    assert read > 1_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_a_catalogue_is_english(lang: str) -> None:
    for context, words in read_catalogue(lang).items():
        for name, word in words.items():
            rest = NAMES.sub(" ", SLOT.sub(" ", word))
            if lang not in LATIN:
                assert not re.search(r"[A-Za-z]{2,}", rest), (context, name, word)
            elif context not in {"water", "island"}:
                same = word == read_catalogue("en").get(context, {}).get(name)
                assert not same or _list_words([rest]) <= OWN_WORDS[lang], (context, name, word)


def test_scripts_and_stylesheets_have_no_words_of_their_own() -> None:
    """What a script writes for readers comes from a catalogue, and what a stylesheet writes has no letters."""
    sources = Path(__file__).parents[1] / "storymap" / "browser" / "src"
    written = re.compile(
        r"""(?:\.(?:textContent|innerText|title|alt|ariaLabel|placeholder)\s*=\s*|setAttribute\("(?:aria-label|title|alt)",\s*)"""
        r"""["'`](?!\$\{)[^"'`]*[A-Za-z]{2}"""
    )
    for file in sources.rglob("*.ts"):
        if "preview" not in file.parts:  # which only authors see
            assert not written.search(file.read_text(encoding="utf-8")), file.name
    for file in sources.rglob("*.css"):
        if "preview" not in file.parts:
            for content in re.findall(r"content:\s*([^;}]+)", file.read_text(encoding="utf-8")):
                texts = re.findall(r'"((?:[^"\\]|\\.)*)"', content)
                assert not any(re.search(r"[A-Za-z]{2}", re.sub(r"\\[0-9a-f]+ ?", "", text)) for text in texts), (
                    file.name
                )


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


def test_the_page_of_a_right_to_left_language_says_so(project: Path) -> None:
    assert '<html lang="he" dir="rtl">' in _speak(project, "he")["one.html"].decode()


def test_the_map_is_lettered_in_the_language_of_the_page(project: Path) -> None:
    site = _speak(project, "cs")
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


def test_a_table_of_countries_is_headed_in_the_language_of_its_story(tmp_path: Path) -> None:
    """Its rows are named as the story names countries, and not by the codes by which figures are joined to them."""
    (tmp_path / "stories").mkdir()
    (tmp_path / "storymap.toml").write_text('title = "X"\nlang = "he"\n', encoding="utf-8")
    (tmp_path / "stories" / "t.csv").write_text("code,kWh\nCZ,5\nDE,7\n", encoding="utf-8")
    layer = "{from: countries, join: {table: t.csv, on: code}, color: {by: kWh}}"
    (tmp_path / "stories" / "a.md").write_text(
        f"---\ntitle: A\nlayers:\n  d: {layer}\n---\n## B\nlayers: d\n", encoding="utf-8"
    )
    page = build_site(load_project(tmp_path))["a.html"].decode()
    table = page[page.index('<section class="data-tables">') :]
    assert re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table) == ["מדינה", "kWh"]
    assert {html.unescape(name) for name in re.findall(r'<th scope="row">(.*?)</th>', table)} == {"צ׳כיה", "גרמניה"}
