"""Compose the payload of a page: what its map shows, as the one JSON object that the browser gets.

One function per kind of page, each from resolved values to a `Payload`. The baked basemap is handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from storymap.addresses import ABOUT, ATLAS, lead, place_page, story_page
from storymap.basemap.contract import BasemapPayload
from storymap.drawing.contract import (
    PAYLOAD_VERSION,
    LegPayload,
    LinkPayload,
    Payload,
    PlacePayload,
    StepPayload,
    StoryCardPayload,
    TilesPayload,
)
from storymap.earth.views import closest_zoom, is_settlement
from storymap.language.words import interface_words
from storymap.layers.geometry import pack_parts, write_box, write_point, write_shape
from storymap.model.layer import Highlight, Leg, Route
from storymap.model.place import Place
from storymap.model.prose import MapLink
from storymap.model.scene import View
from storymap.model.story import Step, Story
from storymap.resolving.atlas import Atlas


def compose_story(story: Story, *, tiles: TilesPayload | None, basemap: BasemapPayload) -> Payload:
    """The payload of a story's page: step 0 is its opening, then its steps; legs belong to the step they lead to."""
    here = story_page(story.id)
    stepped = story.places
    ids = {place.id for place in stepped}
    places = (*stepped, *(place for place in story.linked_places if place.id not in ids))
    index = {place.id: number for number, place in enumerate(places)}
    steps_at: dict[str, list[int]] = {place.id: [] for place in places}
    for step in story.steps:
        for place in step.places:
            steps_at[place.id].append(step.number)
    opening: StepPayload = {
        "id": "",
        "title": story.title,
        "view": write_box(story.view.bounds),
        "moves": True,
        "places": [index[place.id] for place in story.places],
        "highlight": [],
        "links": _links(story.opening_links, index),
    }
    legs: list[LegPayload] = []
    for step in story.steps:
        for route in step.scene.find(Route):
            legs += _legs(route.arrival, step=step.number, story=-1, within=False)
            legs += _legs(route.within, step=step.number, story=-1, within=True)
    closest = _closest(_views(story), tiles)
    return {
        "version": PAYLOAD_VERSION,
        "kind": "story",
        "lang": story.lang,
        "strings": dict(interface_words(story.lang).browser),
        "view": opening["view"],
        "maxZoom": closest,
        "places": [
            _place(place, here, steps=steps_at[place.id], shape=write_shape(place, closest)) for place in places
        ],
        "legs": legs,
        "steps": [opening, *(_step(step, index) for step in story.steps)],
        "stories": [],
        "tiles": tiles,
        "about": lead(here, ABOUT),
        "basemap": basemap,
    }


def compose_atlas(atlas: Atlas, *, lang: str, tiles: TilesPayload | None, basemap: BasemapPayload) -> Payload:
    """The payload of the atlas: every place that a story visits, the most visited first, and every story's lines."""
    index = {place.id: number for number, place in enumerate(atlas.places)}
    stories_at: dict[str, list[int]] = {place.id: [] for place in atlas.places}
    legs: list[LegPayload] = []
    cards: list[StoryCardPayload] = []
    for number, story in enumerate(atlas.stories):
        for place in story.places:
            stories_at[place.id].append(number)
        for route in story.scene.find(Route):
            legs += _legs(route.within, step=-1, story=number, within=False)
        cards.append(
            {
                "id": story.id,
                "title": story.title,
                "url": lead(ATLAS, story_page(story.id)),
                "view": write_box(story.scene.view.bounds),
                "places": [index[place.id] for place in story.places],
            }
        )
    closest = _closest([atlas.scene.view, *(story.scene.view for story in atlas.stories)], tiles)
    return {
        "version": PAYLOAD_VERSION,
        "kind": "atlas",
        "lang": lang,
        "strings": dict(interface_words(lang).browser),
        "view": write_box(atlas.scene.view.bounds),
        "maxZoom": closest,
        "places": [
            _place(
                place,
                ATLAS,
                stories=stories_at[place.id],
                shape=write_shape(place, closest),
            )
            for place in atlas.places
        ],
        "legs": legs,
        "steps": [],
        "stories": cards,
        "tiles": tiles,
        "about": lead(ATLAS, ABOUT),
        "basemap": basemap,
    }


def compose_place(
    place: Place,
    neighbours: Sequence[Place],
    *,
    view: View,
    lang: str,
    tiles: TilesPayload | None,
    basemap: BasemapPayload,
) -> Payload:
    """The payload of a place's page: the place itself first, then its neighbours as pins alone, seen in `view`."""
    here = place_page(place.id)
    closest = _closest([view], tiles)
    return {
        "version": PAYLOAD_VERSION,
        "kind": "place",
        "lang": lang,
        "strings": dict(interface_words(lang).browser),
        "view": write_box(view.bounds),
        "maxZoom": closest,
        "places": [_place(place, here, shape=write_shape(place, closest)), *(_place(one, here) for one in neighbours)],
        "legs": [],
        "steps": [],
        "stories": [],
        "tiles": tiles,
        "about": lead(here, ABOUT),
        "basemap": basemap,
    }


def write_payload(payload: Payload) -> str:
    """`payload` as JSON that may stand inside a script element: no `<` is left that could end or open one."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")


def _closest(views: Iterable[View], tiles: TilesPayload | None) -> float:
    """How close a map with these views may be looked at."""
    return max(closest_zoom(views), tiles["maxZoom"] if tiles else 0)


def _views(story: Story) -> tuple[View, ...]:
    links = (*story.opening_links, *(link for step in story.steps for link in step.links))
    return (story.view, *(step.view for step in story.steps), *(link.view for link in links))


def _step(step: Step, index: Mapping[str, int]) -> StepPayload:
    return {
        "id": step.id,
        "title": step.title,
        "view": write_box(step.view.bounds),
        "moves": step.moves_map,
        "places": [index[place.id] for place in step.places],
        "highlight": [code for layer in step.scene.find(Highlight) for code in layer.countries],
        "links": _links(step.links, index),
    }


def _links(links: Sequence[MapLink], index: Mapping[str, int]) -> list[LinkPayload]:
    return [
        {
            "view": write_box(link.view.bounds),
            "places": [index[place.id] for place in link.places],
            "at": write_point(link.places[0].point),
        }
        for link in links
    ]


def _legs(legs: Sequence[Leg], *, step: int, story: int, within: bool) -> list[LegPayload]:
    return [
        {"parts": parts, "digits": digits, "style": leg.style, "step": step, "story": story, "within": within}
        for leg in legs
        for parts, digits in [pack_parts(leg.parts)]
    ]


def _place(
    place: Place,
    here: str,
    *,
    steps: Sequence[int] = (),
    stories: Sequence[int] = (),
    shape: dict[str, Any] | None = None,
) -> PlacePayload:
    page = place_page(place.id)
    return {
        "id": place.id,
        "name": place.name,
        "town": is_settlement(place),
        "at": write_point(place.point),
        "shape": shape,
        "url": "" if page == here else lead(here, page),
        "steps": list(steps),
        "stories": list(stories),
    }
