from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.building.disk_cache import DiskCache
from storymap.building.plan import plan_site
from storymap.building.runner import Runner
from storymap.drawing.stills import draw_picture
from storymap.drawing.words import tell_scene
from storymap.errors import Report
from storymap.model.place import Bounds
from storymap.model.story import Story
from storymap.project import load_project
from storymap.resolving.atlas import describe_story
from storymap.streets.baking import fitting
from storymap.streets.baking.baking import Baker
from storymap.streets.features import StreetFeature
from storymap.streets.osm import OsmSource
from storymap.streets.sources import open_source

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
    (folder / "stories").mkdir(parents=True)
    (folder / "stories" / "quay.md").write_text(STORY.format(front=front, field=field), "utf-8")
    (folder / "storymap.toml").write_text(f'title = "Quay"\nlang = "{lang}"\n', "utf-8")
    (folder / "streets").mkdir()
    shutil.copy(QUAY, folder / "streets")
    return folder


def read(folder: Path) -> tuple[Story, Report]:
    report = Report()
    (story,) = read_content(load_project(folder), report).stories
    return story, report


def widen(folder: Path) -> None:
    """Let the street data say that they cover all around the quay."""
    file = folder / "streets" / "quay.osm"
    bounds = '<bounds minlat="49.9" minlon="13.9" maxlat="50.1" maxlon="14.1"/>'
    file.write_text(re.sub(r"<bounds [^>]*>", bounds, file.read_text("utf-8")), "utf-8")


def list_made(folder: Path, cache: Path) -> list[str]:
    """The tasks that are done in reading a project, where what was made before is known from the disk."""
    made: list[str] = []
    with contextlib.closing(DiskCache(cache / "a.sqlite")) as kept:
        runner = Runner(kept, progress=lambda done, count, path: made.append(path))
        read_content(load_project(folder), Report(), runner=runner)
    return made


def watch(monkeypatch: pytest.MonkeyPatch) -> list[list[float]]:
    """How coarsely streets are baked, each time that they are."""
    tried: list[list[float]] = []

    class Watched(Baker):
        def bake(self, coarseness, *, only=None):
            if tried[-1:] != [now := list(coarseness.values())]:
                tried.append(now)
            return super().bake(coarseness, only=only)

    monkeypatch.setattr(fitting, "Baker", Watched)
    return tried


def test_close_steps_stand_on_streets_and_others_do_not(tmp_path: Path) -> None:
    story, report = read(make_project(tmp_path))
    assert {problem.code for problem in report.problems} <= {"streets-end"}
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


def add_address(folder: Path) -> None:
    with (folder / "storymap.toml").open("a", encoding="utf-8") as settings:
        settings.write('url = "https://example.org"\n')


def find_payload(page: bytes) -> dict[str, Any]:
    text = page.decode().partition('id="storymap-data">')[2].partition("</script>")[0]
    payload: dict[str, Any] = json.loads(text)
    return payload


def test_a_list_of_stories_in_one_town_comes_as_close_as_its_streets_let_it(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    add_address(folder)
    far = build_site(load_project(folder))
    assert "streets" not in find_payload(far["index.html"]), "they cover a part of what it shows"
    widen(folder)
    site = build_site(load_project(folder))
    page = find_payload(site["index.html"])
    assert page["streets"]["scales"]
    assert "© OpenStreetMap contributors, ODbL" in page["basemap"]["credits"]
    west, _, east, _ = page["view"]
    assert east - west < 0.05, "its places are half a kilometre apart"
    assert b'src="assets/streets.js"' in site["index.html"]
    assert b"s-streets" in site["stills/index.svg"]
    with Image.open(io.BytesIO(site["cards/index.png"])) as card:
        shown = card.convert("RGB").crop((300, 0, 900, 200))
    assert all(level > 200 for level in shown.resize((1, 1)).tobytes()), "land, streets and houses are light"


def test_a_story_on_streets_is_shown_no_closer_on_a_list_that_has_none(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    widen(folder)
    far = folder / "stories" / "far.md"
    far.write_text("---\ntitle: Far\n---\n\n## Lima\nplace: Lima\n", "utf-8")
    project = load_project(folder)
    content = read_content(project, Report())
    quay, lima = (
        describe_story(story) for story in sorted(content.stories, key=lambda story: story.title != "The quay")
    )
    assert (quay.on_streets, lima.on_streets) == (True, False)
    assert quay.scene.view.zoom > 14
    page = find_payload(build_site(project)["index.html"])
    assert "streets" not in page
    assert "© OpenStreetMap contributors, ODbL" in page["basemap"]["credits"], "the picture on its card has some"
    west, _, east, _ = next(story["view"] for story in page["stories"] if story["title"] == "The quay")
    assert east - west == pytest.approx(1.0986, abs=0.01), "zoom 10"


def test_the_whole_of_a_story_comes_as_close_as_its_steps_where_there_are_streets(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    file = folder / "stories" / "quay.md"
    both = '\n## Both\nplace: ["50.0042, 14.0042", "50.0080, 14.0080"]\n\n## Again\noverview: true\n'
    file.write_text(file.read_text("utf-8") + both, "utf-8")
    story, _ = read(folder)
    assert [step.view.zoom for step in story.steps] == [9, 16, 15, 16, 10], "a spot is shown as its author has it"
    assert story.view.zoom == 10, "not all of it has streets"
    widen(folder)
    story, _ = read(folder)
    assert [step.view.zoom for step in story.steps] == [9, 16, 15, 16, 15]
    assert story.view.zoom == 15
    file.write_text(re.sub(r"zoom: \d+\n", "", file.read_text("utf-8")), "utf-8")
    story, _ = read(folder)
    assert {scene.view.zoom for scene in story.scenes} == {9, 10}, "its author comes close nowhere"


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
    monkeypatch.setattr(fitting, "BUDGET", 100)
    story, report = read(folder)
    (problem,) = [one for one in report.problems if one.code == "heavy-streets"]
    assert problem.at.path == "stories/quay.md"
    assert "detail: coarse" in problem.help
    assert tried == [[1.0], [3.0]]
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


def test_an_edit_of_the_text_bakes_no_streets_again(tmp_path: Path) -> None:
    project, cache = make_project(tmp_path / "project"), tmp_path / "cache"
    baking = ["streets/quay.osm, opened", "streets around 50.004, 14.004"]
    assert [path for path in list_made(project, cache) if path.startswith("streets")] == baking
    assert not list_made(project, cache)
    file = project / "stories" / "quay.md"
    file.write_text(file.read_text("utf-8").replace("## The museum", "## The old museum"), "utf-8")
    assert list_made(project, cache) == ["stories/quay.md", "stories/quay.md", "stories/quay.md on streets"]
    file.write_text(file.read_text("utf-8").replace("zoom: 16", "zoom: 15.5"), "utf-8")
    (again,) = [path for path in list_made(project, cache) if path.startswith("streets")]
    assert again.startswith("streets around")


def test_stories_that_show_the_same_share_what_is_baked_and_so_do_copies_of_a_project(tmp_path: Path) -> None:
    project, cache = make_project(tmp_path / "project"), tmp_path / "cache"
    list_made(project, cache)
    text = (project / "stories" / "quay.md").read_text("utf-8")
    (project / "stories" / "again.md").write_text(text.replace("title: The quay", "title: Once more"), "utf-8")
    made = list_made(project, cache)
    assert "stories/again.md on streets" in made
    assert not [path for path in made if path.startswith("streets")]
    copy = shutil.copytree(project, tmp_path / "copy")
    assert not [path for path in list_made(copy, cache) if path.startswith("streets")]


def test_places_far_apart_are_baked_by_themselves(tmp_path: Path) -> None:
    project, cache = make_project(tmp_path / "project"), tmp_path / "cache"
    file = project / "stories" / "quay.md"
    shown = "\n## Elsewhere\ncenter: 50.3042, 14.3042\nzoom: 15\nground: { detail: auto }\n"
    shutil.copy(QUAY, project / "streets" / "there.osm")
    there = project / "streets" / "there.osm"
    there.write_text(re.sub(r'"(50|14)\.0', r'"\1.3', there.read_text("utf-8")), "utf-8")
    list_made(project, cache)
    file.write_text(file.read_text("utf-8") + shown, "utf-8")
    (added,) = [path for path in list_made(project, cache) if path.startswith("streets")]
    assert added.startswith("streets around 50.304")
    story, _ = read(project)
    streets = story.steps[-1].scene.streets
    assert streets is not None
    assert len(streets.scales[0].cells) == 2
    assert story.steps[1].scene.streets == streets


def test_a_step_where_the_data_end_is_told_with_the_side_and_the_box(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    source = open_source(QUAY, "quay.osm").bounds
    file = folder / "stories" / "quay.md"
    at = f"center: {source.north:.4f}, {(source.west + source.east) / 2:.4f}\nzoom: 17\n"
    file.write_text(file.read_text("utf-8").replace("zoom: 16\n", at), "utf-8")
    _, report = read(folder)
    (problem,) = [one for one in report.problems if one.code == "streets-end"]
    assert "the streets end in the north of this step's map" in problem.message
    assert (problem.at.path, problem.at.line) == ("stories/quay.md", 8)
    west, south, east, north = (
        float(edge) for edge in re.findall(r"[\d.]+,[\d.,]+", problem.help)[0].rstrip(",").split(",")
    )
    assert west < source.west + (source.east - source.west) / 2 < east
    assert south < source.north < north


def test_what_is_tried_more_coarsely_is_read_from_its_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = watch(monkeypatch)
    asked: list[tuple[Bounds, int]] = []
    read_file = OsmSource.read

    def note(source: OsmSource, bounds: Bounds, zoom: int) -> list[StreetFeature]:
        asked.append((bounds, zoom))
        return read_file(source, bounds, zoom)

    monkeypatch.setattr(fitting, "BUDGET", 1)
    monkeypatch.setattr(OsmSource, "read", note)
    read(make_project(tmp_path))
    assert len(tried) == 2
    assert asked
    assert len(asked) == len(set(asked))


def test_the_page_of_a_place_comes_close_where_there_are_streets_all_around_it(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    (folder / "geo").mkdir()
    (folder / "geo" / "spots.csv").write_text("name,lat,lon\nThe museum,50.0042,14.0042\nFar away,51,15\n", "utf-8")
    story = folder / "stories" / "quay.md"
    text = story.read_text("utf-8").replace("place: 50.0042, 14.0042", "place: The museum")
    story.write_text(text.replace("place: 50.0080, 14.0080", "place: Far away"), "utf-8")
    widen(folder)
    site = build_site(load_project(folder))
    assert "assets/streets.js" in site
    close, far = (site[f"places/{name}.html"].decode() for name in ("the-museum", "far-away"))
    assert "Quay Street" in close.partition('id="storymap-data"')[2]
    assert "Close by: Museum, Quay Street" in close
    assert "© OpenStreetMap contributors, ODbL" in close
    assert (
        "s-streets"
        in next(made for path, made in site.items() if "places/the-museum" in path and ".svg" in path).decode()
    )
    assert "streets.js" not in far


def test_an_edit_bakes_the_streets_of_no_place_again(tmp_path: Path) -> None:
    project, cache = make_project(tmp_path / "project"), tmp_path / "cache"
    widen(project)

    def list_baked() -> list[str]:
        made: list[str] = []
        with contextlib.closing(DiskCache(cache / "a.sqlite")) as kept:
            plan_site(
                load_project(project),
                Report(),
                runner=Runner(kept, progress=lambda done, count, path: made.append(path)),
            )
        return [path for path in made if path.startswith("streets around")]

    assert len(list_baked()) == 4, "of the story, of its two places, and of the first page"
    file = project / "stories" / "quay.md"
    file.write_text(file.read_text("utf-8").replace("## The museum", "## The old museum"), "utf-8")
    assert not list_baked()
