"""The author's data in the payload of a page: shapes and texts once, whichever scenes show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Literal, NotRequired, TypedDict

import shapely
from msgspec import Struct

from storymap.addresses import ATLAS
from storymap.basemap.arcs import pack_rings
from storymap.basemap.extents import finest_scale
from storymap.basemap.natural_earth import Rings, read_cell
from storymap.earth.middles import find_middle
from storymap.errors import Report
from storymap.layers.drawn import PageIndex
from storymap.layers.kinds import draw
from storymap.layers.packing import (
    MOST_POINTS,
    Detail,
    ShapesPayload,
    SimpleShapes,
    pack_points,
    simplify_shapes,
)
from storymap.layers.values import say_column
from storymap.model.data import Dataset
from storymap.model.place import Place
from storymap.model.scene import Scene, View

LOOK_CLOSER = 1.5
"""How much closer than its steps do a reader may look at data before its outlines are seen to be simplified."""


class ColumnPayload(TypedDict):
    """A column whose values a page tells: its `name`, and a text for each feature, empty where there is no value."""

    name: str
    texts: list[str]


class GroundedPayload(ShapesPayload):
    """Shapes of which some are countries as the ground has them.

    With `grounded` the runs refer to the arcs of its coarsest scale, and behind those to `arcs`.
    """

    grounded: NotRequired[Literal[True]]


class DatasetPayload(GroundedPayload):
    """A dataset: the shapes of its features, and what is told of them.

    `middles` is an arc with a point in the midst of each feature, where its name stands.
    """

    columns: NotRequired[list[ColumnPayload]]
    middles: NotRequired[str]


class ShownData(Struct, frozen=True):
    """A dataset, the numbers of the features and of the columns that the scenes of a page show, and their views."""

    dataset: Dataset
    features: frozenset[int]
    columns: tuple[int, ...]
    is_named: bool
    views: tuple[View, ...]


def list_shown(scenes: Iterable[Scene]) -> tuple[ShownData, ...]:
    """The author's data that `scenes` show, each dataset once."""
    found: dict[str, ShownData] = {}
    for scene in scenes:
        for layer in scene.layers:
            use = draw(layer).data()
            if use is None:
                continue
            dataset = use.dataset
            before = found.get(dataset.id) or ShownData(dataset, frozenset(), (), is_named=False, views=())
            found[dataset.id] = ShownData(
                dataset,
                before.features.union(use.features),
                tuple(dict.fromkeys((*before.columns, *use.columns))),
                is_named=before.is_named or use.is_named,
                views=tuple(dict.fromkeys((*before.views, scene.view))),
            )
    return tuple(found.values())


def index_page(places: Iterable[Place], data: Sequence[ShownData] = (), *, here: str = ATLAS) -> PageIndex:
    """The numbers that the places and the data of a page have in its payload."""
    return PageIndex(
        places={place.id: number for number, place in enumerate(places)},
        data={shown.dataset.id: number for number, shown in enumerate(data)},
        columns={(shown.dataset.id, column): number for shown in data for number, column in enumerate(shown.columns)},
        here=here,
    )


def write_data(
    data: Sequence[ShownData], lang: str, report: Report | None = None, *, has_ground: bool = False
) -> list[DatasetPayload]:
    """`data` as the maps of a page can show it, its values written in `lang`; `report` is told what is too much.

    With `has_ground` the page has the ground of the world, which has the outlines of countries seen from afar.
    """
    return [_write(shown, lang, report or Report(), has_ground=has_ground) for shown in data]


def _write(shown: ShownData, lang: str, report: Report, *, has_ground: bool) -> DatasetPayload:
    dataset, detail = shown.dataset, Detail.of(shown.views, LOOK_CLOSER)
    nothing = shapely.MultiPoint()
    shapes = [feature.shape if number in shown.features else nothing for number, feature in enumerate(dataset.features)]
    rings = _list_rings(shown) if has_ground else [()] * len(shapes)
    simple = simplify_shapes([nothing if found else shape for shape, found in zip(shapes, rings, strict=True)], detail)
    payload: DatasetPayload = {**(_lay_on_ground(rings, simple) if any(rings) else simple.pack())}  # type: ignore[typeddict-item]
    if simple.wanted:
        _tell_heavy(dataset, simple, len(payload["arcs"]), report)
    if shown.columns:
        payload["columns"] = [
            {
                "name": dataset.columns[column].called or dataset.columns[column].name,
                "texts": list(say_column(dataset, column, lang, shown.features)),
            }
            for column in shown.columns
        ]
    if shown.is_named:
        payload["middles"] = pack_points([find_middle(shape) for shape in shapes], detail.zoom)
    return payload


def _list_rings(shown: ShownData) -> list[Rings]:
    """The rings that the ground of the world has of each feature, where that is one of its countries.

    Closer to it the ground has finer outlines, in cells that cut countries to pieces: then there are none.
    """
    world = read_cell(0, 0, 0)
    if not shown.dataset.codes or world is None or any(finest_scale(view) for view in shown.views):
        return [()] * len(shown.dataset.features)
    codes = enumerate(shown.dataset.codes)
    return [world.country(code) if number in shown.features and code in world.codes else () for number, code in codes]


def _lay_on_ground(rings: Sequence[Rings], simple: SimpleShapes) -> GroundedPayload:
    """The shapes that the ground has `rings` of, and behind its arcs the others."""
    world = read_cell(0, 0, 0)
    assert world is not None, "it has rings"
    behind = len(world.arcs)
    own = iter([[ref + behind if ref >= 0 else ref - behind for ref in run] for run in simple.references])
    runs = [[*of_ground, *islice(own, count)] for of_ground, count in zip(rings, simple.counts, strict=True)]
    return {
        **simple.pack(),
        "runs": pack_rings(run for of_feature in runs for run in of_feature),
        "counts": [len(of_feature) for of_feature in runs],
        "grounded": True,
    }


def _tell_heavy(dataset: Dataset, simple: SimpleShapes, size: int, report: Report) -> None:
    """Tell of a layer that is more than a page should have; `size` is that of its outlines in bytes."""
    kilobytes = f"{size / 1000:,.0f} kB"
    if simple.points < simple.wanted:
        message = (
            f'the layer "{dataset.id}" has {simple.wanted:,} points at the closest view of its steps, '
            f"and is drawn more coarsely with {simple.points:,}, which are {kilobytes}"
        )
    else:
        message = f'the layer "{dataset.id}" has {simple.points:,} points, which are {kilobytes} of the page'
    report.warning(
        "heavy-layer",
        message,
        dataset.at,
        help=f"a page draws {MOST_POINTS:,} as finely as its steps show them: show a part with where, show them from "
        "farther away, or simplify them in QGIS or with mapshaper",
    )
