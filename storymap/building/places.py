"""The files of each place: its page and its still map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from storymap.addresses import place_page, place_still
from storymap.basemap.bake import bake_basemap
from storymap.building.hook import MapHook, finish_map
from storymap.building.memory import Memory
from storymap.building.recipe import Recipe
from storymap.building.stills import still_recipe
from storymap.building.weighing import weigh_page
from storymap.drawing.contract import TilesPayload
from storymap.drawing.folium_map import draw_map
from storymap.drawing.payload import compose_place
from storymap.drawing.stills import Still
from storymap.earth.views import fit_view
from storymap.errors import Report
from storymap.gazetteer.builtin import open_builtin
from storymap.gazetteer.describe import Neighbour, describe_position, nearest_places
from storymap.model.place import Place
from storymap.pages.frame import Site
from storymap.pages.place import make_place_page, render_place
from storymap.pages.theme import Theme
from storymap.resolving.visits import Visit

NEIGHBOURS = 5
"""How many other places a place's page names."""


def place_files(
    places: tuple[Place, ...],
    visits: Mapping[str, Sequence[Visit]],
    mentions: Mapping[str, Sequence[Visit]],
    site: Site,
    theme: Theme,
    tiles: TilesPayload | None,
    hook: MapHook | None,
    memory: Memory,
) -> Iterator[tuple[str, Recipe]]:
    """The pages of all `places` and their stills, as paths and recipes.

    `visits` tells by place id which stories come there, `mentions` which only lead there from their prose.
    """
    quiet = Report()
    neighbours = memory.recall(("neighbours",), _find_neighbours, places, site.lang, report=quiet)
    for place in places:
        still = memory.recall(("place still", place.id), _frame, place, site.lang, report=quiet)
        comers = (*visits.get(place.id, ()), *mentions.get(place.id, ()))
        yield (
            place_page(place.id),
            Recipe(_make_page, (place, site, theme, tiles, comers, neighbours[place.id], still, hook)),
        )
        yield place_still(place.id), still_recipe(still, theme.palette)


def _find_neighbours(
    places: tuple[Place, ...],
    lang: str,
    *,
    report: Report,  # noqa: ARG001 - remembered
) -> dict[str, tuple[Neighbour, ...]]:
    return {place.id: nearest_places(place, places, NEIGHBOURS, lang=lang) for place in places}


def _frame(place: Place, lang: str, *, report: Report) -> Still:  # noqa: ARG001 - remembered
    return Still.of_place(place, fit_view([place]), lang)


def _make_page(
    place: Place,
    site: Site,
    theme: Theme,
    tiles: TilesPayload | None,
    visits: tuple[Visit, ...],
    neighbours: tuple[Neighbour, ...],
    still: Still,
    hook: MapHook | None,
    *,
    report: Report,
) -> bytes:
    payload = compose_place(
        place,
        [found.place for found in neighbours],
        view=still.view,
        lang=site.lang,
        tiles=tiles,
        basemap=bake_basemap([still.view], places=still.spots, lang=still.lang),
    )
    story_map = draw_map(still.view, max_zoom=payload["maxZoom"], tiled=tiles is not None)
    page = make_place_page(
        place,
        site,
        css=theme.page_css,
        position=describe_position(place, open_builtin(), lang=site.lang),
        visits=visits,
        neighbours=[(found.place, found.text) for found in neighbours],
        payload=payload,
        map_parts=finish_map(story_map, None, hook, report, root="../"),
        opening=still,
    )
    return weigh_page(render_place(page, theme), place.defined_at, report)
