"""Suspect that the data of a layer has its latitude first: by where the steps go that show it.

`storymap.gazetteer.swaps` judges a file by itself, by the towns that it names and by what lies at sea; by this one are
found those that lie on land either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import shapely

from storymap.errors import Report
from storymap.model.data import Dataset
from storymap.model.layer import DataLayer
from storymap.model.place import Bounds

_FAR_DEGREES = 15.0
_NEAR_DEGREES = 3.0
"""How far data must lie from all that its steps go to, and how near to some of it if turned, to look swapped."""

_WIDEST_DEGREES = 20.0
"""What reaches farther comes near to anything."""


def tell_swapped_layers(
    shown: Sequence[Sequence[Bounds]], layers: Sequence[Iterable[DataLayer]], report: Report
) -> None:
    """Warn of data that seems to be swapped. `shown` are boxes around what each step goes to, `layers` its layers."""
    goals: dict[str, tuple[Dataset, list[Bounds]]] = {}
    for boxes, own in zip(shown, layers, strict=True):
        for dataset in {layer.dataset.id: layer.dataset for layer in own}.values():
            goals.setdefault(dataset.id, (dataset, []))[1].extend(boxes)
    for dataset, boxes in goals.values():
        if boxes and dataset.features and not dataset.codes and _looks_swapped(dataset, boxes):
            report.warning(
                "swapped-coordinates",
                f'the data of "{dataset.id}" lies far from all that the steps go to that show it, '
                "but near to it with latitude and longitude swapped",
                dataset.at,
                "exchange them in the file: in GeoJSON the longitude stands first, in a table each has its column",
            )


def _looks_swapped(dataset: Dataset, boxes: Sequence[Bounds]) -> bool:
    west, south, east, north = shapely.total_bounds([feature.shape for feature in dataset.features]).tolist()
    if max(east - west, north - south) > _WIDEST_DEGREES or max(abs(west), abs(east)) > 90:
        return False
    told, turned = Bounds(west, south, east, north), Bounds(south, west, north, east)
    return all(_measure_gap(told, box) > _FAR_DEGREES for box in boxes) and any(
        _measure_gap(turned, box) < _NEAR_DEGREES for box in boxes
    )


def _measure_gap(first: Bounds, second: Bounds) -> float:
    """Degrees between two boxes, in the direction in which they are farther apart; 0 where they meet."""
    turns = (-360, 0, 360)
    east_west = min(
        max(first.west - second.unwrapped_east + turn, second.west - turn - first.unwrapped_east, 0) for turn in turns
    )
    return max(east_west, first.south - second.north, second.south - first.north, 0)
