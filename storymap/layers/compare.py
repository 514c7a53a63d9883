"""The line between two pictures or layers that a step compares."""

from __future__ import annotations

from typing import ClassVar, Literal, TypedDict

from msgspec import Struct

from storymap.language.words import interface_words
from storymap.layers.drawn import Drawn, PageIndex
from storymap.layers.figures import Halves
from storymap.model.layer import Layer
from storymap.model.scene import View


class Compare(Struct, Layer, frozen=True):
    """A line that the reader moves, between pictures or layers on both sides; `left` and `right` are their titles."""

    left: str
    right: str


class ComparePayload(TypedDict):
    """What lies on each side of the line; the layers themselves say on which they lie."""

    kind: Literal["compare"]
    left: str
    right: str


class DrawnCompare(Drawn[Compare]):
    """The line as it is drawn everywhere."""

    kind: ClassVar[str] = "compare"

    def payload(self, index: PageIndex) -> ComparePayload:  # noqa: ARG002 - it has no places
        """What the sides are called."""
        return {"kind": "compare", "left": self.layer.left, "right": self.layer.right}

    def still(self, view: View) -> tuple[Halves]:  # noqa: ARG002 - the line stands in the middle of any
        """What the halves are called."""
        return (Halves(self.layer.left, self.layer.right),)

    def sentences(self, lang: str) -> tuple[str, ...]:
        """What lies left of the line, and what right of it."""
        return (interface_words(lang).page["map_compare"].format(left=self.layer.left, right=self.layer.right),)
