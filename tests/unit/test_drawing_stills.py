"""Stills: what is drawn on each, and the words that tell the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.drawing.key import explain_scene
from storymap.drawing.stills import STILL_SIZE, draw_card, draw_picture, sketch_opening
from storymap.drawing.words import tell_scene
from storymap.errors import Report
from storymap.layers.markers import Markers
from storymap.model.layer import Route
from storymap.model.scene import Scene
from storymap.model.story import Story
from storymap.project import load_project
from storymap.resolving.atlas import rank_places
from storymap.resolving.visits import choose_places

STORY = """---
title: A walk
line: great-circle
lang: {lang}
---
It began in [Vienna](place:vienna).

## Where
place: [Prague, Brno]
highlight: [CZ, AT]

## Path
place: Path

They saw [Vienna](place:vienna) and [Park](place:park).

## Park
place: Park

## All
overview: true

## Still there
Words.

## Elsewhere
center: 10, 20
zoom: 6

[^1]

[^1]: See [Linz](place:linz).
"""
PATH = {"type": "LineString", "coordinates": [[14.40, 50.05], [14.45, 50.05], [14.47, 50.08]]}
PARK = {"type": "Polygon", "coordinates": [[[14.5, 50.1], [14.6, 50.1], [14.6, 50.2], [14.5, 50.2], [14.5, 50.1]]]}


def make(folder: Path, lang: str = "en") -> Path:
    (folder / "stories").mkdir(parents=True)
    (folder / "geo").mkdir()
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": shape}
        for name, shape in (("Path", PATH), ("Park", PARK))
    ]
    (folder / "geo" / "own.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (folder / "stories" / "walk.md").write_text(STORY.format(lang=lang), encoding="utf-8")
    return folder


def read(folder: Path) -> Story:
    report = Report()
    content = read_content(load_project(folder), report)
    assert not report.errors
    return content.stories[0]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return read(make(tmp_path_factory.mktemp("stills") / "walk"))


def scene(story: Story, number: int) -> Scene:
    return story.steps[number - 1].scene


def picture(scene: Scene) -> str:
    return draw_picture(scene, "en", palette="")


def test_lines_and_areas_are_drawn_in_the_picture_and_in_the_sketch(story: Story) -> None:
    for draw in (picture, lambda scene: sketch_opening(scene, "en")):
        line, area = draw(scene(story, 2)), draw(scene(story, 3))
        (path,) = re.findall(r'<path class="s-line" d="([^"]+)"', line)
        points = [tuple(map(float, point.split())) for point in path[1:].split("L")]
        assert len(points) == 3
        assert max(x for x, _ in points) - min(x for x, _ in points) > 400  # it fills the picture
        (ring,) = re.findall(r'<path class="s-area" d="([^"]+)"', area)
        assert ring.endswith("Z")
        assert 's-area"' not in line
    assert 's-line"' not in picture(scene(story, 1))


def test_a_shape_over_180_degrees_is_drawn_once_and_whole(tmp_path: Path) -> None:
    folder = make(tmp_path / "far")
    line = {"type": "LineString", "coordinates": [[178, -17], [179, -17.5], [-179, -17], [-178, -16]]}
    feature = {"type": "Feature", "properties": {"name": "Path"}, "geometry": line}
    (folder / "geo" / "own.geojson").write_text(json.dumps(feature).replace("Path", "Path"))
    text = (folder / "stories" / "walk.md").read_text().replace("place: Park\n", "place: Path\n")
    (folder / "stories" / "walk.md").write_text(text.replace("[Park](place:park)", "the park"))
    drawn = picture(scene(read(folder), 2))
    (path,) = re.findall(r'<path class="s-line" d="([^"]+)"', drawn)
    xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+) ", path)]
    assert min(xs) > 0
    assert max(xs) < STILL_SIZE[0]


def test_an_overview_names_all_places_and_a_step_that_looks_elsewhere_shows_none(story: Story) -> None:
    (markers,) = scene(story, 4).find(Markers)
    assert [(mark.place.name, mark.number) for mark in markers.own] == [
        ("Prague", 1), ("Brno", 1), ("Path", 2), ("Park", 3),
    ]  # fmt: skip
    assert scene(story, 4).find(Route)[0].around == story.legs
    assert scene(story, 5) == scene(story, 4)
    assert scene(story, 6).layers == ()


def test_lines_ahead_of_the_story_are_not_drawn_yet(tmp_path: Path) -> None:
    folder = make(tmp_path / "early")
    file = folder / "stories" / "walk.md"
    file.write_text(file.read_text().replace("## Path", "## Seen from here\noverview: true\n\n## Path"))
    story = read(folder)
    (route,) = scene(story, 2).find(Route)
    assert route.around == scene(story, 1).find(Route)[0].within
    assert len(scene(story, 2).find(Markers)[0].own) == len(story.places)


def test_a_step_that_stays_shows_the_places_in_view_without_their_names(tmp_path: Path) -> None:
    folder = make(tmp_path / "stays")
    file = folder / "stories" / "walk.md"
    file.write_text(file.read_text().replace("## Path", "## Stays\n\n## Path"))
    story = read(folder)
    assert not story.steps[1].moves_map
    (markers,) = scene(story, 2).find(Markers)
    assert not markers.own
    assert {mark.place.name for mark in markers.around} >= {"Prague", "Brno"}
    drawn = picture(scene(story, 2))
    assert drawn.count('class="s-plate') == 0
    assert tell_scene(scene(story, 2), "en").startswith("Map, about 200 km across: Prague, Brno (Czechia)")


def test_no_scene_of_today_needs_a_key(story: Story) -> None:
    assert [explain_scene(step.scene, story.lang) for step in story.steps] == [()] * 6


def test_the_words_say_places_lines_fills_and_distances(story: Story) -> None:
    told = [tell_scene(one, "en") for one in story.scenes]
    assert told[1].endswith(
        "km across: Prague, Brno (Czechia). Line: Prague, Brno (190 km). Highlighted: Czechia, Austria"
    )
    assert "km across: Path (line, 7.2 km). From the step before (Brno): 180 km to the north-west" in told[2]
    assert "km across: Park (area). From the step before (Path): " in told[3]
    assert "Line" not in told[2] + told[3]
    assert told[6].endswith("km across: 10°\u00a0N,\u00a020°\u00a0E")
    assert "km across: Prague, Brno (Czechia), Path (line, 7.2 km), Park (area). Line: Prague, " in told[0]


def test_the_words_of_the_author_stand_in_place_of_ours(tmp_path: Path) -> None:
    folder = make(tmp_path / "alt")
    file = folder / "stories" / "walk.md"
    file.write_text(file.read_text().replace("## Path\n", "## Path\nalt: A path along the river.\n"))
    assert tell_scene(scene(read(folder), 2), "en") == "A path along the river."


def test_the_words_are_those_of_the_language(tmp_path: Path) -> None:
    words = tell_scene(scene(read(make(tmp_path / "cs", "cs")), 1), "cs")
    assert (
        words == "Mapa, šířka asi 200 km: Praha, Brno (Česko). Čára: Praha, Brno (190 km). Zvýrazněno: Česko, Rakousko"
    )


def test_the_name_of_a_marked_city_stands_once(story: Story) -> None:
    for drawn in picture(scene(story, 1)).split('<g class="s-small"'):
        assert re.findall(r">(Prague|Brno)</text>", drawn).count("Prague") == 1
        assert re.findall(r">(Prague|Brno)</text>", drawn).count("Brno") == 1


def test_a_place_that_only_prose_names_leads_back_to_the_story(tmp_path: Path) -> None:
    project = load_project(make(tmp_path / "mentions"))
    content = read_content(project, Report())
    stories = [story.outline for story in content.ready]
    told: dict[str, Any] = {
        place.id: [(place.visit.story, [step.number for step in place.visit.steps])]
        for outline in stories
        for place in outline.mentioned
    }
    assert told == {"vienna": [("walk", [2])], "linz": [("walk", [])]}
    places = choose_places(stories, content.names, every=False)
    assert {place.id for place in places} == {"prague", "brno", "path", "park", "vienna", "linz"}
    assert {place.id for place in rank_places(places, stories)} == {"prague", "brno", "path", "park"}
    site = build_site(project)
    assert 'href="../walk.html#path"' in site["places/vienna.html"].decode()
    assert 'href="../walk.html"' in site["places/linz.html"].decode()


def test_the_picture_of_a_card_has_the_places_and_lines_and_no_lettering(story: Story) -> None:
    card = draw_card(story.scene, "en", palette="")
    assert "<text" not in card
    assert card.count('class="s-pin"') == len(story.places)
    assert 'class="s-route"' in card
    assert len(card) < len(draw_picture(story.scene, "en", palette="")) / 2
