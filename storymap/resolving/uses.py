"""List where stories go: each place with the steps that name it, in a field or in prose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storymap.errors import Report
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.model.place import Place
from storymap.reading.source import StorySource
from storymap.resolving.names import find_names


@dataclass(frozen=True, slots=True)
class Use:
    """One visit of a story: `step` is the step's id, empty for the text before the first step and for the notes."""

    place: Place
    story: str
    step: str


def find_uses(sources: Iterable[StorySource], gazetteer: Gazetteer, report: Report) -> tuple[Use, ...]:
    """Every use of a place in `sources`, in the order of the stories, a place once a step.

    Names that mean no place go to `report`.
    """
    found = [use for source in sources for use in _list_uses(source, gazetteer, report)]
    uses = {(use.place.id, use.story, use.step): use for use in found}.values()
    return tuple(Use(gazetteer.call_by_own_name(use.place), use.story, use.step) for use in uses)


def _list_uses(source: StorySource, gazetteer: Gazetteer, report: Report) -> Iterator[Use]:
    names = find_names(source, gazetteer, report)
    yield from (Use(place, source.id, "") for place in names.opening_links)
    for step, found in zip(source.steps, names.steps, strict=True):
        yield from (Use(place, source.id, step.id) for place in (*found.places, *found.links))
    yield from (Use(place, source.id, "") for place in names.notes_links)
