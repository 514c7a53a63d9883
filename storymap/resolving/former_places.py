"""Where pages of places stood before: a place that was renamed keeps its old name as an alias, and so its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from storymap.model.place import Place
from storymap.text.names import slugify_name


def find_former_ids(places: Iterable[Place]) -> dict[str, Place]:
    """By earlier id, the place whose page stood there: what an alias of a place of `geo/` makes as an id, sorted.

    An id that a place has now is none, and neither is one that several places may have had.
    """
    listed = tuple(places)
    taken = {place.id for place in listed}
    found = [(former, place) for place in listed if place.origin == "geo" for former in sorted(_list_formers(place))]
    count = Counter(former for former, _ in found)
    return {former: place for former, place in sorted(found, key=_by_id) if count[former] == 1 and former not in taken}


def _list_formers(place: Place) -> set[str]:
    return {slugify_name(alias) for alias in place.aliases} - {"", place.id}


def _by_id(found: tuple[str, Place]) -> str:
    return found[0]
