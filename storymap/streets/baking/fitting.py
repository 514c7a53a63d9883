"""Bake streets so that a page can carry them: more coarsely, view by view, where they are too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from storymap.model.ground import StreetDetail
from storymap.model.scene import View
from storymap.model.streets import BakedStreets
from storymap.streets.baking.baking import bake_streets
from storymap.streets.baking.extents import cover, list_extents
from storymap.streets.baking.weighing import BUDGET, weigh_view
from storymap.streets.kept_source import KeptSource
from storymap.streets.needs import CloseViews
from storymap.streets.sources import StreetSource

_COARSENESS: Mapping[StreetDetail, tuple[float, ...]] = {
    "fine": (0.6,),
    "auto": (1.0, 1.3, 1.7, 2.2, 3.0),
    "coarse": (3.0,),
}
"""How coarsely streets are drawn, and what is tried next where that is more than a page can carry."""

_LIGHTER = 0.82
"""What share of its weight a view keeps that is drawn one step more coarsely: by it steps are skipped."""


def bake_to_fit(
    sources: Sequence[StreetSource], close: CloseViews, lang: str, budget: int | None = None
) -> BakedStreets:
    """The streets of `close`, coarser where a view has more than its `budget`, and what is too heavy even so.

    The budget is in bytes, compressed; that of most pages where nothing is said. Raises `StreetFileError`.
    """
    most = BUDGET if budget is None else budget
    kept, wanted = [KeptSource(source) for source in sources], dict(close.views)
    tried = dict.fromkeys(wanted, 0)
    while True:
        views = {view: _COARSENESS[wanted[view]][number] for view, number in tried.items()}
        streets = bake_streets(kept, views, spots=close.spots, lang=lang)
        heavy = {view: size for view in views if streets and (size := weigh_view(streets, view)) > most}
        coarser = dict(_coarsen(heavy, tried, most, {view: len(_COARSENESS[wanted[view]]) - 1 for view in wanted}))
        if not coarser:
            return BakedStreets(streets, tuple(heavy.items()))
        tried |= coarser


def _coarsen(
    heavy: Mapping[View, int], tried: Mapping[View, int], most: int, last: Mapping[View, int]
) -> Iterator[tuple[View, int]]:
    """What is tried next for each view that is too heavy, and for those that share its ground.

    That is drawn as finely as the finest of them wants, so that alone none of them gets lighter.
    """
    for view, size in heavy.items():
        steps, less = 1, size * _LIGHTER
        while less > most:
            steps, less = steps + 1, less * _LIGHTER
        goal, near = tried[view] + steps, _list_sharing(view, tried)
        if tried[view] == last[view] > 0:
            # What is left to be lighter is the ground that it only passes, which is that of others.
            goal, near = 1 + min(tried[other] for other in tried if last[other]), iter(tried)
        for other in near:
            number = min(goal, last[other])
            if number > tried[other]:
                yield other, number


def _list_sharing(view: View, views: Iterable[View]) -> Iterator[View]:
    """Those of `views`, itself among them, whose closest scale is that of `view`, and that show some of its ground."""
    ground, number = _find_ground(view)
    for other in views:
        its, its_number = _find_ground(other)
        if its_number == number and its.intersects(ground):
            yield other


def _find_ground(view: View) -> tuple[BaseGeometry, int]:
    """What a view shows of the ground at the closest scale that it has, and the number of that."""
    for number, extents in reversed(list(enumerate(list_extents([view])))):
        if extents:
            return cover(extents), number
    return Polygon(), -1
