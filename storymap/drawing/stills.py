"""The still maps of a site: what is drawn on each, and the words that tell the same to who cannot see it.

Between a resolved story and `storymap.drawing.still`, which draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shapely.geometry.base import BaseGeometry

from storymap.drawing.geometry import has_shape
from storymap.drawing.still import draw_still
from storymap.drawing.words import tell_picture
from storymap.earth.simplifying import simplify_shape
from storymap.earth.views import is_settlement
from storymap.model.layer import Leg
from storymap.model.place import LonLat, Place
from storymap.model.scene import View
from storymap.model.story import Step, Story
from storymap.resolving.atlas import Atlas

MAP_EDGE = 85.05
"""The latitude at which the map ends, as views have it."""

STILL_SIZE = (672, 448)
"""Width and height of a still, in CSS pixels: as wide as the text, so that its names, 10 pixels and more, are 7 points
on A4 paper and can be read where no script draws a map."""

_CLOSER = 3.0
"""Zooms that a still may be closer than its view is in the reference frame, or be enlarged in print."""


@dataclass(frozen=True, slots=True)
class Still:
    """One still: what it shows, and its alternative text.

    `marks` are the places marked on its `view`, each with its name and number (empty for none); `shapes` the lines and
    areas among them; `legs` the lines between places; `highlight` the filled countries; `spots` the positions of
    places that lie in a settlement rather than being one.
    """

    view: View
    marks: tuple[tuple[LonLat, str, str], ...]
    shapes: tuple[BaseGeometry, ...]
    legs: tuple[Leg, ...]
    highlight: tuple[str, ...]
    words: str
    lang: str
    spots: tuple[LonLat, ...] = ()

    @classmethod
    def of_step(cls, story: Story, step: Step) -> Still:
        """The map of a step, with the step's number at each of its places.

        A step without a place shows what the story's map shows then: an overview all its places with their names, a
        step that leaves the map where it was those that are in view.
        """
        if step.places:
            return _make(
                step.view,
                story.lang,
                places=step.places,
                numbers=[step.number] * len(step.places),
                legs=(*step.arrival, *step.legs),
                highlight=step.highlight,
            )
        first = _number_places(story)
        shown = [place for place in story.places if _is_in(step.view, place.point)]
        whole = step.view == story.view
        drawn = [leg for other in story.steps[: step.number] for leg in (*other.arrival, *other.legs)]
        legs = [leg for leg in drawn if any(_is_in(step.view, point) for part in leg.parts for point in part)]
        still = _make(
            step.view,
            story.lang,
            places=shown,
            numbers=[first[place.id] for place in shown],
            legs=story.legs if whole else legs,
            highlight=step.highlight,
        )
        return (
            still if whole else replace(still, marks=tuple((at, "", number) for at, _, number in still.marks), spots=())
        )

    @classmethod
    def of_story(cls, story: Story) -> Still:
        """The map of a whole story: every place with the number of the first step there."""
        first = _number_places(story)
        numbers = [first[place.id] for place in story.places]
        return _make(story.view, story.lang, places=story.places, numbers=numbers, legs=story.legs)

    @classmethod
    def of_place(cls, place: Place, view: View, lang: str) -> Still:
        """The map of a place by itself."""
        return _make(view, lang, places=[place])

    @classmethod
    def of_atlas(cls, atlas: Atlas, lang: str) -> Still:
        """The map of every story."""
        legs = [leg for story in atlas.stories for leg in story.legs]
        return _make(atlas.view, lang, places=atlas.places, legs=legs)


def _make(
    view: View,
    lang: str,
    *,
    places: Sequence[Place],
    numbers: Sequence[int] = (),
    legs: Sequence[Leg] = (),
    highlight: tuple[str, ...] = (),
) -> Still:
    """The still of these places, each with its number where there are `numbers`."""
    texts = [str(number) for number in numbers] or [""] * len(places)
    return Still(
        view=view,
        marks=tuple((place.point, place.name, text) for place, text in zip(places, texts, strict=True)),
        shapes=tuple(simplify_shape(place.geometry, view.zoom + _CLOSER) for place in places if has_shape(place)),
        legs=tuple(legs),
        highlight=highlight,
        words=tell_picture(view, lang, places=places, legs=legs, highlight=highlight),
        lang=lang,
        spots=list_spots(places),
    )


def _is_in(view: View, point: LonLat) -> bool:
    """Whether a view shows a point; one beyond the map stands on its edge."""
    return view.bounds.contains(LonLat(point.lon, max(-MAP_EDGE, min(MAP_EDGE, point.lat))))


def _number_places(story: Story) -> dict[str, int]:
    """By place id, the number of the first step there."""
    return {place.id: step.number for step in reversed(story.steps) for place in step.places}


def draw_picture(still: Still, *, palette: str) -> str:
    """The SVG of `still`, to stand in a file of its own; `palette` is the stylesheet with its colours."""
    return _draw(still, stylesheet=palette)


def sketch_opening(still: Still) -> str:
    """The SVG that stands in a page until its map is drawn: land, routes and markers, in the colours of the page."""
    return _draw(replace(still, words=""), bled=True)  # the page hides it from who cannot see it


def _draw(still: Still, *, stylesheet: str = "", bled: bool = False) -> str:
    width, height = STILL_SIZE
    return draw_still(
        still.view,
        width=width,
        height=height,
        places=still.marks,
        lines=[part for leg in still.legs for part in leg.parts],
        shapes=still.shapes,
        highlight=still.highlight,
        spots=still.spots,
        lang=still.lang,
        stylesheet=stylesheet,
        bled=bled,
        title=still.words,
    )


def list_spots(places: Sequence[Place]) -> tuple[LonLat, ...]:
    """The positions of those places that lie in a settlement rather than being one: the map names that first."""
    return tuple(place.point for place in places if place.kind == "point" and not is_settlement(place))
