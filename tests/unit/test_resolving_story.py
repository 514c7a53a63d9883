"""Resolving: names become places, fields become views and lines, links become addresses."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.errors import Report
from storymap.layers.highlight import Highlight
from storymap.model.ground import GroundDetail
from storymap.model.layer import Route
from storymap.model.place import LonLat
from storymap.model.story import Story
from storymap.pages.prose import join_prose
from storymap.project import load_project

PLACES = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "museum", "name": "National Museum", "country": "CZ"},
 "geometry": {"type": "Point", "coordinates": [14.4306, 50.079]}},
{"type": "Feature", "properties": {"name": "Suva", "country": "FJ"},
 "geometry": {"type": "Point", "coordinates": [178.44, -18.14]}},
{"type": "Feature", "properties": {"name": "Apia", "country": "WS"},
 "geometry": {"type": "Point", "coordinates": [-171.77, -13.83]}}
]}"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    (tmp_path / "geo").mkdir()
    (tmp_path / "storymap.toml").write_text('title = "Test"\n')
    (tmp_path / "geo" / "places.geojson").write_text(PLACES)
    return tmp_path


def resolve(project: Path, steps: str, *, front: str = "", **others: str) -> tuple[Story, list[str]]:
    """The story `one` made of `steps`, and the codes of every error and warning."""
    (project / "stories" / "one.md").write_text(f"---\ntitle: One\n{front}---\nOpening.\n\n{steps}", encoding="utf-8")
    for name, text in others.items():
        (project / "stories" / f"{name}.md").write_text(text, encoding="utf-8")
    report = Report()
    stories = {story.id: story for story in read_content(load_project(project), report).stories}
    return stories["one"], [problem.code for problem in report.problems if problem.severity != "note"]


def test_a_step_is_framed_around_its_place_at_the_zoom_it_asks_for(project: Path) -> None:
    story, problems = resolve(project, "## A\nplace: National Museum\nzoom: 8\n\nText.\n")
    (step,) = story.steps
    assert problems == []
    assert step.view.zoom == 8
    assert step.view.bounds.contains(LonLat(14.4306, 50.079))
    assert step.moves_map


def test_a_picture_that_is_none_leaves_its_description_and_nothing_open(project: Path) -> None:
    (project / "stories" / "a.jpg").write_bytes(b"")
    (project / "stories" / "b.png").write_text("<!doctype html>")
    story, problems = resolve(
        project,
        "## A\nplace: museum\n\n![A <tram>](a.jpg)\n*At night*\n\nA ![hat](b.png) here.\n",
        front="cover: a.jpg\n",
    )
    assert problems == ["broken-picture", "broken-picture"]
    assert join_prose(story.steps[0].prose, "one.html", "en") == (
        '<figure class="shown"><p>A &lt;tram&gt;</p><figcaption>At night</figcaption></figure>\n<p>A hat here.</p>'
    )


@pytest.mark.parametrize(
    ("bounds", "codes"),
    [
        ("[50.0, 14.3, 50.2, 14.6]", ["swapped-coordinates"]),
        ("[14.3, 50.0, 14.6, 50.2]", []),
        ("[48, 12, 51, 55]", ["swapped-coordinates"]),  # Arabia and its seas
        ("[-10, 35, 40, 70]", []),
        ("[100, -10, 140, 20]", []),  # elsewhere, and with them turned round, too
        ("[35, -10, 70, 40]", ["swapped-coordinates"]),
    ],
)
def test_bounds_that_show_what_is_meant_only_if_turned_round_are_told(
    project: Path, bounds: str, codes: list[str]
) -> None:
    _, of_its_place = resolve(project, f"## A\nplace: museum\nbounds: {bounds}\n\nText.\n")
    _, of_the_story = resolve(project, f"## A\nplace: museum\n\nText.\n\n## B\nbounds: {bounds}\n\nMore.\n")
    assert of_its_place == codes
    assert of_the_story == codes


@pytest.mark.parametrize(
    ("coordinates", "codes"),
    [
        ([49.2, 16.6], ["swapped-coordinates"]),  # as if in Yemen, and meant for Brno
        ([16.6, 49.2], []),
        ([44.2, 15.4], []),  # Yemen, beside a story of Prague
        ([100, 16.6], []),
    ],
)
def test_data_far_from_its_steps_that_lies_near_if_turned_is_told(
    project: Path, coordinates: list[float], codes: list[str]
) -> None:
    point = json.dumps({"type": "Point", "coordinates": coordinates})
    (project / "stories" / "spot.geojson").write_text(point)
    front = "layers: {spots: {from: spot.geojson}}\n"
    assert resolve(project, "## A\nplace: museum\nlayers: spots\n\nText.\n", front=front)[1] == codes


def test_a_step_without_a_place_keeps_the_map_where_it_was(project: Path) -> None:
    story, _ = resolve(project, "## A\nplace: museum\n\nText.\n\n## B\n\nMore.\n")
    first, second = story.steps
    assert second.view == first.view
    assert not second.moves_map


def test_a_first_step_without_a_place_shows_the_whole_story(project: Path) -> None:
    story, _ = resolve(project, "## A\n\nText.\n\n## B\nplace: Suva\n\nText.\n\n## C\nplace: museum\n\nText.\n")
    assert story.steps[0].view == story.view
    assert story.steps[0].moves_map


def test_an_overview_frames_every_place_and_line_of_the_story(project: Path) -> None:
    story, _ = resolve(
        project,
        "## A\nplace: museum\n\nText.\n\n## B\nplace: Washington\n\nText.\n\n## C\noverview: true\n\nText.\n",
        front="line: great-circle\n",
    )
    bounds = story.steps[2].view.bounds
    assert all(bounds.contains(point) for leg in story.legs for part in leg.parts for point in part)
    assert max(point.lat for leg in story.legs for part in leg.parts for point in part) > 51


def test_bounds_and_center_place_the_map_without_a_place(project: Path) -> None:
    story, problems = resolve(
        project, "## A\nbounds: [170, -25, -165, -10]\n\nText.\n\n## B\ncenter: -18.1, 178.4\nzoom: 7\n\nText.\n"
    )
    first, second = story.steps
    assert problems == []
    assert first.view.bounds.crosses_antimeridian
    assert first.view.bounds.contains(LonLat(180.0, -15.0))
    assert second.view.bounds.contains(LonLat(178.4, -18.1))


def test_places_on_both_sides_of_180_degrees_are_framed_across_it(project: Path) -> None:
    story, _ = resolve(project, "## A\nplace: [Suva, Apia]\nline: great-circle\n\nText.\n")
    (step,) = story.steps
    assert step.view.bounds.crosses_antimeridian
    assert step.view.bounds.width < 40
    (leg,) = step.scene.find(Route)[0].within
    assert len(leg.parts) == 2
    assert {abs(leg.parts[0][-1].lon), abs(leg.parts[1][0].lon)} == {180.0}


def test_lines_lead_from_step_to_step_and_a_step_can_leave_its_own_out(project: Path) -> None:
    story, _ = resolve(
        project,
        "## A\nplace: museum\n\nT.\n\n## B\nplace: Suva\nline: none\n\nT.\n\n## C\n\nT.\n\n## D\nplace: Apia\n\nT.\n",
        front="line: straight\n",
    )
    arrivals = [
        [(leg.start.name, leg.end.name, leg.style) for route in step.scene.find(Route) for leg in route.arrival]
        for step in story.steps
    ]
    assert arrivals == [[], [], [], [("Suva", "Apia", "straight")]]


def test_a_story_without_a_line_draws_none(project: Path) -> None:
    story, _ = resolve(project, "## A\nplace: museum\n\nT.\n\n## B\nplace: [Suva, Apia]\n\nT.\n")
    assert story.legs == ()


def test_links_in_prose_find_their_places_and_lead_to_their_pages(project: Path) -> None:
    story, problems = resolve(
        project,
        "## A\nplace: Suva\n\n"
        "[the museum](place:museum), [its steps](geo:50.0791,14.4305), [a reef](geo:-19.5,178.1).\n",
    )
    (step,) = story.steps
    assert problems == []
    assert [link.places[0].name for link in step.links] == ["National Museum", "National Museum", "a reef"]
    assert join_prose(step.prose, "one.html", "en").count('href="places/museum.html"') == 2
    assert f'href="places/{step.links[2].places[0].id}.html"' in join_prose(step.prose, "one.html", "en")


def test_a_story_as_written_and_as_resolved_is_a_value_that_travels(project: Path) -> None:
    (project / "stories" / "one.md").write_text(
        "---\ntitle: One\nextra: {a: [1]}\n---\n\n## A\nplace: Suva\ndate: 1911\n\n"
        "[the museum](place:museum) [up](one.md#a)[^1]\n\n> [!NOTE]\n> Text.\n\n[^1]: Note.\n",
        encoding="utf-8",
    )
    content = read_content(load_project(project), Report())
    for value in (*content.sources, *content.stories):
        assert pickle.loads(pickle.dumps(value)) == value


def test_links_between_stories_are_checked(project: Path) -> None:
    other = "---\ntitle: Two\n---\n\n## Here\nplace: Suva\n\nText.\n"
    story, problems = resolve(
        project, "## A\nplace: Suva\n\n[x](two.md#here) [y](two.md#hear) [z](tow.md) [w](two.md)\n", two=other
    )
    assert problems == ["unknown-step", "unknown-story"]
    assert 'href="two.html#here"' in join_prose(story.steps[0].prose, "one.html", "en")


def test_highlighted_countries_are_found_by_code_and_name(project: Path) -> None:
    story, problems = resolve(project, "## A\nplace: Suva\nhighlight: [NO, Czechia, United States]\n\nText.\n")
    assert story.steps[0].scene.find(Highlight)[0].countries == ("NO", "CZ", "US")
    assert problems == []


def test_pictures_are_found_measured_and_told_when_missing(project: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"></svg>'
    (project / "stories" / "pictures").mkdir()
    (project / "stories" / "pictures" / "Bay.svg").write_text(svg)
    story, problems = resolve(
        project,
        "## A\nplace: Suva\n\n![Bay](pictures/Bay.svg)\n\n![Bay](pictures/bay.svg)\n\n![No](pictures/no.svg)\n"
        "\n![Out](../storymap.toml)\n",
    )
    assert 'src="media/pictures/Bay.svg"' in join_prose(story.steps[0].prose, "one.html", "en")
    assert 'width="320" height="200"' in join_prose(story.steps[0].prose, "one.html", "en")
    assert story.files == ("pictures/Bay.svg",) or "pictures/Bay.svg" in story.files
    assert sorted(problems) == ["missing-picture", "outside-project", "picture-case"]


def test_a_picture_that_leads_out_through_a_link_is_refused(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.png"
    secret.write_bytes(b"secret")
    (project / "stories" / "picture.png").symlink_to(secret)
    story, problems = resolve(project, "## A\nplace: Suva\n\n![x](picture.png)\n")
    assert problems == ["outside-project"]
    assert story.files == ()


def test_drafts_stay_out_unless_they_are_asked_for(project: Path) -> None:
    resolve(
        project, "## A\nplace: Suva\n\nText.\n", two="---\ntitle: Two\ndraft: true\n---\n\n## B\nplace: Apia\n\nT.\n"
    )
    ids = [
        [story.id for story in read_content(load_project(project), Report(), drafts=on).stories] for on in (False, True)
    ]
    assert ids == [["one"], ["one", "two"]]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("北京", "北京"),
        ("Praha", "Praha"),
        ("praha", "Prague"),
        ("prague", "Prague"),
        ("PRAGUE", "Prague"),
        ("Prague, CZ", "Prague"),
        ("Paris, Texas", "Paris"),
        ("Köln", "Köln"),
        ("Koln", "Köln"),
        ("Cologne", "Cologne"),
        ("New York", "New York"),
        ("Česko", "Česko"),
        ("CZ", "Czechia"),
        ("CZE", "Czechia"),
        ("Korsika", "Korsika"),
        ("museum", "National Museum"),
        ("national museum", "National Museum"),
    ],
)
def test_readers_see_the_name_that_is_written_but_no_spelling_of_the_same(
    project: Path, written: str, shown: str
) -> None:
    story, _ = resolve(project, f'## A\nplace: "{written}"\n\nText.\n')
    assert [place.name for place in story.steps[0].places] == [shown]


def test_another_name_of_geo_is_shown_as_it_is_written(project: Path) -> None:
    table = "name,lat,lon,aliases\nPrague National Theatre,50.0812,14.4137,Národní divadlo;nd\n"
    (project / "geo" / "more.csv").write_text(table, encoding="utf-8")
    story, _ = resolve(project, "## A\nplace: Národní divadlo\n\nText.\n\n## B\nplace: nd\n\nText.\n")
    assert [step.places[0].name for step in story.steps] == ["Národní divadlo", "Prague National Theatre"]
    assert len({step.places[0].id for step in story.steps}) == 1
    assert [place.name for place in story.places] == ["Národní divadlo"]


def test_a_step_keeps_the_ground_of_the_one_before_as_far_as_it_says_nothing_else(project: Path) -> None:
    (project / "storymap.toml").write_text('title = "Test"\nground = { names = "water" }\n')
    story, problems = resolve(
        project,
        "## A\nplace: museum\n\nText.\n\n## B\nground: {names: none}\n\nText.\n\n## C\n\nText.\n\n"
        "## D\nground: {borders: all, names: all}\n\nText.\n",
        front="ground: {borders: none}\n",
    )
    assert problems == []
    bare = GroundDetail("none", "none")
    assert story.scene.detail == GroundDetail("none", "water")
    assert [step.scene.detail for step in story.steps] == [story.scene.detail, bare, bare, GroundDetail()]


@pytest.mark.parametrize("ground", ["none", "{borders: no}", "{names: waters}", "{border: none}"])
def test_a_ground_that_nothing_is_is_refused(project: Path, ground: str) -> None:
    _, problems = resolve(project, f"## A\nplace: museum\nground: {ground}\n\nText.\n")
    assert problems == ["unknown-key" if "border:" in ground else "wrong-value"]


def test_the_pages_of_a_site_of_another_time_name_nothing_of_today(project: Path) -> None:
    resolve(project, "## A\nplace: museum\n\nText.\n")
    before = build_site(load_project(project))
    (project / "storymap.toml").write_text('title = "Test"\nground = { borders = "none", names = "none" }\n')
    after = build_site(load_project(project))
    assert "Prague, Czechia" in before["places/museum.html"].decode()
    for path in ("places/museum.html", "index.html", "one.html"):
        html = after[path].decode()
        assert '"ground":{"borders":"none","names":"none"}' in html
        assert "Prague, Czechia" not in html
    for path in (path for path in after if path.endswith(".svg")):
        assert 's-borders"' not in after[path].decode()
        assert ">Prague<" not in after[path].decode()
