"""What areas, lines and points of the author's data have in common: how they look, in the browser and in pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, Literal, NotRequired, TypedDict, TypeVar

from storymap.layers.drawn import Drawn, Figure, Key, KeyEntry, PageIndex, Paint, StillPart
from storymap.model.data import Dataset, Value
from storymap.model.layer import FeatureLayer
from storymap.model.scene import View

SIZE_EDGE = "#6d6355"
"""The circles with which the key explains sizes."""

L = TypeVar("L", bound=FeatureLayer)


class DataLayerPayload(TypedDict):
    """Features of a dataset of the page and how they look: `data` is its number, `shown` are numbers of its features.

    Each of these has its class in `classes`, a number in `colors` (`#rrggbb`). `width` and `dash` are in pixels.
    """

    kind: Literal["areas", "lines", "points"]
    data: int
    shown: list[int]
    classes: list[int]
    colors: list[str]
    width: float
    opacity: float
    dash: NotRequired[list[float]]
    radii: NotRequired[list[float]]


@dataclass(frozen=True, slots=True)
class DrawnData(Drawn, Generic[L]):
    """A layer of the author's data as it is drawn everywhere."""

    layer: L

    def dataset(self) -> Dataset:
        """Its data."""
        return self.layer.dataset

    def payload(self, index: PageIndex) -> DataLayerPayload:
        """How its features look; their shapes and values stand in the page's list of datasets."""
        layer = self.layer
        payload: DataLayerPayload = {
            "kind": self.kind,  # type: ignore[typeddict-item]  # mypy knows no class variable that is a literal
            "data": index.data[layer.dataset.id],
            "shown": list(layer.shown),
            "classes": list(layer.class_of),
            "colors": [one.color for one in layer.classes],
            "width": layer.width,
            "opacity": layer.opacity,
        }
        if layer.dash:
            payload["dash"] = list(layer.dash)
        if layer.radii:
            payload["radii"] = list(layer.radii)
        return payload

    def still(self, view: View) -> StillPart:  # noqa: ARG002 - the picture leaves out what it does not show
        """Its features."""
        layer = self.layer
        radii = layer.radii or (0.0,) * len(layer.shown)
        return StillPart(
            figures=tuple(
                Figure(feature.shape, self.paint(layer.classes[number].color), radius, self._name(feature.values))
                for feature, number, radius in zip(layer.features, layer.class_of, radii, strict=True)
            )
        )

    def keys(self, lang: str) -> tuple[Key, ...]:  # noqa: ARG002 - its texts are in the story's language
        """Its classes, and its sizes."""
        layer = self.layer
        title = f"{layer.title} ({layer.unit})" if layer.unit else layer.title
        keys = []
        if layer.color_by is not None:
            keys.append(Key(title, tuple(KeyEntry(self.paint(one.color), one.text) for one in layer.classes)))
            title = "" if layer.size_by is None else layer.dataset.columns[layer.size_by].name
        if layer.sizes:
            paint = replace(self.paint(""), fill="", stroke=SIZE_EDGE)
            keys.append(Key(title, tuple(KeyEntry(paint, size.text, size.radius) for size in layer.sizes)))
        return tuple(keys) or (Key("", (KeyEntry(self.paint(layer.classes[0].color), layer.title),)),)

    def names(self, lang: str) -> tuple[str, ...]:  # noqa: ARG002 - the author gave it
        """What the key calls it."""
        return (self.layer.title,)

    def paint(self, color: str) -> Paint:
        """How a feature of this colour looks."""
        layer = self.layer
        return Paint(stroke=color, width=layer.width, opacity=layer.opacity, dash=layer.dash)

    def _name(self, values: tuple[Value, ...]) -> str:
        label = self.layer.label
        value = None if label is None else values[label]
        return "" if value is None else str(value)
