"""The places of a story as a table: for who cannot see its maps, without script, and on paper."""

from __future__ import annotations

from msgspec import Struct

from storymap.addresses import lead, place_page, story_page
from storymap.earth.distance import measure_distance
from storymap.language.dates import say_when
from storymap.language.numbers import say_distance
from storymap.language.positions import say_position
from storymap.layers.markers import name_in_country
from storymap.model.place import Place
from storymap.model.story import Step, Story


class StepNumber(Struct, frozen=True):
    """A step at the place, by its number."""

    number: int
    """Which step it is, from 1."""

    id: str
    """Its address within the page."""


class PlaceRow(Struct, frozen=True):
    """A place of the story."""

    name: str
    """As the story calls it, with its country."""

    url: str
    """The address of its page."""

    position: str
    """Its coordinates, empty where they are its name."""

    distance: str
    """How far it is from the place before, or empty."""

    date: str
    """When the story first comes there, or empty."""

    steps: tuple[StepNumber, ...]
    """The steps at it."""


def list_places(story: Story, readers: str = "") -> tuple[PlaceRow, ...]:
    """The places of the steps of `story` in the order in which it first comes there; none of one told on a picture.

    `readers` are as in `storymap.addresses.for_readers`.
    """
    found: dict[str, list[Step]] = {}
    for step in story.steps:
        for place in step.places:
            if step not in found.setdefault(place.id, []):
                found[place.id].append(step)
    places = () if story.picture else story.places
    before = (None, *places)
    return tuple(
        _make_row(place, last, found[place.id], story, readers) for place, last in zip(places, before, strict=False)
    )


def _make_row(place: Place, last: Place | None, steps: list[Step], story: Story, readers: str) -> PlaceRow:
    when = next((step.when for step in steps if step.when), None)
    far = measure_distance(last.point, place.point)[0] if last and not last.is_whole and not place.is_whole else 0.0
    name = name_in_country(place, story.lang)
    return PlaceRow(
        name=name,
        url=lead(story_page(story.id), place_page(place.id, readers)),
        position="" if say_position(place, story.lang) in name else say_position(place, story.lang, is_parted=True),
        distance=say_distance(far, story.lang) if far else "",
        date=say_when(when, story.lang) if when else "",
        steps=tuple(StepNumber(step.number, step.id) for step in steps),
    )
