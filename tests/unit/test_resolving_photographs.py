"""A step whose place is a photograph: where it was taken, and when."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.errors import Report
from storymap.model.story import Story
from storymap.project import load_project

TakePhotograph = Callable[..., bytes]


def read(folder: Path, body: str, pictures: dict[str, bytes]) -> tuple[Story, list[str]]:
    """The story whose steps are `body`, beside which `pictures` lie, and what was told."""
    for name, data in {"a.md": f"---\ntitle: A\n---\n\n{body}".encode(), **pictures}.items():
        file = folder / "stories" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (folder / "storymap.toml").write_text('title = "Test"\n')
    report = Report()
    content = read_content(load_project(folder), report)
    return content.stories[0], [problem.code for problem in report.problems if problem.code != "built-in-place"]


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("IMG_1004.JPG", "IMG_1004.JPG"),
        ("img_1004.jpg", "IMG_1004.JPG"),
        ("pictures/IMG 1004.jpg", "pictures/IMG 1004.jpg"),
        ("'./IMG  1004.Jpeg'", "IMG  1004.jpeg"),
        ("náměstí.jpg", "náměstí.jpg"),
    ],
)
def test_a_step_is_where_and_when_its_photograph_was_taken(
    written: str, file: str, tmp_path: Path, take_photograph: TakePhotograph
):
    story, told = read(tmp_path, f"## B\nplace: {written}\n\nText.\n", {file: take_photograph((50.079, 14.4306))})
    (step,) = story.steps
    spot, _ = read(tmp_path / "other", "## B\nplace: 50.0790, 14.4306\n\nText.\n", {})
    assert [(place.id, place.point, place.country) for place in step.places] == [
        (place.id, place.point, place.country) for place in spot.places
    ]
    assert step.when
    assert step.when.edtf == "2026-05-12T14:30"
    assert (told, story.files) == ([], ())


@pytest.mark.parametrize(
    ("position", "lang", "name"),
    [
        ((49.782, 14.687), "en", "Near Benešov"),
        ((49.782, 14.687), "cs", "Benešov a okolí"),
        ((0.5, -30.0), "en", "0.5°\u00a0N,\u00a030°\u00a0W"),
    ],
)
def test_a_photograph_is_called_by_the_town_around(
    position: tuple[float, float], lang: str, name: str, tmp_path: Path, take_photograph: TakePhotograph
):
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "a.jpg").write_bytes(take_photograph(position))
    (tmp_path / "stories" / "a.md").write_text(f"---\ntitle: A\nlang: {lang}\n---\n\n## B\nplace: a.jpg\n\nText.\n")
    (tmp_path / "storymap.toml").write_text('title = "Test"\n')
    (story,) = read_content(load_project(tmp_path), Report()).stories
    (place,) = story.steps[0].places
    assert place.name == name
    page = build_site(load_project(tmp_path))[f"places/{place.id}.html"].decode()
    assert re.search(r"<h1><bdi>([^<]*)</bdi></h1>", page)[1] == name  # type: ignore[index]


def test_a_date_that_is_written_goes_before_that_of_the_photograph(tmp_path: Path, take_photograph: TakePhotograph):
    story, _ = read(tmp_path, "## B\nplace: a.jpg\ndate: 1999\n\nText.\n", {"a.jpg": take_photograph()})
    assert story.steps[0].when
    assert story.steps[0].when.edtf == "1999"


def test_a_photograph_stands_among_other_places(tmp_path: Path, take_photograph: TakePhotograph):
    pictures = {
        "a.jpg": take_photograph((50.1, 14.4), taken=""),
        "b.jpg": take_photograph((48.2, 16.37), offset="+02:00"),
    }
    story, told = read(tmp_path, "## B\nplace: [Prague, a.jpg, b.jpg]\n\nText.\n", pictures)
    (step,) = story.steps
    assert [place.point.lat_lon for place in step.places[1:]] == [(50.1, 14.4), (48.2, 16.37)]
    assert step.when
    assert step.when.edtf == "2026-05-12T14:30+02:00"
    assert told == []


def test_a_photograph_that_only_places_a_step_is_not_published_and_not_idle(
    tmp_path: Path, take_photograph: TakePhotograph
):
    from storymap.checking.project import check_project

    read(tmp_path, "## B\nplace: a.jpg\n\nText.\n", {"a.jpg": take_photograph()})
    project = load_project(tmp_path)
    assert not [path for path in build_site(project) if path.startswith("media/")]
    assert "unused-file" not in {problem.code for problem in check_project(project)}


def test_a_mistake_is_told_wherever_the_photograph_is_named(tmp_path: Path, take_photograph: TakePhotograph):
    body = "## B\nplace: a.jpg\n\nText.\n\n## C\nplace: a.jpg\n\nText.\n"
    _, told = read(tmp_path, body, {"a.jpg": take_photograph(None)})
    assert told == ["no-position", "no-position"]


def test_another_photograph_under_the_same_name_is_another_place_at_the_next_look(
    tmp_path: Path, take_photograph: TakePhotograph
):
    read(tmp_path, "## B\nplace: a.jpg\n\nText.\n", {"a.jpg": take_photograph((50.1, 14.4))})
    project, runner, files = load_project(tmp_path), Runner(), ProjectFiles()
    for position in ((50.1, 14.4), (48.2, 16.37)):
        (tmp_path / "stories" / "a.jpg").write_bytes(take_photograph(position))
        (story,) = read_content(project, Report(), runner=runner, files=files).stories
        assert story.steps[0].places[0].point.lat_lon == position


def test_the_same_photograph_makes_the_same_site(tmp_path: Path, take_photograph: TakePhotograph):
    data = take_photograph(orientation=6)
    for folder in ("one", "two"):
        read(tmp_path / folder, "## B\nplace: a.jpg\n\n![A picture](a.jpg)\n", {"a.jpg": data})
    assert build_site(load_project(tmp_path / "one")) == build_site(load_project(tmp_path / "two"))


def test_a_photograph_lies_beside_its_story(tmp_path: Path, take_photograph: TakePhotograph):
    for folder, position in {"north": (60.0, 20.0), "south": (-30.0, 25.0)}.items():
        (tmp_path / "stories" / folder).mkdir(parents=True)
        (tmp_path / "stories" / folder / "a.jpg").write_bytes(take_photograph(position))
        text = "---\ntitle: A\n---\n\n## B\nplace: a.jpg\n\nText.\n"
        (tmp_path / "stories" / folder / f"{folder}.md").write_text(text)
    (tmp_path / "storymap.toml").write_text('title = "Test"\n')
    stories = read_content(load_project(tmp_path), Report()).stories
    assert [round(story.steps[0].places[0].point.lat) for story in stories] == [60, -30]
