"""The contract with the browser: what Python writes is the golden file that the runtime's own tests read."""

from __future__ import annotations

import json
import typing
from pathlib import Path

import pytest

from storymap.basemap.arcs import pack_arcs, pack_lines, pack_rings
from storymap.basemap.contract import BasemapPayload, ScalePayload
from storymap.building.content import read_content
from storymap.drawing.contract import LayerPayload, Payload
from storymap.drawing.payload import compose_atlas, compose_place, compose_story, list_kinds, write_payload
from storymap.errors import Report
from storymap.layers.kinds import draw
from storymap.layers.order import KINDS
from storymap.model.data import Dataset
from storymap.model.ground import GroundDetail
from storymap.model.layer import (
    Areas,
    ColorClass,
    Compare,
    Highlight,
    Image,
    Layer,
    Lines,
    Markers,
    Points,
    Route,
    Tiles,
    Track,
)
from storymap.model.place import Bounds
from storymap.model.raster import Raster, RasterSource
from storymap.project import load_project
from storymap.resolving.atlas import describe_story, make_atlas, rank_places
from storymap.resolving.outline import outline_story
from storymap.resolving.scenes import show_place

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


TILES = Tiles("https://tiles.example/{z}/{x}/{y}.png", "© Example", 18, "abc", needs_referer=False)


@pytest.fixture(scope="module")
def payloads() -> tuple[Payload, ...]:
    """A payload of each kind of page, which between them have a layer of each kind."""
    project = load_project(TESTS / "projects" / "good" / "pacific")
    report = Report()
    content = read_content(project, report)
    assert not report.errors
    (story,) = content.stories
    bare, ranked = GroundDetail("none", "none"), rank_places(story.places, [outline_story(story)])
    atlas = make_atlas([describe_story(story, bare)], ranked, ground=(), detail=bare)
    cable = next(place for place in story.places if place.name == "The cable")
    return (
        compose_story(story, tiles=None, basemap=BASEMAP),
        compose_atlas(atlas, lang="en", tiles=TILES, basemap=BASEMAP),
        compose_place(cable, story.places[:2], scene=show_place(cable, bare), lang="en", tiles=None, basemap=BASEMAP),
    )


def test_pages_are_written_as_the_golden_payloads(
    payloads: tuple[Payload, ...], request: pytest.FixtureRequest
) -> None:
    texts = [json.loads(write_payload(payload)) for payload in payloads]
    written = json.dumps(texts, ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--accept"):
        GOLDEN.write_text(written, encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8")


def test_the_types_say_what_is_written(payloads: tuple[Payload, ...]) -> None:
    for payload, kind in zip(payloads, typing.get_args(Payload), strict=True):
        assert payload.keys() == typing.get_type_hints(kind).keys()
    assert BASEMAP.keys() == typing.get_type_hints(BasemapPayload).keys()
    assert BASEMAP["scales"][0].keys() == typing.get_type_hints(ScalePayload).keys()


def test_every_kind_of_layer_has_a_tag_and_a_file_of_its_name_on_both_sides(payloads: tuple[Payload, ...]) -> None:
    kinds = [typing.get_args(typing.get_type_hints(kind)["kind"]) for kind in typing.get_args(LayerPayload)]
    tags = {tag for one in kinds for tag in one}
    assert tags == set(KINDS)
    assert tags == set().union(*map(list_kinds, payloads))
    looks = (Dataset("data", (), ()), (), "Data", (ColorClass("#336699", "all"),), ())
    image = Image(Raster(RasterSource("", ""), "", Bounds(0, 0, 1, 1), b""), "", 1)
    own = (Areas(*looks), Lines(*looks), Points(*looks), Track(None))
    layers = (TILES, Highlight(()), image, *own, Route(), Markers(), Compare("", ""))
    assert [draw(layer).kind for layer in layers] == list(KINDS)
    assert set(map(type, layers)) == set(typing.get_args(Layer))
    for tag in tags:
        assert (PACKAGE / "layers" / f"{tag}.py").is_file()
        assert (PACKAGE / "browser" / "src" / "layers" / f"{tag}.ts").is_file()


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
    assert story["steps"][-1]["layers"] == story["layers"]
    assert story["steps"][-2]["layers"] == []
