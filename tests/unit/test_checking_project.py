"""What Python is told of a project is what the command tells, and nothing is raised for it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

import storymap
from storymap.cli.commands import storymap as command

STORY = """---
title: One
---
## Lost
place: Prauge

## Here
place: Prague

<!-- storymap-ignore: vague-link -->
[here](https://example.org/) and no alt: ![](missing.png) <!-- storymap-ignore: long-title -->
"""


def test_python_and_the_command_tell_the_same(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "one.md").write_text(STORY, encoding="utf-8")
    found = storymap.check_project(storymap.load_project(tmp_path))
    told = json.loads(CliRunner().invoke(command, ["check", str(tmp_path), "--format", "json"]).stdout)["problems"]
    assert [(problem.code, problem.at.line) for problem in found] == [(one["code"], one["line"] or 0) for one in told]
    codes = {problem.code for problem in found}
    assert {"unknown-place", "missing-picture", "empty-step", "unused-ignore"} <= codes
    assert "vague-link" not in codes


def test_drafts_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "one.md").write_text(STORY.replace("title: One", "title: One\ndraft: true"), "utf-8")
    found = storymap.check_project(storymap.load_project(tmp_path), drafts=False)
    assert "empty-step" not in {problem.code for problem in found}
