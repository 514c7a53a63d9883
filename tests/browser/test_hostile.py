"""A site made of hostile text runs none of it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = pytest.mark.browser

HOSTILE = Path(__file__).parents[1] / "projects" / "good" / "hostile"
TOUCH = """() => {
  for (const element of document.querySelectorAll("a[href], .pin")) {
    element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
    element.dispatchEvent(new FocusEvent("focus"));
  }
}"""
PAINTED = "() => document.querySelector('.map-window').childElementCount === 0"


def test_no_author_text_runs_on_any_page(
    tmp_path: Path, in_form: Callable[..., Path], open_page: Callable[..., tuple[Page, Any]]
) -> None:
    project = load_project(HOSTILE)
    write_site(build_site(project), tmp_path / "site", project=project)
    pages = [
        *sorted((tmp_path / "site").rglob("*.html")),
        *sorted(in_form("single files", tmp_path / "site").iterdir()),
    ]
    page, watch = open_page()
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    for path in pages:
        page.goto(path.as_uri())
        if "storymap-data" in path.read_text(encoding="utf-8"):
            page.wait_for_function(PAINTED)
        page.evaluate(TOUCH)
        assert page.evaluate("[...document.querySelectorAll('*')].flatMap((each) => [...each.attributes])"
                             ".filter((each) => each.name.startsWith('on')).length") == 0  # fmt: skip
    assert dialogs == []
    assert watch.strangers == []
