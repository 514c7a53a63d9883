"""`storymap picture`: a map for print in three formats, and what it says where it cannot draw one."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from storymap.cli.commands import storymap

STORY = """\
---
title: Two towns
---

## The first
place: Prague

Text.

## The second
place: [Prague, Vienna]

Text.
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("towns")
    (folder / "stories").mkdir()
    (folder / "stories" / "towns.md").write_text(STORY, encoding="utf-8")
    return folder


def draw(project: Path, *words: str) -> Result:
    return CliRunner().invoke(storymap, ["picture", *words, "-C", str(project)])


def test_an_svg_needs_nothing_and_no_program_is_asked_too_much(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    assert draw(project, "towns#the-second", "--output", str(file)).exit_code == 0
    svg = file.read_text(encoding="utf-8")
    drawn = ET.fromstring(svg)
    assert (drawn.get("width"), drawn.get("height")) == ("1200", "800")
    texts = ["".join(text.itertext()) for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Prague", "Vienna"} <= set(texts)
    assert "1" not in texts, "the numbers of steps are the site's"
    assert any("GeoNames" in text for text in texts)
    for word in ("var(", "@media", "url(http", "font:"):
        assert word not in svg
    assert svg.count("href=") == svg.count('href="#'), "only its own parts"
    again = tmp_path / "again.svg"
    draw(project, "towns#the-second", "--output", str(again))
    assert again.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("size", ["1200x800", "300x300", "2000x500"])
def test_a_png_has_the_size_that_is_asked_for(project: Path, tmp_path: Path, size: str) -> None:
    file = tmp_path / "map.png"
    assert draw(project, "towns", "--size", size, "--output", str(file)).exit_code == 0
    with Image.open(io.BytesIO(file.read_bytes())) as picture:
        assert "x".join(map(str, picture.size)) == size
        foot = picture.convert("L").crop((0, picture.height - 15, picture.width, picture.height))
        levels = foot.histogram()
        assert any(levels[:150]), "credits"
        assert any(levels[240:]), "on paper"


def test_letters_grow_with_the_picture(project: Path, tmp_path: Path) -> None:
    sizes = []
    for size in ("600x400", "2400x1600"):
        file = tmp_path / f"{size}.svg"
        draw(project, "towns", "--size", size, "--output", str(file))
        credit = ET.fromstring(file.read_text(encoding="utf-8")).findall("{http://www.w3.org/2000/svg}text")[-1]
        sizes.append(float(credit.get("font-size", "0")))
    assert sizes[1] == pytest.approx(4 * sizes[0], rel=0.01)


def test_a_pdf_is_drawn_of_lines_and_needs_no_font(project: Path, tmp_path: Path) -> None:
    pytest.importorskip("svg2pdf_py")
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    for file in (first, second):
        assert draw(project, "towns#the-first", "--output", str(file)).exit_code == 0
    assert first.read_bytes().startswith(b"%PDF-")
    assert b"/Font" not in first.read_bytes()
    assert b"/Subtype /Image" not in first.read_bytes()
    assert first.read_bytes() == second.read_bytes()


def test_what_writes_pdfs_is_named_where_it_is_not_there(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "svg2pdf_py", None)
    told = draw(project, "towns", "--format", "pdf", "--output", str(tmp_path / "a.pdf"))
    assert told.exit_code == 2
    assert "pip install svg2pdf-py" in told.output
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("town",), 'there is no story "town"\n  help: did you mean "towns"?'),
        (("towns#the-frist",), 'has no step "the-frist"\n  help: did you mean "the-first"?'),
        (("towns#xyz",), "its steps are the-first, the-second"),
        (("towns", "--size", "12"), '--size "12" is no size of a picture\n  help: width and height from 200'),
        (("towns", "--size", "100x90000"), "is no size of a picture"),
        (("towns", "--size", "-5x800"), "is no size of a picture"),
        (("towns", "--format", "gif"), "'gif' is not one of"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_a_way_out(
    project: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    ended = draw(project, *words, "--output", str(tmp_path / "map.svg"))
    assert ended.exit_code == 2
    assert told in ended.output
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_kept_unless_it_is_said(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    file.write_text("mine")
    assert draw(project, "towns", "--output", str(file)).exit_code == 2
    assert file.read_text() == "mine"
    assert draw(project, "towns", "--output", str(file), "--force").exit_code == 0
    assert file.read_text().startswith("<svg")
