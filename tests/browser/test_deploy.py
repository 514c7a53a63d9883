"""A site that was deployed to a branch reads as it does here, below the folder that GitHub Pages puts it in."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from storymap.cli.commands import storymap

pytestmark = pytest.mark.browser


def test_a_first_deployment_is_read_under_the_name_of_the_repository(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    serve: Callable[[Path, str], str],
    open_page: Callable[..., tuple[Page, object]],
) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Jana")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "jana@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(tmp_path)
    storymap(["new", "walks"], standalone_mode=False)
    monkeypatch.chdir("walks")
    for line in (
        "init --quiet --bare ../remote.git",
        "init --quiet -b main",
        "add .",
        "commit --quiet -m First",
        "remote add origin ../remote.git",
        "push --quiet -u origin main",
    ):
        subprocess.run(("git", *line.split()), check=True)
    result = CliRunner().invoke(storymap, ["deploy"])
    assert result.exit_code == 0, result.output
    subprocess.run(("git", "clone", "--quiet", "--branch", "gh-pages", "../remote.git", "../published"), check=True)
    page, _ = open_page()
    page.goto(serve(tmp_path / "published", "/repository/"))
    page.locator(".card h2 a").click()
    expect(page.locator("h1")).to_have_text("Sixteen hours to a green field")
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
