"""The page of a place: where it is, which stories come there, what is near."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from storymap.addresses import lead, place_card, place_page, place_still, story_page
from storymap.drawing.contract import Payload
from storymap.drawing.words import tell_scene
from storymap.language.sentences import join_sentences
from storymap.layers.naming import say_some
from storymap.model.place import Place
from storymap.model.scene import Scene
from storymap.pages.dates import PageDate, make_date
from storymap.pages.editions import EditionLink, link_editions, spread
from storymap.pages.frame import Frame, Site, make_frame
from storymap.pages.linked_data import tell_place
from storymap.pages.mapped import PageMap, grant_tiles, make_map
from storymap.pages.sharing import share_page
from storymap.pages.theme import Theme, render_page
from storymap.pages.tracks import TrackFigure, make_track
from storymap.reading.descriptions import is_plain, sanitise_description
from storymap.resolving.outline import Visit

if TYPE_CHECKING:
    from storymap.drawing.map_parts import MapParts

NAMED_STORIES = 3
"""How many of the stories that come to a place its description names."""


class VisitStep(Struct, frozen=True):
    """A step of a story that comes to the place."""

    number: int
    """Which step of its story it is, from 1."""

    title: str
    """Its heading as plain text."""

    date: PageDate | None
    """When it happens."""

    url: str
    """The address of the step."""

    track: TrackFigure | None
    """The way that it goes, if it goes one."""


class StoryVisit(Struct, frozen=True):
    """A story that comes to the place, or leads there from its prose."""

    title: str
    """The story's title."""

    lang: str
    """The language of that story, as a BCP 47 tag."""

    url: str
    """The address of its page."""

    steps: tuple[VisitStep, ...]
    """Its steps at the place, or those whose prose leads there."""


class NearPlace(Struct, frozen=True):
    """Another place nearby."""

    name: str
    """Its name."""

    url: str
    """The address of its page."""

    distance: str
    """How far away it is and in which direction, in words."""


class PlacePage(Struct, frozen=True):
    """What `place.html` shows."""

    frame: Frame
    """What every page has."""

    map: PageMap
    """The map of the place."""

    name: str
    """The place's name."""

    editions: tuple[EditionLink, ...]
    """The ways to it in other languages."""

    position: str
    """Where it is, in words."""

    category: str
    """What kind of place its author says it is, or empty."""

    description_html: Markup
    """What its author says of it, or empty."""

    is_plain: bool
    """Whether the description is one paragraph of words alone, without elements."""

    source: str
    """Who is credited for its position, or empty."""

    visits: tuple[StoryVisit, ...]
    """The stories that come there."""

    nearest: tuple[NearPlace, ...]
    """The nearest other places."""


def render_place(page: PlacePage, theme: Theme) -> str:
    """The HTML of a place's page."""
    return render_page("place.html", page, theme)


def make_place_page(
    place: Place,
    site: Site,
    *,
    css: str,
    position: str,
    visits: Sequence[Visit],
    neighbours: Sequence[tuple[Place, str]],
    payload: Payload,
    map_parts: MapParts,
    opening: Scene,
) -> PlacePage:
    """The page of `place`; `neighbours` are the nearest other places with distance and direction."""
    here, readers = place_page(place.id, site.readers), site.readers
    ways = spread(site, place_page(place.id))
    description = sanitise_description(place.description)
    about = _describe(position, [visit.title for visit in visits], site.lang)
    card = place_card(place.id, readers) if site.cards in {"pages", "steps"} else ""
    sharing = share_page(
        site,
        here=here,
        lang=site.lang,
        title=place.name,
        description=about,
        card=card,
        card_alt=tell_scene(opening, site.lang) if card else "",
        editions=ways,
    )
    stories = [(visit.story, visit.title) for visit in visits]
    if site.url:
        sharing = replace(sharing, linked_data=tell_place(place, sharing, site, stories))
    return PlacePage(
        frame=make_frame(site, lang=site.lang, css=css, here=here, sharing=sharing, grants=grant_tiles(payload)),
        map=make_map(payload, map_parts, opening, lang=site.lang, here=here, still=place_still(place.id, readers)),
        editions=link_editions(ways, here=here),
        name=place.name,
        position=position,
        category=place.category,
        description_html=Markup(description),
        is_plain=is_plain(description),
        source=place.source,
        visits=tuple(_make_visit(visit, here, site.lang) for visit in visits),
        nearest=tuple(
            NearPlace(other.name, lead(here, place_page(other.id, readers)), text) for other, text in neighbours
        ),
    )


def _describe(position: str, stories: Sequence[str], lang: str) -> str:
    """Where a place is, and the first of the stories that come there."""
    named = say_some(list(dict.fromkeys(stories)), lang, NAMED_STORIES)
    return join_sentences((position, named), lang)


def _make_visit(visit: Visit, here: str, lang: str) -> StoryVisit:
    story = story_page(visit.story)
    return StoryVisit(
        visit.title,
        visit.lang,
        lead(here, story),
        tuple(
            VisitStep(
                step.number,
                step.title,
                make_date(step.when, visit.lang),
                lead(here, story, step.id),
                make_track(step.stage, lang) if step.stage else None,
            )
            for step in visit.steps
        ),
    )
