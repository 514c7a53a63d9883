"""Settle how the features of a dataset look: their classes and colours, and what the key says of them."""

from __future__ import annotations

from collections.abc import Callable

from storymap.errors import Location, Report
from storymap.model.data import Dataset
from storymap.model.layer import Areas, ColorClass, DataLayer, Lines, Points
from storymap.reading.layer_fields import LayerFields

_COLOR = "#2f6f9f"
_KINDS: dict[str, type[DataLayer]] = {"Polygon": Areas, "LineString": Lines, "LinearRing": Lines, "Point": Points}
_RADIUS = 4.0


def design_layers(
    name: str,
    dataset: Dataset,
    fields: LayerFields,
    *,
    lang: str,  # noqa: ARG001
    at: Callable[..., Location],  # noqa: ARG001
    report: Report,  # noqa: ARG001
) -> tuple[DataLayer, ...]:
    """The layers that show `dataset` as `fields` say, one for each kind of shape that it has.

    `at` tells where the value at a path of keys is written. Mistakes go to `report`.
    """
    layers: list[DataLayer] = []
    for kind in (Areas, Lines, Points):
        shown = tuple(
            number
            for number, feature in enumerate(dataset.features)
            if _KINDS.get(feature.shape.geom_type.removeprefix("Multi")) is kind
        )
        if shown:
            layers.append(
                kind(
                    dataset=dataset,
                    shown=shown,
                    title=fields.title or name,
                    classes=(ColorClass((fields.color and fields.color.fill) or _COLOR, fields.title or name),),
                    class_of=(0,) * len(shown),
                    width=fields.width if fields.width is not None else 1.0,
                    opacity=fields.opacity if fields.opacity is not None else 0.8,
                    radii=(_RADIUS,) * len(shown) if kind is Points else (),
                )
            )
    return tuple(layers)
