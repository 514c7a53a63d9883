"""Pages that list stories beside the map of them: the atlas, which is the first of the site, and those of tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storymap.addresses import (
    atlas_card,
    card_still,
    guide_page,
    lead,
    lead_still,
    list_still,
    media_file,
    place_page,
    runtime_file,
    story_index,
    story_page,
)
from storymap.drawing.contract import Payload
from storymap.drawing.stills import CARD_SIZE, LEAD_SIZE
from storymap.drawing.words import tell_scene
from storymap.language.dates import say_when
from storymap.language.tags import text_direction
from storymap.language.words import interface_words
from storymap.layers.naming import say_some
from storymap.model.place import Place
from storymap.pages.editions import EditionLink, link_editions
from storymap.pages.filter import Filter, make_filter
from storymap.pages.frame import Frame, Site, make_frame
from storymap.pages.linked_data import tell_site
from storymap.pages.mapped import PageMap, StillPicture, grant_tiles, make_map
from storymap.pages.names import NameLink, link_names
from storymap.pages.sharing import share_page
from storymap.pages.theme import Theme, render_page
from storymap.resolving.atlas import Atlas, AtlasStory
from storymap.resolving.editions import Edition
from storymap.resolving.facets import Facets
from storymap.resolving.story_lists import ListPage
from storymap.text.ordering import order_naturally
from storymap.text.slugs import make_slug

if TYPE_CHECKING:
    from storymap.drawing.map_parts import MapParts

NAMED_STORIES = 5
"""How many stories a list names in a sentence, where its site says nothing of itself."""

CARD_PLACES = 3
"""How many of its places a card names."""


@dataclass(frozen=True, slots=True)
class CardEdition:
    """The way to a story in another language."""

    link: EditionLink
    """The way."""

    title: str
    """What the story is called in that language."""


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a list."""

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

    editions: tuple[CardEdition, ...]
    """The ways to it in other languages."""

    langs: str
    """All its languages, parted by blanks."""

    steps: int
    """How many steps it has."""

    authors: tuple[NameLink, ...]
    """Who wrote it."""

    places: str
    """The first few places to which its steps go, or empty."""

    tags: tuple[NameLink, ...]
    """What it is about."""

    tag_ids: str
    """Its tags as addresses write them, parted by blanks."""

    author_ids: str
    """Its authors in the same way."""

    years: str
    """The first and the last year of which it tells, astronomical, parted by a blank; or empty."""

    url: str
    """The address of its page."""

    is_lead: bool
    """Whether it stands first and large."""

    picture: StillPicture
    """Its cover, or a small map of it; of the story that leads a wide one."""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place to which steps go, in the list of all."""

    index: int | None
    """Which place of the map's data it is, from 0; `data-place` ties the name to it. None where the map has it not."""

    name: str
    """Its name."""

    url: str
    """The address of its page."""


@dataclass(frozen=True, slots=True)
class Pager:
    """The ways from a page of a list to its others."""

    text: str
    """Which page it is, in words."""

    before_url: str
    """The address of the page before it, or empty."""

    after_url: str
    """The address of the page after it, or empty."""


@dataclass(frozen=True, slots=True)
class AtlasPage:
    """What `atlas.html` shows."""

    frame: Frame
    """What every page has."""

    map: PageMap
    """The map of the stories of the page."""

    is_atlas: bool
    """Whether it is the site's first page, or the one for readers of a language."""

    editions: tuple[EditionLink, ...]
    """The ways to the site's first page in other languages."""

    kicker: str
    """What its title is, a tag or an author, or empty."""

    title: str
    """Its title: that of the site, or the tag or author."""

    description: str
    """What the site is about, on its first page, or empty."""

    filter: Filter | None
    """How stories can be chosen, on the pages of all."""

    stories: tuple[StoryCard, ...]
    """Every story of the page, in order."""

    pager: Pager | None
    """Where it goes on, of a list of several pages."""

    places: tuple[PlaceEntry, ...]
    """Places to which steps go, by name: on the site's first page all."""

    guide_url: str
    """The address of the guide for authors; empty where the site has none, and on all pages but the first."""

    script_url: str
    """The address of the script of pages that list stories."""


@dataclass(frozen=True, slots=True)
class CardsPage:
    """What `cards.html` shows: cards without a page around them."""

    frame: Frame
    """What every page has."""

    stories: tuple[StoryCard, ...]
    """The stories in order."""

    filter: bool
    """Whether they can be chosen from."""


def render_atlas(page: AtlasPage, theme: Theme) -> str:
    """The HTML of the page."""
    return render_page("atlas.html", page, theme)


def render_cards(stories: Sequence[AtlasStory], editions: Sequence[Sequence[Edition]], site: Site, theme: Theme) -> str:
    """The cards of `stories` as the first page of `site` has them, as HTML; `editions` are those of each."""
    cards = tuple(
        make_card(index, story, here=site.home, lang=site.lang, editions=spoken)
        for index, (story, spoken) in enumerate(zip(stories, editions, strict=True))
    )
    page = CardsPage(make_frame(site, lang=site.lang, css="", here=site.home), cards, filter=True)
    return render_page("cards.html", page, theme)


def make_atlas_page(
    atlas: Atlas,
    listed: ListPage,
    site: Site,
    *,
    css: str,
    guide: bool,
    places: Sequence[Place],
    facets: Facets,
    editions: Sequence[Sequence[Edition]],
    payload: Payload,
    map_parts: MapParts,
) -> AtlasPage:
    """The page `listed` with the stories of `atlas`; `places` are those that it lists by name.

    `facets` are those of the site, `guide` says whether it has the guide for authors, `editions` are those of each
    story.
    """
    here, is_atlas = listed.here, listed.here == site.home
    homes = [(one.lang, one.home) for one in (*site.others, site)]
    homes.sort(key=lambda one: (one[1].count("/"), one))
    language = listed.lang.lower()
    shown = {place.id: index for index, place in enumerate(atlas.places)}
    by_name = sorted(places, key=lambda place: order_naturally(place.name))
    words = interface_words(site.lang).page
    about = site.description if is_atlas else ""
    about = about or say_some([story.title for story in atlas.stories], site.lang, NAMED_STORIES)
    title = listed.title or site.title
    card = atlas_card(language) if is_atlas and site.cards != "none" else ""
    seen = tell_scene(atlas.scene, site.lang)
    sharing = share_page(
        site,
        here=here,
        lang=site.lang,
        title=title,
        description=about,
        card=card,
        card_alt=seen,
        editions=homes if is_atlas else (),
    )
    if is_atlas and site.url:
        sharing = replace(sharing, linked_data=tell_site(sharing, site))
    return AtlasPage(
        frame=make_frame(site, lang=site.lang, css=css, here=here, sharing=sharing, grants=grant_tiles(payload)),
        map=make_map(payload, map_parts, atlas.scene, lang=site.lang, here=here, still=list_still(here)),
        is_atlas=is_atlas,
        editions=link_editions(homes, here=here, to=site.home) if is_atlas else (),
        kicker="" if listed.kind == "all" else words[listed.kind],
        title=title,
        description=site.description if is_atlas else "",
        filter=make_filter(
            facets,
            words,
            site.lang,
            total=listed.total,
            index_url=lead(here, story_index(language)) if listed.count > 1 else "",
            atlas_url="" if is_atlas else lead(here, site.home),
        ),
        stories=tuple(
            make_card(index, story, here=here, lang=site.lang, editions=spoken, is_lead=listed.leads and index == 0)
            for index, (story, spoken) in enumerate(zip(atlas.stories, editions, strict=True))
        ),
        pager=_make_pager(listed, words["page_of"]) if listed.count > 1 else None,
        places=tuple(
            PlaceEntry(shown.get(place.id), place.name, lead(here, place_page(place.id))) for place in by_name
        ),
        guide_url=lead(here, guide_page("index")) if guide and is_atlas else "",
        script_url=lead(here, runtime_file("atlas")),
    )


def make_card(
    index: int,
    story: AtlasStory,
    *,
    here: str,
    lang: str,
    editions: Sequence[Edition] = (),
    is_lead: bool = False,
) -> StoryCard:
    """The card of `story`, number `index` of the page `here`, whose own words are in `lang`.

    `editions` are those of the story, itself among them; nothing where it is there in one language.
    """
    file = media_file(story.cover) if story.cover else (lead_still if is_lead else card_still)(story.id)
    width, height = LEAD_SIZE if is_lead else CARD_SIZE
    return StoryCard(
        index=index,
        title=story.title,
        summary=story.summary,
        lang=story.lang,
        dir=text_direction(story.lang),
        date=say_when(story.when, story.lang) if story.when else "",
        draft=story.draft,
        editions=tuple(
            CardEdition(link, edition.title)
            for edition in editions
            for link in link_editions([(edition.lang, story_page(edition.id))], here=here, to=story_page(story.id))
        ),
        langs=" ".join(edition.lang for edition in editions),
        steps=story.steps,
        authors=link_names(story.authors, "author", here=here),
        places=_say_places([place.name for place in story.places], lang),
        tags=link_names(story.tags, "tag", here=here),
        tag_ids=" ".join(map(make_slug, story.tags)),
        author_ids=" ".join(map(make_slug, story.authors)),
        years=" ".join(map(str, story.years or ())),
        url=lead(here, story_page(story.id)),
        is_lead=is_lead,
        picture=StillPicture(lead(here, file), "", width, height),
    )


def _say_places(names: Sequence[str], lang: str) -> str:
    """The first few of a story's places; where one more would be counted, it is named."""
    if not names:
        return ""
    return say_some(names, lang, most=CARD_PLACES if len(names) > CARD_PLACES + 1 else len(names))


def _make_pager(listed: ListPage, text: str) -> Pager:
    before, after = (lead(listed.here, page) if page else "" for page in (listed.before, listed.after))
    return Pager(text.format(number=listed.number, count=listed.count), before, after)
