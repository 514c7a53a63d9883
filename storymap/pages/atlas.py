"""The atlas, which is the site's first page: every story as a card beside the map of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storymap.addresses import ATLAS, ATLAS_STILL, guide_page, lead, media_file, place_page, story_page, story_still
from storymap.drawing.contract import Payload
from storymap.language.dates import say_when
from storymap.language.tags import text_direction
from storymap.layers.naming import say_some
from storymap.pages.frame import Frame, Site, make_frame
from storymap.pages.mapped import PageMap, grant_tiles, make_map
from storymap.pages.sharing import share_page
from storymap.pages.theme import Theme, render_page
from storymap.resolving.atlas import Atlas, AtlasStory
from storymap.text.ordering import order_naturally

if TYPE_CHECKING:
    from storymap.drawing.map_parts import MapParts

NAMED_STORIES = 5
"""How many of its stories stand for a site that is not described."""


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story on the atlas."""

    index: int
    """Which story of the map's data it is, from 0; `data-story` ties the card to it."""

    title: str
    """Its title."""

    summary: str
    """What it tells, in a sentence or two, or empty."""

    lang: str
    """Its language, as a BCP 47 tag."""

    dir: str
    """The direction of that language: `ltr` or `rtl`."""

    date: str
    """When it happens, as people read it, or empty."""

    draft: bool
    """Whether its author has not finished it."""

    steps: int
    """How many steps it has."""

    places: int
    """To how many places its steps go."""

    url: str
    """The address of its page."""

    picture_url: str
    """The address of its cover, or of its still map; it has the shape of a still map."""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place to which steps go, in the list of all."""

    index: int
    """Which place of the map's data it is, from 0; `data-place` ties the name to it."""

    name: str
    """Its name."""

    url: str
    """The address of its page."""


@dataclass(frozen=True, slots=True)
class AtlasPage:
    """What `atlas.html` shows."""

    frame: Frame
    """What every page has."""

    map: PageMap
    """The map of all stories."""

    stories: tuple[StoryCard, ...]
    """Every story, in order."""

    places: tuple[PlaceEntry, ...]
    """Every place to which steps go, by name."""

    guide_url: str
    """The address of the guide for authors; empty where the site has none."""


def render_atlas(page: AtlasPage, theme: Theme) -> str:
    """The HTML of the atlas."""
    return render_page("atlas.html", page, theme)


def make_atlas_page(
    atlas: Atlas, site: Site, *, css: str, guide: bool, payload: Payload, map_parts: MapParts
) -> AtlasPage:
    """The page of `atlas`; `guide` says whether the site has the guide for authors."""
    about = site.description or say_some([story.title for story in atlas.stories], site.lang, NAMED_STORIES)
    sharing = share_page(site, here=ATLAS, lang=site.lang, title=site.title, description=about)
    by_name = sorted(enumerate(atlas.places), key=lambda entry: order_naturally(entry[1].name))
    return AtlasPage(
        frame=make_frame(site, lang=site.lang, css=css, here=ATLAS, sharing=sharing, grants=grant_tiles(payload)),
        map=make_map(payload, map_parts, atlas.scene, lang=site.lang, here=ATLAS, still=ATLAS_STILL),
        stories=tuple(_make_card(index, story) for index, story in enumerate(atlas.stories)),
        places=tuple(PlaceEntry(index, place.name, lead(ATLAS, place_page(place.id))) for index, place in by_name),
        guide_url=lead(ATLAS, guide_page("index")) if guide else "",
    )


def _make_card(index: int, story: AtlasStory) -> StoryCard:
    return StoryCard(
        index=index,
        title=story.title,
        summary=story.summary,
        lang=story.lang,
        dir=text_direction(story.lang),
        date=say_when(story.when, story.lang) if story.when else "",
        draft=story.draft,
        steps=story.steps,
        places=len(story.places),
        url=lead(ATLAS, story_page(story.id)),
        picture_url=lead(ATLAS, media_file(story.cover) if story.cover else story_still(story.id)),
    )
