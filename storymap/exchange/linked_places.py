"""Places as Linked Places Format 1.2, the format in which gazetteers of the humanities are exchanged.

Each place is a GeoJSON feature with the names that it has, when the stories come there, what they say of it, and where
that stands. An address is that of the place's page; without the site's URL it is relative, to be replaced by a lasting
one. See https://github.com/LinkedPasts/linked-places-format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from storymap.exchange.geojson import round_shape, shape_place
from storymap.exchange.records import StepRecord, StoryRecord, lead_to_place, list_places
from storymap.model.place import Place
from storymap.model.time import PartialDate, When

_CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
_TYPES = {
    "country": ("aat:300128207", "nations"),
    "region": ("aat:300000774", "provinces"),
}
"""By the origin of a place its type in the Art & Architecture Thesaurus."""

_SETTLEMENT = ("aat:300008347", "inhabited places")


def write_linked_places(stories: Sequence[StoryRecord], url: str = "") -> bytes:
    """A FeatureCollection with one feature in each line; `url` is the site's, empty where it is not known."""
    features = [_write_place(place, visits, url) for place, visits in list_places(stories).values()]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    head = f'"type": "FeatureCollection", "@context": "{_CONTEXT}"'
    return f'{{{head}, "features": [\n{lines}\n]}}\n'.encode()


def _write_place(place: Place, visits: Sequence[tuple[StoryRecord, StepRecord]], url: str) -> dict[str, Any]:
    citation = {"label": place.source or visits[0][0].title}
    if not place.source and visits[0][0].url:
        citation["@id"] = visits[0][0].url
    spans = [span for _, step in visits if step.when for span in _write_span(step.when)]
    shape = shape_place(place)
    shapes = shape["geometries"] if shape["type"] == "GeometryCollection" else [shape]
    return {
        "@id": lead_to_place(place, url),
        "type": "Feature",
        "properties": {"title": place.name, **({"ccodes": [place.country]} if place.country else {})},
        **({"when": {"timespans": _once(spans)}} if spans else {}),
        "names": [
            {"toponym": place.name, "citations": [citation]},
            *({"toponym": name} for name in place.aliases if name != place.name),
        ],
        "types": list(_list_types(place)),
        "geometry": {
            "type": "GeometryCollection",
            "geometries": shapes or [round_shape(place.geometry)],
        },
        **({"links": links} if (links := _list_links(visits)) else {}),
        "descriptions": list(_list_descriptions(place, visits)),
    }


def _list_types(place: Place) -> Iterator[dict[str, Any]]:
    identifier, label = _TYPES.get(place.origin, ("", ""))
    if place.origin == "gazetteer":
        identifier, label = _SETTLEMENT
    own = [{"label": place.category}] if place.category else []
    if identifier:
        yield {"identifier": identifier, "label": label, **({"sourceLabels": own} if own else {})}
    elif own:
        yield {"label": place.category, "sourceLabels": own}


def _list_descriptions(place: Place, visits: Sequence[tuple[StoryRecord, StepRecord]]) -> Iterator[dict[str, Any]]:
    if place.description:
        yield {"value": place.description}
    for story, step in visits:
        value = "\n\n".join(filter(None, (f"{story.title}: {step.title}", step.text)))
        yield {**({"@id": step.url} if step.url else {}), "value": value, "lang": story.lang}


def _list_links(visits: Sequence[tuple[StoryRecord, StepRecord]]) -> list[dict[str, str]]:
    return [{"type": "subjectOf", "identifier": step.url} for _, step in visits if step.url]


def _write_span(when: When) -> Iterator[dict[str, Any]]:
    """A timespan, which must have a start: a span without one begins with the last day that is known."""
    start, end = when.start, when.end
    first = start or end
    if first is None:
        return
    span: dict[str, Any] = {"start": _write_edge(first) if start else {"latest": first.last}}
    if end and end != start:
        span["end"] = _write_edge(end)
    yield span


def _write_edge(day: PartialDate) -> dict[str, str]:
    """A date as exactly as it is known, with the mark of one that is not sure."""
    if day.is_span or day.month > 12:
        return {"earliest": day.first, "latest": day.last}
    sign = "-" if day.year < 0 else ""
    parts = [f"{sign}{abs(day.year):04d}", *(f"{part:02d}" for part in (day.month, day.day) if part)]
    return {"in": "-".join(parts) + day.mark}


def _once(spans: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [span for number, span in enumerate(spans) if span not in spans[:number]]
