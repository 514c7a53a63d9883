"""Layers of the author's data: which a step shows, how it shows them otherwise, and what it frames."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pytest
import shapely

from storymap.building.content import read_content
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.errors import Report
from storymap.geodata.datasets import DataSource, read_features
from storymap.geodata.features import Feature
from storymap.model.layer import Areas, DataLayer, Lines, Points
from storymap.model.scene import Scene
from storymap.model.story import Story
from storymap.project import load_project
from storymap.reading.layer_fields import ColorFields, LayerFields, ShownFields
from storymap.resolving.data_layers import override

SQUARE = {"type": "Polygon", "coordinates": [[[14, 49], [15, 49], [15, 50], [14, 50], [14, 49]]]}
RIVER = {"type": "LineString", "coordinates": [[14, 49], [16, 51]]}
WELL = {"type": "Point", "coordinates": [30, 60]}

FRONT = "layers:\n  fields: {from: fields.geojson}\n  wells: {from: wells.geojson, title: Old wells}\n"


def write_geojson(file: Path, *shapes: object) -> None:
    features = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    (tmp_path / "geo" / "data").mkdir(parents=True)
    write_geojson(tmp_path / "stories" / "fields.geojson", SQUARE, RIVER)
    write_geojson(tmp_path / "geo" / "data" / "wells.geojson", WELL)
    return tmp_path


def resolve(project: Path, steps: str, *, front: str = FRONT) -> Story:
    (project / "stories" / "one.md").write_text(f"---\ntitle: One\n{front}---\n\n{steps}", encoding="utf-8")
    report = Report()
    content = read_content(load_project(project), report)
    assert not report.errors
    (story,) = content.stories
    return story


def list_data(scene: Scene) -> list[DataLayer]:
    return [*scene.find(Areas), *scene.find(Lines), *scene.find(Points)]


def name_data(scene: Scene) -> list[str]:
    return [layer.title for layer in list_data(scene)]


def test_a_dataset_is_a_layer_for_each_kind_of_shape(project: Path) -> None:
    story = resolve(project, "## A\nlayers: fields\n")
    (areas, lines) = list_data(story.steps[0].scene)
    assert (areas.shown, lines.shown) == ((0,), (1,))
    assert areas.features[0].shape.bounds == (14, 49, 15, 50)


def test_a_step_keeps_what_the_one_before_showed_until_it_says_otherwise(project: Path) -> None:
    story = resolve(project, "## A\nlayers: wells\n\n## B\nplace: Prague\n\n## C\nlayers: none\n\n## D\n")
    assert [name_data(step.scene) for step in story.steps] == [["Old wells"], ["Old wells"], [], []]
    assert name_data(story.scene) == ["Old wells"], "the opening shows what the first step does"


def test_without_a_word_of_any_step_all_layers_are_shown(project: Path) -> None:
    story = resolve(project, "## A\nplace: Prague\n\n## B\n")
    assert [name_data(scene) for scene in (story.scene, *(step.scene for step in story.steps))] == [
        ["fields", "fields", "Old wells"]
    ] * 3


def test_layers_stand_between_filled_countries_and_places_in_the_order_of_the_step(project: Path) -> None:
    story = resolve(project, "## A\nplace: [Prague, Brno]\nhighlight: CZ\nlayers: [wells, fields]\n")
    kinds = [type(layer).__name__ for layer in story.steps[0].scene.layers]
    assert kinds == ["Highlight", "Points", "Areas", "Lines", "Markers"]


def test_a_step_without_a_place_frames_the_data_that_it_names(project: Path) -> None:
    story = resolve(
        project, "## A\nlayers: fields\n\n## B\nplace: Lima\n\n## C\nplace: Prague\nlayers: wells\n\n## D\n"
    )
    first, second, third, last = (step.view.bounds for step in story.steps)
    assert (first.west < 14, first.east > 16, first.north < 53) == (True, True, True)
    assert second.south < -12 < second.north
    assert third.north < 55, "a place counts before data"
    assert last == third
    assert not story.steps[3].moves_map


def test_a_story_of_data_alone_opens_on_it(project: Path) -> None:
    story = resolve(project, "## A\nlayers: fields\n")
    assert story.view.bounds == story.steps[0].view.bounds


def test_what_a_step_writes_of_a_layer_counts_for_it_alone_and_leaves_the_rest() -> None:
    color = ColorFields(by="price_2024", classes=5, palette="oranges")
    layer = LayerFields.model_validate({"from": "a.csv", "color": color, "opacity": 0.8, "title": "Price"})
    shown = override(layer, ShownFields(by="price_2014", opacity=0.5))
    assert shown.color == ColorFields(by="price_2014", classes=5, palette="oranges")
    assert (shown.opacity, shown.title, shown.by) == (0.5, "Price", None)
    assert override(layer, ShownFields(color=ColorFields(classes=3))).color == ColorFields(
        by="price_2024", classes=3, palette="oranges"
    )
    assert layer.color == color


def test_data_is_read_again_only_when_it_changes(project: Path) -> None:
    before = resolve(project, "## A\nlayers: wells\n")
    write_geojson(project / "geo" / "data" / "wells.geojson", WELL, WELL)
    after = resolve(project, "## A\nlayers: wells\n")
    assert [len(list_data(story.scene)[0].shown) for story in (before, after)] == [1, 2]


def test_a_change_of_a_joined_table_or_of_a_part_of_a_shapefile_is_seen(project: Path) -> None:
    data = project / "geo" / "data"
    frame = geopandas.GeoDataFrame({"code": ["a"]}, geometry=[shapely.box(14, 49, 15, 50)], crs="EPSG:4326")
    frame.to_file(data / "areas.shp")
    front = "layers: {areas: {from: areas.shp, join: {table: figures.csv, on: code}}}\n"
    text = f"---\ntitle: One\n{front}---\n\n## A\nlayers: areas\n"
    (project / "stories" / "one.md").write_text(text)
    runner, files, seen = Runner(), ProjectFiles(), []
    for figure, code in ((1, "a"), (2, "a"), (2, "b")):
        (data / "figures.csv").write_text(f"code,figure\na,{figure}\nb,{figure + 5}\n")
        frame.assign(code=[code]).to_file(data / "areas.shp")
        (story,) = read_content(load_project(project), Report(), runner=runner, files=files).stories
        (layer,) = list_data(story.steps[0].scene)
        seen.append(layer.dataset.features[0].values)
    assert seen == [("a", 1), ("a", 2), ("b", 7)]


@pytest.mark.parametrize(
    ("name", "code", "help"),
    [
        ("field.geojson", "missing-file", "fields.geojson"),
        ("../../etc/passwd", "outside-project", "geo/data"),
        ("/etc/passwd", "outside-project", "geo/data"),
    ],
)
def test_a_file_that_cannot_be_had_is_told_where_it_is_named(project: Path, name: str, code: str, help: str) -> None:
    (project / "stories" / "one.md").write_text(f"---\ntitle: One\nlayers:\n  a: {{from: {name}}}\n---\n\n## A\n")
    report = Report()
    read_content(load_project(project), report)
    (problem,) = report.errors
    assert (problem.code, problem.at.line, problem.at.column) == (code, 4, 13)
    assert help in problem.help


@pytest.mark.parametrize(
    ("written", "column", "help"),
    [
        ("[wels, fields]", 10, 'did you mean "wells"?'),
        ("[fields, wels]", 18, 'did you mean "wells"?'),
        ("{fields: {}, wels: {}}", 22, 'did you mean "wells"?'),
        ("roads", 9, "name it in the front matter: layers: {roads: roads.geojson}"),
    ],
)
def test_a_layer_that_is_not_named_is_told_where_it_is_shown(
    project: Path, written: str, column: int, help: str
) -> None:
    text = f"---\ntitle: One\n{FRONT}  bad: {{color: red}}\n---\n\n## A\nlayers: bad\n\n## B\nlayers: {written}\n"
    (project / "stories" / "one.md").write_text(text, encoding="utf-8")
    report = Report()
    read_content(load_project(project), report)
    assert [(problem.code, problem.at.line) for problem in report.errors] == [("wrong-value", 6), ("unknown-layer", 13)]
    problem = report.errors[1]
    assert (problem.at.column, problem.help) == (column, help)


# Layers that the settings name

SETTINGS = """
[layers.wells]
from = "wells.geojson"
title = "Old wells"
width = 2

[layers.fields]
from = "fields.geojson"
"""


def test_a_step_shows_a_layer_that_the_settings_name(project: Path) -> None:
    (project / "storymap.toml").write_text(SETTINGS)
    story = resolve(project, "## A\nlayers: {wells: {opacity: 0.5}}\n", front="")
    (wells,) = list_data(story.steps[0].scene)
    assert (wells.title, wells.width, wells.opacity) == ("Old wells", 2, 0.5)


def test_a_story_that_names_no_layer_shows_none_of_the_site(project: Path) -> None:
    (project / "storymap.toml").write_text(SETTINGS)
    assert list_data(resolve(project, "## A\nplace: 50, 14\n", front="").scene) == []


def test_the_name_of_a_story_stands_before_that_of_the_site(project: Path) -> None:
    (project / "storymap.toml").write_text(SETTINGS)
    story = resolve(project, "## A\nlayers: wells\n", front="layers: {wells: fields.geojson}\n")
    assert name_data(story.scene) == ["wells", "wells"]


@pytest.mark.parametrize(
    ("settings", "place", "help"),
    [
        ('[layers.wells]\nfrom = "wells.geojson"\ncolour = "red"\n', (3, 1), 'did you mean "color"?'),
        ('layers.wells = { from = "wells.geojson", wdith = 3 }\n', (1, 42), 'did you mean "width"?'),
        ('[layers.wells]\nfrom = "wels.geojson"\n', (2, 1), 'did you mean "wells.geojson"?'),
        ('[layers.wells]\nfrom = "wells.geojson"\n[layers.wells.color]\nclasses = "many"\n', (4, 1), "classes: 5"),
    ],
)
def test_a_mistake_in_a_layer_of_the_settings_is_told_there(
    project: Path, settings: str, place: tuple[int, int], help: str
) -> None:
    (project / "storymap.toml").write_text(settings)
    (project / "stories" / "one.md").write_text("# One\n\n## A\nplace: 50, 14\nlayers: wells\n")
    report = Report()
    read_content(load_project(project), report)
    (problem,) = report.errors
    assert (problem.at.path, problem.at.line, problem.at.column) == ("storymap.toml", *place)
    assert help in problem.help


def test_a_change_of_a_table_does_not_read_the_shapes_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def note(source: DataSource, report: Report) -> list[Feature]:
        read.append(source.path)
        return read_features(source, report)

    monkeypatch.setattr("storymap.building.data.read_features", note)
    write_geojson(project / "stories" / "areas.geojson", SQUARE)
    table = project / "stories" / "figures.csv"
    text = (
        (project / "stories" / "areas.geojson").read_text().replace('"properties": {}', '"properties": {"code": "a"}')
    )
    (project / "stories" / "areas.geojson").write_text(text)
    joined = "{from: areas.geojson, join: {table: figures.csv, on: code}}"
    (project / "stories" / "one.md").write_text(
        f"---\ntitle: One\nlayers:\n  one: {joined}\n  two: {joined}\n---\n\n## A\nlayers: [one, two]\n"
    )
    runner, files = Runner(), ProjectFiles()
    for figure in (1, 2):
        table.write_text(f"code,figure\na,{figure}\n")
        (story,) = read_content(load_project(project), Report(), runner=runner, files=files).stories
        assert [layer.dataset.features[0].values for layer in list_data(story.scene)] == [("a", figure)] * 2
    assert read == ["stories/areas.geojson"]


def test_a_layer_of_whose_file_nothing_can_be_shown_is_an_error(project: Path) -> None:
    write_geojson(project / "geo" / "data" / "wells.geojson", {"type": "Point", "coordinates": [-743_000, -1_043_000]})
    (project / "stories" / "one.md").write_text(f"---\ntitle: One\n{FRONT}---\n\n## A\n\nText.\n", encoding="utf-8")
    report = Report()
    read_content(load_project(project), report)
    assert [problem.code for problem in report.problems] == ["coordinate-out-of-range", "no-features"]
    (error,) = report.errors
    assert (error.code, error.at.path) == ("no-features", "geo/data/wells.geojson")


def test_a_layer_says_in_which_reference_system_its_file_is(project: Path) -> None:
    write_geojson(project / "stories" / "fields.geojson", {"type": "Point", "coordinates": [-743_000, -1_043_000]})
    front = "layers: {fields: {from: fields.geojson, crs: 5514}}\n"
    (layer,) = list_data(resolve(project, "## A\nlayers: fields\n\nText.\n", front=front).steps[0].scene)
    (feature,) = layer.features
    assert feature.shape.centroid.coords[0] == pytest.approx((14.41859, 50.08734), abs=1e-3)


def test_a_file_that_is_named_with_backslashes_is_told_with_how_to_write_it(project: Path) -> None:
    text = "---\ntitle: One\nlayers: {wells: data\\wells.geojson}\n---\n\n## A\n\nText.\n"
    (project / "stories" / "one.md").write_text(text, encoding="utf-8")
    report = Report()
    read_content(load_project(project), report)
    (error,) = report.errors
    assert (error.code, error.at.line, error.help) == ("missing-file", 3, "write data/wells.geojson")
