"""How a story is cited, as programs that keep lists of sources read it."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from storymap.building.content import read_content
from storymap.errors import Report
from storymap.model.story import Story
from storymap.pages.citation import cite_story, write_bibtex, write_line, write_ris
from storymap.pages.frame import Site
from storymap.project import load_project

URL = "https://example.org/walks/mlyn.html"
SITE = Site("Walks & <rides>", "", "en", "https://example.org/walks")
NASTY = r"50 % & {1} \begin_x #1 $2 ~^ </pre><script>"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("project")
    (folder / "stories").mkdir()
    (folder / "stories" / "mlýn.md").write_text(
        "---\ntitle: Kdo platí?\nlang: cs\ndate: 1850\npublished: 2026-11-07\n"
        "authors: [Anna Nováková, John Smith]\n---\n## Tady\nplace: Brno\n\nText.\n",
        encoding="utf-8",
    )
    [found] = read_content(load_project(folder), Report()).stories
    return found


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    library = parse_string(text)
    assert not library.failed_blocks
    [entry] = library.entries
    return entry.entry_type, entry.key, {field.key: str(field.value) for field in entry.fields}


def test_bibtex_is_read_by_another_program(story: Story) -> None:
    assert read_bibtex(write_bibtex(story, "Walks", URL)) == (
        "misc",
        "mlyn-2026",
        {
            "author": "Anna Nováková and John Smith",
            "title": "{Kdo platí?}",
            "howpublished": "Walks",
            "year": "2026",
            "month": "nov",
            "language": "cs",
            "url": URL,
        },
    )


def test_ris_is_read_by_another_program(story: Story) -> None:
    [entry] = rispy.loads(write_ris(story, "Walks", URL))
    assert entry == {
        "type_of_reference": "ELEC",
        "authors": ["Anna Nováková", "John Smith"],
        "title": "Kdo platí?",
        "secondary_title": "Walks",
        "year": "2026",
        "date": "2026/11/07",
        "language": "cs",
        "urls": [URL],
    }


def test_the_line_names_what_is_known_in_the_language_of_the_story(story: Story) -> None:
    line = write_line(story, SITE.title, URL)
    assert line.striptags() == (f"Anna Nováková, John Smith. Kdo platí? Walks & <rides>, 7. listopadu 2026. {URL}")
    assert "<cite>Kdo platí?</cite> Walks &amp; &lt;rides&gt;" in line


def test_nothing_is_said_that_the_author_did_not_say(story: Story) -> None:
    bare = replace(story, published="", authors=())
    assert write_line(bare, "Walks", "").striptags() == "Kdo platí? Walks, bez data."
    _, key, fields = read_bibtex(write_bibtex(bare, "Walks", ""))
    assert (key, sorted(fields)) == ("mlyn", ["howpublished", "language", "title"])
    [entry] = rispy.loads(write_ris(bare, "Walks", ""))
    assert sorted(entry) == ["language", "secondary_title", "title", "type_of_reference"]


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("ja", "Anna Nováková、John Smith。Kdo platí? Walks、2026年11月7日。"),
        ("ar", "Anna Nováková، John Smith. Kdo platí? Walks، 7 نوفمبر 2026."),
    ],
)
def test_a_line_is_joined_as_its_language_joins(story: Story, lang: str, line: str) -> None:
    assert write_line(replace(story, lang=lang), "Walks", "").striptags() == line


def test_what_is_written_by_an_author_breaks_out_of_no_format(story: Story) -> None:
    nasty = replace(story, title=f"{NASTY}\nER  - \n@misc{{x,", authors=("Smith and Sons", "A, B, C, {", NASTY))
    _, _, fields = read_bibtex(write_bibtex(nasty, NASTY, "https://example.org/a}b\\c.html"))
    assert fields["author"].startswith("{Smith and Sons} and {A, B, C, \\textbraceleft{}} and 50 \\% \\&")
    assert fields["url"] == "https://example.org/a%7Db%5Cc.html"
    assert fields["howpublished"] == (
        r"50 \% \& \textbraceleft{}1\textbraceright{} \textbackslash{}begin\_x \#1 \$2 "
        r"\textasciitilde{}\textasciicircum{} </pre><script>"
    )
    [entry] = rispy.loads(write_ris(nasty, NASTY, URL))
    assert entry["title"] == f"{NASTY} ER - @misc{{x,"
    cited = cite_story(nasty, SITE, url="https://example.org/?a=1&b=2")
    assert "<script" not in cited.html
    assert 'href="https://example.org/?a=1&amp;b=2"' in cited.html
    for url, text in ((cited.bibtex_url, cited.bibtex), (cited.ris_url, "TY  - ELEC")):
        assert re.fullmatch(r"data:application/[\w-]+;charset=utf-8,[\w.~/%-]+", url)
        assert unquote(url.partition(",")[2]).startswith(text)
