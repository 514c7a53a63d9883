"""The files of one place: its page and its still map."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from storymap.basemap.bake import bake_basemap
from storymap.geography.describe import describe_position, nearest_places
from storymap.geography.gazetteer import Gazetteer
from storymap.geography.view import fit_view
from storymap.model import Place
from storymap.rendering.addresses import place_page, place_still
from storymap.rendering.compose import compose_place
from storymap.rendering.edition import Edition
from storymap.rendering.figure import MapParts
from storymap.rendering.geometry import write_box
from storymap.rendering.maps import StoryMap, draw_map
from storymap.rendering.pages import render_place_page
from storymap.rendering.stills import Still, draw_picture

NEIGHBOURS = 5
"""How many other places a place's page names."""


def place_files(
    place: Place, edition: Edition, gazetteer: Gazetteer, *, finish: Callable[[StoryMap], MapParts]
) -> Iterator[tuple[str, bytes]]:
    """The page of `place` and its still, as paths and bytes; `finish` renders its map."""
    view = fit_view([place])
    near = nearest_places(place, edition.places, NEIGHBOURS)
    still = Still.of_place(place, view, edition.settings.lang)
    payload = compose_place(
        place, [found.place for found in near], edition, view=write_box(view.bounds), basemap=bake_basemap([view])
    )
    page = render_place_page(
        place,
        edition,
        words=describe_position(place, gazetteer),
        neighbours=[(found.place, found.text) for found in near],
        payload=payload,
        map_parts=finish(draw_map(view, max_zoom=edition.max_zoom, tiled=edition.tiles is not None)),
        opening=still,
    )
    yield place_page(place), page.encode()
    yield place_still(place), draw_picture(still, palette=edition.palette).encode()
