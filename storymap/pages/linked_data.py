"""What a page tells to programs in the words of schema.org: the story, its places and its dated steps, as JSON-LD.

It stands in pages of sites that know their address: search engines alone read it, and it names things by addresses.
Dates that are about or perhaps are left out: schema.org has no word for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from storymap.addresses import place_page, split_edition, story_page, whole_address
from storymap.model.collection import Collection
from storymap.model.place import Place
from storymap.model.story import Step, Story
from storymap.model.time import SEASONS, PartialDate, When
from storymap.pages.frame import Site
from storymap.pages.sharing import Sharing
from storymap.resolving.editions import Edition

Node = dict[str, Any]


def tell_story(
    story: Story, sharing: Sharing, site: Site, *, here: str, editions: Sequence[Edition] = (), part: int = 0
) -> Markup:
    """The story on the page `here` as an `Article`, its places as `Place`, each step with a date as an `Event`.

    `editions` are all of the story that readers may come to, its own among them, the original first. Of a collection,
    which is a `CreativeWorkSeries`, it is the `part` of that number.
    """
    events = [event for step in story.steps if (event := _tell_step(step, site, here))]
    node: Node = {
        "@type": "Article",
        "headline": sharing.title,
        "description": sharing.description,
        "inLanguage": story.lang,
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "datePublished": story.published,
        "dateModified": story.updated,
        "temporalCoverage": _write_coverage(story.when) if story.when else "",
        "isPartOf": _tell_series(story.collection.id, story.collection.title, site)
        if story.collection
        else _tell_site(site),
        "position": part or "",
        "contentLocation": [_tell_place(place, site) for place in _list_places(story)],
        "about": events,
    } | _tell_editions(story.id, editions, site)
    return _write(node | _tell_sharing(sharing))


def _tell_editions(story: str, editions: Sequence[Edition], site: Site) -> Node:
    """What the story is translated into, or what it is a translation of."""
    told: dict[str, Node] = {
        edition.id: {
            "@type": "Article",
            "headline": edition.title,
            "inLanguage": edition.lang,
            "url": whole_address(site.url, story_page(edition.id)),
        }
        for edition in editions
    }
    original, language = split_edition(story)
    if language:
        return {"translationOfWork": told.get(original, {})}
    return {"workTranslation": [node for other, node in told.items() if other != story]}


def tell_place(place: Place, sharing: Sharing, site: Site, stories: Iterable[tuple[str, str]]) -> Markup:
    """A place; `stories` are the ids and titles of those that come there."""
    told = [
        {"@type": "Article", "headline": title, "url": whole_address(site.url, story_page(story))}
        for story, title in stories
    ]
    return _write(_tell_place(place, site) | {"subjectOf": told} | _tell_sharing(sharing))


def tell_site(sharing: Sharing, site: Site) -> Markup:
    """The site, on its first page."""
    node = {"description": sharing.description, "inLanguage": site.lang}
    return _write(_tell_site(site) | node | _tell_sharing(sharing))


def tell_collection(collection: Collection, sharing: Sharing, site: Site, stories: Iterable[tuple[str, str]]) -> Markup:
    """A collection, on its front page; `stories` are the ids and titles of those on that."""
    told = [
        {"@type": "Article", "headline": title, "url": whole_address(site.url, story_page(story))}
        for story, title in stories
    ]
    node = {"description": sharing.description, "inLanguage": collection.lang, "hasPart": told}
    return _write(_tell_series(collection.id, collection.title, site) | node | _tell_sharing(sharing))


def _tell_series(collection: str, title: str, site: Site) -> Node:
    url = whole_address(site.url, story_page(collection))
    return {"@type": "CreativeWorkSeries", "name": title, "url": url, "isPartOf": _tell_site(site)}


def _tell_sharing(sharing: Sharing) -> Node:
    """What other programs take of a page that stands somewhere."""
    return {"url": sharing.url, "image": sharing.card.url if sharing.card else ""}


def _tell_site(site: Site) -> Node:
    return {
        "@type": "WebSite",
        "name": site.title,
        "url": whole_address(site.url, site.home),
    }


def _tell_place(place: Place, site: Site) -> Node:
    return {
        "@type": "Place",
        "@id": whole_address(site.url, place_page(place.id)),
        "name": place.name,
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": round(place.point.lat, 5),
            "longitude": round(place.point.lon, 5),
        },
        "address": {"@type": "PostalAddress", "addressCountry": place.country} if place.country else "",
    }


def _tell_step(step: Step, site: Site, here: str) -> Node:
    """A step that has a date; nothing of another."""
    start, end = _write_ends(step.when) if step.when else ("", "")
    if not start:
        return {}
    places = [
        {"@id": whole_address(site.url, place_page(place.id))} for place in step.places if place.origin != "picture"
    ]
    return {
        "@type": "Event",
        "name": step.title,
        "startDate": start,
        "endDate": end if end != start else "",
        "location": places,
        "url": whole_address(site.url, here, step.id),
    }


def _list_places(story: Story) -> tuple[Place, ...]:
    """Its places on the earth."""
    return () if story.picture else story.places


def _write_coverage(when: When) -> str:
    """A date or span as schema.org has it: `2019`, `2019/2020`, `2019/..`; empty where it cannot be told exactly."""
    start, end = _write_ends(when)
    if not start and not end:
        return ""
    if start == end:
        return start
    known = (not when.start or start) and (not when.end or end)
    return f"{start or '..'}/{end or '..'}" if known else ""


def _write_ends(when: When) -> tuple[str, str]:
    """Its first and its last part, each as exactly as it is known; empty where it is open, or not exact."""
    return _write_date(when.start, last=False), _write_date(when.end, last=True)


def _write_date(date: PartialDate | None, *, last: bool) -> str:
    """A date in ISO 8601 with the parts that are known; of a season or a decade the first or the last."""
    if date is None or date.mark:
        return ""
    year, month, day = date.last_day if last else date.first_day
    if not 0 < year < 10_000:
        return ""
    if date.is_span or not date.month:
        return f"{year:04d}"
    if date.month in SEASONS or not date.day:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}"


def _drop_empty(value: Any) -> Any:
    """`value` without those in it that are empty; a coordinate of 0 is none."""
    if isinstance(value, dict):
        return {key: _drop_empty(one) for key, one in value.items() if one not in ("", [], {})}
    return [_drop_empty(one) for one in value] if isinstance(value, list) else value


def _write(node: Node) -> Markup:
    """`node` without what is empty, as JSON that nothing can break out of a script element with."""
    from pydantic_core import to_json

    text = to_json({"@context": "https://schema.org"} | _drop_empty(node)).decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
