"""Bake streets so that a page can carry them: more coarsely, view by view, where they are too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storymap.model.ground import StreetDetail
from storymap.model.streets import BakedStreets
from storymap.streets.baking.baking import bake_streets
from storymap.streets.baking.weighing import BUDGET, weigh_view
from storymap.streets.kept_source import KeptSource
from storymap.streets.needs import CloseViews
from storymap.streets.sources import StreetSource

_COARSENESS: Mapping[StreetDetail, tuple[float, ...]] = {"fine": (0.6,), "auto": (1.0, 1.4, 2.0, 2.8), "coarse": (2.8,)}
"""How coarsely streets are drawn, and what is tried next where that is more than a page can carry."""


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
        coarser = [view for view in heavy if tried[view] + 1 < len(_COARSENESS[wanted[view]])]
        if not coarser:
            return BakedStreets(streets, tuple(heavy.items()))
        tried |= {view: tried[view] + 1 for view in coarser}
