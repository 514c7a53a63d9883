"""Categories of the settings → signs: symbols that there are, colours that are seen by light and in the dark."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies

from storymap.errors import Location, Report
from storymap.model.sign import Sign
from storymap.prepared import STATIC
from storymap.settings.model import Category
from storymap.symbology.categories import DARK_GROUNDS, LIGHT_GROUNDS, read_signs
from storymap.symbology.contrast import choose_ink, make_stand_out, measure_contrast, stands_out

PALETTE = STATIC.parent / "browser" / "src" / "styles" / "palette.css"

colors = strategies.integers(0, 0xFFFFFF).map("#{:06x}".format)


def locate(*names: str) -> Location:
    return Location("/".join(names), 1)


def read(**category: str) -> tuple[dict[str, Sign], list[tuple[str, str, str]]]:
    report = Report()
    signs = read_signs({"Venue": Category.model_validate(category)}, locate, report)
    return signs, [(found.code, found.at.path, found.help) for found in report.problems]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_that_of_the_wcag(one: str, other: str, ratio: float) -> None:
    assert measure_contrast(one, other) == measure_contrast(other, one) == pytest.approx(ratio, abs=0.005)


@given(colors)
def test_what_stands_in_a_marker_is_read_on_any_colour(color: str) -> None:
    assert measure_contrast(choose_ink(color), color) >= 4.5


@given(colors)
def test_every_colour_has_a_neighbour_that_stands_out(color: str) -> None:
    light, dark = tuple(LIGHT_GROUNDS.values()), tuple(DARK_GROUNDS.values())
    assert stands_out(make_stand_out(color, light, "black"), light)
    assert stands_out(make_stand_out(color, dark, "white"), dark)


def test_a_colour_that_stands_out_stays() -> None:
    assert make_stand_out("#7a3b8f", tuple(LIGHT_GROUNDS.values()), "black") == "#7a3b8f"


def test_the_grounds_are_those_of_the_palette() -> None:
    light, dark = PALETTE.read_text(encoding="utf-8").split("@media")
    for text, grounds in ((light, LIGHT_GROUNDS), (dark, DARK_GROUNDS)):
        assert {name: re.findall(rf"--{name}: (#\w+);", text) for name in grounds} == {
            name: [color] for name, color in grounds.items()
        }


def test_a_sign_has_its_colour_and_in_the_dark_one_that_is_seen() -> None:
    signs, problems = read(symbol="museum", color="#7A3B8F", title="Museums")
    assert problems == []
    sign = signs["venue"]
    assert (sign.title, sign.light.fill, sign.light.ink) == ("Museums", "#7a3b8f", "#ffffff")
    assert sign.symbol.startswith("M7.5,0L1,3.5")
    assert sign.dark.fill != sign.light.fill
    assert stands_out(sign.dark.fill, tuple(DARK_GROUNDS.values()))


def test_a_category_without_a_title_is_called_by_its_name() -> None:
    assert read(color="darkgreen")[0]["venue"].title == "Venue"


@pytest.mark.parametrize(
    ("category", "problem"),
    [
        ({"color": "#7a3b8f", "symbol": "musem"}, ("unknown-symbol", "symbol", 'did you mean "museum"?')),
        ({"color": "purpel"}, ("bad-color", "color", "firebrick")),
        ({"color": "url(x)"}, ("bad-color", "color", "firebrick")),
        ({"color": "#f2d16b"}, ("weak-color", "color", 'write "#8a6c0c", the nearest that does')),
    ],
)
def test_a_mistake_is_told_where_it_is_written(category: dict[str, str], problem: tuple[str, str, str]) -> None:
    ((code, at, advice),) = read(**category)[1]
    assert (code, at) == (problem[0], f"categories/Venue/{problem[1]}")
    assert problem[2] in advice


def test_the_colour_that_is_advised_is_not_told_again() -> None:
    advice = read(color="#f2d16b")[1][0][2]
    assert read(color=re.findall(r"#\w+", advice)[0])[1] == []
