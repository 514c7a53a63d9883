"""What the map shows against what a step tells."""

import pytest


def codes(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    "fields",
    [
        "place: Prague\nzoom: 9",
        "place: Prague\ncenter: 50.2, 14.6\nzoom: 8",
        "place: Prague\nbounds: [12, 48, 19, 51]",
        "place: [Prague, Lima]\ncenter: 50.08, 14.43\nzoom: 9",  # one of them is enough
        "place: CZ\ncenter: 50.08, 14.43\nzoom: 9",  # within the country
        "place: [Prague, Lima]",
        "place: Prague\noverview: true",
        "bounds: [12, 48, 19, 51]",
        "center: 50.08, 14.43\nzoom: 9",
        "place: Suva\nbounds: [170, -25, -170, -10]",  # over 180°
        "place: Fiji\nbounds: [178, -20, -178, -15]",
    ],
)
def test_a_view_that_shows_a_place_is_right(check, fields):
    assert check(f"## A step\n{fields}\n\nText.\n") == []


def test_a_view_over_the_date_line_that_misses_its_place_is_told(check):
    assert codes(check("## A step\nplace: Prague\nbounds: [170, -25, -170, -10]\n\nText.\n")) == ["view-misses-places"]


def test_with_tiles_a_closer_zoom_is_right(check):
    settings = 'tiles = "OpenStreetMap.Mapnik"\n'
    assert not {"zoom-too-close", "no-streets"} & {
        *codes(check("## A step\nplace: Prague\nzoom: 18\n\nText.\n", settings=settings))
    }


def test_zoom_ten_is_served_by_the_drawn_map(check):
    assert check("## A step\nplace: Prague\nzoom: 10\n\nText.\n") == []


def test_center_and_zoom_belong_together_and_false_is_no_wish(check):
    assert check("## A step\nplace: Prague\ncenter: 50.08, 14.43\nzoom: 9\noverview: false\n\nText.\n") == []


@pytest.mark.parametrize("later", ["place: Prague", "center: 50, 14\nzoom: 5", "bounds: [12, 48, 19, 51]"])
def test_a_story_that_moves_the_map_once_is_right(check, later):
    assert check(f"## A step\n\nText.\n\n## Another\n{later}\n\nText.\n") == []


def test_a_misspelt_place_is_not_told_as_none(check):
    assert codes(check("## A step\nplace: Prauge\n\nText.\n")) == ["unknown-place"]
