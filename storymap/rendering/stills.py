"""The still maps of a site: what is drawn on each, and the words that tell the same to who cannot see it.

Between a resolved story and `storymap.basemap.still`, which draws.
"""

from __future__ import annotations

from dataclasses import dataclass

from storymap.basemap.still import draw_still
from storymap.language.words import interface_words
from storymap.model import Leg, LonLat, Place, Step, Story, View
from storymap.rendering.collection import Collection

STILL_SIZE = (960, 640)
"""Width and height of a still, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Still:
    """One still: its view, the places marked on it with their numbers, its lines and filled countries, its alt text."""

    view: View
    marks: tuple[tuple[LonLat, str, str], ...]
    legs: tuple[Leg, ...]
    highlight: tuple[str, ...]
    words: str

    @classmethod
    def of_step(cls, story: Story, step: Step) -> Still:
        """The map of a step, with the step's number at each of its places."""
        return cls(
            view=step.view,
            marks=tuple((place.point, place.name, str(step.number)) for place in step.places),
            legs=(*step.arrival, *step.legs),
            highlight=step.highlight,
            words=_words(story.lang, [place.name for place in step.places]),
        )

    @classmethod
    def of_story(cls, story: Story) -> Still:
        """The map of a whole story: every place with the number of the first step there."""
        first = {place.id: step.number for step in reversed(story.steps) for place in step.places}
        return cls(
            view=story.view,
            marks=tuple((place.point, place.name, str(first[place.id])) for place in story.places),
            legs=story.legs,
            highlight=(),
            words=_words(story.lang, [place.name for place in story.places]),
        )

    @classmethod
    def of_place(cls, place: Place, view: View, lang: str) -> Still:
        """The map of a place by itself."""
        return cls(
            view=view, marks=((place.point, place.name, ""),), legs=(), highlight=(), words=_words(lang, [place.name])
        )

    @classmethod
    def of_atlas(cls, collection: Collection, lang: str) -> Still:
        """The map of every story."""
        visited = collection.visited
        return cls(
            view=collection.view,
            marks=tuple((place.point, place.name, "") for place in visited),
            legs=tuple(leg for story in collection.stories for leg in story.legs),
            highlight=(),
            words=_words(lang, [place.name for place in visited]),
        )


def draw_picture(still: Still, *, palette: str) -> str:
    """The SVG of `still`, to stand in a file of its own; `palette` is the stylesheet with its colours."""
    return _draw(still, stylesheet=palette)


def sketch_opening(still: Still) -> str:
    """The SVG that stands in a page until its map is drawn: land, routes and markers, in the colours of the page."""
    return _draw(still, bled=True)


def _draw(still: Still, *, stylesheet: str = "", bled: bool = False) -> str:
    width, height = STILL_SIZE
    return draw_still(
        still.view,
        width=width,
        height=height,
        places=still.marks,
        lines=[part for leg in still.legs for part in leg.parts],
        highlight=still.highlight,
        stylesheet=stylesheet,
        bled=bled,
        title=still.words,
    )


def _words(lang: str, names: list[str]) -> str:
    words = interface_words(lang).page
    return words["map_of"].format(places=", ".join(names)) if names else words["map"]
