"""The outline of a story as written: what is asked of every story of a site before any of them is resolved.

The outlines of all stories are held at once, the stories are not. An outline does not say where in its file anything
stands, so that it is the same after most edits; of a story of which something is to be told, the source knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from storymap.addresses import split_edition
from storymap.reading.source import StepSource, StorySource
from storymap.reading.written import WrittenMapLink
from storymap.text.ordering import order_naturally


class LinkReference(Struct, frozen=True):
    """A link of prose that moves the map: its target as written, and its text."""

    target: str
    text: str


class StepReferences(Struct, frozen=True):
    """The names of places and of countries in the fields of a step, and the links of its prose, in order.

    `is_taken` says that an edition took the places from its original, and does not call them itself.
    """

    places: tuple[str, ...]
    highlight: tuple[str, ...]
    links: tuple[LinkReference, ...]
    is_taken: bool = False


class StoryReferences(Struct, frozen=True):
    """Every name of a place or a country in the file called `story`, part by part; `routes` has those of each route.

    `lang` is the language that the story says, or empty.
    """

    story: str
    opening: tuple[LinkReference, ...]
    steps: tuple[StepReferences, ...]
    notes: tuple[LinkReference, ...]
    routes: tuple[tuple[str, ...], ...] = ()
    lang: str = ""


class SourceOutline(Struct, frozen=True):
    """What is asked of a story before it is resolved.

    `order` is what stories are sorted by: `order`, then date, those without one last, then name. `anchors` are the ids
    of its steps and of the headings within them. `needs_more` says whether it needs more of the project than what its
    names mean: it leads to other stories, has earlier addresses, pictures, links to files or data of its author's.
    `is_on_picture` where it is told on a picture instead of the earth. `authors` and `tags` as written; `leads` where
    it is to stand first. `lang` is the language that it says, or empty.
    """

    id: str
    name: str
    title: str
    is_draft: bool
    order: tuple[Any, ...]
    anchors: tuple[str, ...]
    references: StoryReferences
    has_aliases: bool
    needs_more: bool
    is_on_picture: bool
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    leads: bool = False
    lang: str = ""


def outline_source(source: StorySource) -> SourceOutline:
    """The outline of `source`."""
    front, fields = source.front, [step.fields for step in source.steps]
    headings = (heading.id for prose in source.prose for heading in prose.headings if heading.id)
    dates = () if front.date is None else (front.date,)
    order = float("inf") if front.order is None else front.order
    return SourceOutline(
        id=source.id,
        name=source.name,
        title=source.title,
        is_draft=front.draft,
        order=(order, -len(dates), dates, order_naturally(source.id)),
        anchors=(*(step.id for step in source.steps), *headings),
        references=list_references(source),
        has_aliases=bool(front.aliases),
        needs_more=bool(
            source.story_links
            or front.aliases
            or source.pictures
            or source.file_links
            or front.cover
            or front.layers
            or front.track
            or any(route.track for route in front.routes.values())
            or front.map
            or any(one.layers or one.track or one.image for one in fields)
        ),
        is_on_picture=front.map is not None,
        authors=front.authors or front.author or (),
        tags=front.tags or (),
        leads=front.lead,
        lang=front.lang or "",
    )


def list_references(source: StorySource) -> StoryReferences:
    """The names in `source`."""
    return StoryReferences(
        story=source.name,
        opening=list_links(source.opening_links),
        steps=tuple(_list_step_references(step, source) for step in source.steps),
        notes=list_links(source.notes_links),
        routes=tuple(tuple(route.places or ()) for route in source.front.routes.values()),
        lang=source.front.lang or "",
    )


def _list_step_references(step: StepSource, source: StorySource) -> StepReferences:
    fields = step.fields
    is_taken = bool(split_edition(source.id)[1]) and fields.where("place").path != source.name
    return StepReferences(tuple(fields.place or ()), tuple(fields.highlight or ()), list_links(step.links), is_taken)


def list_links(links: Iterable[WrittenMapLink]) -> tuple[LinkReference, ...]:
    """What `links` name."""
    return tuple(LinkReference(link.target, link.text) for link in links)
