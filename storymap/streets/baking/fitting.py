"""Bake streets so that a page can carry them: more coarsely, view by view, where they are too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from storymap.look import LOOK
from storymap.model.ground import StreetDetail
from storymap.model.scene import View
from storymap.model.streets import BakedStreets
from storymap.streets.baking.baking import Baker
from storymap.streets.baking.extents import cover, list_extents
from storymap.streets.baking.weighing import BUDGET, weigh_view
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

_WHOLE = 1.25
"""How many times as heavy as its closest scales alone a view is at least, in all towns that were measured."""


def bake_to_fit(
    sources: Sequence[StreetSource], close: CloseViews, lang: str, budget: int | None = None
) -> BakedStreets:
    """The streets of `close`, coarser where a view has more than its `budget`, and what is too heavy even so.

    The budget is in bytes, compressed; that of most pages where nothing is said. Raises `StreetFileError`.
    """
    most = BUDGET if budget is None else budget
    wanted = dict(close.views)
    baker = Baker(sources, wanted, spots=close.spots, lang=lang)
    tried = dict.fromkeys(wanted, 0)
    last = {view: len(_COARSENESS[detail]) - 1 for view, detail in wanted.items()}
    while True:
        views = {view: _COARSENESS[wanted[view]][number] for view, number in tried.items()}
        early = _find_heavy(baker, views, [view for view in wanted if tried[view] < last[view]], most)
        if early:
            tried |= _coarsen(early, tried, most, last)
            continue
        streets = baker.bake(views)
        heavy = {view: size for view in views if streets and (size := weigh_view(streets, view)) > most}
        coarser = dict(_coarsen(heavy, tried, most, last))
        if not coarser:
            return BakedStreets(streets, tuple(heavy.items()))
        tried |= coarser


def _find_heavy(baker: Baker, views: Mapping[View, float], improvable: Iterable[View], most: int) -> Mapping[View, int]:
    """Which of the `improvable` views are too heavy by their closest scales alone, and about how much they weigh.

    The closest scale weighs most, so it is baked first: where that is too much, the others would be baked for nothing.
    """
    weights = dict.fromkeys(improvable, 0)
    for number in reversed(range(1, len(LOOK.streets.scales))):
        streets = baker.bake(views, only=number) if weights else None
        if streets:
            weights = {view: weight + weigh_view(streets, view) for view, weight in weights.items()}
        heavy = {view: round(weight * _WHOLE) for view, weight in weights.items() if weight > most}
        if heavy:
            return heavy
    return {}


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
