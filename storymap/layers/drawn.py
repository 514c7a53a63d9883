"""What every kind of layer says of itself, so that whoever draws a scene need know none of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from msgspec import Struct

from storymap.addresses import ATLAS
from storymap.layers.figures import Figure, Paint
from storymap.model.data import Dataset
from storymap.model.layer import Layer
from storymap.model.place import LonLat
from storymap.model.scene import View
from storymap.model.sign import Sign

L = TypeVar("L", bound=Layer)


class PageIndex(Struct, frozen=True):
    """The numbers by which layers name, in a page's payload, what several scenes share.

    `places` are those of its list of places, by their ids, `data` those of its list of datasets, by theirs, and
    `columns` those of the list of columns of a dataset, by its id and the number of the column in the dataset. `here`
    is the page.
    """

    places: Mapping[str, int]
    data: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[tuple[str, int], int] = field(default_factory=dict)
    here: str = ATLAS


class Ground(Struct, frozen=True):
    """What a layer asks of the drawn map under it.

    `fills` are the ISO 3166-1 alpha-2 codes of countries that it fills; `spots` the positions of places that lie in a
    settlement rather than being one: that is named first.
    """

    fills: tuple[str, ...] = ()
    spots: tuple[LonLat, ...] = ()


class KeyEntry(Struct, frozen=True):
    """A line of the key: what a figure of this look on the map stands for, a circle where it has a `radius`.

    One with a `sign` stands for the places of a category, and has no look but that.
    """

    paint: Paint
    text: str
    radius: float = 0.0
    sign: Sign | None = None


class Key(Struct, frozen=True):
    """What has to be explained of a layer: a `title`, empty where the one entry says it, and an entry for each look."""

    title: str
    entries: tuple[KeyEntry, ...]


class DataUse(Struct, frozen=True):
    """What a layer shows of a dataset of its author's, by numbers: `features`, and `columns` that the browser tells.

    `is_named` says whether names of features stand on the map.
    """

    dataset: Dataset
    features: tuple[int, ...]
    columns: tuple[int, ...]
    is_named: bool


class TableUse(Struct, frozen=True):
    """What a table tells of a dataset, by numbers: a row for each of `features`, called as its value in column `names`.

    `names` is None where no column names them; `columns` are what else is told, `units` by column what is written in
    place of the unit of its header. `title` is that of the table.
    """

    dataset: Dataset
    features: tuple[int, ...]
    title: str
    names: int | None
    columns: tuple[int, ...]
    units: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Drawn(ABC, Generic[L]):
    """A layer as it is drawn everywhere: each kind says what it has, and nothing where it has nothing.

    `kind` is its tag in the payload, and the name of its file here and in the browser; `of` the class of its values.
    """

    kind: ClassVar[str]

    layer: L

    def credits(self) -> tuple[str, ...]:
        """Whom maps have to credit for it, in plain text."""
        return ()

    def ground(self) -> Ground:
        """What it asks of the drawn map."""
        return Ground()

    def data(self) -> DataUse | None:
        """What it shows of the author's data; None where it shows none."""
        return None

    def table(self) -> TableUse | None:
        """What a table tells of it, for who cannot see it; None where its sentences tell all."""
        return None

    @abstractmethod
    def payload(self, index: PageIndex) -> Mapping[str, Any] | None:
        """What the browser is told of it, with its `kind`: each kind has a type of its own for that.

        None where the browser knows it already, from the other scenes of its page.
        """

    def still(self, view: View) -> Sequence[Figure]:  # noqa: ARG002 - here and below: for those that have something
        """What it puts on a still of `view`, the lowest first."""
        return ()

    def keys(self, lang: str) -> tuple[Key, ...]:  # noqa: ARG002
        """What has to be explained of it, and does not explain itself: of its colours, of its sizes."""
        return ()

    def names(self, lang: str) -> tuple[str, ...]:  # noqa: ARG002
        """Names of what the map is of: "Prague", "Path (line, 7.2 km)"."""
        return ()

    def sentences(self, lang: str) -> tuple[str, ...]:  # noqa: ARG002
        """What else it shows, for who cannot see it: "Line: Prague, Brno (190 km)"."""
        return ()
