"""Pages that list stories beside the map of them: the atlas, which is the first of the site, collections, tags."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from storymap.addresses import (
    ATLAS,
    MEDIA,
    VIEWER,
    card_still,
    collection_folder,
    guide_page,
    lead,
    lead_still,
    list_card,
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
from storymap.model.collection import Collection
from storymap.model.place import Place
from storymap.model.prose import Picture
from storymap.pages.editions import EditionLink, link_editions, spread
from storymap.pages.filter import Filter, make_filter
from storymap.pages.frame import Frame, Site, make_frame
from storymap.pages.frames import grant_frames
from storymap.pages.linked_data import tell_collection, tell_site
from storymap.pages.mapped import PageMap, StillPicture, grant_tiles, make_map
from storymap.pages.names import NameLink, link_names
from storymap.pages.pictures import list_ratios, style_ratios, write_copies
from storymap.pages.prose import grant_captions, grant_pictures, join_tied_prose
from storymap.pages.sharing import share_page
from storymap.pages.theme import Theme, render_page
from storymap.resolving.atlas import Atlas, AtlasStory
from storymap.resolving.editions import Edition
from storymap.resolving.facets import Facets
from storymap.resolving.story_lists import ListKind, ListPage
from storymap.text.ordering import order_naturally
from storymap.text.slugs import make_slug

if TYPE_CHECKING:
    from storymap.drawing.map_parts import MapParts

NAMED_STORIES = 5
"""How many stories a list names in a sentence, where its site says nothing of itself."""

CARD_PLACES = 3
"""How many of its places a card names."""

CARD_AUTHORS, CARD_TAGS = 2, 4
"""Of a collection with more authors or tags, its card names none."""

CARDED: tuple[ListKind, ...] = ("all", "collection")
"""The lists whose first page has a picture for where a link to it is shown, wherever stories have one."""


class CardEdition(Struct, frozen=True):
    """The way to a story in another language."""

    link: EditionLink
    """The way."""

    title: str
    """What the story is called in that language."""


class StoryCard(Struct, frozen=True):
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

    is_collection: bool
    """Whether it is a collection of stories."""

    kicker: str
    """Which part of its collection it is, on the front page of that; that it is a collection; or empty."""

    length: str
    """How many steps it has, or a collection stories, in words."""

    picture: StillPicture
    """Its cover, or a small map of it; of the story that leads a wide one."""

    copies: Markup
    """The element that offers the smaller copies of its cover, or empty."""


class PlaceEntry(Struct, frozen=True):
    """A place to which steps go, in the list of all."""

    index: int | None
    """Which place of the map's data it is, from 0; `data-place` ties the name to it. None where the map has it not."""

    name: str
    """Its name."""

    url: str
    """The address of its page."""


class Pager(Struct, frozen=True):
    """The ways from a page of a list to its others."""

    text: str
    """Which page it is, in words."""

    before_url: str
    """The address of the page before it, or empty."""

    after_url: str
    """The address of the page after it, or empty."""


class AtlasPage(Struct, frozen=True):
    """What `atlas.html` shows."""

    frame: Frame
    """What every page has."""

    map: PageMap
    """The map of the stories of the page."""

    is_atlas: bool
    """Whether it is the site's first page, or the one for readers of a language."""

    editions: tuple[EditionLink, ...]
    """The ways to the site's first page, or to that of a collection, in other languages."""

    kicker: str
    """What its title is, a collection, a tag or an author, or empty."""

    count: str
    """How many stories there are, in words, on the pages of a collection, or empty."""

    draft: bool
    """Whether it is a collection that its author has not finished."""

    title: str
    """Its title: that of the site, or the collection, tag or author."""

    description: str
    """What the site is about, on its first page, or a collection, on the first of its own; or empty."""

    opening_html: Markup
    """What a collection says of itself, on the first of its pages, or empty."""

    notes_html: Markup
    """The footnotes of that, or empty."""

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

    media_url: str
    """The address of the script for pictures, sounds and films; empty where the text shows none."""

    viewer_url: str
    """The address of what that loads when a picture is looked at closely; empty where the text shows none."""


class CardsPage(Struct, frozen=True):
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


def render_cards(
    stories: Sequence[AtlasStory],
    editions: Sequence[Sequence[Edition]],
    parts: Sequence[int],
    site: Site,
    theme: Theme,
    *,
    here: str,
    lang: str,
) -> str:
    """The cards of `stories` as the page `here` has them, as HTML; the rest is as in `make_atlas_page`."""
    cards = tuple(
        make_card(
            index, story, here=here, readers=site.readers, lang=lang, editions=spoken, part=part, count=len(stories)
        )
        for index, (story, spoken, part) in enumerate(zip(stories, editions, parts or repeat(0), strict=False))
    )
    page = CardsPage(make_frame(site, lang=lang, css="", here=here), cards, filter=True)
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
    collection: Collection | None = None,
    parts: Sequence[int] = (),
    ways: Sequence[tuple[str, str]] = (),
    payload: Payload,
    map_parts: MapParts,
) -> AtlasPage:
    """The page `listed` with the stories of `atlas`; `places` are those that it lists by name.

    `facets` are those of its list, `guide` says whether the site has the guide for authors, `editions` are those of
    each story. On the first page of a `collection` that is told of; `parts` are the numbers of its stories in the order
    of reading. `ways` are the languages in which the page is there, and its paths.
    """
    here, is_atlas, lang = listed.here, listed.here == site.home, listed.lang or site.lang
    is_first, of_collection = listed.number == 1, listed.kind == "collection"
    if is_atlas:
        ways = spread(site, ATLAS)
    shown = {place.id: index for index, place in enumerate(atlas.places)}
    by_name = sorted(places, key=lambda place: order_naturally(place.name))
    words = interface_words(lang).page
    about = site.description if is_atlas else collection.summary if collection else ""
    told = about or say_some([story.title for story in atlas.stories], lang, NAMED_STORIES)
    title = listed.title or site.title
    has_card = is_first and ((listed.kind in CARDED and site.cards != "none") or site.cards in {"pages", "steps"})
    card = list_card(listed.first) if has_card else ""
    seen = tell_scene(atlas.scene, lang)
    sharing = share_page(
        site,
        here=here,
        lang=lang,
        title=title,
        description=told,
        card=card,
        card_alt=seen,
        editions=ways,
        collection=collection_folder(collection.id) if collection else "",
        feed=listed.feed,
    )
    if is_atlas and site.url:
        sharing = replace(sharing, linked_data=tell_site(sharing, site))
    if collection and site.url:
        stories = [(story.id, story.title) for story in atlas.stories]
        sharing = replace(sharing, linked_data=tell_collection(collection, sharing, site, stories))
    prose = collection.prose if collection else ()
    asked = (*grant_pictures(*prose), *grant_captions(*prose), *grant_frames(*prose))
    grants = (*grant_tiles(payload), *asked)
    write = partial(join_tied_prose, here=here, lang=lang, places=shown, readers=site.readers)
    return AtlasPage(
        frame=make_frame(
            site, lang=lang, css=style_ratios(list_ratios(prose)) + css, here=here, sharing=sharing, grants=grants
        ),
        map=make_map(payload, map_parts, atlas.scene, lang=lang, here=here, still=list_still(here)),
        is_atlas=is_atlas,
        editions=link_editions(ways, here=here, to=here) if len(ways) > 1 else (),
        kicker="" if listed.kind == "all" else words[listed.kind],
        count=say_count(listed.total, lang) if of_collection else "",
        draft=collection is not None and collection.draft,
        title=title,
        description=about,
        opening_html=write(collection.opening) if collection else Markup(),
        notes_html=write(collection.notes) if collection else Markup(),
        filter=make_filter(
            facets,
            words,
            lang,
            total=listed.total,
            index_url=lead(here, story_index(listed.first)) if listed.count > 1 else "",
            atlas_url="" if is_first else lead(here, listed.first),
        ),
        stories=tuple(
            make_card(
                index,
                story,
                here=here,
                readers=site.readers,
                lang=lang,
                editions=spoken,
                is_lead=listed.leads and index == 0,
                part=part,
                count=listed.total,
            )
            for index, (story, spoken, part) in enumerate(
                zip(atlas.stories, editions, parts or repeat(0), strict=False)
            )
        ),
        pager=_make_pager(listed, words["page_of"]) if listed.count > 1 else None,
        places=tuple(
            PlaceEntry(shown.get(place.id), place.name, lead(here, place_page(place.id, site.readers)))
            for place in by_name
        ),
        guide_url=lead(here, guide_page("index")) if guide and is_atlas else "",
        script_url=lead(here, runtime_file("atlas")),
        media_url=lead(here, MEDIA) if collection and collection.has_media else "",
        viewer_url=lead(here, VIEWER) if collection and collection.has_media else "",
    )


def make_card(
    index: int,
    story: AtlasStory,
    *,
    here: str,
    readers: str,
    lang: str,
    editions: Sequence[Edition] = (),
    is_lead: bool = False,
    part: int = 0,
    count: int = 0,
) -> StoryCard:
    """The card of `story`, number `index` of the page `here`, whose own words are in `lang`.

    `readers` of the pages that it leads to are as in `storymap.addresses.for_readers`.

    `editions` are those of the story, itself among them; nothing where it is there in one language. Where `part` is
    given, it is that part of `count`. What all stories of a collection are about, and who wrote them, is named where it
    is little.
    """
    words = interface_words(lang).page
    kicker = words["part_of"].format(number=part, count=count) if part else ""
    is_collection = story.stories > 0
    authors = () if is_collection and len(story.authors) > CARD_AUTHORS else story.authors
    tags = () if is_collection and len(story.tags) > CARD_TAGS else story.tags
    file = media_file(story.cover.file) if story.cover else (lead_still if is_lead else card_still)(story.id)
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
        authors=link_names(authors, "author", here=here, readers=readers),
        places=_say_places([place.name for place in story.places], lang),
        tags=link_names(tags, "tag", here=here, readers=readers),
        tag_ids=" ".join(map(make_slug, story.tags)),
        author_ids=" ".join(map(make_slug, story.authors)),
        years=" ".join(map(str, story.years or ())),
        url=lead(here, story_page(story.id)),
        is_lead=is_lead,
        is_collection=is_collection,
        kicker=words["collection"] if is_collection else kicker,
        length=say_count(story.stories, lang) if is_collection else words["count_steps"].format(count=story.steps),
        picture=StillPicture(lead(here, file), "", width, height),
        copies=_offer_copies(story.cover, here, is_lead=is_lead) if story.cover and story.cover.copies else Markup(),
    )


def _offer_copies(cover: Picture, here: str, *, is_lead: bool) -> Markup:
    """The copies of a cover, which fills the picture of its card: a broader one is shown as high as that, and cut."""
    width, height = LEAD_SIZE if is_lead else CARD_SIZE
    broader = max(1.0, cover.ratio / 1000 / (width / height))
    beside, above = (30 * broader, 100 * broader) if is_lead else (7.5 * broader, 24 * broader)
    sizes = f"(min-width: 900px) {beside:.3g}rem, {above:.3g}vw"
    return Markup(write_copies(cover, lambda path, _: lead(here, path), sizes))


def say_count(stories: int, lang: str) -> str:
    """How many stories there are."""
    return interface_words(lang).page["count_stories"].format(count=stories)


def _say_places(names: Sequence[str], lang: str) -> str:
    """The first few of a story's places; where one more would be counted, it is named."""
    if not names:
        return ""
    return say_some(names, lang, most=CARD_PLACES if len(names) > CARD_PLACES + 1 else len(names))


def _make_pager(listed: ListPage, text: str) -> Pager:
    before, after = (lead(listed.here, page) if page else "" for page in (listed.before, listed.after))
    return Pager(text.format(number=listed.number, count=listed.count), before, after)
