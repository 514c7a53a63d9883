"""Collect what the pages of a site tell of each other, before the first of them is made."""

from __future__ import annotations

from storymap.building.content import Content
from storymap.model.place import Place
from storymap.resolving.collection import Collection, StoryOutline, find_mentions, find_visits, named_places
from storymap.resolving.views import frame_places
from storymap.settings import Settings


def collect(content: Content, settings: Settings) -> Collection:
    """Every story of `content`, and every place that has a page with these settings, as pages tell of each other."""
    visited = {place.id: place for story in content.stories for place in story.places}
    return Collection(
        stories=tuple(StoryOutline.of(story) for story in content.stories),
        places=_places_with_a_page(content, all_of_geo=settings.pages == "all"),
        visits=find_visits(content.stories),
        mentions=find_mentions(content.stories),
        view=frame_places(tuple(visited.values()) or content.gazetteer.places),
    )


def _places_with_a_page(content: Content, *, all_of_geo: bool) -> tuple[Place, ...]:
    """The places that stories name, and with `all_of_geo` those of `geo/` that none does, once each, by id."""
    places = {place.id: place for place in content.gazetteer.places} if all_of_geo else {}
    for story in content.stories:
        for place in named_places(story):
            places.setdefault(place.id, content.gazetteer.call_by_own_name(place))
    return tuple(places[name] for name in sorted(places))
