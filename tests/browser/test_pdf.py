"""A story as a PDF: as the page is printed, with contents, tagged, and the same bytes each time."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from storymap.cli.commands import storymap
from storymap.exchange.chromium import PrintError, find_chromium, print_page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PAGE = b"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>T</title></head>
<body><h1>One</h1><details><summary>S</summary>folded</details><script>document.title = "changed"</script></body>"""


def export(*arguments: str | Path) -> Result:
    return CliRunner().invoke(storymap, ["export", "declaration", "-f", "pdf", "-C", str(ROOT), *map(str, arguments)])


def make_program(folder: Path, text: str) -> str:
    file = folder / "chromium"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(file.stat().st_mode | stat.S_IEXEC)
    return str(file)


def test_a_story_is_printed_whole_with_its_contents(tmp_path: Path) -> None:
    done = export("-o", tmp_path / "d.pdf", "--paper", "letter")
    assert done.exit_code == 0, done.output
    pdf: Any = PdfReader(tmp_path / "d.pdf")
    text = "\n".join(page.extract_text() for page in pdf.pages)
    (title, steps) = pdf.outline[:2]
    assert title.title == "A declaration by telephone"
    assert [part.title for part in steps][:2] == ["The hall that stayed empty", "The call"]
    assert "There was no table and no handshake." in text
    assert "Natural Earth" in text
    assert len(pdf.pages) >= 5
    assert [round(float(edge)) for edge in pdf.pages[0].mediabox[2:]] == [612, 792]
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_same_page_gives_the_same_bytes_unfolded_and_without_its_scripts(tmp_path: Path) -> None:
    data = print_page(PAGE)
    assert print_page(PAGE) == data
    (tmp_path / "p.pdf").write_bytes(data)
    pdf: Any = PdfReader(tmp_path / "p.pdf")
    assert pdf.metadata["/Title"] == "T"
    assert "folded" in pdf.pages[0].extract_text()
    assert [round(float(edge)) for edge in pdf.pages[0].mediabox[2:]] == [595, 842]


def test_without_a_chromium_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYMAP_CHROMIUM", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    if any(map(os.path.exists, ("/Applications/Google Chrome.app", "/Applications/Chromium.app"))):
        pytest.skip("there is one that needs no PATH")
    told = export("-o", tmp_path / "d.pdf")
    assert told.exit_code == 2
    assert "there is none" in told.output
    assert "STORYMAP_CHROMIUM" in told.output
    monkeypatch.setenv("STORYMAP_CHROMIUM", "no-such-chromium")
    with pytest.raises(PrintError, match="no such program"):
        find_chromium()


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("exec sleep 60", "did not print the page within 0.3 seconds"),
        ("echo it is broken >&2; exit 3", "printed nothing: it is broken"),
    ],
)
def test_one_that_fails_is_told_and_ended(program: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(PrintError, match=message) as told:
        print_page(PAGE, program=make_program(tmp_path, program), longest=0.3)
    assert "print it" in told.value.help
