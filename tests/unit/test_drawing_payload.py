"""The contract with the browser: what Python writes is the golden file that the runtime's own tests read."""

from __future__ import annotations

import dataclasses
import json
import sys
import typing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from storymap.basemap.arcs import pack_arcs, pack_lines, pack_rings
from storymap.basemap.bake import NO_BASEMAP
from storymap.basemap.contract import BasemapPayload, ScalePayload
from storymap.building.content import read_content
from storymap.drawing.contract import Payload
from storymap.drawing.payload import compose_atlas, compose_place, compose_story, list_kinds, write_payload
from storymap.errors import Location, Report
from storymap.layers.drawn import Drawn
from storymap.layers.image import Image
from storymap.layers.kinds import DRAWN_BY, TAGS, Script, choose_script, choose_styles, draw, find_kind
from storymap.layers.tiles import Tiles
from storymap.layers.tileset import Tileset
from storymap.model.ground import GroundDetail
from storymap.model.layer import FeatureLayer, Layer, Route
from storymap.model.place import Bounds
from storymap.model.raster import Raster, RasterSource
from storymap.model.story import Story
from storymap.model.streets import StreetCell, StreetCredit, StreetLabel, StreetPart, Streets, StreetScale, Surroundings
from storymap.model.tileset import CutTile, TileSource
from storymap.prepared import read_static
from storymap.project import load_project
from storymap.resolving.atlas import describe_story, make_atlas, rank_places
from storymap.resolving.outline import outline_story
from storymap.resolving.scenes import show_place
from storymap.resolving.views import frame_places

TESTS = Path(__file__).parents[1]
PACKAGE = TESTS.parent / "storymap"
GOLDEN = TESTS / "golden" / "payload.json"

BASEMAP: BasemapPayload = {
    "scales": [
        {
            "minZoom": 0,
            "gridZoom": 0,
            "unitZoom": 4,
            "cells": [(0, 0)],
            "arcs": [pack_arcs([[(2, 2), (9, 2), (9, 9), (2, 9), (2, 2)]])],
            "land": [pack_rings([[0]])],
            "lakes": [""],
            "rivers": [""],
            "regions": [""],
            "borders": [""],
            "coast": [pack_lines([0])],
            "shores": [""],
            "highlights": {"XX": ["*"]},
        }
    ],
    "settlements": {
        "names": ["Somewhere", "Far"],
        "at": pack_arcs([[(10000, 53500), (-128, 51507)]]),
        "zooms": "2b",
        "sizes": "40",
    },
    "countries": [(10.0, 51.0, "Someland", 2, 6)],
    "waters": [(-30.0, 30.0, "Some Ocean", 0, 5)],
    "credits": ["Drawn by hand"],
}
"""A basemap of our own, so that the golden file holds no map data."""

STREETS = Streets(
    scales=(
        StreetScale(
            15,
            15,
            24,
            (
                StreetCell(
                    3,
                    4,
                    (0, 0, 512, 400),
                    pack_arcs([[(1, 1), (9, 1), (9, 9)], [(0, 20), (512, 20)], [(30, 0), (30, 400)]]),
                    (StreetPart("building", 1), StreetPart("minor", 1, (0,)), StreetPart("path-", 1)),
                ),
            ),
        ),
    ),
    names=("Quay Street",),
    labels=(StreetLabel(14.002, 50.0085, "station", "Central Station", 12.5),),
    own=(Surroundings((179.4144, -16.5782), 24, pack_arcs([[(1, 1), (9, 1), (9, 9)]]), ("Museum",)),),
    credited=(StreetCredit("© Mappers", ((16, Bounds(14.0, 50.0, 14.1, 50.1)),)),),
)
"""Streets of our own, as small as they can be."""

KINDS = tuple(find_kind(tag) for tag in TAGS)
CUT = (CutTile(3, 1, 2, "a.png"), CutTile(3, 2, 2, "b.webp"), CutTile(4, 3, 5, "a.png"))
OWN_TILES = Tileset(512, "© Own", CUT, None)
SHEET, HERE = Bounds(170.0, -20.0, 180.0, -10.0), Location("stories/cable.md", 9)
TILES = Tiles("https://tiles.example/{z}/{x}/{y}.png", "© Example", 18, "abc", needs_referer=False)


@pytest.fixture(scope="module")
def payloads() -> tuple[Payload, ...]:
    """A payload of each kind of page."""
    project = load_project(TESTS / "projects" / "good" / "pacific")
    report = Report()
    content = read_content(project, report)
    assert not report.errors
    (story,) = content.stories
    bare, ranked = GroundDetail("none", "none"), rank_places(story.places, [outline_story(story)])
    atlas = make_atlas([describe_story(story, bare)], ranked, view=frame_places(ranked), detail=bare)
    atlas = replace(atlas, scene=replace(atlas.scene, streets=STREETS))
    cable = next(place for place in story.places if place.name == "The cable")
    around = replace(show_place(cable, bare).over(OWN_TILES), streets=STREETS)
    story = dataclasses.replace(story, scene=replace(story.scene, streets=STREETS))
    return (
        compose_story(_lay_sheet(story), tiles=None, basemap=BASEMAP),
        compose_atlas(atlas, lang="en", tiles=TILES, basemap=BASEMAP),
        compose_place(cable, story.places[:2], scene=around, lang="en", tiles=None, basemap=BASEMAP),
    )


def _lay_sheet(story: Story) -> Story:
    """`story` with a picture that was cut to tiles on its first step."""
    source = TileSource(Path("sheet.mbtiles"), "sheet.mbtiles", "mbtiles", "0" * 32, 256, 8, 9, SHEET, "© Sheet", HERE)
    sheet = Raster(RasterSource("sheet.mbtiles", "sheet.mbtiles"), "", SHEET, b"", source)
    first, *others = story.steps
    scene = first.scene.over(Image(sheet, "A sheet", 0.8, tiles=(CutTile(8, 3, 4, "c.png"),)))
    return dataclasses.replace(story, steps=(replace(first, scene=scene), *others))


@pytest.fixture(scope="module")
def stories(payloads: tuple[Payload, ...]) -> tuple[Payload, ...]:
    """The same, and that of a story on a picture: between them they have a layer of each kind."""
    report = Report()
    (story,) = read_content(load_project(TESTS / "projects" / "good" / "painting"), report).stories
    assert not report.errors
    return (*payloads, compose_story(story, tiles=None, basemap=NO_BASEMAP))


def test_pages_are_written_as_the_golden_payloads(stories: tuple[Payload, ...], request: pytest.FixtureRequest) -> None:
    texts = [json.loads(write_payload(payload)) for payload in stories]
    written = json.dumps(texts, ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--accept"):
        GOLDEN.write_text(written, encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8")


def test_the_types_say_what_is_written(payloads: tuple[Payload, ...]) -> None:
    for payload, kind in zip(payloads, typing.get_args(Payload), strict=True):
        assert payload.keys() == typing.get_type_hints(kind).keys()
    assert BASEMAP.keys() == typing.get_type_hints(BasemapPayload).keys()
    assert BASEMAP["scales"][0].keys() == typing.get_type_hints(ScalePayload).keys()


def test_every_kind_of_layer_has_a_tag_and_a_file_of_its_name_on_both_sides(stories: tuple[Payload, ...]) -> None:
    assert len(set(TAGS)) == len(TAGS)
    assert set(TAGS) == set().union(*map(list_kinds, stories))
    for kind in KINDS:
        assert kind.__module__ == f"storymap.layers.{kind.kind}"
        assert (PACKAGE / "browser" / "src" / "layers" / f"{kind.kind}.ts").is_file()


def test_every_value_that_a_scene_can_have_is_of_a_kind_in_the_table() -> None:
    assert {kind.__name__.lower() for kind in set(list_subclasses(Layer)) - {FeatureLayer}} == set(TAGS)
    assert draw(Route()).layer == Route()


def list_subclasses(kind: type[Any]) -> list[type[Any]]:
    # A dataclass with slots is a second class in place of the first, which may still be there.
    known = (each for each in kind.__subclasses__() if getattr(sys.modules[each.__module__], each.__name__) is each)
    own: list[type[Any]] = list(known)
    return [*own, *(each for one in own for each in list_subclasses(one))]


@pytest.mark.parametrize("kind", KINDS, ids=TAGS)
def test_the_type_of_a_layer_says_what_is_written_of_it(kind: type[Drawn[Any]], stories: tuple[Payload, ...]) -> None:
    told = typing.get_type_hints(kind.payload)["return"]
    (written_as,) = (each for each in (told, *typing.get_args(told)) if typing.is_typeddict(each))
    assert kind.kind in typing.get_args(typing.get_type_hints(written_as)["kind"])
    pages: list[dict[str, Any]] = [json.loads(write_payload(payload)) for payload in stories]
    scenes = [scene for page in pages for scene in (page, *page.get("steps", ()), *page.get("stories", ()))]
    written = [layer for scene in scenes for layer in scene["layers"] if layer["kind"] == kind.kind]
    assert written
    hints = typing.get_type_hints(written_as, include_extras=True)
    always = {key for key, hint in hints.items() if typing.get_origin(hint) is not typing.NotRequired}
    for layer in written:
        assert always <= layer.keys() <= hints.keys()


@pytest.mark.parametrize(
    ("kinds", "script"),
    [
        ("", "storymap"),
        ("route markers highlight", "storymap"),
        ("track markers", "ways"),
        ("branches route", "ways"),
        ("areas markers", "areas"),
        ("lines areas", "areas"),
        ("points", "points"),
        ("points areas", "points"),
        ("image", "data"),
        ("areas track image compare", "data"),
        ("points track", "layers"),
        ("tileset", "layers"),
        ("backdrop markers", "layers"),
        ("tiles areas", "whole"),
    ],
)
def test_a_page_has_the_lightest_script_that_draws_all_its_layers(kinds: str, script: str) -> None:
    assert choose_script(kinds.split()) == script


def test_a_page_has_no_styles_of_what_it_does_not_show() -> None:
    assert choose_styles(["route", "markers"]) == ()
    assert choose_styles(["areas", "track"]) == ("data", "ways")
    assert choose_styles(["compare", "tileset"]) == ("pictures",)


@pytest.mark.parametrize("script", ["storymap", "ways", "areas", "points", "data", "layers"])
def test_scripts_draw_what_python_believes_they_do(script: Script) -> None:
    text = read_static(f"{script}.js").decode()
    signs = {"branches": "branch-choice", "image": "ground-image", "points": "data-cloud", "backdrop": "on-picture"}
    assert {kind for kind, sign in signs.items() if sign in text} == DRAWN_BY[script] & signs.keys()


def test_a_payload_can_stand_in_a_script_element(payloads: tuple[Payload, ...]) -> None:
    hostile = "</script><script>alert(1)</script><!--<script>"
    text = write_payload(payloads[2] | {"strings": {"hostile": hostile}})
    assert "<" not in text
    assert json.loads(text)["strings"]["hostile"] == hostile


def test_the_lines_of_a_story_are_written_once_and_those_of_a_card_are_its_own(payloads: tuple[Payload, ...]) -> None:
    story, atlas, _ = payloads
    assert story["kind"] == "story"
    assert atlas["kind"] == "atlas"
    steps = [
        leg for step in story["steps"] for layer in step["layers"] if layer["kind"] == "route" for leg in layer["legs"]
    ]
    (card,) = atlas["stories"]
    assert [leg for layer in card["layers"] if layer["kind"] == "route" for leg in layer["legs"]] == steps
    assert steps
    assert not any(layer["kind"] == "route" for page in payloads for layer in page["layers"])


def test_an_overview_brings_every_place_forward_with_the_number_of_its_first_step(
    payloads: tuple[Payload, ...],
) -> None:
    story = payloads[0]
    assert story["kind"] == "story"
    overview, empty, opening = (
        [layer for layer in scene["layers"] if layer["kind"] != "branches"]
        for scene in (*story["steps"][:-3:-1], story)
    )
    assert overview == opening
    assert empty == []
