from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.drawing.stills import draw_picture
from storymap.drawing.words import tell_scene
from storymap.errors import Report
from storymap.model.place import Bounds
from storymap.model.story import Story
from storymap.project import load_project
from storymap.resolving import streets as laying
from storymap.streets.baking.baking import bake_streets
from storymap.streets.features import StreetFeature
from storymap.streets.osm import OsmSource

QUAY = Path(__file__).parents[1] / "streets_data" / "quay.osm"
STORY = """---
title: The quay
{front}---

## From afar
place: 50.0042, 14.0042

## The museum
place: 50.0042, 14.0042
zoom: 16
{field}
## The square
place: 50.0080, 14.0080
zoom: 15
ground: {{ detail: none }}
"""


def make_project(folder: Path, *, front: str = "", field: str = "", lang: str = "en") -> Path:
    (folder / "stories").mkdir()
    (folder / "stories" / "quay.md").write_text(STORY.format(front=front, field=field), "utf-8")
    (folder / "storymap.toml").write_text(f'title = "Quay"\nlang = "{lang}"\n', "utf-8")
    (folder / "streets").mkdir()
    shutil.copy(QUAY, folder / "streets")
    return folder


def read(folder: Path) -> tuple[Story, Report]:
    report = Report()
    (story,) = read_content(load_project(folder), report).stories
    return story, report


def watch(monkeypatch: pytest.MonkeyPatch) -> list[list[float]]:
    """How coarsely streets are baked, each time that they are."""
    tried: list[list[float]] = []

    def bake(sources, views, **named):
        tried.append(list(views.values()))
        return bake_streets(sources, views, **named)

    monkeypatch.setattr(laying, "bake_streets", bake)
    return tried


def test_close_steps_stand_on_streets_and_others_do_not(tmp_path: Path) -> None:
    story, report = read(make_project(tmp_path))
    assert not report.problems
    assert [scene.streets is not None for scene in story.scenes] == [False, False, True, False]


def test_page_still_and_about_page_have_streets_and_say_whose_they_are(tmp_path: Path) -> None:
    site = build_site(load_project(make_project(tmp_path)))
    page = site["quay.html"].decode()
    assert '<script src="assets/streets.js"></script>' in page
    assert page.index("assets/storymap.js") < page.index("assets/streets.js")
    assert "assets/streets.js" in site
    assert "© OpenStreetMap contributors, ODbL" in page
    assert "</script><img" not in page
    still = site["stills/quay/the-museum.svg"].decode()
    assert "s-streets" in still
    assert "© OpenStreetMap contributors, ODbL" in still
    assert "© OpenStreetMap contributors, ODbL" in site["about.html"].decode()


def test_a_site_without_street_data_has_nothing_of_it(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    shutil.rmtree(folder / "streets")
    site = build_site(load_project(folder))
    assert "assets/streets.js" not in site
    assert b"streets" not in site["quay.html"].partition(b'id="storymap-data"')[2]


def test_the_map_in_words_says_what_is_close_by(tmp_path: Path) -> None:
    story, _ = read(make_project(tmp_path))
    assert "Close by: Museum, Quay Street" in tell_scene(story.steps[1].scene, "en")
    assert "Poblíž: Museum, Quay Street" in tell_scene(story.steps[1].scene, "cs")
    assert "Close by" not in tell_scene(story.steps[0].scene, "en")


def test_heavy_streets_are_drawn_more_coarsely_and_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_project(tmp_path)
    tried = watch(monkeypatch)
    monkeypatch.setattr(laying, "BUDGET", 100)
    story, report = read(folder)
    (problem,) = report.problems
    assert problem.code == "heavy-streets"
    assert problem.at.path == "stories/quay.md"
    assert "detail: coarse" in problem.help
    assert tried == [[1.0], [1.4], [2.0], [2.8]]
    assert story.steps[1].scene.streets is not None


def test_an_author_who_wants_fine_streets_gets_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = watch(monkeypatch)
    read(make_project(tmp_path, field="ground: { detail: fine }\n"))
    assert tried == [[0.6]]


def test_the_same_still_is_drawn_for_the_page_and_for_print(tmp_path: Path) -> None:
    story, _ = read(make_project(tmp_path))
    first, again = (draw_picture(story.steps[1].scene, "en", palette="") for _ in range(2))
    assert first == again


@pytest.mark.parametrize("content", ["no map", "<osm version='0.6'><node id='1' lat='x'"])
def test_a_file_that_cannot_be_read_is_told_by_its_name(tmp_path: Path, content: str) -> None:
    folder = make_project(tmp_path)
    (folder / "streets" / "broken.osm").write_text(content, "utf-8")
    _, report = read(folder)
    assert ("unreadable-streets", "streets/broken.osm") in [(one.code, one.at.path) for one in report.problems]


def test_an_edit_of_the_text_bakes_no_streets_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = watch(monkeypatch)
    project = make_project(tmp_path)
    first, _ = read(project)
    file = project / "stories" / "quay.md"
    file.write_text(file.read_text("utf-8").replace("## The museum", "## The old museum"), "utf-8")
    second, _ = read(project)
    assert len(tried) == 1
    assert second.scenes[2].streets == first.scenes[2].streets
    file.write_text(file.read_text("utf-8").replace("zoom: 16", "zoom: 15.5"), "utf-8")
    read(project)
    assert len(tried) == 2


def test_what_is_tried_more_coarsely_is_read_from_its_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = watch(monkeypatch)
    asked: list[tuple[Bounds, int]] = []
    read_file = OsmSource.read

    def note(source: OsmSource, bounds: Bounds, zoom: int) -> list[StreetFeature]:
        asked.append((bounds, zoom))
        return read_file(source, bounds, zoom)

    monkeypatch.setattr(laying, "BUDGET", 1)
    monkeypatch.setattr(OsmSource, "read", note)
    read(make_project(tmp_path))
    assert len(tried) == 4
    assert asked
    assert len(asked) == len(set(asked))
