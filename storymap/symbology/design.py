"""Settle how the features of a dataset look: their classes and colours, and what the key says of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence

import shapely
from msgspec.structs import replace
from shapely.geometry.base import BaseGeometry

from storymap.earth.middles import find_middle
from storymap.errors import Location, Report
from storymap.model.data import Dataset
from storymap.model.layer import Areas, DataLayer, Lines, Points
from storymap.model.sign import NO_SIGNS, Sign
from storymap.reading.layer_fields import ColorFields, LayerFields
from storymap.symbology.choosing import choose_features
from storymap.symbology.coloring import ColorDesigner
from storymap.symbology.columns import find_column
from storymap.symbology.looks import read_look
from storymap.symbology.popups import read_popup
from storymap.symbology.sizes import size_circles

_KINDS: dict[str, type[DataLayer]] = {"Polygon": Areas, "LineString": Lines, "LinearRing": Lines, "Point": Points}


def design_layers(
    name: str,
    dataset: Dataset,
    fields: LayerFields,
    *,
    signs: Mapping[str, Sign] = NO_SIGNS,
    lang: str,
    at: Callable[..., Location],
    report: Report,
) -> tuple[DataLayer, ...]:
    """The layers that show `dataset` as `fields` say, one for each kind of shape that it has.

    Areas that are to have sizes are shown as circles. `signs` are those of the settings' categories. `lang` is the BCP
    47 tag of the key. `at` tells where the value at a path of keys is written. Mistakes go to `report`.
    """
    dataset = _call_columns(dataset, fields.columns, at=at, report=report)
    shown = choose_features(dataset, fields.where, at=at, report=report)
    if fields.size is not None and fields.size.by is not None:
        dataset = _stand_in_points(dataset)
    wanted = fields.color or ColorFields.model_validate({})
    colors = ColorDesigner(dataset, wanted, signs=signs, lang=lang, at=at, report=report)
    layers: list[DataLayer] = []
    for kind in (Areas, Lines, Points):
        own = tuple(number for number in shown if _find_kind(dataset, number) is kind)
        if not own:
            continue
        look = read_look(kind, fields, at=at, report=report)
        radii: tuple[float, ...] = ()
        sizing = None
        if kind is Points:
            sizing = size_circles(dataset, own, fields.size, lang=lang, at=at, report=report)
            own, radii = _order_by_size(own, sizing.radii)
        coloring = colors.color(own)
        by = coloring.by if coloring.by is not None else sizing.by if sizing else None
        layers.append(
            kind(
                dataset=dataset,
                shown=own,
                title=fields.title or (name if by is None else dataset.columns[by].title),
                classes=coloring.classes,
                class_of=coloring.class_of,
                unit=coloring.unit,
                width=look.width,
                opacity=look.opacity,
                dash=look.dash,
                radii=radii,
                color_by=coloring.by,
                size_by=sizing.by if sizing else None,
                sizes=sizing.key if sizing else (),
                label=_find(dataset, fields.label, at("label"), report),
                tooltip=_find(dataset, fields.tooltip, at("tooltip"), report),
                popup=read_popup(fields.popup, dataset, own, lang=lang, at=at, report=report) if fields.popup else None,
                cluster=bool(fields.cluster) and kind is Points,
            )
        )
    return tuple(layers)


def _call_columns(
    dataset: Dataset, called: Mapping[str, str], *, at: Callable[..., Location], report: Report
) -> Dataset:
    """`dataset` with its columns called as the author wants readers to find them."""
    columns = list(dataset.columns)
    for name, title in called.items():
        number = find_column(dataset, name, at("columns", name), report)
        if number is not None:
            columns[number] = replace(columns[number], called=title)
    return dataclasses.replace(dataset, columns=tuple(columns)) if called else dataset


def _find_kind(dataset: Dataset, number: int) -> type[DataLayer] | None:
    return _KINDS.get(dataset.features[number].shape.geom_type.removeprefix("Multi"))


def _stand_in_points(dataset: Dataset) -> Dataset:
    """`dataset` with a point in the midst of the largest part of each of its areas."""

    def stand_in(shape: BaseGeometry) -> BaseGeometry:
        if _KINDS.get(shape.geom_type.removeprefix("Multi")) is not Areas:
            return shape
        return shapely.Point(find_middle(shape))

    features = tuple(replace(feature, shape=stand_in(feature.shape)) for feature in dataset.features)
    return dataclasses.replace(dataset, id=f"{dataset.id}:points", features=features)


def _order_by_size(shown: Sequence[int], radii: Sequence[float | None]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Features that have a size, with that: the largest first, so that no circle hides a smaller one."""
    sized = [(number, radius) for number, radius in zip(shown, radii, strict=True) if radius is not None]
    sized.sort(key=lambda pair: -pair[1])
    return tuple(number for number, _ in sized), tuple(radius for _, radius in sized)


def _find(dataset: Dataset, name: str | None, at: Location, report: Report) -> int | None:
    return None if name is None else find_column(dataset, name, at, report)
