"""The contract with the browser: what Python writes is the golden file that the runtime's own tests read."""

from __future__ import annotations

import json
import typing
from pathlib import Path

import pytest

from storymap.basemap.arcs import pack_arcs, pack_lines, pack_rings
from storymap.basemap.contract import BasemapPayload, ScalePayload
from storymap.building.content import read_content
from storymap.drawing.contract import Payload
from storymap.drawing.payload import compose_atlas, compose_story, write_payload
from storymap.errors import Report
from storymap.project import load_project
from storymap.resolving.atlas import make_atlas

TESTS = Path(__file__).parents[1]
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


@pytest.fixture(scope="module")
def payload() -> Payload:
    project = load_project(TESTS / "projects" / "good" / "pacific")
    report = Report()
    content = read_content(project, report)
    return compose_story(content.stories[0], tiles=None, basemap=BASEMAP)


def test_a_story_is_written_as_the_golden_payload(payload: Payload, request: pytest.FixtureRequest) -> None:
    written = json.dumps(json.loads(write_payload(payload)), ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--accept"):
        GOLDEN.write_text(written, encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8")


def test_the_types_say_what_is_written(payload: Payload) -> None:
    assert payload.keys() == typing.get_type_hints(Payload).keys()
    assert BASEMAP.keys() == typing.get_type_hints(BasemapPayload).keys()
    assert BASEMAP["scales"][0].keys() == typing.get_type_hints(ScalePayload).keys()


def test_a_payload_can_stand_in_a_script_element(payload: Payload) -> None:
    hostile = "</script><script>alert(1)</script><!--<script>"
    payload = {**payload, "strings": {"hostile": hostile}}
    text = write_payload(payload)
    assert "<" not in text
    assert json.loads(text)["strings"]["hostile"] == hostile


def test_the_atlas_numbers_places_and_stories_alike() -> None:
    project = load_project(TESTS.parent)
    report = Report()
    content = read_content(project, report)
    places = content.gazetteer.places
    atlas = compose_atlas(make_atlas(content.stories, places, ground=places), lang="en", tiles=None, basemap=BASEMAP)
    for number, card in enumerate(atlas["stories"]):
        for place in card["places"]:
            assert number in atlas["places"][place]["stories"]
        assert {leg["story"] for leg in atlas["legs"]} <= set(range(len(atlas["stories"])))
