"""The page of a story: its text step by step beside the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from storymap.addresses import (
    ATLAS,
    CREDITS,
    MEDIA,
    VIEWER,
    collection_folder,
    for_readers,
    lead,
    oembed_file,
    page_code,
    place_page,
    step_still,
    story_card,
    story_page,
    story_still,
)
from storymap.drawing.contract import Payload
from storymap.drawing.stills import fits_beside_text
from storymap.drawing.words import tell_scene
from storymap.language.dates import say_when
from storymap.language.reading_speed import measure_minutes
from storymap.language.words import interface_words
from storymap.layers.profile import StageSummary
from storymap.layers.tables import DataTable, list_tables
from storymap.layers.track import find_stage
from storymap.model.story import Step, Story
from storymap.pages.citation import Citation, cite_story
from storymap.pages.dates import PageDate, make_date
from storymap.pages.editions import EditionLink, link_editions
from storymap.pages.first_sentences import describe_by_summary
from storymap.pages.frame import Frame, Site, make_frame
from storymap.pages.frames import grant_frames
from storymap.pages.linked_data import tell_story
from storymap.pages.mapped import PageMap, StillPicture, grant_tiles, make_map, make_picture
from storymap.pages.names import NameLink, link_names
from storymap.pages.pictures import list_ratios, show_cover, style_cover, style_ratios
from storymap.pages.prose import grant_captions, grant_pictures, join_prose
from storymap.pages.sharing import share_page
from storymap.pages.step_labels import label_steps
from storymap.pages.story_places import PlaceRow, list_places
from storymap.pages.theme import Theme, render_page
from storymap.pages.tracks import TrackFigure, make_track
from storymap.resolving.editions import Edition
from storymap.resolving.outline import StoryOutline, Visit

if TYPE_CHECKING:
    from storymap.drawing.map_parts import MapParts

OTHER_STORIES = 3
"""How many other stories a story's page names at each of its places."""


class PlaceLink(Struct, frozen=True):
    """A place of the story, by its name."""

    name: str
    """As the story calls it."""

    url: str
    """The address of its page."""


class StepSection(Struct, frozen=True):
    """A step of the story."""

    number: int
    """Which step it is, from 1; `data-step` ties the text to the map's data by it."""

    id: str
    """Its address within the page."""

    title: str
    """Its heading as plain text."""

    title_html: Markup
    """Its heading, which may hold emphasis."""

    date: PageDate | None
    """When it happens."""

    places: tuple[PlaceLink, ...]
    """Where it happens."""

    still: StillPicture
    """Its map as a picture, without script and on paper."""

    track: TrackFigure | None
    """The way that it goes, if it goes one."""

    html: Markup
    """Its prose."""

    label: str
    """When it is or where, in a word for the list of steps, or empty."""


class StepElsewhere(Struct, frozen=True):
    """A step of another story at a place of this one."""

    story: str
    """The title of that story."""

    step: str
    """The title of its first step there."""

    lang: str
    """The language of that story, as a BCP 47 tag."""

    url: str
    """The address of that step."""


class SharedPlace(Struct, frozen=True):
    """A place of the story to which other stories come too."""

    place: PlaceLink
    """The place, whose page names every story that comes there."""

    steps: tuple[StepElsewhere, ...]
    """The first few of the other stories."""


class Download(Struct, frozen=True):
    """A file with the places and tracks of the story."""

    title: str
    """What its format is called."""

    url: str
    """Its address."""


class OnwardStory(Struct, frozen=True):
    """The story before or after this one."""

    title: str
    """Its title."""

    summary: str
    """What it tells, in a sentence or two, or empty."""

    lang: str
    """Its language, as a BCP 47 tag."""

    url: str
    """The address of its page."""


class PaperAddress(Struct, frozen=True):
    """Where a story on paper is found on the web."""

    text: str
    """The address of its page, as people type it."""

    code_url: str
    """The address of the picture with its QR code."""


class StoryPart(Struct, frozen=True):
    """Where a story stands in its collection."""

    title: str
    """The collection's title."""

    lang: str
    """The language of that, as a BCP 47 tag."""

    url: str
    """The address of its front page."""

    text: str
    """Which part of it the story is, in words."""

    count: str
    """How many stories it has, in words."""


class StoryPage(Struct, frozen=True):
    """What `story.html` shows. The language of the story is that of the page's frame."""

    frame: Frame
    """What every page has."""

    map: PageMap
    """The map beside the text."""

    title: str
    """The story's title."""

    summary: str
    """What it tells, in a sentence or two, or empty."""

    authors: tuple[NameLink, ...]
    """Who wrote it."""

    tags: tuple[NameLink, ...]
    """What it is about."""

    date: str
    """When it happens, as people read it, or empty."""

    draft: bool
    """Whether its author has not finished it."""

    editions: tuple[EditionLink, ...]
    """The ways to it in other languages."""

    paper_address: PaperAddress | None
    """What stands on paper for links, where the site knows its address."""

    minutes: int
    """How long it takes to read."""

    opening_html: Markup
    """The prose before the first step."""

    steps: tuple[StepSection, ...]
    """Its steps in order."""

    notes_html: Markup
    """Its footnotes, or empty."""

    places: tuple[PlaceRow, ...]
    """Its places, with where they are, when and in which steps."""

    tables: tuple[DataTable, ...]
    """The author's data that its maps show."""

    cover_html: Markup
    """The picture at its head, or empty."""

    credits_url: str
    """The address of what is said of it on the page with all credits; empty where that says nothing of it."""

    media_url: str
    """The address of the script for pictures, sound and film; empty where it shows none."""

    viewer_url: str
    """The address of what that script loads when a picture is opened."""

    downloads: tuple[Download, ...]
    """The files that it offers."""

    citation: Citation | None
    """How it is cited, unless it is a draft."""

    shared: tuple[SharedPlace, ...]
    """Its places to which other stories come too."""

    part: StoryPart | None
    """Where it stands in its collection, if it belongs to one."""

    before: OnwardStory | None
    """The story before it, in its collection if it belongs to one, if there is any."""

    after: OnwardStory | None
    """The story after it in the same way."""


def render_story(page: StoryPage, theme: Theme) -> str:
    """The HTML of a story's page."""
    return render_page("story.html", page, theme)


def make_story_page(
    story: Story,
    site: Site,
    *,
    css: str,
    media_css: str,
    before: OnwardStory | None,
    after: OnwardStory | None,
    shared: tuple[SharedPlace, ...],
    downloads: tuple[Download, ...],
    editions: Sequence[Edition],
    part: tuple[int, int],
    payload: Payload,
    map_parts: MapParts,
) -> StoryPage:
    """The page of `story`, which stands between the stories `before` and `after` it.

    `media_css` stands before `css` where it shows pictures. Of a collection it is the `part` of that number, from 1,
    among so many. `shared` are its places to which other stories come too, `downloads` the files that it offers,
    `editions` all of it, its own among them, the original first; nothing where it is there in one language.
    """
    here, site = story_page(story.id), site.speak(story.lang)
    readers = site.readers
    published = [edition for edition in editions if not edition.draft or edition.id == story.id]
    asked = (*grant_pictures(*story.prose), *grant_captions(*story.prose), *grant_frames(*story.prose))
    grants = (*grant_tiles(payload), *asked)
    own_css = f"{style_ratios(list_ratios(story.prose))}{style_cover(story.head) if story.head else ''}"
    styles = f"{media_css}{own_css}{css}" if story.has_media else css
    card = story_card(story.id) if site.cards != "none" else ""
    sharing = share_page(
        site,
        here=here,
        lang=story.lang,
        title=story.title,
        description=describe_by_summary(story),
        kind="article",
        published=story.published,
        updated=story.updated,
        authors=story.authors,
        card=card,
        card_alt=tell_scene(story.scene, story.lang) if card else "",
        oembed="" if story.draft else oembed_file(story.id),
        editions=[(edition.lang, story_page(edition.id)) for edition in published],
        collection=collection_folder(story.collection.id) if story.collection else "",
    )
    if site.url:
        told = tell_story(story, sharing, site, here=here, editions=published, part=part[0])
        sharing = replace(sharing, linked_data=told)
    opening_html = join_prose(story.opening, here, story.lang, readers=readers, is_first=story.head is None)
    labels = label_steps(story)
    steps = tuple(
        _make_step(story, step, label, here, readers) for step, label in zip(story.steps, labels, strict=True)
    )
    return StoryPage(
        frame=make_frame(site, lang=story.lang, css=styles, here=here, sharing=sharing, grants=grants),
        map=make_map(payload, map_parts, story.scene, lang=story.lang, here=here, still=story_still(story.id)),
        title=story.title,
        summary=story.summary,
        authors=link_names(story.authors, "author", here=here, readers=readers),
        tags=link_names(story.tags, "tag", here=here, readers=readers),
        date=say_when(story.when, story.lang) if story.when else "",
        draft=story.draft,
        editions=link_editions([(edition.lang, story_page(edition.id)) for edition in editions], here=here),
        paper_address=_tell_address(sharing.url, story, here) if sharing.url and not story.draft else None,
        minutes=measure_minutes(
            Markup(" ").join((opening_html, *(step.html for step in steps))).striptags(), story.lang
        ),
        opening_html=opening_html,
        steps=steps,
        notes_html=join_prose(story.notes, here, story.lang, readers=readers),
        places=list_places(story, readers),
        tables=list_tables((story.scene, *(step.scene for step in story.steps)), story.lang),
        cover_html=Markup(show_cover(story.head, address=partial(lead, here)) if story.head else ""),
        credits_url=lead(here, for_readers(readers, CREDITS), story.id) if story.rights else "",
        media_url=lead(here, MEDIA) if story.has_media else "",
        viewer_url=lead(here, VIEWER) if story.has_media else "",
        downloads=downloads,
        citation=None if story.draft else cite_story(story, site, url=sharing.url),
        shared=shared,
        part=_tell_part(story, *part, here=here) if story.collection else None,
        before=before,
        after=after,
    )


def _tell_part(story: Story, number: int, count: int, *, here: str) -> StoryPart:
    """Where `story`, on the page `here`, stands in its collection."""
    assert story.collection is not None
    words = interface_words(story.lang).page
    return StoryPart(
        story.collection.title,
        story.collection.lang,
        lead(here, story_page(story.collection.id)),
        words["part_of"].format(number=number, count=count),
        words["count_stories"].format(count=count),
    )


def lead_on(story: StoryOutline, *, here: str) -> OnwardStory:
    """`story` as the page `here`, that of the story before or after it, names it."""
    return OnwardStory(story.title, story.summary, story.lang, lead(here, story_page(story.id)))


def lead_elsewhere(
    visits: Mapping[str, Sequence[Visit]], *, here: str = ATLAS
) -> dict[str, tuple[tuple[str, StepElsewhere], ...]]:
    """By place id, the first steps of the first stories that come there, each with the id of its story.

    They are one more than a page names, which leaves its own story out. Links are those of every page beside `here`.
    """
    return {
        place: tuple((visit.story, _lead_to(visit, here)) for visit in found[: OTHER_STORIES + 1])
        for place, found in visits.items()
        if len(found) > 1
    }


def list_shared(
    story: StoryOutline, elsewhere: Mapping[str, Sequence[tuple[str, StepElsewhere]]], readers: str = ""
) -> tuple[SharedPlace, ...]:
    """The places of `story` to which others come too, each with the first few of what `lead_elsewhere` gave.

    `readers` are as in `storymap.addresses.for_readers`.
    """
    shared = []
    for place in story.visited:
        steps = [step for other, step in elsewhere.get(place.id, ()) if other != story.id]
        if steps:
            link = PlaceLink(place.name, lead(story_page(story.id), place_page(place.id, readers)))
            shared.append(SharedPlace(link, tuple(steps[:OTHER_STORIES])))
    return tuple(shared)


def _lead_to(visit: Visit, here: str) -> StepElsewhere:
    first = visit.steps[0]
    return StepElsewhere(visit.title, first.title, visit.lang, lead(here, story_page(visit.story), first.id))


def _tell_address(url: str, story: Story, here: str) -> PaperAddress:
    return PaperAddress(unquote(url).partition("://")[2], lead(here, page_code(story.id)))


def _make_step(story: Story, step: Step, label: str, here: str, readers: str) -> StepSection:
    return StepSection(
        number=step.number,
        id=step.id,
        title=step.title,
        title_html=Markup(step.title_html),
        date=make_date(step.when, story.lang),
        places=tuple(
            PlaceLink(place.name, lead(here, place_page(place.id, readers)))
            for place in step.places
            if place.origin != "picture"
        ),
        still=make_picture(
            step_still(story.id, step.id),
            tell_scene(step.scene, story.lang),
            here=here,
            fits_beside=fits_beside_text(step.scene, story.lang),
        ),
        track=make_track(StageSummary.of(stage), story.lang) if (stage := find_stage(step.scene)) else None,
        html=join_prose(step.prose, here, story.lang, readers=readers),
        label=label,
    )
