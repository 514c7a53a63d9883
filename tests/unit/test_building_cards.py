"""Which cards a site has, and that its pages name them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import storymap
from storymap.building.plan import plan_site
from storymap.errors import Report
from storymap.project import load_project

STORY = "---\ntitle: Two towns\n---\n\n## One\nplace: Prague\n\nText.\n\n## Two\nplace: Vienna\n\nText.\n"
STORIES, PLACES = {"cards/index.png", "cards/two.png"}, {"cards/places/prague.png", "cards/places/vienna.png"}
STEPS = {"cards/two/one.png", "cards/two/two.png"}


def write(folder: Path, settings: str) -> Path:
    (folder / "stories").mkdir()
    (folder / "stories" / "two.md").write_text(STORY, encoding="utf-8")
    (folder / "storymap.toml").write_text(settings, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("settings", "cards"),
    [
        ("", set()),
        ('cards = "steps"', set()),
        ('url = "https://example.org"', STORIES | PLACES),
        ('url = "https://example.org"\ncards = "stories"', STORIES),
        ('url = "https://example.org"\ncards = "steps"', STORIES | PLACES | STEPS),
        ('url = "https://example.org"\ncards = "none"', set()),
    ],
)
def test_a_site_has_the_cards_that_its_settings_ask_for(tmp_path: Path, settings: str, cards: set[str]) -> None:
    plan = plan_site(load_project(write(tmp_path, settings)), Report())
    assert {path for task in plan.tasks for path in task.paths if path.startswith("cards/")} == cards


def test_pages_name_their_cards_and_say_what_these_show(tmp_path: Path) -> None:
    site = storymap.build_site(load_project(write(tmp_path, 'url = "https://example.org/a"\n')))
    for page, card in (("two.html", "two"), ("index.html", "index"), ("places/prague.html", "places/prague")):
        named = dict(re.findall(r'property="(og:image[^"]*)" content="([^"]*)"', site[page].decode()))
        assert named["og:image"] == f"https://example.org/a/cards/{card}.png"
        assert site[f"cards/{card}.png"].startswith(b"\x89PNG")
        assert named["og:image:alt"].startswith("Map: ")
