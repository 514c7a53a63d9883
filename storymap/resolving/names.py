"""Find what a story's names mean: places of steps and links, countries to fill.

The part of resolving that asks the gazetteer; everything after it follows from the answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from storymap.errors import Report
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.model.place import Place
from storymap.reading.source import StepSource, StorySource, WrittenLink
from storymap.text.names import join_words, normalize_name

MAP_LINK = re.compile(r"(geo|place):", re.IGNORECASE)
"""How the address of a link begins that moves the map."""


@dataclass(frozen=True, slots=True)
class StepNames:
    """What the names of one step mean: its places, once each, its countries as ISO codes, the place of each link."""

    places: tuple[Place, ...]
    highlight: tuple[str, ...]
    links: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class StoryNames:
    """What the names of a whole story mean; the tuples of links have one entry per link unless one was reported."""

    opening_links: tuple[Place, ...]
    steps: tuple[StepNames, ...]
    notes_links: tuple[Place, ...]


def find_names(source: StorySource, gazetteer: Gazetteer, report: Report) -> StoryNames:
    """What the names of `source` mean. The unknown and the ambiguous go to `report` and are left out."""
    steps = tuple(_find_step_names(step, gazetteer, report) for step in source.steps)
    return StoryNames(
        opening_links=_find_link_places(source.opening_links, gazetteer, report),
        steps=steps,
        notes_links=_find_link_places(source.notes_links, gazetteer, report),
    )


def _find_link_places(links: Sequence[WrittenLink], gazetteer: Gazetteer, report: Report) -> tuple[Place, ...]:
    """The places that links of prose name, in order; one that is not known is reported and left out."""
    return tuple(place for link in links if (place := _find_link_place(link, gazetteer, report)))


def _find_step_names(step: StepSource, gazetteer: Gazetteer, report: Report) -> StepNames:
    return StepNames(
        places=_find_places(step, gazetteer, report),
        highlight=_find_countries(step, gazetteer, report),
        links=_find_link_places(step.links, gazetteer, report),
    )


def _find_places(step: StepSource, gazetteer: Gazetteer, report: Report) -> tuple[Place, ...]:
    written = step.fields.place or ()
    found: dict[str, Place] = {}
    for number, name in enumerate(written):
        if place := gazetteer.find(name, step.fields.where("place", number), report):
            found.setdefault(place.id, call_as_written(place, name))
    return tuple(found.values())


def _find_countries(step: StepSource, gazetteer: Gazetteer, report: Report) -> tuple[str, ...]:
    written = step.fields.highlight or ()
    found = [
        gazetteer.find_country(name, step.fields.where("highlight", number), report)
        for number, name in enumerate(written)
    ]
    return tuple(dict.fromkeys(country for country in found if country))


def _find_link_place(link: WrittenLink, gazetteer: Gazetteer, report: Report) -> Place | None:
    reference = (
        link.target if link.target.lower().startswith("geo:") else unquote(MAP_LINK.sub("", link.target, count=1))
    )
    place = gazetteer.find(reference, link.at, report)
    if place is not None and place.origin == "coordinates" and link.text.strip():
        return _name_spot(place, link.text.strip(), gazetteer)
    return call_as_written(place, reference) if place else None


def call_as_written(place: Place, written: str) -> Place:
    """`place` by the name that the author wrote, where that is another name than its own: 北京, Praha.

    A name in other letters, accents or blanks, with the country after it, in small letters, a code or an id is none.
    """
    name = " ".join(written.split())
    if place.origin == "coordinates" or name in {place.id, *(place.aliases if place.origin == "country" else ())}:
        return place
    own, parts = join_words(normalize_name(place.name)), name.partition(",")
    if place.origin != "geo" and parts[2]:
        name = parts[0].strip()
    said = join_words(normalize_name(name))
    is_casual = name == name.lower() != name.upper()
    return place if not said or said == own or is_casual else replace(place, name=name)


def _name_spot(spot: Place, text: str, gazetteer: Gazetteer) -> Place:
    """A coordinate pair in prose is the place of `geo/` that stands there, or else one named by the link's text."""
    same = next((place for place in gazetteer.places if _is_near(place, spot)), None)
    return same or replace(spot, name=text)


def _is_near(place: Place, spot: Place) -> bool:
    """Whether two points are the same for a reader: within about a hundred metres."""
    apart = abs(place.point.lon - spot.point.lon), abs(place.point.lat - spot.point.lat)
    return place.kind == "point" and max(apart) <= 0.001
