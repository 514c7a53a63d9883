"""Cards: their size and weight, that titles are inked and whole, and that no letter is a box."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from storymap.api.stories import load_stories
from storymap.drawing.flat import Scheme
from storymap.drawing.letters import BUILT_IN
from storymap.earth.views import INHABITED, view_at, view_of_bounds
from storymap.model.place import LonLat
from storymap.model.scene import Scene
from storymap.outputs.cards import HEAVIEST, CardText, draw_card, make_card
from storymap.pages.themes.builtin import builtin_theme
from storymap.project import load_project

WORLD = Scene(view_of_bounds(INHABITED))
PRAGUE = Scene(view_at(LonLat(14.42, 50.09), 10))
DATE_LINE = Scene(view_at(LonLat(179.9, -17.0), 4))
PALETTE = builtin_theme().palette
PAPER, INK = (255, 253, 249), (31, 27, 22)


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def find_ink(card: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """The box of what is nearly as dark as ink, within `box`."""
    return card.crop(box).convert("L").point(lambda level: 255 if level < 80 else 0).getbbox()


@pytest.mark.parametrize("scene", [WORLD, PRAGUE, DATE_LINE], ids=["world", "prague", "date line"])
def test_a_card_has_the_size_that_is_asked_for_and_comes_at_once(scene: Scene) -> None:
    png = make_card(scene, CardText("Where the day begins", "Walks", "en"), PALETTE)
    with Image.open(io.BytesIO(png)) as read:
        assert (read.format, read.size) == ("PNG", (1200, 630))
    assert len(png) <= HEAVIEST
    assert make_card(scene, CardText("Where the day begins", "Walks", "en"), PALETTE) == png


def show_photograph(folder: Path) -> Scene:
    """A story told on a photograph, of which each pixel has a colour of its own."""
    (folder / "stories").mkdir()
    Image.effect_noise((900, 600), 90).convert("RGB").save(folder / "stories" / "crowd.jpg", quality=95)
    text = "---\ntitle: A crowd\nmap: {image: crowd.jpg}\n---\n\n## Here\nplace: 40%, 50%\n"
    (folder / "stories" / "crowd.md").write_text(text, encoding="utf-8")
    return load_stories(load_project(folder))["crowd"].scene


def show_round_trips(folder: Path) -> Scene:
    """A story of forty steps around the world, which has all coasts, borders, names and lines on its card."""
    (folder / "stories").mkdir()
    cities = "Tokyo Lima Oslo Cairo Sydney Toronto Mumbai Madrid Nairobi Auckland Honolulu Santiago Reykjavík".split()
    steps = "".join(f"\n## Step {number}\nplace: {cities[number * 5 % 13]}\n" for number in range(40))
    (folder / "stories" / "trips.md").write_text(
        f"---\ntitle: Trips\nline: great-circle\n---\n{steps}", encoding="utf-8"
    )
    return load_stories(load_project(folder))["trips"].scene


@pytest.mark.parametrize("show", [show_photograph, show_round_trips])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_heaviest_kinds_of_card_come_at_once(show: Callable[[Path], Scene], scheme: Scheme, tmp_path: Path) -> None:
    png = make_card(show(tmp_path), CardText("Příliš žluťoučký kůň " * 6, "Walks", "cs"), PALETTE, scheme=scheme)
    assert len(png) <= HEAVIEST == 60_000
    card = picture(png)
    assert card.size == (1200, 630)
    paper = PAPER if scheme == "light" else (26, 24, 21)
    assert card.getpixel((4, 620)) == pytest.approx(paper, abs=12), "the title's band"
    assert len(card.crop((0, 0, 1200, 300)).getcolors(1 << 20) or ()) >= 8, "a map"


@pytest.mark.parametrize(
    ("title", "lang", "side"),
    [
        ("A declaration by telephone", "en", "left"),
        ("Příliš žluťoučký kůň úpěl", "cs", "left"),
        ("Η αρχή της ημέρας", "el", "left"),
        ("Заявление по телефону", "ru", "left"),
        ("إعلان عبر الهاتف", "ar", "right"),
        ("הצהרה בטלפון", "he", "right"),
        ("War", "en", "left"),
    ],
)
def test_a_title_is_written_from_the_side_on_which_its_language_begins(title: str, lang: str, side: str) -> None:
    card = picture(make_card(PRAGUE, CardText(title, "", lang), PALETTE))
    ink = find_ink(card, (0, 500, 1200, 630))
    assert ink is not None
    begins = ink[0] if side == "left" else 1200 - ink[2]
    assert 50 <= begins <= 70, "at the margin"
    assert ink[2] - ink[0] == pytest.approx(BUILT_IN.measure(title, "serif") * 60, abs=14), "as wide as measured"


def test_arabic_is_joined_and_no_row_of_boxes() -> None:
    joined, apart = (BUILT_IN.measure(text, "serif") for text in ("سلام", "س\u200cل\u200cا\u200cم"))
    assert joined < apart * 0.9
    boxes = make_card(PRAGUE, CardText("\U00012000\U00012001", "", "en"), PALETTE)
    assert boxes == make_card(PRAGUE, CardText("", "", "en"), PALETTE), "what no font has is left out"


def test_what_no_font_has_leaves_its_room_to_the_map() -> None:
    svg = draw_card(PRAGUE, CardText("一通电话里的声明", "布拉格", "zh"), PALETTE)
    assert "一" not in svg
    assert "布" not in svg
    card = picture(make_card(PRAGUE, CardText("一通电话里的声明", "布拉格", "zh"), PALETTE))
    assert card.getpixel((4, 620)) != PAPER, "land, and no empty band"
    named = picture(make_card(PRAGUE, CardText("一通电话里的声明", "Walks", "zh"), PALETTE))
    assert named.getpixel((4, 620)) == pytest.approx(PAPER, abs=4)
    assert named.getpixel((4, 500)) != pytest.approx(PAPER, abs=4), "the band is as high as the one line that is left"


@pytest.mark.parametrize("title", ["long words and short ones " * 20, "W" * 400, "a" * 61, "ab, " * 200])
def test_a_long_title_stays_within_the_margins(title: str) -> None:
    card = picture(make_card(PRAGUE, CardText(title, title, "en"), PALETTE))
    ink = find_ink(card, (0, 420, 1200, 630))
    assert ink is not None
    assert ink[0] >= 50
    assert ink[2] <= 1150
    assert card.getpixel((600, 120)) != PAPER, "and leaves a map"


@pytest.mark.parametrize(
    "title", ['<script>&"{x}', "]]>", "{top}", "&amp;", "a\u2028b", "\x00\x07\ufffe", "<![CDATA[", "</text>"]
)
def test_hostile_titles_are_only_text(title: str) -> None:
    svg = draw_card(PRAGUE, CardText(title, title, "en"), PALETTE)
    assert "<script" not in svg
    assert make_card(PRAGUE, CardText(title, title, "en"), PALETTE).startswith(b"\x89PNG")


def test_a_card_has_no_property_that_the_renderer_does_not_know() -> None:
    schemes: tuple[tuple[Scheme, str], ...] = (("light", "#fffdf9"), ("dark", "#1a1815"))
    for scheme, paper in schemes:
        svg = draw_card(WORLD, CardText("A", "B", "en"), PALETTE, scheme=scheme)
        assert "var(" not in svg
        assert "@media" not in svg
        assert f'fill="{paper}"' in svg
