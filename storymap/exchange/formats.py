"""The formats of places and ways that stories are handed on in: what each is called, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from storymap.exchange.records import StoryRecord


class PlaceFormat(Struct, frozen=True):
    """A format of places and ways.

    `id` is what authors type, `title` what pages call it, `ending` that of its files. `write` makes the file of
    stories and the address of their site, which may be empty.
    """

    id: str
    title: str
    ending: str
    write: Callable[[Sequence[StoryRecord], str], bytes]


def _write_geojson(stories: Sequence[StoryRecord], url: str) -> bytes:  # noqa: ARG001 - as all are called
    from storymap.exchange.geojson import write_geojson

    return write_geojson(stories)


def _write_kml(stories: Sequence[StoryRecord], url: str) -> bytes:  # noqa: ARG001 - the same
    from storymap.exchange.kml import write_kml

    return write_kml(stories)


def _write_gpx(stories: Sequence[StoryRecord], url: str) -> bytes:  # noqa: ARG001 - the same
    from storymap.exchange.gpx import write_gpx

    return write_gpx(stories)


def _write_csv(stories: Sequence[StoryRecord], url: str) -> bytes:  # noqa: ARG001 - the same
    from storymap.exchange.csv_table import write_csv

    return write_csv(stories)


def _write_linked_places(stories: Sequence[StoryRecord], url: str) -> bytes:
    from storymap.exchange.linked_places import write_linked_places

    return write_linked_places(stories, url)


PLACE_FORMATS = {
    form.id: form
    for form in (
        PlaceFormat("geojson", "GeoJSON", ".geojson", _write_geojson),
        PlaceFormat("kml", "KML", ".kml", _write_kml),
        PlaceFormat("gpx", "GPX", ".gpx", _write_gpx),
        PlaceFormat("csv", "CSV", ".csv", _write_csv),
        PlaceFormat("lpf", "Linked Places", ".lpf.json", _write_linked_places),
    )
}
"""By id, in the order in which pages offer them."""
