"""The README tells the truth: every key and option that exists stands in it, and nothing that does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner

from storymap.cli.commands import storymap
from storymap.errors import Report
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.story import read_story
from storymap.reading.text import decode_text
from storymap.settings.model import Settings


def read(repository: Path) -> str:
    return (repository / "README.md").read_text(encoding="utf-8")


def test_it_stays_short(repository: Path) -> None:
    assert len(read(repository).splitlines()) < 150


def test_the_table_of_step_fields_is_complete(repository: Path) -> None:
    table = re.findall(
        r"^\| `(\w+)` \|", read(repository).partition("| In a step |")[2].partition("\n\n")[0], re.MULTILINE
    )
    assert sorted(table) == sorted(StepFields.model_fields)


def test_every_key_of_front_matter_and_settings_is_named(repository: Path) -> None:
    sentence = read(repository).partition("Front matter takes")[2].partition("\n\n")[0]
    front, _, settings = sentence.partition("Settings in")
    assert set(re.findall(r"`(\w+)`", front)) == set(FrontMatter.model_fields)
    assert set(re.findall(r"`(\w+)`", settings)) == set(Settings.model_fields)


def test_the_table_of_commands_is_complete(repository: Path) -> None:
    table = read(repository).partition("| Command |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `storymap (\w+)", table, re.MULTILINE) == storymap.list_commands(Context(storymap))


def test_every_option_of_the_build_command_is_named(repository: Path) -> None:
    options = set(re.findall(r"--\w+", CliRunner().invoke(storymap, ["build", "--help"]).output)) - {"--help"}
    assert options
    assert options <= set(re.findall(r"--\w+", read(repository)))


def test_the_story_that_it_shows_is_a_story(repository: Path) -> None:
    shown = read(repository).partition("## A story\n\n")[2].partition("\n\nA `##`")[0]
    story = re.sub(r"^    ", "", shown, flags=re.MULTILINE) + "\n\n[^1]: A source.\n"
    report = Report()
    text = decode_text(story.encode(), "stories/shown.md", report)
    assert text is not None
    assert read_story(text, report) is not None
    assert report.problems == []


def test_its_picture_is_drawn_by_the_project(
    repository: Path, own_site: Mapping[str, bytes], request: pytest.FixtureRequest
) -> None:
    drawn = own_site["stills/declaration/the-call.svg"]
    picture = repository / ".github" / "story.svg"
    if request.config.getoption("--accept"):
        picture.write_bytes(drawn)
    assert picture.read_bytes() == drawn


def test_nothing_says_to_install_a_package_by_a_name_that_anybody_may_take(repository: Path) -> None:
    """What people are told to install is a folder or an address of theirs: the name is on no registry."""
    texts = [
        repository / "README.md",
        *(repository / "storymap").rglob("*.md"),
        *(repository / "storymap").rglob("*.toml"),
    ]
    texts += [path for path in (repository / "storymap").rglob("*.py") if "bundling" not in path.parts]
    told = {
        f"{path.name}: {line.strip()}"
        for path in texts
        if "node_modules" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"install\b[^\n]*\bfolium-storymap\b(?!\s*@)", line)
    }
    assert told == set()
