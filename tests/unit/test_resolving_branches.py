"""Named routes: where they go, how far each step has come along them, and what is told of mistakes in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.building.content import read_content
from storymap.drawing.stills import draw_picture
from storymap.drawing.words import tell_scene
from storymap.errors import Problem, Report
from storymap.layers.branches import Branches
from storymap.model.story import Story
from storymap.project import load_project

GPX = """<?xml version="1.0"?><gpx version="1.1" creator="by hand" xmlns="http://www.topografix.com/GPX/1/1">
<trk><trkseg><trkpt lat="50" lon="14.0"/><trkpt lat="50" lon="14.1"/></trkseg>
<trkseg><trkpt lat="50" lon="14.3"/><trkpt lat="50" lon="14.4"/></trkseg></trk></gpx>"""
STEPS = "## A\nplace: 50, 14\n\n## B\n\n## C\nplace: 50, 14.3\n\n## D\nplace: 51, 15\n"


def resolve(root: Path, routes: str, steps: str = STEPS) -> tuple[Story | None, list[Problem]]:
    (root / "stories").mkdir(exist_ok=True)
    (root / "stories" / "ride.gpx").write_text(GPX)
    text = f"---\ntitle: One\nroutes: {routes}\n---\n\n{steps}"
    (root / "stories" / "one.md").write_text(text, encoding="utf-8")
    report = Report()
    content = read_content(load_project(root), report)
    told = [problem for problem in report.problems if problem.code != "built-in-place"]
    return (None if report.errors else content.stories[0]), told


def branches_of(story: Story) -> list[Branches]:
    return [
        branches for scene in (story.scene, *(step.scene for step in story.steps)) for branches in scene.find(Branches)
    ]


def test_a_route_joins_its_places_and_comes_to_each_at_the_step_that_is_there(tmp_path: Path) -> None:
    story, told = resolve(tmp_path, '{North: ["50, 14", "50, 14.3", "50, 14.4"]}')
    assert story is not None
    assert not told
    opening, *steps = branches_of(story)
    (north,) = opening.branches
    assert (opening.is_opening, opening.gone) == (True, (1.0,))
    assert north.kilometres == pytest.approx(28.7, abs=0.1)
    assert len(north.parts) == 1, "its lines are put together"
    assert [round(step.gone[0], 3) for step in steps] == [0.0, 0.375, 0.75, 1.0]


def test_a_route_along_a_track_leaves_out_what_was_not_recorded(tmp_path: Path) -> None:
    story, _ = resolve(tmp_path, "{Ride: ride.gpx}")
    assert story is not None
    _, *steps = branches_of(story)
    (ride,) = steps[0].branches
    assert len(ride.parts) == 2
    assert [round(step.gone[0], 3) for step in steps] == [0.0, 0.25, 0.5, 1.0]


def test_a_route_to_which_no_step_comes_goes_on_evenly(tmp_path: Path) -> None:
    story, _ = resolve(tmp_path, "{Far: [Lima, Quito]}", "## A\n\n## B\n\n## C\n\n## D\n")
    assert story is not None
    assert [branches.gone for branches in branches_of(story)] == [(1.0,), (0.25,), (0.5,), (0.75,), (1.0,)]


def test_a_story_of_routes_alone_shows_them(tmp_path: Path) -> None:
    story, _ = resolve(tmp_path, "{Ride: ride.gpx}", "## A\n")
    assert story is not None
    assert story.view.bounds.width < 1
    assert story.script == "ways", "its page needs the script that draws them"


def test_routes_without_colours_differ_and_one_with_a_colour_has_it_by_light(tmp_path: Path) -> None:
    story, _ = resolve(
        tmp_path, '{A: ride.gpx, B: {track: ride.gpx, color: "#1f6fa8"}, C: {track: {file: ride.gpx, leg: 1}}}'
    )
    assert story is not None
    first, second, third = branches_of(story)[0].branches
    assert len({first.color, second.color, third.color}) == 3
    assert second.color == "#1f6fa8"
    assert second.dark != second.color, "it would hardly stand out from land in the dark"


def test_words_and_pictures_name_every_route_and_show_how_far_it_is_gone(tmp_path: Path) -> None:
    story, _ = resolve(tmp_path, '{By <b>train</b>: ride.gpx, On foot: ["50, 14", "50.2, 14.2"]}')
    assert story is not None
    scene = story.steps[2].scene
    assert "Route By <b>train</b> (14 km). Route On foot (26 km)" in tell_scene(scene, "en")
    svg = draw_picture(scene, "en", palette="")
    assert "By &lt;b&gt;train&lt;/b&gt;</text>" in svg
    assert "On foot</text>" in svg
    assert 'opacity="0.4"' in svg
    assert 'opacity="0.4"' not in draw_picture(story.scene, "en", palette=""), "the opening shows them whole"


@pytest.mark.parametrize(
    ("routes", "code", "message", "column"),
    [
        ("{A: {color: teal}}", "wrong-value", "should have a track or places", 13),
        ("{A: {track: ride.gpx, places: [Lima, Quito]}}", "wrong-value", "should have a track or places", 13),
        ("{A: [Lima]}", "wrong-value", "joins two places at least", 13),
        ("[Lima, Quito]", "wrong-value", "should hold names", 9),
        ("{A: {track: ride.gpx, color: nocolour}}", "bad-color", '"nocolour" is no colour', 38),
        ("{A: [Lima, Qwxyzville]}", "unknown-place", "Qwxyzville", 20),
        ("{A: {track: {file: ride.gpx, leg: 7}}}", "bad-leg", "has no leg 7", 43),
        ("{A: rid.gpx}", "missing-file", 'no file "rid.gpx"', 13),
        ("{A: {track: ride.gpx, colour: teal}}", "unknown-key", "colour", 31),
        (
            "{" + ", ".join(f"R{number}: ride.gpx" for number in range(9)) + "}",
            "wrong-value",
            "holds 9 routes, and a map can tell 8 apart",
            9,
        ),
    ],
)
def test_what_is_no_route_is_told_where_it_is_written(
    tmp_path: Path, routes: str, code: str, message: str, column: int
) -> None:
    _, told = resolve(tmp_path, routes)
    (problem,) = told
    assert (problem.code, problem.at.line, problem.at.column) == (code, 3, column)
    assert message in problem.message


def test_a_place_of_geo_to_which_only_a_route_leads_is_used(tmp_path: Path) -> None:
    from storymap.checking.project import examine_project

    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "places.csv").write_text("name,latitude,longitude\nHut,50.1,14.2\n")
    resolve(tmp_path, '{A: [Hut, "50, 14"]}')
    report = Report()
    examine_project(load_project(tmp_path), report)
    assert "unused-place" not in {problem.code for problem in report.problems}
