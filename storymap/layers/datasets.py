"""The author's data in the payload of a page: shapes and values once, whichever scenes show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict

from shapely.geometry import mapping

from storymap.earth.simplifying import simplify_shape
from storymap.layers.geometry import DECIMALS, round_numbers
from storymap.layers.kinds import draw
from storymap.model.data import Dataset
from storymap.model.scene import Scene


class DatasetPayload(TypedDict):
    """A dataset: `shapes` are the GeoJSON geometries of its features."""

    shapes: list[dict[str, Any]]


def list_datasets(scenes: Iterable[Scene]) -> tuple[Dataset, ...]:
    """The author's data that `scenes` show, once each."""
    found = (draw(layer).dataset() for scene in scenes for layer in scene.layers)
    return tuple({dataset.id: dataset for dataset in found if dataset is not None}.values())


def write_datasets(datasets: Sequence[Dataset], zoom: float) -> list[DatasetPayload]:
    """`datasets` as a map at `zoom` can show them."""
    return [
        {
            "shapes": [
                round_numbers(mapping(simplify_shape(feature.shape, zoom)), DECIMALS) for feature in dataset.features
            ]
        }
        for dataset in datasets
    ]
