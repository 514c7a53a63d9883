"""What the maps of this repository's stories show is told, in each of their languages: places, distances, dates."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from storymap.building.content import read_content
from storymap.drawing.words import tell_scene
from storymap.earth.distance import measure_distance
from storymap.errors import Report
from storymap.language.dates import say_when
from storymap.language.numbers import say_distance
from storymap.model.layer import Route
from storymap.model.story import Step, Story
from storymap.project import load_project

REPOSITORY = Path(__file__).parents[2]
STORIES = ("declaration", "date-line", "huawei-dispute", "list-that-grew")


@cache
def _read() -> dict[str, Story]:
    return {story.id: story for story in read_content(load_project(REPOSITORY), Report()).stories}


def _list_distances(step: Step, lang: str) -> set[str]:
    """How long each run of the lines that a step is about is, and how far it is from the step before."""
    found = set()
    for route in step.scene.find(Route):
        runs: list[list[float]] = []
        end = None
        for leg in route.within:
            if leg.start != end:
                runs.append([])
            runs[-1].append(measure_distance(leg.start.point, leg.end.point)[0])
            end = leg.end
        found |= {say_distance(sum(run), lang) for run in runs}
        found |= {say_distance(measure_distance(leg.start.point, leg.end.point)[0], lang) for leg in route.arrival}
    return found


def unbind(text: str) -> str:
    """`text` with spaces at which lines may end."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("lang", ["en", "cs"])
@pytest.mark.parametrize("name", STORIES)
def test_each_step_tells_every_place_distance_and_date_that_it_shows(
    name: str, lang: str, own_site: Mapping[str, bytes]
) -> None:
    story = _read()[name if lang == "en" else f"{name}.{lang}"]
    page = own_site[f"{name}.html" if lang == "en" else f"{lang}/{name}.html"].decode().replace("\u00ad", "")
    for step in story.steps:
        told = tell_scene(step.scene, lang)
        section = re.search(rf'<section class="step" id="{re.escape(step.id)}".*?</section>', page, re.DOTALL)
        assert section
        head, alt = section[0].partition("</header>")[0], re.search(r' alt="([^"]*)"', section[0])
        assert alt
        assert html.unescape(alt[1]) == told
        for place in step.places:
            assert place.name in told, step.id
            assert unbind(place.name) in unbind(html.unescape(head)), step.id
        for distance in _list_distances(step, lang):
            assert distance in told, (step.id, distance)
        if step.when:
            assert say_when(step.when, lang) in html.unescape(head), step.id
