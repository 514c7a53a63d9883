"""Bake streets so that a page can carry them: more coarsely, view by view, where they are too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from storymap.model.ground import StreetDetail
from storymap.model.scene import View
from storymap.model.streets import Streets
from storymap.streets.baking.baking import bake_streets
from storymap.streets.baking.weighing import BUDGET, weigh_view
from storymap.streets.kept_source import KeptSource
from storymap.streets.needs import CloseViews
from storymap.streets.sources import StreetSource

_COARSENESS: Mapping[StreetDetail, tuple[float, ...]] = {"fine": (0.6,), "auto": (1.0, 1.4, 2.0, 2.8), "coarse": (2.8,)}
"""How coarsely streets are drawn, and what is tried next where that is more than a page can carry."""


class BakedStreets(Struct, frozen=True):
    """The `streets` of some views, None for none; `heavy` are those views of which they are too many, with bytes."""

    streets: Streets | None
    heavy: tuple[tuple[View, int], ...]


def bake_to_fit(sources: Sequence[StreetSource], close: CloseViews, lang: str) -> BakedStreets:
    """The streets of `close`, coarser where they are more than a page can carry, and what is too heavy even so.

    Raises `StreetFileError`.
    """
    kept, wanted = [KeptSource(source) for source in sources], dict(close.views)
    tried = dict.fromkeys(wanted, 0)
    while True:
        views = {view: _COARSENESS[wanted[view]][number] for view, number in tried.items()}
        streets = bake_streets(kept, views, spots=close.spots, lang=lang)
        heavy = {view: size for view in views if streets and (size := weigh_view(streets, view)) > BUDGET}
        coarser = [view for view in heavy if tried[view] + 1 < len(_COARSENESS[wanted[view]])]
        if not coarser:
            return BakedStreets(streets, tuple(heavy.items()))
        tried |= {view: tried[view] + 1 for view in coarser}
