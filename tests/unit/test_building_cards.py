"""Which cards a site has, and that its pages name them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image

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


def make_font(letters: str, *, name: str = "Squares-Regular") -> bytes:
    """A font whose letters are filled squares as wide as they are high."""
    names = [".notdef", *(f"uni{ord(letter):04X}" for letter in letters)]
    pen = TTGlyphPen(None)
    for x, y in ((0, 0), (0, 900), (900, 900), (900, 0)):
        (pen.lineTo if (x, y) != (0, 0) else pen.moveTo)((x, y))
    pen.closePath()
    square = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(letter): f"uni{ord(letter):04X}" for letter in letters})
    font.setupGlyf(dict.fromkeys(names, square))
    font.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    font.setupHorizontalHeader(ascent=900, descent=-100)
    font.setupNameTable({"familyName": "Squares", "styleName": "Regular", **({"psName": name} if name else {})})
    font.setupOS2()
    font.setupPost()
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def build_card(project: Path, title: str) -> tuple[bytes, Report]:
    (project / "stories" / "two.md").write_text(STORY.replace("Two towns", title), encoding="utf-8")
    report = Report()
    return storymap.build_site(load_project(project), report=report)["cards/two.png"], report


def test_a_font_of_the_project_sets_what_ours_have_not(tmp_path: Path) -> None:
    project = write(tmp_path, 'title = "Walks"\nurl = "https://example.org"\ncards = "stories"\n')
    bare, report = build_card(project, "一通电话")
    assert [one.code for one in report.problems if one.code.endswith("-card")] == ["unlettered-card"]
    (project / "fonts").mkdir()
    (project / "fonts" / "squares.ttf").write_bytes(make_font("一通电话"))
    (project / "fonts" / "LICENSE.txt").write_text("as you like")
    lettered, report = build_card(project, "一通电话")
    assert not [one for one in report.problems if one.code.endswith("-card")]
    assert lettered != bare
    with Image.open(io.BytesIO(lettered)) as card:
        band = card.convert("L").crop((0, 490, 1200, 560))
    inked = sum(band.histogram()[:80])
    assert inked == pytest.approx(4 * 54 * 54, rel=0.08), "four squares of the size of a title"


def test_a_font_that_the_renderer_does_not_take_is_told_and_makes_no_boxes(tmp_path: Path) -> None:
    project = write(tmp_path, 'url = "https://example.org"\ncards = "stories"\n')
    (project / "fonts").mkdir()
    (project / "fonts" / "nameless.ttf").write_bytes(make_font("一通电话", name=""))
    with pytest.raises(storymap.StorymapError, match="unreadable-font"):
        build_card(project, "一通电话")


def test_letters_that_are_in_no_font_and_in_one_font_stand_in_one_title(tmp_path: Path) -> None:
    project = write(tmp_path, 'url = "https://example.org"\ncards = "stories"\n')
    (project / "fonts").mkdir()
    (project / "fonts" / "squares.ttf").write_bytes(make_font("话"))
    mixed, report = build_card(project, "Praha 话, إعلان")
    assert not [one for one in report.problems if one.code.endswith("-card")]
    plain, _ = build_card(project, "Praha , إعلان")
    assert mixed != plain


def test_pages_name_their_cards_and_say_what_these_show(tmp_path: Path) -> None:
    site = storymap.build_site(load_project(write(tmp_path, 'url = "https://example.org/a"\n')))
    for page, card in (("two.html", "two"), ("index.html", "index"), ("places/prague.html", "places/prague")):
        named = dict(re.findall(r'property="(og:image[^"]*)" content="([^"]*)"', site[page].decode()))
        assert named["og:image"] == f"https://example.org/a/cards/{card}.png"
        assert site[f"cards/{card}.png"].startswith(b"\x89PNG")
        assert named["og:image:alt"].startswith("Map")
