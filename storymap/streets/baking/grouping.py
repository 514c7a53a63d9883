"""Sort close views into groups whose streets are baked together: those that show some of the same ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storymap.earth.extent import Extent, project_bounds
from storymap.earth.mercator import project_latitude, project_longitude
from storymap.model.scene import View
from storymap.streets.baking.extents import list_extents
from storymap.streets.coverage import StreetReach
from storymap.streets.needs import CloseViews


def group_views(close: CloseViews) -> Iterator[CloseViews]:
    """`close` in groups that share no ground at any scale, each with the spots in it, in the order of where they are.

    The same views of another map are the same group, whatever else that map shows.
    """
    extents = [_list_boxes(view) for view, _ in close.views]
    apart: list[list[int]] = []
    for number, own in enumerate(extents):
        met = [group for group in apart if any(_meet(own, extents[other]) for other in group)]
        apart = [[number, *(one for group in met for one in group)], *(group for group in apart if group not in met)]
    groups = []
    for members in apart:
        boxes = [box for number in members for box in extents[number]]
        spots = sorted({spot for spot in close.spots if _holds(boxes, *spot)})
        views = sorted((close.views[number] for number in members), key=lambda each: _place(each[0]))
        groups.append(CloseViews(tuple(views), tuple(spots)))
    yield from sorted(groups, key=lambda group: _place(group.views[0][0]))


def lies_near(group: CloseViews, reach: StreetReach) -> bool:
    """Whether a file has anything of the ground of a group."""
    boxes = [box for view, _ in group.views for box in _list_boxes(view)]
    return any(_meet(boxes, map(project_bounds, covered)) for _, covered in reach.boxes)


def _list_boxes(view: View) -> list[Extent]:
    return [box for extents in list_extents([view]) for box in extents]


def _place(view: View) -> tuple[float, ...]:
    box = view.bounds
    return box.west, box.south, box.east, box.north, view.zoom


def _holds(boxes: Iterable[Extent], lon: float, lat: float) -> bool:
    x, y = project_longitude(lon), project_latitude(lat)
    return any(box.covers(x, y) for box in boxes)


def _meet(some: Iterable[Extent], others: Iterable[Extent]) -> bool:
    """Whether any of some boxes shares ground with any of others, in whichever turn of the world."""
    others = list(others)
    return any(one.meets(other) for one in some for other in others)
