"""What a step compares: two layers or two pictures, one on each side, and how mistakes in it are told."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image as Picture

from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.errors import Problem, Report
from storymap.layers.compare import Compare
from storymap.layers.image import Image
from storymap.model.layer import Areas
from storymap.model.place import LonLat
from storymap.model.scene import Scene
from storymap.model.story import Story
from storymap.project import load_project

SQUARE = {"type": "Polygon", "coordinates": [[[14, 49], [15, 49], [15, 50], [14, 50], [14, 49]]]}
FRONT = """layers:
  heat: {from: heat.geojson, color: {by: then, classes: 2}}
  towns: {from: heat.geojson, title: Towns}
"""
TWO_PICTURES = """compare:
  - {file: then.png, bounds: [14, 50, 14.2, 50.1], title: In 1894, opacity: 1}
  - {file: now.png, bounds: [14.1, 50, 14.3, 50.1]}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    feature = {"type": "Feature", "properties": {"then": 1, "now": 2}, "geometry": SQUARE}
    data = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (tmp_path / "stories" / "heat.geojson").write_text(data, encoding="utf-8")
    for name in ("then.png", "now.png"):
        file = io.BytesIO()
        Picture.new("RGB", (8, 8)).save(file, "PNG")
        (tmp_path / "stories" / name).write_bytes(file.getvalue())
    return tmp_path


def read(project: Path, steps: str) -> tuple[Story, list[Problem]]:
    (project / "stories" / "one.md").write_text(f"---\ntitle: One\n{FRONT}---\n\n{steps}", encoding="utf-8")
    report = Report()
    (story,) = read_content(load_project(project), report).stories
    return story, list(report.errors)


def name_sides(scene: Scene) -> list[tuple[str, str | None]]:
    return [(layer.title, layer.side) for layer in scene.find(Areas)]


def test_a_layer_may_be_shown_otherwise_on_each_side(project: Path) -> None:
    story, problems = read(project, "## A\ncompare: [{layer: heat, by: now, title: After}, towns]\n\nText.\n")
    assert problems == []
    scene = story.steps[0].scene
    assert name_sides(scene) == [("Towns", "right"), ("After", "left")]
    assert scene.find(Compare) == (Compare("After", "Towns"),)
    assert scene.view.bounds.contains(LonLat(14.5, 49.5))


def test_two_pictures_are_framed_and_named(project: Path) -> None:
    story, problems = read(project, f"## A\n{TWO_PICTURES}\nText.\n")
    assert problems == []
    scene = story.steps[0].scene
    assert [(image.title, image.side, image.opacity) for image in scene.find(Image)] == [
        ("In 1894", "left", 1.0),
        ("now", "right", 0.8),
    ]
    assert scene.find(Compare) == (Compare("In 1894", "now"),)
    assert all(scene.view.bounds.contains(LonLat(lon, 50.05)) for lon in (14.0, 14.3))


def test_what_is_compared_stands_alone_and_for_its_step(project: Path) -> None:
    steps = (
        "## A\nlayers: towns\n\nText.\n\n## B\ncompare: [heat, {layer: heat, by: now}]\n\nText.\n\n## C\n\nText.\n\n"
    )
    story, _ = read(project, f"{steps}## D\nlayers: towns\ncompare: [heat, {{layer: heat, by: now}}]\n\nText.\n")
    towns, sides = [("Towns", None)], [("now", "right"), ("then", "left")]
    assert [name_sides(step.scene) for step in story.steps] == [towns, sides, towns, towns + sides]
    assert name_sides(story.scene) == towns


def test_both_sides_are_told_and_cut_off_in_the_middle_of_the_still(project: Path) -> None:
    read(project, f"## A\n{TWO_PICTURES}\nText.\n")
    site = build_site(load_project(project))
    assert "Left of the line: In 1894; right of it: now" in site["one.html"].decode()
    still = site["stills/one/a.svg"].decode()
    left, right = still.index('<g clip-path="url(#left)"><image'), still.index('<g clip-path="url(#right)"><image')
    assert left < right < still.index('class="s-divide"')
    assert ">In 1894</text>" in still
    assert sum(path.startswith("media/") for path in site) == 2


@pytest.mark.parametrize(
    ("written", "code", "column", "told"),
    [
        ("heat", "wrong-value", 10, "should be a list of two"),
        ("[heat]", "wrong-value", 10, "should be a list of two"),
        ("[heat, [towns]]", "wrong-value", 17, "should name two layers or two pictures"),
        ("[heat, {by: now}]", "wrong-value", 17, "should have a layer or a file on each side"),
        ("[heat, {layer: heat, bye: now}]", "unknown-key", 31, 'unknown key "bye"'),
        ("[heat, {layer: heat, width: wide}]", "wrong-value", 38, "should be a number"),
        ("[heat, {layer: heat, by: nwo}]", "unknown-column", 35, "nwo"),
        ("[heat, town]", "unknown-layer", 17, 'no layer "town"'),
        ("[heat, {layer: town}]", "unknown-layer", 25, 'no layer "town"'),
        ("[heat, {file: then.png}]", "image-nowhere", 17, "does not say where it lies"),
        ("[heat, {file: thn.png}]", "missing-file", 24, "thn.png"),
    ],
)
def test_a_mistake_is_told_where_it_is_written(project: Path, written: str, code: str, column: int, told: str) -> None:
    _, problems = read(project, f"## A\ncompare: {written}\n\nText.\n")
    assert [problem.code for problem in problems] == [code]
    assert (problems[0].at.line, problems[0].at.column) == (9, column)
    assert told in problems[0].message
