"""The faces that pages are set in: what they cover, what they weigh, and which page asks for which of them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import fields

from storymap.building.build import build_site
from storymap.language.words import interface_words, list_words
from storymap.outputs.single_page import make_single_page
from storymap.pages.faces import list_face_files, style_faces
from storymap.prepared import read_static
from storymap.project import load_project

LANGUAGES = ("cs", "de", "en", "es", "fr", "pl", "uk")
"""Those of the interface that are written in Latin or Cyrillic."""

KILOBYTE = 1000


@pytest.fixture(scope="module")
def fonts() -> dict[str, TTFont]:
    return {path: TTFont(io.BytesIO(read_static(prepared))) for path, prepared in list_face_files().items()}


@pytest.fixture(scope="module")
def faces(fonts: Mapping[str, TTFont]) -> dict[str, frozenset[int]]:
    """The characters of each face, of all its files."""
    found: dict[str, frozenset[int]] = {}
    for path, font in fonts.items():
        name = re.sub(r"-(latin|cyrillic).*", "", path)
        found[name] = found.get(name, frozenset()) | frozenset(font.getBestCmap())
    return found


def list_texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for one in value.values() for text in list_texts(one)]
    return [text for field in fields(value) for text in list_texts(getattr(value, field.name))]


def read_ranges(css: str) -> list[set[int]]:
    """The characters that each face with a range is asked for."""
    told = re.findall(r"unicode-range:([^;}]+)", css)
    spans = [re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", one) for one in told]
    return [{code for a, b in one for code in range(int(a, 16), int(b or a, 16) + 1)} for one in spans]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_face_has_every_letter_of_the_interface(lang: str, faces: Mapping[str, frozenset[int]]) -> None:
    words = [*list_texts(interface_words(lang).page)]
    words += [text for names in ("sharing", "reading", "media") for text in list_texts(list_words(names)[lang])]
    letters = {letter for word in words for letter in word if letter.isprintable()}
    assert len(letters) > 40
    asked = set().union(*read_ranges(style_faces(lang)))
    for name, characters in faces.items():
        missing = {
            letter for letter in letters if ord(letter) not in characters and unicodedata.category(letter) != "So"
        }
        assert not missing, name
    assert {ord(letter) for letter in letters if unicodedata.category(letter) != "So"} <= asked


def test_each_face_has_the_letters_of_europe_quotes_dashes_and_arrows(faces: Mapping[str, frozenset[int]]) -> None:
    wanted = "Příliš žluťoučký kůň ąęłńśźż äöüßẞ àâæçéèêëîïôœùûüÿ áéíñóú¿¡ őű ășț ğış əƏ ŵẅ"
    wanted += "Їжак ґедзь Ёлка Љубав „“‚‘’”«»‹›–—…•·°№€₴−→←↑↓0123456789"
    for name, characters in faces.items():
        assert {letter for letter in wanted if ord(letter) not in characters} == set(), name


def test_a_page_in_english_or_czech_loads_110_kilobytes_of_faces_at_most(fonts: Mapping[str, TTFont]) -> None:
    weights = {path: len(read_static(prepared)) for path, prepared in list_face_files().items()}
    latin = [weight for path, weight in weights.items() if "-latin." in path]
    assert len(latin) == 5
    assert max(weights.values()) <= 30 * KILOBYTE
    assert sum(latin) <= 111 * KILOBYTE
    assert all(font.flavor == "woff2" for font in fonts.values())


def test_faces_bear_names_of_ours_and_the_licence_of_their_makers(fonts: Mapping[str, TTFont]) -> None:
    """The Open Font License reserves the name "Source" for the faces as their makers publish them."""
    for font in fonts.values():
        names = {number: font["name"].getDebugName(number) or "" for number in (0, 1, 4, 6, 13)}
        assert "Reserved Font Name" in names[0]
        assert "SIL Open Font License" in names[13]
        assert all(names[number].startswith("Storymap") for number in (1, 4, 6))


def test_figures_for_text_and_for_tables_are_kept(fonts: Mapping[str, TTFont]) -> None:
    for path, font in fonts.items():
        if "-latin." in path:
            features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
            assert {"pnum", "onum"} <= features
            advances = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
            assert len(advances) == 1, "figures stand in columns where nothing else is asked for"


def test_no_character_is_in_two_files_of_a_face() -> None:
    latin, cyrillic = (set(one) for one in read_ranges(style_faces("en"))[:2])
    assert latin.isdisjoint(cyrillic)


@pytest.mark.parametrize("lang", ["ar", "he", "ja", "zh", "el", "kk", "ka"])
def test_a_page_in_another_script_asks_for_a_face_for_latin_letters_alone(lang: str) -> None:
    css = style_faces(lang)
    assert "cyrillic" not in css
    assert "local(" not in css
    asked = read_ranges(css)
    assert asked
    for characters in asked:
        assert all(unicodedata.category(chr(code)).startswith("L") for code in characters)
        assert {ord("a"), ord("Z"), ord("ř")} <= characters


@pytest.mark.parametrize("lang", ["vi", "yo"])
def test_a_language_with_letters_beyond_is_set_in_one_font_of_the_system(lang: str) -> None:
    assert style_faces(lang) == ""


@pytest.mark.parametrize("lang", ["uk", "sr", "sr-Latn", "cs", "en-US", "tr", "xx"])
def test_a_page_in_latin_or_cyrillic_has_both_and_fonts_of_systems_that_fit(lang: str) -> None:
    css = style_faces(lang)
    assert css.count("font-display:optional") == 10
    assert {"latin", "cyrillic"} <= set(re.findall(r"latin|cyrillic", css))
    for adjust in re.findall(r"size-adjust:([\d.]+)%", css):
        assert 85 < float(adjust) < 125


def build(folder: Path, settings: str = "", **files: str) -> dict[str, bytes]:
    (folder / "stories").mkdir(parents=True, exist_ok=True)
    (folder / "storymap.toml").write_text(f'title = "T"\n{settings}', encoding="utf-8")
    (folder / "stories" / "a.md").write_text(
        "---\ntitle: A walk\n---\n\n## Here\nplace: Brno\n\nText.\n", encoding="utf-8"
    )
    for name, text in files.items():
        (folder / name.replace("_css", ".css")).write_text(text, encoding="utf-8")
    return dict(build_site(load_project(folder)))


def read_policy(page: str) -> dict[str, str]:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found
    parts = (one.strip().partition(" ") for one in found[1].replace("&#39;", "'").split(";"))
    return {name: sources for name, _, sources in parts}


def test_a_site_carries_the_faces_once_and_each_page_leads_to_them(tmp_path: Path) -> None:
    site = build(tmp_path, 'pages = "used"\n')
    assert set(list_face_files()) == {path for path in site if path.endswith(".woff2")}
    for path in (path for path in site if path.endswith(".html")):
        page = site[path].decode()
        assert read_policy(page)["font-src"] == "'self'", path
        up = "../" * path.count("/")
        assert f'url("{up}assets/fonts/serif-400-latin.' in page, path
    assert "Storymap" not in site["stills/a.svg"].decode()  # an <img> loads nothing beside it


def test_fonts_of_the_system_leave_no_face_behind(tmp_path: Path) -> None:
    site = build(tmp_path, 'fonts = "system"\n')
    assert not [path for path in site if path.endswith(".woff2")]
    page = site["a.html"].decode()
    assert "@font-face" not in page
    assert "font-src" not in read_policy(page)


def test_a_style_sheet_of_the_site_has_the_last_word(tmp_path: Path) -> None:
    page = build(tmp_path, theme_css=":root { --serif: Mine, serif }")["a.html"].decode()
    assert page.index("--serif: Mine") > page.index('--serif:"Storymap Serif"')


def test_a_single_file_has_the_faces_that_it_needs_in_itself_and_no_others(tmp_path: Path) -> None:
    site = build(tmp_path)
    single = make_single_page(site["a.html"].decode(), "a.html", site)
    assert "assets/fonts" not in single
    assert single.count('url("data:font/woff2;base64,') == 5
    assert read_policy(single)["font-src"] == "data:"
    named = make_single_page(site["a.html"].decode().replace("Text.", "Їжак."), "a.html", site)
    assert named.count('url("data:font/woff2;base64,') == 10
