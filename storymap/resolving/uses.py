"""List where stories go: each place with the steps that name it, in a field or in prose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from storymap.model.place import Place
from storymap.reading.source import StorySource
from storymap.resolving.names import SiteNames, StoryNames


class Use(Struct, frozen=True):
    """One visit of a story: `step` is the step's id, empty outside of steps."""

    place: Place
    story: str
    step: str


def list_uses(sources: Iterable[StorySource], names: SiteNames) -> tuple[Use, ...]:
    """Every use of a place in `sources`, whose names are `names`, in the order of the stories, a place once a step."""
    found = [use for source, own in zip(sources, names.stories, strict=True) for use in _list_uses(source, own)]
    uses = {(use.place.id, use.story, use.step): use for use in found}.values()
    return tuple(Use(names.call_by_own_name(use.place), use.story, use.step) for use in uses)


def _list_uses(source: StorySource, names: StoryNames) -> Iterator[Use]:
    yield from (Use(place, source.id, "") for place in names.opening_links)
    for step, found in zip(source.steps, names.steps, strict=True):
        yield from (Use(place, source.id, step.id) for place in (*found.places, *found.links))
    yield from (Use(place, source.id, "") for place in names.notes_links)
    yield from (Use(place, source.id, "") for stops in names.routes for place in stops)
