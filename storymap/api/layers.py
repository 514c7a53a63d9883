"""A GeoDataFrame as a layer: for any `folium.Map`, and for the steps of a story that is written in Python.

>>> import folium, storymap
>>> prices = storymap.layers.Areas.from_geopandas(frame, by="price", palette="oranges", popup=["name", "price"])
>>> prices.add_to(folium.Map())
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypedDict, Unpack

from storymap.drawing.guest_layer import GuestLayer
from storymap.errors import Location, Report, Severity
from storymap.geodata.datasets import take_dataset
from storymap.model.data import Dataset
from storymap.reading.layer_fields import LayerFields
from storymap.reading.site_fields import read_site_fields
from storymap.symbology.design import design_layers

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


class Style(TypedDict, total=False):
    """How a layer looks: what front matter has under a layer's name, with the same meanings.

    What front matter has under `color:`, from `by` to `missing`, may stand by itself.
    """

    title: str
    by: str | None
    scheme: str
    classes: int
    breaks: Sequence[float]
    palette: str
    reverse: bool
    format: str
    unit: str
    missing: str
    color: str | Mapping[str, Any]
    size: str | Mapping[str, Any]
    where: Mapping[str, str | float | Sequence[str | float]]
    width: float
    opacity: float
    dash: str
    label: str
    popup: str | Sequence[str]
    tooltip: str
    cluster: bool
    columns: Mapping[str, str]


_OF_COLOR = frozenset({"by", "scheme", "classes", "breaks", "palette", "reverse", "format", "unit", "missing"})
_ID = "data"


class FrameLayer(GuestLayer):
    """The features of a GeoDataFrame that are of one kind, and how they look."""

    _SHAPE: ClassVar[str]

    def __init__(self, dataset: Dataset, style: Style, *, lang: str) -> None:
        report = Report()
        self.dataset = dataset
        self.style = style
        self.lang = lang
        self.fields = _read_fields(style, self.where, report)
        layers = design_layers(type(self).__name__, dataset, self.fields, lang=lang, at=self.where, report=report)
        if not layers and not report.errors:
            report.error("nothing-shown", "no feature has the value that is asked for", self.where("where"))
        _tell(report)
        super().__init__(layers, name=layers[0].title, lang=lang)

    @classmethod
    def from_geopandas(cls, frame: GeoDataFrame, *, lang: str = "en", **style: Unpack[Style]) -> Self:
        """The layer of those rows of `frame` that have such shapes, in any reference system; all columns come along.

        `lang` is the BCP 47 tag of the language in which its key and its values are written, on a map that is not a
        story's. Raises `StorymapError` with every mistake, and warns of what is odd in the data.
        """
        report, at = Report(), Location(f"{cls.__name__}.from_geopandas(frame)")
        dataset = take_dataset(_ID, frame, at, report)
        features = [
            feature
            for feature in (dataset.features if dataset else ())
            if feature.shape.geom_type.removeprefix("Multi") == cls._SHAPE
        ]
        if dataset is None or not features:
            kinds = {"Polygon": "Areas", "LineString": "Lines", "Point": "Points"}
            found = {feature.shape.geom_type.removeprefix("Multi") for feature in (dataset.features if dataset else ())}
            help = " or ".join(f"{name}.from_geopandas(…)" for shape, name in kinds.items() if shape in found)
            report.error("nothing-shown", f"the frame has no {cls.__name__.lower()}", at, help and f"try {help}")
            report.raise_errors()
        assert dataset is not None
        _tell(report)
        return cls(replace(dataset, features=tuple(features)), style, lang=lang)

    def with_style(self, **changes: Unpack[Style]) -> Self:
        """The same data, shown otherwise: such as another column, `with_style(by="price_2014")`; None takes back."""
        return type(self)(self.dataset, {**self.style, **changes}, lang=self.lang)

    def where(self, *path: str | int) -> Location:
        """The argument that a value of the layer's fields comes from, for telling what is wrong with it."""
        if len(path) > 1 and path[0] == "color" and path[1] in self.style:
            path = path[1:]
        name = ".".join(map(str, path))
        return Location(f"{type(self).__name__}.from_geopandas({name}=…)" if name else type(self).__name__)


class Areas(FrameLayer):
    """Areas of a GeoDataFrame, such as regions that are coloured by a number; with `size`, circles in their midst."""

    _SHAPE = "Polygon"


class Lines(FrameLayer):
    """Lines of a GeoDataFrame, such as rivers."""

    _SHAPE = "LineString"


class Points(FrameLayer):
    """Points of a GeoDataFrame, as circles."""

    _SHAPE = "Point"


def write_fields(style: Style) -> dict[str, Any]:
    """`style` as front matter has it under the name of a layer, without the file."""
    given: dict[str, Any] = {key: value for key, value in style.items() if value is not None}
    color = {key: given.pop(key) for key in list(given) if key in _OF_COLOR}
    if color:
        own = given.get("color", {})
        given["color"] = {**(own if isinstance(own, Mapping) else {"fill": own}), **color}
    if isinstance(given.get("size"), str):
        given["size"] = {"by": given["size"]}
    return given


def _read_fields(style: Style, where: Any, report: Report) -> LayerFields:
    def locate(*path: str) -> Location:
        location: Location = where(*path[2:])
        return location

    fields = read_site_fields({_ID: {"from": "frame", **write_fields(style)}}, locate, report).layers[_ID]
    report.raise_errors()
    return fields


def _tell(report: Report) -> None:
    """Raise the mistakes in `report`, and warn of what is odd."""
    report.raise_errors()
    for problem in report.problems:
        if problem.severity is Severity.WARNING:
            warnings.warn(str(problem), stacklevel=4)
