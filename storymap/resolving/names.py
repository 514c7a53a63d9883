"""Find what the names of all stories mean: places of steps and links, countries to fill.

The part of resolving that asks the gazetteer; everything after it follows from the plain values that it gives.
"""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from storymap.basemap.naming import say_settlement
from storymap.basemap.towns import find_town
from storymap.errors import Location, Problem
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.language.map_names import say_city, say_country
from storymap.language.positions import say_point
from storymap.language.tags import has_latin_script, primary_language
from storymap.model.place import Place
from storymap.model.time import When
from storymap.reading.collection import CollectionSource
from storymap.reading.outline import LinkReference, StepReferences, StoryReferences
from storymap.reading.source import StorySource
from storymap.resolving.photographs import Photographs, PlacingPhotograph, names_photograph
from storymap.resolving.places import NameAt, NameRemark, PlaceFinder
from storymap.text.names import slugify_name

MAP_LINK = re.compile(r"(geo|place):", re.IGNORECASE)
"""How the address of a link begins that moves the map."""

_NO_PHOTOGRAPHS: Photographs = {}


class StepNames(Struct, frozen=True):
    """What the names of one step mean: its places, once each, its countries as ISO codes, the place of each link.

    `when` is the time of the first photograph among its places that notes one.
    """

    places: tuple[Place, ...]
    highlight: tuple[str, ...]
    links: tuple[Place, ...]
    when: When | None = None


class StoryNames(Struct, frozen=True):
    """What the names of a whole story mean; the tuples of links have one entry per link unless one was reported.

    `routes` are the places of each of its named routes.
    """

    opening_links: tuple[Place, ...]
    steps: tuple[StepNames, ...]
    notes_links: tuple[Place, ...]
    routes: tuple[tuple[Place, ...], ...] = ()


class SiteNames(Struct, frozen=True):
    """What the names of all stories mean, in the order of the atlas.

    `remarks` are, for each of `stories`, what is to be told of its names: those that mean nothing, and what an author
    should know. `places` are those of `geo/` and those that stories name, by id, under their own names; one that no
    file of the project defines is `defined_at` the story that is the first to name it. `photographs` are those that
    stand for places, by the folder of a story and the names that its steps give them.
    """

    stories: tuple[StoryNames, ...]
    remarks: tuple[tuple[NameRemark, ...], ...]
    places: Mapping[str, Place]
    photographs: Photographs = field(default_factory=dict)

    def call_by_own_name(self, place: Place) -> Place:
        """`place`, which a story may call otherwise, by its own name; a spot has none but what a story calls it."""
        return place if place.origin == "coordinates" else self.places.get(place.id, place)


def find_names(
    stories: Iterable[StoryReferences],
    gazetteer: Gazetteer,
    photographs: Photographs = _NO_PHOTOGRAPHS,
    *,
    lang: str = "en",
) -> SiteNames:
    """What the names of `stories` mean. The unknown and the ambiguous are left out, and are among the remarks.

    `photographs` are those that are named as places; one that is not among them has been told. A place that a story
    calls by its own name has the one that it has in the story's language, which is `lang` where it says none.
    """
    finder = PlaceFinder(gazetteer)
    found: list[StoryNames] = []
    remarks: list[tuple[NameRemark, ...]] = []
    for story in stories:
        names = _find_story_names(story, finder, photographs)
        taken = [step.is_taken for step in story.steps]
        found.append(_call_all(names, taken, finder.places, story.lang or lang))
        remarks.append(tuple(finder.remarks))
        finder.remarks.clear()
    return SiteNames(tuple(found), tuple(remarks), finder.places, photographs)


def tell_remarks(source: StorySource | CollectionSource, remarks: Iterable[NameRemark]) -> tuple[Problem, ...]:
    """What is to be told of the names of `source`, where they stand in its file."""
    return tuple(found.remark.at(_locate(source, found.at)) for found in remarks)


def _locate(source: StorySource | CollectionSource, name: NameAt) -> Location:
    if name.part == "opening" or isinstance(source, CollectionSource):
        return (source.notes if name.part == "notes" else source.opening).map_links[name.number].at
    if name.part == "notes":
        return source.notes_links[name.number].at
    if name.part == "routes":
        route = "routes", list(source.front.routes)[name.step]
        own = (*route, "places") if source.front.wrote(*route, "places") else route
        return source.front.where(*own, name.number)
    step = source.steps[name.step]
    return step.links[name.number].at if name.part == "links" else step.fields.where(name.part, name.number)


def call_in_language(place: Place, lang: str) -> Place:
    """`place` by the name that it has in `lang`, or else by its own."""
    own, name = primary_language(lang), ""
    if place.names:
        names = dict(place.names)
        name = names.get(lang) or names.get(own) or ""
        name = name or next((name for tag, name in place.names if primary_language(tag) == own), "")
    elif place.origin == "country":
        name = say_country(place.country, lang, english=place.name)
    elif place.origin == "gazetteer":
        # A town that its bare name means is the well-known one of its namesakes.
        name = say_city(place.name, lang, at=place.point, is_big=place.id == slugify_name(place.name))
    elif place.origin == "coordinates" and place.name == say_point(place.point, "en", decimals=None):
        name = say_point(place.point, lang, decimals=None)  # a spot that has no other name
    elif place.origin == "geo" and not has_latin_script(lang) and place.name.isascii():
        # A town of the author's own is called as the map calls it, whose letters those of the text are.
        town = find_town(place.point)
        name = say_settlement(town, lang) if town and town.name == place.name else ""
    return dataclasses.replace(place, name=name) if name and name != place.name else place


def _is_in_other_letters(place: Place, lang: str) -> bool:
    """Whether a place that anybody may know is written in Latin letters where a text in `lang` has others."""
    return place.origin in {"gazetteer", "country"} and place.name.isascii() and not has_latin_script(lang)


def _call_all(names: StoryNames, taken: Sequence[bool], own: Mapping[str, Place], lang: str) -> StoryNames:
    """`names` with what its places are called in `lang`, where the story does not call them otherwise itself.

    Whether the places of a step were `taken` from another text, whose language is no matter here, is said for each.
    """

    def call(places: tuple[Place, ...], *, is_taken: bool = False) -> tuple[Place, ...]:
        if is_taken:
            return tuple(_translate(place, own.get(place.id, place), lang) for place in places)
        return tuple(
            call_in_language(own[place.id], lang)
            if place.id in own and (place.name == own[place.id].name or _is_in_other_letters(place, lang))
            else place
            for place in places
        )

    return StoryNames(
        opening_links=call(names.opening_links),
        steps=tuple(
            replace(step, places=call(step.places, is_taken=is_taken), links=call(step.links))
            for step, is_taken in zip(names.steps, taken, strict=True)
        ),
        notes_links=call(names.notes_links),
        routes=tuple(map(call, names.routes)),
    )


def _translate(place: Place, own: Place, lang: str) -> Place:
    """`place`, which a text of another language calls as it does; `own` is the same by its own name.

    What no other name is known of in `lang` keeps the one that it has there.
    """
    told = call_in_language(own, lang)
    is_english = primary_language(lang) == "en" and own.origin in {"gazetteer", "country"}
    return (
        dataclasses.replace(place, name=told.name)
        if is_english or told.name != own.name
        else call_in_language(place, lang)
    )


def _find_story_names(story: StoryReferences, finder: PlaceFinder, photographs: Photographs) -> StoryNames:
    folder = posixpath.dirname(story.story)
    own = {name: one for (beside, name), one in photographs.items() if beside == folder} if photographs else {}
    opening = _find_links(story.opening, partial(NameAt, story.story, 0, "opening"), finder)
    steps = tuple(
        _find_step_names(step, partial(NameAt, story.story, number), finder, own)
        for number, step in enumerate(story.steps)
    )
    return StoryNames(
        opening_links=opening,
        steps=steps,
        notes_links=_find_links(story.notes, partial(NameAt, story.story, 0, "notes"), finder),
        routes=tuple(
            _find_route(route, partial(NameAt, story.story, number, "routes"), finder)
            for number, route in enumerate(story.routes)
        ),
    )


def _find_step_names(
    step: StepReferences,
    where: Callable[[str, int], NameAt],
    finder: PlaceFinder,
    photographs: Mapping[str, PlacingPhotograph],
) -> StepNames:
    """What the names of a step mean; `photographs` are those of its story's folder, by name."""
    places: dict[str, Place] = {}
    shown = [photographs[name] for name in step.places if name in photographs]
    for number, name in enumerate(step.places):
        if name not in photographs and names_photograph(name):
            continue
        photograph = photographs.get(name)
        reference = photograph.coordinates if photograph else name
        if place := finder.find(reference, partial(where, "place", number)):
            called = photograph.name if photograph and place.origin == "coordinates" else ""
            places.setdefault(place.id, dataclasses.replace(place, name=called) if called else place)
    countries = [
        finder.find_country(name, partial(where, "highlight", number)) for number, name in enumerate(step.highlight)
    ]
    return StepNames(
        places=tuple(places.values()),
        highlight=tuple(dict.fromkeys(filter(None, countries))),
        links=_find_links(step.links, partial(where, "links"), finder),
        when=next((photograph.when for photograph in shown if photograph.when), None),
    )


def _find_route(route: Sequence[str], where: Callable[[int], NameAt], finder: PlaceFinder) -> tuple[Place, ...]:
    found = (finder.find(name, partial(where, number)) for number, name in enumerate(route))
    return tuple(place for place in found if place)


def _find_links(
    links: Iterable[LinkReference], where: Callable[[int], NameAt], finder: PlaceFinder
) -> tuple[Place, ...]:
    """The places that links of prose name, in order; one that is not known is told and left out."""
    found = (_find_link(link, partial(where, number), finder) for number, link in enumerate(links))
    return tuple(place for place in found if place)


def _find_link(link: LinkReference, where: Callable[[], NameAt], finder: PlaceFinder) -> Place | None:
    """The place that a link names. Bare coordinates are the place of `geo/` there, or called by the link's text."""
    is_position = link.target.lower().startswith("geo:")
    reference = link.target if is_position else unquote(MAP_LINK.sub("", link.target, count=1))
    place = finder.find(reference, where)
    if place is None or place.origin != "coordinates" or not link.text.strip():
        return place
    return finder.find_beside(place) or dataclasses.replace(place, name=link.text.strip())
