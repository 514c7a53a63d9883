"""Who comes where: which stories have steps at a place or lead there, and which places have a page for that."""

from __future__ import annotations

from collections.abc import Iterable

from storymap.model.place import Place
from storymap.resolving.collections import Listed
from storymap.resolving.names import SiteNames
from storymap.resolving.outline import StoryOutline, Visit


def choose_places(stories: Iterable[Listed], names: SiteNames, *, every: bool) -> tuple[Place, ...]:
    """The places that have a page, ordered by id: those that stories name, and with `every` all others of `geo/`.

    A collection names some, too. Each is called by its own name; a spot has none but what the first story calls it that
    names it.
    """
    places = {key: place for key, place in names.places.items() if every and place.origin == "geo"}
    for story in stories:
        for spot in story.spots:
            places.setdefault(spot.id, spot)
        for named in story.named:
            if named.id not in places:
                places[named.id] = names.places[named.id]
    return tuple(places[name] for name in sorted(places))


def find_visits(stories: Iterable[StoryOutline]) -> dict[str, tuple[Visit, ...]]:
    """By place id, every story that has a step there, in the order of `stories`."""
    found: dict[str, list[Visit]] = {}
    for story in stories:
        for place in story.visited:
            found.setdefault(place.id, []).append(place.visit)
    return {place: tuple(visits) for place, visits in found.items()}
