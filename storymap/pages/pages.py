"""Render the pages of a site: the templates of `templates/`, filled with resolved values and a Folium map.

Author text reaches a template as a value and is escaped there; only what `storymap.reading` sanitised is placed as
HTML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from storymap.addresses import (
    ABOUT,
    ATLAS,
    ATLAS_STILL,
    NOT_FOUND,
    RUNTIME,
    WHOLE_RUNTIME,
    guide_page,
    lead,
    lead_from_site,
    licence_file,
    media_file,
    place_page,
    place_still,
    step_still,
    story_page,
    story_still,
)
from storymap.drawing.contract import Payload
from storymap.drawing.edition import Edition
from storymap.drawing.figure import MapParts
from storymap.drawing.payload import write_payload
from storymap.drawing.stills import STILL_SIZE, Still, sketch_opening
from storymap.language.dates import say_when
from storymap.language.hyphens import soften
from storymap.language.tags import text_direction
from storymap.language.words import interface_words
from storymap.model.place import Place
from storymap.model.story import Step, Story
from storymap.model.time import When
from storymap.reading.descriptions import is_plain, sanitise_description
from storymap.reading.sanitise import CALLOUTS, name_callouts
from storymap.resolving.collection import Collection, StoryOutline, Visit
from storymap.text.ordering import order_naturally

if TYPE_CHECKING:
    from jinja2 import Environment, Template


OTHER_STORIES = 3
"""How many other stories a story's page names at each of its places."""


def render_story_page(
    story: Story,
    edition: Edition,
    *,
    before: StoryOutline | None,
    after: StoryOutline | None,
    visits: Mapping[str, Sequence[Visit]],
    payload: Payload,
    map_parts: MapParts,
    opening: Still,
) -> str:
    """A story's page, between the stories `before` and `after` it.

    `visits` are, by place id, the steps of other stories at places of this one.
    `opening` is what stands in the page until the map is drawn, and for readers without script.
    """
    here = story_page(story.id)
    return _template("story.html").render(
        **_shared(edition, lang=story.lang, here=here, css=edition.story_css),
        **_map(payload, map_parts, opening, here=here, still=story_still(story.id)),
        story=_story(StoryOutline.of(story), here),
        opening_html=_prose(story.opening_html, story.lang),
        steps=[_step(story, step) for step in story.steps],
        notes_html=_prose(story.notes_html, story.lang),
        previous=_story(before, here) if before else None,
        next=_story(after, here) if after else None,
        other_stories=_other_stories(story, visits),
    )


def render_atlas_page(
    collection: Collection, edition: Edition, *, payload: Payload, map_parts: MapParts, opening: Still
) -> str:
    """The atlas: the site's first page."""
    return _template("atlas.html").render(
        **_shared(edition, lang=edition.settings.lang, here=ATLAS),
        **_map(payload, map_parts, opening, here=ATLAS, still=ATLAS_STILL),
        stories=[{"index": index, **_story(story, ATLAS)} for index, story in enumerate(collection.stories)],
        places=[
            {"index": index, "name": place.name, "url": lead(ATLAS, place_page(place.id))}
            for index, place in sorted(enumerate(collection.visited), key=lambda entry: order_naturally(entry[1].name))
        ],
    )


def render_place_page(
    place: Place,
    edition: Edition,
    *,
    words: str,
    visits: Sequence[Visit],
    neighbours: Sequence[tuple[Place, str]],
    payload: Payload,
    map_parts: MapParts,
    opening: Still,
) -> str:
    """A place's page.

    `words` say where it is; `visits` are the stories that come here; `neighbours` are the nearest other places with
    distance and direction.
    """
    here = place_page(place.id)
    return _template("place.html").render(
        **_shared(edition, lang=edition.settings.lang, here=here),
        **_map(payload, map_parts, opening, here=here, still=place_still(place.id)),
        place={
            "name": place.name,
            "words": words,
            **_describe(place),
            "category": place.category,
            "source": place.source,
        },
        visits=[
            {
                "title": visit.title,
                "url": lead(here, story_page(visit.story)),
                "steps": [
                    {
                        "number": step.number,
                        "title": step.title,
                        "url": lead(here, story_page(visit.story), step.id),
                        **_when(step.when, visit.lang),
                    }
                    for step in visit.steps
                ],
            }
            for visit in visits
        ],
        nearest=[
            {"name": other.name, "url": lead(here, place_page(other.id)), "distance_text": distance}
            for other, distance in neighbours
        ],
    )


def _describe(place: Place) -> dict[str, Any]:
    """The description of a place as HTML, and whether it is one paragraph of words alone."""
    description = sanitise_description(place.description)
    return {"description_html": Markup(description), "is_plain": is_plain(description)}


def render_about_page(edition: Edition, *, credits: Sequence[str], components: Sequence[dict[str, str]]) -> str:
    """The page about the map: who drew its data, and the licences of what the site carries."""
    return _template("about.html").render(
        **_shared(edition, lang=edition.settings.lang, here=ABOUT),
        credits=credits,
        components=[
            {**component, "text_url": lead(ABOUT, licence_file(component["text_file"]))} for component in components
        ],
    )


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A part of a chapter under its own heading: `id` is its address on the page, `html` sanitised."""

    id: str
    title: str
    title_html: str
    html: str


@dataclass(frozen=True, slots=True)
class GuideChapter:
    """A page of the guide for authors: `url` is relative to the site's root, `opening_html` sanitised."""

    url: str
    title: str
    opening_html: str
    sections: tuple[GuideSection, ...]


def render_guide_page(
    chapter: GuideChapter,
    edition: Edition,
    *,
    chapters: Sequence[GuideChapter],
    before: GuideChapter | None,
    after: GuideChapter | None,
) -> str:
    """A page of the guide, which is in English, between the chapters `before` and `after` it."""

    def entry(other: GuideChapter) -> dict[str, Any]:
        return {"title": other.title, "url": lead(chapter.url, other.url), "here": other is chapter}

    return _template("guide.html").render(
        **_shared(edition, lang="en", here=chapter.url),
        title=chapter.title,
        opening_html=Markup(chapter.opening_html),
        sections=[
            {
                "id": section.id,
                "title": section.title,
                "title_html": Markup(section.title_html),
                "html": Markup(section.html),
            }
            for section in chapter.sections
        ],
        chapters=[entry(other) for other in chapters],
        previous=entry(before) if before else None,
        next=entry(after) if after else None,
    )


def render_moved_page(alias: str, story: StoryOutline, edition: Edition) -> str:
    """The page at `alias`, an earlier id of a story: it leads to the new one, and on to the step that was asked for."""
    here = story_page(alias)
    return _template("moved.html").render(**_shared(edition, lang=story.lang, here=here), story=_story(story, here))


def render_not_found_page(edition: Edition) -> str:
    """The page that a web server shows for an address that does not exist: the only one whose links are absolute."""
    shared = _shared(edition, lang=edition.settings.lang, here=NOT_FOUND)
    return _template("notfound.html").render(shared | {"atlas_url": lead_from_site(edition.settings.url, ATLAS)})


def _shared(edition: Edition, *, lang: str, here: str, css: str = "") -> dict[str, Any]:
    return {
        "site": edition.settings,
        "lang": lang,
        "dir": text_direction(lang),
        "strings": interface_words(lang).page,
        "css": Markup(css or edition.css),
        "atlas_url": lead(here, ATLAS),
        "about_url": lead(here, ABOUT),
        "guide_url": lead(here, guide_page("index")) if edition.settings.guide else "",
    }


def _map(payload: Payload, parts: MapParts, opening: Still, *, here: str, still: str) -> dict[str, Any]:
    width, height = STILL_SIZE
    return {
        "payload_json": Markup(write_payload(payload)),
        "runtime_url": lead(here, WHOLE_RUNTIME if parts.added or payload["tiles"] else RUNTIME),
        "map_html": Markup(parts.html),
        "map_script": Markup(parts.script),
        "map_head": Markup(parts.head),
        "map_added": Markup(parts.added),
        "opening_still_svg": Markup(sketch_opening(opening)),
        "map_credits": payload["basemap"]["credits"],
        "opening_still_url": lead(here, still),
        "opening_still_alt": opening.words,
        "still_width": width,
        "still_height": height,
    }


def _story(story: StoryOutline, here: str) -> dict[str, Any]:
    return {
        "title": story.title,
        "summary": story.summary,
        "when_text": say_when(story.when, story.lang) if story.when else "",
        "authors": story.authors,
        "lang": story.lang,
        "dir": text_direction(story.lang),
        "url": lead(here, story_page(story.id)),
        "card_url": lead(here, media_file(story.cover) if story.cover else story_still(story.id)),
        "steps_count": story.steps,
        "places_count": len(story.places),
        "draft": story.draft,
    }


def _step(story: Story, step: Step) -> dict[str, Any]:
    here = story_page(story.id)
    width, height = STILL_SIZE
    return {
        "number": step.number,
        "id": step.id,
        "title": step.title,
        "title_html": Markup(step.title_html),
        **_when(step.when, story.lang),
        "places": [{"name": place.name, "url": lead(here, place_page(place.id))} for place in step.places],
        "html": _prose(step.html, story.lang),
        "moves_map": step.moves_map,
        "still_url": lead(here, step_still(story.id, step.id)),
        "still_alt": Still.of_step(story, step).words,
        "still_width": width,
        "still_height": height,
    }


def _prose(html: str, lang: str) -> Markup:
    """Sanitised HTML of an author, with the titles of boxes that have none of their own said in `lang`."""
    words = interface_words(lang).page
    return Markup(name_callouts(html, {kind: words[f"callout_{kind}"] for kind in CALLOUTS}))


def _when(when: When | None, lang: str) -> dict[str, str]:
    return {"when_text": say_when(when, lang) if when else "", "when_iso": _write_datetime(when.first) if when else ""}


def _write_datetime(day: str) -> str:
    """An ISO day as HTML has it: no sign, and no year before 1; empty where there is none, or no such day."""
    year, _, rest = day.removeprefix("+").partition("-")
    return f"{year}-{rest}" if year.isdecimal() and int(year) else ""


def _other_stories(story: Story, visits: Mapping[str, Sequence[Visit]]) -> list[dict[str, Any]]:
    """At each place of the story that others visit too, links to their steps there; the place's page has them all."""
    here, shared = story_page(story.id), []
    for place in story.places:
        others = visits.get(place.id, ())
        if others:
            shared.append(
                {
                    "place": {"name": place.name, "url": lead(here, place_page(place.id))},
                    "stories": [
                        {
                            "title": visit.title,
                            "url": lead(here, story_page(visit.story), visit.steps[0].id),
                            "step": visit.steps[0].title,
                        }
                        for visit in others[:OTHER_STORIES]
                    ],
                }
            )
    return shared


def _template(name: str) -> Template:
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["soften"] = soften
    return environment
