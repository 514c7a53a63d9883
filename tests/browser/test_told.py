"""Stories as a screen reader tells them: the accessibility tree of each step, as a text that is to be read aloud."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.language.words import interface_words
from storymap.project import load_project

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

TESTS = Path(__file__).parents[1]
URL = "https://walks.invalid/"
"""Where the site of a single file stands, so that its links lead there."""


@pytest.fixture(scope="module")
def pacific(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with lines, areas, data, ways and a pole."""
    root = tmp_path_factory.mktemp("told") / "pacific"
    shutil.copytree(TESTS / "projects" / "good" / "pacific", root)
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


@pytest.mark.parametrize(
    ("story", "form"), [("declaration", "site"), ("ocean", "single files"), ("cs/declaration", "site")]
)
def test_each_step_is_told_as_a_person_would(
    site: Path,
    pacific: Path,
    in_form: Callable[..., Path],
    open_page: OpenPage,
    request: pytest.FixtureRequest,
    story: str,
    form: str,
) -> None:
    page, _ = open_page(reduced_motion="reduce")
    folder = in_form(form, pacific if story == "ocean" else site, url=URL, only=story)
    page.goto((folder / f"{story}.html").as_uri())
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
    # The small map comes when there is leisure, and goes again where it has nothing to add.
    page.wait_for_function("() => document.querySelector('.inset.leaflet-container')")
    parts = [f"# The map\n{page.locator('.map-frame').aria_snapshot()}"]
    parts.append(f"# The list of steps\n{page.locator('.steps-rail').aria_snapshot()}")
    steps = page.locator(".step").count()
    lang = page.locator("html").get_attribute("lang") or ""
    arrived = interface_words(lang).browser["step_arrived"]
    status, words = page.locator("#storymap-words + [role=status]"), page.locator("#storymap-words")
    for number in range(1, steps + 1):
        page.keyboard.press("j")
        page.wait_for_function(
            "(start) => document.querySelector('#storymap-words + [role=status]').textContent.includes(start)",
            arg=arrived.format(number=number, count=steps, title=""),
        )
        step = page.locator(f"[data-step='{number}']")
        said, told = status.inner_text(), words.inner_text()
        parts.append(f"# {number}\nsaid: {said}\nmap: {told}\n{step.locator('header').aria_snapshot()}")
        # Nothing that is seen at the head of the step or named on its map is left untold.
        for place in step.locator(".dateline a").all_inner_texts():
            assert place.replace("\u00ad", "") in said
            assert place.replace("\u00ad", "") in told
    page.locator("#storymap-places summary").click()
    parts.append(f"# The places\n{page.locator('#storymap-places').aria_snapshot()}")
    golden = TESTS / "golden" / f"told-{story.replace('/', '-')}.txt"
    text = "\n\n".join(parts).replace("\u00ad", "").replace(URL, "") + "\n"
    if request.config.getoption("--accept"):
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text
