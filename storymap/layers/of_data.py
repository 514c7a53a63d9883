"""What areas, lines and points of the author's data have in common: how they look, in the browser and in pictures."""

from __future__ import annotations

from typing import ClassVar, Generic, Literal, NotRequired, TypedDict, TypeVar

from msgspec.structs import replace

from storymap.layers.drawn import DataUse, Drawn, Key, KeyEntry, PageIndex, TableUse
from storymap.layers.figures import Paint, PaintedShape
from storymap.layers.key_payload import KeyPayload, PaintPayload, write_key, write_paint
from storymap.layers.telling import find_name_column, tell_values
from storymap.model.data import Value
from storymap.model.layer import FeatureLayer, Side
from storymap.model.scene import View

SIZE_EDGE = "#6d6355"
"""The circles with which the key explains sizes."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

L = TypeVar("L", bound=FeatureLayer)


class PopupPayload(TypedDict):
    """What a chosen feature tells: columns of its dataset in the page, or safe HTML for each shown feature."""

    columns: NotRequired[list[int]]
    html: NotRequired[list[str]]


class DataLayerPayload(TypedDict):
    """Features of a dataset of the page and how they look: `data` is its number.

    `shown` are numbers of features, left out where all are shown. Each of them has its class in `classes`, a digit in
    base 36, which is a number in `paints`, and perhaps the radius of its circle. `label` and `tooltip` are numbers of
    columns of the dataset in the page.
    """

    kind: Literal["areas", "lines", "points"]
    data: int
    shown: NotRequired[list[int]]
    classes: str
    paints: list[PaintPayload]
    radii: NotRequired[list[float]]
    keys: list[KeyPayload]
    label: NotRequired[int]
    tooltip: NotRequired[int]
    popup: NotRequired[PopupPayload]
    cluster: NotRequired[Literal[True]]
    side: NotRequired[Side]


class DrawnData(Drawn[L], Generic[L]):
    """A layer of the author's data as it is drawn everywhere."""

    mark: ClassVar[float] = 0.0
    """Radius in pixels of the circle that stands for a class in the key; none is a patch, or a line."""

    def data(self) -> DataUse:
        """Its features with their names, what stands beside the pointer, and what a chosen feature tells."""
        layer = self.layer
        columns = tuple(column for column in (layer.label, layer.tooltip, *self._told) if column is not None)
        return DataUse(layer.dataset, layer.shown, columns, is_named=layer.label is not None)

    def table(self) -> TableUse:
        """Its features with what decides their looks, and what they tell."""
        layer = self.layer
        columns = (layer.label, layer.color_by, layer.size_by, layer.tooltip, *self._told)
        return TableUse(
            layer.dataset,
            layer.shown,
            layer.title,
            names=find_name_column(layer),
            columns=tuple(column for column in columns if column is not None),
            units={} if layer.color_by is None or not layer.unit else {layer.color_by: layer.unit},
        )

    def payload(self, index: PageIndex) -> DataLayerPayload:
        """How its features look; their shapes and values stand in the page's list of datasets."""
        layer, id_ = self.layer, self.layer.dataset.id
        payload: DataLayerPayload = {
            "kind": self.kind,  # type: ignore[typeddict-item]  # mypy knows no class variable that is a literal
            "data": index.data[id_],
            "classes": "".join(_DIGITS[number] for number in layer.class_of),
            "paints": [write_paint(self.paint(one.color)) for one in layer.classes],
            "keys": [write_key(key) for key in self.keys("")],
        }
        if layer.shown != tuple(range(len(layer.dataset.features))):
            payload["shown"] = list(layer.shown)
        if layer.radii:
            payload["radii"] = list(layer.radii)
        if layer.label is not None:
            payload["label"] = index.columns[id_, layer.label]
        if layer.tooltip is not None:
            payload["tooltip"] = index.columns[id_, layer.tooltip]
        if layer.side is not None:
            payload["side"] = layer.side
        if layer.popup is not None:
            payload["popup"] = {}
            if layer.popup.columns:
                payload["popup"]["columns"] = [index.columns[id_, column] for column in layer.popup.columns]
            if layer.popup.html:
                payload["popup"]["html"] = list(layer.popup.html)
        if layer.cluster:
            payload["cluster"] = True
        return payload

    def still(self, view: View) -> tuple[PaintedShape, ...]:  # noqa: ARG002 - the picture leaves out what it does not show
        """Its features."""
        layer = self.layer
        radii = layer.radii or (0.0,) * len(layer.shown)
        return tuple(
            PaintedShape(
                feature.shape,
                self.paint(layer.classes[number].color),
                radius=radius,
                name=self._name(feature.values),
                side=layer.side,
            )
            for feature, number, radius in zip(layer.features, layer.class_of, radii, strict=True)
        )

    def keys(self, lang: str) -> tuple[Key, ...]:  # noqa: ARG002 - its texts are in the story's language
        """Its classes, and its sizes."""
        layer = self.layer
        title = f"{layer.title} ({layer.unit})" if layer.unit else layer.title
        keys = []
        if layer.color_by is not None:
            entries = (KeyEntry(self.paint(one.color), one.text, self.mark) for one in layer.classes)
            keys.append(Key(title, tuple(entries)))
            title = "" if layer.size_by is None else layer.dataset.columns[layer.size_by].title
        if layer.sizes:
            paint = replace(self.paint(SIZE_EDGE), fill="", stroke=SIZE_EDGE)
            keys.append(Key(title, tuple(KeyEntry(paint, size.text, size.radius) for size in layer.sizes)))
        return tuple(keys) or (Key("", (KeyEntry(self.paint(layer.classes[0].color), layer.title, self.mark),)),)

    def sentences(self, lang: str) -> tuple[str, ...]:
        """What stands out in the column that decides its colours, or its sizes."""
        told = tell_values(self.layer, lang)
        return (told,) if told else ()

    def names(self, lang: str) -> tuple[str, ...]:
        """What the key calls it, where nothing else is told of it."""
        return () if self.sentences(lang) else (self.layer.title,)

    def paint(self, color: str) -> Paint:
        """How a feature of this colour looks."""
        layer = self.layer
        return Paint(stroke=color, width=layer.width, opacity=layer.opacity, dash=layer.dash)

    @property
    def _told(self) -> tuple[int, ...]:
        """The columns that a chosen feature tells."""
        return self.layer.popup.columns if self.layer.popup else ()

    def _name(self, values: tuple[Value, ...]) -> str:
        label = self.layer.label
        value = None if label is None else values[label]
        return "" if value is None else str(value)
