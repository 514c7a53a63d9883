"""What lies under the maps of lists of stories, and how close those come: tiles of the author's own, and streets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from storymap.building.runner import Runner
from storymap.building.site_tiles import SiteTiles
from storymap.building.tasks import Part
from storymap.earth.views import CLOSEST_ZOOM, GROUND_ZOOM
from storymap.model.ground import GroundDetail
from storymap.model.place import Place
from storymap.model.scene import Scene, View
from storymap.model.tileset import TileSource
from storymap.resolving.atlas import AtlasStory, suit_story
from storymap.resolving.closer import Closer
from storymap.resolving.views import frame_places
from storymap.streets.needs import CloseViews, is_close

if TYPE_CHECKING:
    from storymap.building.streets import SiteStreets

_STORIES_CLOSER = 1.0
"""How many zooms closer than all stories together one of them is shown, on the same streets."""


class WantedMap(NamedTuple):
    """A map of stories for which ground is asked: the page or picture `here` in `lang`, with their `places`.

    `stories` are those that a reader may look at, each an `AtlasStory`.
    """

    here: str
    lang: str
    places: tuple[Place, ...]
    stories: tuple[Part, ...] = ()


class ListGround(NamedTuple):
    """What a map of stories lies on: its `view`, `parts` that `lay_on_grounds` takes, and how close a story is shown.

    `closest` is as in `suit_story`: a list does not take along the streets of its stories.
    """

    view: View
    closest: float
    parts: tuple[Part, ...]


class ListGrounds:
    """Finds it for the maps of a site: `detail` is how much of today's world they show.

    `ground` is what a map shows whose stories have no place.
    """

    def __init__(
        self,
        tiles: SiteTiles | None,
        streets: SiteStreets | None,
        ground: tuple[Place, ...],
        detail: GroundDetail,
        runner: Runner,
    ) -> None:
        self._tiles, self._detail, self._ground, self._runner = tiles, detail, ground, runner
        self._streets = streets if detail.streets != "none" else None
        own: list[TileSource] = [runner.load(tiles.source)] if tiles else []
        reaches = self._streets.grounds if self._streets else ()
        self._closer = Closer((*reaches, *(source.ground for source in own)))

    def find(self, maps: Iterable[WantedMap], *, cards: bool = False) -> dict[str, ListGround]:
        """What each of the wanted `maps`, on pages or on the `cards` of shared links, lies on, by what it is called."""
        wanted = list(maps)
        views = [self._frame(one.places) for one in wanted]
        close = [number for number, view in enumerate(views) if is_close(Scene(view, (), self._detail))]
        asked = [(CloseViews(((views[number], self._detail.streets),), ()), wanted[number].lang) for number in close]
        baked = dict(zip(close, self._streets.bake(asked), strict=True)) if self._streets else {}
        found = {}
        for number, (one, view) in enumerate(zip(wanted, views, strict=True)):
            streets = baked.get(number, ())
            closest = view.zoom + _STORIES_CLOSER if streets else GROUND_ZOOM
            tiles: tuple[Part, ...] = ()
            if self._tiles:
                closest = CLOSEST_ZOOM
                told: Iterator[AtlasStory] = map(self._runner.load, one.stories)
                glances = [suit_story(story, view, closest).scene.view for story in told]
                tiles = self._tiles.cut_cards(one.here, [view]) if cards else self._tiles.cut(one.here, [view], glances)
            found[one.here] = ListGround(view, closest, (*streets, *tiles))
        return found

    def _frame(self, places: tuple[Place, ...]) -> View:
        return self._closer.frame(lambda most: frame_places(places or self._ground, closest=most))
