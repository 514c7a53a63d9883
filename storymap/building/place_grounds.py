"""What lies under the map of a place, and how close it comes: streets all around it, and tiles of the author's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from storymap.addresses import place_page
from storymap.building.runner import Runner
from storymap.building.site_tiles import SiteTiles
from storymap.building.tasks import Part
from storymap.earth.views import GROUND_ZOOM, fit_view
from storymap.model.ground import GroundDetail
from storymap.model.place import Place
from storymap.model.scene import Scene
from storymap.model.tileset import TileSource
from storymap.resolving.closer import Closer
from storymap.resolving.scenes import list_close_zooms, show_place
from storymap.streets.needs import CloseViews, is_close

if TYPE_CHECKING:
    from storymap.building.streets import SiteStreets

STREETS_BUDGET = 28_000
"""Bytes, compressed, of the streets of a place's page: with the drawn world around it is as heavy as a story's."""


class PlaceGround(NamedTuple):
    """The `scene` of a place, the `zoom` of it as `show_place` takes it, and `parts` that `lay_on_grounds` takes."""

    scene: Scene
    zoom: float | None
    parts: tuple[Part, ...]


class PlaceGrounds:
    """Finds it for the places of a site: `detail` is how much of today's world their maps show."""

    def __init__(
        self, tiles: SiteTiles | None, streets: SiteStreets | None, detail: GroundDetail, runner: Runner
    ) -> None:
        self._tiles, self._detail, self._runner = tiles, detail, runner
        self._streets = streets if detail.streets != "none" else None
        source: TileSource | None = runner.load(tiles.source) if tiles else None
        self._on_tiles = Closer((source.ground,) if source else ())

    def find(self, places: Iterable[Place], lang: str, readers: str, *, cards: bool = False) -> dict[str, PlaceGround]:
        """What each of `places` lies on, on its page or on the card of links to it, by its id, lettered in `lang`.

        `readers` of the pages are as in `storymap.addresses.for_readers`.
        """
        called = tuple(places)
        on_streets = self._bake(called, lang, self._streets) if self._streets else {}
        found = {}
        for place in called:
            zoom, streets = on_streets.get(place.id) or (self._come_close(place), ())
            scene = show_place(place, self._detail, zoom=zoom)
            tiles: tuple[Part, ...] = ()
            if self._tiles:
                cut = self._tiles.cut_cards if cards else self._tiles.cut
                tiles = cut(place_page(place.id, readers), [scene.view])
            found[place.id] = PlaceGround(scene, zoom, (*streets, *tiles))
        return found

    def _come_close(self, place: Place) -> float | None:
        """How close a spot is shown on tiles; None where that is left to what it is."""
        near = self._on_tiles.frame(lambda most: fit_view([place], closest=most))
        return near.zoom if place.kind == "point" and near.zoom > GROUND_ZOOM else None

    def _bake(
        self, places: tuple[Place, ...], lang: str, streets: SiteStreets
    ) -> dict[str, tuple[float | None, tuple[Part, ...]]]:
        """By the id of each of `places` that has street data all around it, how close it is shown, and its streets."""

        def list_close() -> dict[str, tuple[float | None, CloseViews]]:
            close: dict[str, tuple[float | None, CloseViews]] = {}
            for place in places:
                for zoom in list_close_zooms(place):
                    scene = show_place(place, self._detail, zoom=zoom)
                    if is_close(scene) and streets.covers(scene.view):
                        close[place.id] = zoom, CloseViews(((scene.view, self._detail.streets),), (place.point,))
                        break
            return close

        close = self._runner.recall(("close places", lang), (places, self._detail, streets.reaches), list_close)
        baked = streets.bake(((views, lang) for _, views in close.values()), budget=STREETS_BUDGET)
        return {place: (zoom, parts) for (place, (zoom, _)), parts in zip(close.items(), baked, strict=True) if parts}
