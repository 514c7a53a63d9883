"""The author's own data as maps show it: features with their values, read from a file that makes no places.

What a layer makes of them (colours, sizes, names) stands in `storymap.model.layer`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from storymap.errors import Location

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Value: TypeAlias = str | float | None
"""What a feature has in a column: a text, a number, or nothing."""


class Column(Struct, frozen=True):
    """A column of a dataset: its `name` as the file has it, and the `unit` that its header gives, if it gives one.

    `called` is what readers find it called, where its author says so.
    """

    name: str
    unit: str = ""
    called: str = ""

    @property
    def title(self) -> str:
        """What it is called, or its name without the unit in brackets at its end."""
        if self.called:
            return self.called
        for unit in (f"({self.unit})", f"[{self.unit}]"):
            if self.unit and self.name.endswith(unit):
                return self.name.removesuffix(unit).strip() or self.name
        return self.name


class Feature(Struct, frozen=True):
    """One record: its shape in lon/lat, valid and not empty, and a value for each column of its dataset."""

    shape: BaseGeometry
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """What an author named once under `layers:`; `id` is that name, unique in a story.

    Features stand in the order of the file. Their outlines are as fine as the file has them. `at` is where it is named.
    `codes` are those of ISO 3166 of features that are the countries of the world, for which there is no file.
    """

    id: str
    columns: tuple[Column, ...]
    features: tuple[Feature, ...]
    at: Location = field(default=Location(""), compare=False)
    codes: tuple[str, ...] = ()

    def find_column(self, name: str) -> int | None:
        """The number of the column called `name`; None where there is none."""
        return next((number for number, column in enumerate(self.columns) if column.name == name), None)
