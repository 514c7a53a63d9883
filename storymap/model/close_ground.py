"""Ground for maps that come closer than the drawn world: where there are streets or tiles of the author's own."""

from __future__ import annotations

from msgspec import Struct

from storymap.model.place import Bounds


class CloseGround(Struct, frozen=True):
    """What some street data, or a set of tiles, have for close maps.

    `boxes` are what is covered, by level (`storymap.streets.detail`). It serves maps from zoom `first` to zoom `last`.
    Where it `invites`, a spot is shown closely without being asked to: tiles lie under all maps because their author
    wants them seen.
    """

    boxes: tuple[tuple[int, tuple[Bounds, ...]], ...]
    first: float
    last: float = 99.0
    invites: bool = False
