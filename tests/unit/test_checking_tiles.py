"""What is told of tiles of the author's own."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from storymap.checking import own_tiles

BODY = "## A step\nplace: 50.08, 14.43\nzoom: 12\n\nText.\n"
SETTINGS = 'tiles = "{}/{{z}}/{{x}}/{{y}}.png"\n'


def draw(kind: str, color: str = "tan") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (256, 256), color).save(written, kind)
    return written.getvalue()


def codes(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize(("kind", "advice"), [("PNG", "as WebP"), ("WEBP", "less close than zoom 12")])
def test_a_story_with_many_megabytes_of_tiles_is_told_what_to_do(check, monkeypatch, kind, advice):
    monkeypatch.setattr(own_tiles, "MAX_BYTES", 100)
    (problem,) = check(BODY, files={"plan/12/2212/1387.png": draw(kind)}, settings=SETTINGS.format("plan"))
    assert problem.code == "heavy-tiles"
    assert "takes along 1 tile in one file" in problem.message
    assert advice in problem.help


def test_tiles_in_the_folder_of_stories_are_not_said_to_be_unused(check):
    files = {f"stories/plan/12/{column}/1387.png": draw("PNG") for column in (2211, 2212, 9)}
    files["stories/plan/tilemapresource.html"] = b""
    body = BODY.replace("zoom: 12", "zoom: 12\nimage: plan/{z}/{x}/{y}.png")
    assert codes(check(body, files=files)) == ["story-tiles"]
    assert codes(check(BODY, files=files, settings=SETTINGS.format("stories/plan"))) == ["story-tiles"]


@pytest.mark.parametrize(
    ("zoom", "tile", "told"),
    [
        (9, "12/2212/1387", "begin at zoom 12"),
        (12, "12/2212/2708", "their rows count the other way"),
        (12, "12/100/1387", "where no step looks"),
    ],
)
def test_tiles_that_no_map_shows_are_told_with_the_reason(check, zoom, tile, told):
    body = BODY.replace("zoom: 12", f"zoom: {zoom}")
    problems = check(body, files={f"plan/{tile}.png": draw("PNG")}, settings=SETTINGS.format("plan"))
    (problem,) = (each for each in problems if each.code == "tiles-elsewhere")
    assert told in problem.message


def test_a_close_step_needs_no_streets_where_tiles_are(check):
    files = {"plan/12/2212/1387.png": draw("PNG")}
    assert codes(check(BODY, files=files, settings=SETTINGS.format("plan"))) == ["story-tiles"]
    body = BODY + "\n## Elsewhere\nplace: 49.19, 16.61\nzoom: 12\n\nText.\n"
    found = check(body, files=files, settings=SETTINGS.format("plan"))
    assert [(problem.code, problem.at.line) for problem in found if problem.code == "no-streets"] == [
        ("no-streets", 11)
    ]


def test_a_folder_of_tiles_that_no_map_shows_is_told_once(check):
    files = {f"stories/plan/12/{column}/1387.png": draw("PNG") for column in range(20)}
    (problem,) = check(files=files)
    assert problem.code == "unused-file"
    assert "image: plan/{z}/{x}/{y}.png" in problem.help
