"""Stories that are written in Python: what becomes of them, and what is wrong with them, told by the argument."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import geopandas
import pytest
from shapely.geometry import box

import storymap
from storymap import Step, Story
from storymap.layers import Areas
from storymap.model.layer import Areas as ShownAreas
from storymap.reading.fields import FrontMatter, StepFields


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make_prices(**style: Any) -> Areas:
    shapes = [box(14, 49.5, 14.5, 50.5), box(14.5, 49.5, 15, 50.5)]
    data = {"name": ["West", "East"], "then": [1.0, 2.0], "now": [5.0, 9.0]}
    return Areas.from_geopandas(geopandas.GeoDataFrame(data, geometry=shapes, crs="EPSG:4326"), **style)


def refuse(*steps: Step, title: str = "Prices", **front: Any) -> str:
    with pytest.raises(storymap.StorymapError) as caught:
        Story(title, steps, **front)
    return str(caught.value)


def test_a_story_is_written_without_a_file() -> None:
    story = Story(
        "From *river* to hill",
        [
            Step("The river", "It *flows*, past [Brno](place:Brno).", place="Prague", date="1875-09-23", zoom=9),
            Step("The hill", place=(50.0875, 14.4)),
        ],
        text="Before it all.",
        lang="cs",
        author="Jana",
    )
    assert (story.id, story.title, story.lang, story.authors) == (
        "from-river-to-hill",
        "From *river* to hill",
        "cs",
        ("Jana",),
    )
    assert [step.id for step in story.steps] == ["the-river", "the-hill"]
    assert story.steps[0].places[0].name == "Praha"  # in the language of the story
    assert [place.id for place in story.linked_places]
    assert (story.steps[1].places[0].point.lat, story.steps[1].places[0].point.lon) == (50.0875, 14.4)
    assert isinstance(story.steps[0], storymap.ResolvedStep)
    assert "storymap-data" in story.map().get_root().render()


def test_steps_show_layers_of_frames_and_keep_them() -> None:
    then = make_prices(by="then", classes=2)
    story = Story(
        "Prices",
        [Step("A", layers=[then]), Step("B"), Step("C", layers=[then.with_style(by="now")]), Step("D", layers=[])],
    )
    shown = [[layer.title for layer in step.scene.find(ShownAreas)] for step in story.steps]
    assert shown == [["then"], ["then"], ["now"], []]
    datasets = {id(layer.dataset) for step in story.steps for layer in step.scene.find(ShownAreas)}
    assert len(datasets) == 1


def test_a_step_shows_the_same_data_twice() -> None:
    prices = make_prices(by="then", classes=2)
    story = Story("Prices", [Step("A", layers=[prices, prices.with_style(size="now", by=None)])])
    assert len(story.steps[0].scene.layers) == 2


def test_the_site_of_a_story_is_written_and_the_same_each_time(here: Path) -> None:
    def write() -> Story:
        return Story("Prices", [Step("Prague", "Text.", place="Prague", layers=[make_prices(by="now", classes=2)])])

    write().save("site")
    assert (here / "site" / "index.html").is_file()
    page = (here / "site" / "prices.html").read_bytes()
    assert b"Text." in page
    assert write().site() == write().site()
    assert write().site()["prices.html"] == page
    assert write().map().get_root().render() == write().map().get_root().render()


def test_a_line_that_looks_like_a_field_is_text() -> None:
    story = Story("Prices", [Step("A", "place: Brno\n\n---\n\nzoom: 3", place="Prague")])
    assert [place.name for place in story.steps[0].places] == ["Prague"]
    assert b"place: Brno" in story.site()["prices.html"]


def test_hostile_text_stays_text() -> None:
    hostile = "{{ 7*7 }} <script>alert(1)</script>"
    page = Story("Prices", [Step(hostile, hostile, place="Prague")]).site()["prices.html"].decode()
    assert "{{ 7*7 }}" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (Step("A", place="Prauge"), 'Step 1(place): error[unknown-place]: no place "Prauge"'),
        (Step("A", plaice="Prague"), 'Step 1(plaice): error[unknown-key]: unknown key "plaice"'),
        (Step("A", zoom=99), 'Step 1(zoom): error[wrong-value]: "zoom" should be from 0'),
        (Step("A", "One.\n\nSee ![map](gone.png)."), "Step 1(text):3:12: error[missing-picture]"),
        (Step("A", "One.\n\n## Two"), "Step 1(text):3:4: error[second-title]: the heading of a step is its title"),
        (Step("A", layers=["prices"]), 'Step 1(layers): error[unknown-layer]: no layer "prices"'),
    ],
)
def test_a_mistake_is_told_by_the_argument_and_the_line_of_its_text(step: Step, told: str) -> None:
    assert told in refuse(step)


def test_mistakes_of_a_story_are_told_together() -> None:
    told = refuse(Step("A", place="Prauge"), Step("B", zoom="near"), lang="english, or so")
    assert "Story(lang): error[wrong-value]" in told
    assert "Step 1(place): error[unknown-place]" in told
    assert "Step 2(zoom): error[wrong-value]" in told
    assert "Story(steps): error[no-steps]" in refuse()


def test_a_column_that_only_a_step_s_style_names_is_told_by_its_argument() -> None:
    prices = make_prices(by="then", classes=2)
    with pytest.raises(storymap.StorymapError, match=r"Areas\.from_geopandas\(by=…\): error\[unknown-column\]"):
        prices.with_style(by="later")


def test_places_and_pictures_are_those_of_a_project(here: Path) -> None:
    (here / "geo").mkdir()
    (here / "geo" / "mills.csv").write_text("name,lat,lon\nOld Mill,50.0,14.0\n")
    (here / "stories").mkdir()
    (here / "storymap.toml").write_text('title = "Mills"\n')
    story = Story("One", [Step("A", place="Old Mill")], project=storymap.load_project(here))
    assert story.places[0].id == "old-mill"
    assert b"Mills" in story.site()["index.html"]


def test_a_step_takes_every_field_of_one_in_a_file() -> None:
    assert {"title", "text"}.isdisjoint(StepFields.model_fields)
    assert {"steps", "text", "page", "project"}.isdisjoint(FrontMatter.model_fields)


@pytest.mark.parametrize(("project", "story"), [("painting", "valley"), ("pacific", "ocean")])
def test_a_map_holds_its_pictures_where_there_are_no_files_beside_it(
    project: str, story: str, request: pytest.FixtureRequest
) -> None:
    folder = request.config.rootpath / "tests" / "projects" / "good" / project
    shown = storymap.load_stories(storymap.load_project(folder))[story].map().get_root().render()
    pictures = re.findall(r'"url":"(data:image/webp;base64,[^"]+|[^"]*media/[^"]+)"', shown)
    assert pictures
    assert {b64decode(url.partition(",")[2])[8:12] for url in pictures} == {b"WEBP"}
