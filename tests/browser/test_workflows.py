"""What the workflow of a new project builds, read where GitHub Pages puts it and from a downloaded artifact."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from storymap.starter.writing import write_project

pytestmark = pytest.mark.browser
WORKFLOW = Path(__file__).parents[2] / "storymap" / "starter" / "project" / ".github" / "workflows" / "pages.yml"


@pytest.mark.parametrize("place", ["/walks/", "artifact"])
def test_the_site_that_github_builds_can_be_read(
    place: str, tmp_path: Path, serve: Callable[[Path, str], str], open_page: Callable[..., tuple[Page, object]]
) -> None:
    write_project(tmp_path / "walks")
    steps = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["build"]["steps"]
    (line,) = [step["run"] for step in steps if "storymap build" in step.get("run", "")]
    (kept,) = {step["with"]["path"] for step in steps if "artifact" in step.get("uses", "")}
    line = f'PATH="{Path(sys.executable).parent}:$PATH"; BASE_URL=https://jana.github.io/walks; {line}'
    subprocess.run(("bash", "-c", line), cwd=tmp_path / "walks", check=True, capture_output=True)
    folder = tmp_path / "walks" / kept
    page, _ = open_page()
    page.goto((folder / "index.html").as_uri() if place == "artifact" else serve(folder, place))
    page.locator(".card h2 a").click()
    expect(page.locator("h1")).to_have_text("Sixteen hours to a green field")
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
