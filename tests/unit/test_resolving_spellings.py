"""Links and pictures lead where they mean, however the name of a file is spelled in them."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from storymap.building.build import build_site
from storymap.checking.project import check_project
from storymap.errors import Problem, Report, Severity, StorymapError
from storymap.project import load_project

PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024c01003b")
STEP = "---\ntitle: T\n{front}---\n\n## A step\nplace: Lima\n\n{body}\n"


def build(root: Path, body: str, *, front: str = "", files: dict[str, bytes]) -> tuple[list[str], dict[str, bytes]]:
    """The errors of a site of one story with these files, and the site; `check` must tell the same errors."""
    for name, content in {"a.md": STEP.format(front=front, body=body).encode(), **files}.items():
        (root / "stories").mkdir(exist_ok=True)
        (root / "stories" / name).write_bytes(content)
    project = load_project(root)
    told = {str(problem) for problem in check_project(project) if problem.severity is Severity.ERROR}
    errors: tuple[Problem, ...] = ()
    site: dict[str, bytes] = {}
    try:
        site = build_site(project, report=Report())
    except StorymapError as error:
        errors = error.problems
    assert {str(problem) for problem in errors} <= told
    return [problem.code for problem in errors], site


def addresses(page: bytes) -> list[str]:
    """Every `href` and `src` of the page, as a browser asks for it: decoded, and without what stands behind `#`."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value or "" for name, value in attrs if name in ("href", "src"))

    Reader().feed(page.decode())
    return [unquote(address.partition("#")[0].partition("?")[0]) for address in found]


NAMES = [
    "50% off.gif",
    "Ml%C3%BDn.gif",
    "a#1.gif",
    "why?.gif",
    "it's.gif",
    'so "called".gif',
    "a b.gif",
    "Mlýn.gif",
    "a&b.gif",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_of_any_name_is_shown_linked_and_on_the_card(tmp_path: Path, name: str) -> None:
    body = f"![A dot]({quote(name)})\n\n[The picture]({quote(name)})"
    errors, site = build(tmp_path, body, front=f"cover: '{name.replace(chr(39), chr(39) * 2)}'\n", files={name: PIXEL})
    assert errors == []
    assert f"media/{name}" in site
    assert addresses(site["a.html"]).count(f"media/{name}") == 2
    assert f"media/{name}" in addresses(site["index.html"])


@pytest.mark.parametrize("name", ["Ml%C3%BDn.gif", "50%25.gif"])
def test_a_name_with_percent_signs_may_be_written_as_it_stands_on_disk(tmp_path: Path, name: str) -> None:
    errors, site = build(tmp_path, f"![A dot]({name})", files={name: PIXEL})
    assert errors == []
    assert f"media/{name}" in addresses(site["a.html"])


def test_a_name_that_is_composed_otherwise_on_disk_is_told(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "Mlýn.gif")
    errors, _ = build(tmp_path, f"![A dot]({quote('Mlýn.gif')})", files={apart: PIXEL})
    assert errors == ["picture-case"]


def test_what_a_link_asks_for_in_a_file_stays(tmp_path: Path) -> None:
    errors, site = build(tmp_path, "[Its third page](a.pdf#page=3)", files={"a.pdf": b"%PDF"})
    assert errors == []
    assert b'href="media/a.pdf#page=3"' in site["a.html"]


@pytest.mark.parametrize("name", ["con.gif", "AUX.photo.gif", "com1.gif"])
def test_a_file_whose_name_windows_keeps_is_not_published(tmp_path: Path, name: str) -> None:
    assert build(tmp_path, f"![A dot]({name})", files={name: PIXEL})[0] == ["reserved-name"]


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("My walk.md", "My%20walk.md"),
        ("My walk.md", "<My walk.md>"),
        ("My walk.md", "./my-walk.md"),
        ("My walk.md", "../stories/My%20walk.md"),
        ("Příběh č. 1.md", "Příběh%20č.%201.md"),
        ("Příběh č. 1.md", quote("Příběh č. 1.md")),
        ("Příběh č. 1.md", quote(unicodedata.normalize("NFD", "Příběh č. 1.md"))),
        (unicodedata.normalize("NFD", "Příběh č. 1.md"), quote("Příběh č. 1.md")),
        ("other.md", "OTHER.md"),
        ("other.md", "other.markdown"),
        ("other.md", "other.md?plain=1"),
        ("a%20b.md", "a%20b.md"),
        ("a%20b.md", "a%2520b.md"),
    ],
)
def test_a_link_to_a_story_resolves_by_every_spelling(tmp_path: Path, file: str, written: str) -> None:
    target = STEP.format(front="", body="There.").replace("## A step", "## Řeka").encode()
    inside = written[1:-1] if written.startswith("<") else written
    link = f"<{inside}#řeka>" if written.startswith("<") else f"{inside}#{unicodedata.normalize('NFD', 'řeka')}"
    errors, site = build(tmp_path, f"[x]({link})", files={file: target})
    assert errors == []
    (page,) = {name for name in site if name.endswith(".html") and "/" not in name} - {
        "a.html", "index.html", "about.html", "404.html",
    }  # fmt: skip
    assert page in addresses(site["a.html"])
    assert f'href="{quote(page)}#{quote("řeka")}"'.encode() in site["a.html"]


@pytest.mark.parametrize(
    "written", ["sub/other.md", "../other.md", "/stories/other.md", "other.html", "other", "othr.md"]
)
def test_a_link_that_leads_to_no_story_on_github_is_told(tmp_path: Path, written: str) -> None:
    errors, _ = build(tmp_path, f"[x]({written})", files={"other.md": STEP.format(front="", body="x").encode()})
    assert len(errors) == 1
    assert errors[0] in ("unknown-story", "missing-file", "outside-project")


def test_only_a_published_story_may_not_lead_to_a_draft(tmp_path: Path) -> None:
    draft = STEP.format(front="draft: true\n", body="[back](a.md) and [on](other.md)")
    other = STEP.format(front="draft: true\n", body="[back](draft.md)")
    files = {"draft.md": draft.encode(), "other.md": other.encode()}
    assert build(tmp_path, "Nothing.", files=files)[0] == []
    assert build(tmp_path, "[on](draft.md#a-step) and [on](none.md)", files=files)[0] == [
        "link-to-draft",
        "unknown-story",
    ]
