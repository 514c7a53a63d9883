"""Bake the streets of a story: open its sources, and for each scale choose, generalise, cut and pack.

What is the same however coarsely they are drawn is done once, also where they are baked several times over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from storymap.earth.extent import Extent, project_bounds
from storymap.earth.mercator import unproject_x, unproject_y
from storymap.look import LOOK
from storymap.model.place import Bounds, LonLat
from storymap.model.scene import View
from storymap.model.streets import StreetCell, StreetCredit, StreetLabel, Streets, StreetScale, Surroundings
from storymap.streets.baking.extents import Seen, cover, list_extents
from storymap.streets.baking.generalising import NEEDS, Prepared, generalise, prepare_features
from storymap.streets.baking.joining import renumber
from storymap.streets.baking.naming import choose_name, complete_names, list_labels
from storymap.streets.baking.packing import Packed, pack_cells
from storymap.streets.baking.surroundings import find_surroundings
from storymap.streets.cutting import cut_features
from storymap.streets.sources import StreetSource

_CLOSER = 0.8
"""How many zooms closer than the scale begins a reader still finds new names."""

_EARLY = 0.4
"""And how many closer than a view, which a large screen shows closer than it is."""

_PASSED = 1.6
"""How much coarser streets are that a map only passes on its way."""


class Baker:
    """Bakes what `sources` have of streets for `views`, as coarsely as it is told.

    `spots` are places of which it is found out what surrounds them. Of sources that cover the same the first is taken.
    Names are said in `lang`, a BCP 47 tag, as far as they are known in it.
    """

    def __init__(
        self, sources: Sequence[StreetSource], views: Iterable[View], *, spots: Sequence[LonLat] = (), lang: str = "en"
    ) -> None:
        seen = tuple(views)
        wanted = list_extents(seen)
        closest = max((number for number, extents in enumerate(wanted) if extents), default=0)
        limits = [*(look.min_zoom for look in LOOK.streets.scales[1:]), 99.0]
        limits[closest] = max([LOOK.streets.scales[closest].min_zoom + _CLOSER, *(view.zoom + _EARLY for view in seen)])
        said = _Said(tuple(spots), lang)
        self._pieces = [
            [
                _Piece(number, source, covered, shown, limits[number], said)
                for source, covered, shown in _share_out(sources, extents, number)
            ]
            for number, extents in enumerate(wanted)
        ]

    def bake(self, coarseness: Mapping[View, float], *, only: int | None = None) -> Streets | None:
        """The streets, of each view as coarse as is said, 1 for as usual; None where no view comes close to any.

        With `only` there is that scale alone, by its number, coarse to fine. Raises `StreetFileError`.
        """
        scales: list[StreetScale] = []
        labels: dict[StreetLabel, None] = {}
        own: dict[tuple[float, float], Surroundings] = {}
        credits: dict[str, list[tuple[int, Bounds]]] = {}
        numbers: dict[str, int] = {}
        for number, (look, pieces) in enumerate(zip(LOOK.streets.scales, self._pieces, strict=True)):
            if only not in {None, number}:
                continue
            cells: list[StreetCell] = []
            for piece in pieces:
                drawn, names = piece.draw(coarseness)
                new = [numbers.setdefault(name, len(numbers)) for name in names]
                cells += (renumber(cell, new) for cell in drawn)
                credits.setdefault(piece.source.credit, []).append((look.min_zoom, piece.asked))
                labels |= dict.fromkeys(piece.content.labels)
                own |= {found.at: found for found in piece.content.own}
            if cells:
                cells.sort(key=lambda cell: (cell.y, cell.x, cell.box))
                scales.append(StreetScale(look.min_zoom, look.grid_zoom, look.unit_zoom, tuple(cells)))
        if not scales:
            return None
        return Streets(
            tuple(scales),
            tuple(numbers),
            tuple(sorted(labels, key=lambda label: label.first)),
            tuple(own.values()),
            tuple(StreetCredit(text, tuple(boxes)) for text, boxes in credits.items()),
        )


def bake_streets(
    sources: Sequence[StreetSource],
    views: Mapping[View, float],
    *,
    spots: Sequence[LonLat] = (),
    lang: str = "en",
) -> Streets | None:
    """What `sources` have for `views`, each as coarse as is said: see `Baker`. Raises `StreetFileError`."""
    return Baker(sources, views, spots=spots, lang=lang).bake(views)


class _Said(NamedTuple):
    """Of which places it is said what surrounds them, and in which language all is named."""

    spots: tuple[LonLat, ...]
    lang: str


class _Content(NamedTuple):
    """What a piece holds, ready to be drawn, and what is said there."""

    prepared: Prepared
    labels: tuple[StreetLabel, ...]
    own: tuple[Surroundings, ...]


class _Piece:
    """A part of the plane that one source draws, in the scale of a `number`, for the views that are `shown` there.

    Its lines bear names that are said before the zoom `limit`.
    """

    def __init__(
        self, number: int, source: StreetSource, covered: BaseGeometry, shown: Sequence[Seen], limit: float, said: _Said
    ) -> None:
        self.source, self.asked = source, _degrees(covered.bounds)
        self._look, self._need = LOOK.streets.scales[number], NEEDS[number]
        self._covered, self._shown, self._limit, self._said = covered, shown, limit, said
        self._drawn: dict[float, Packed] = {}

    @cached_property
    def content(self) -> _Content:
        """What it holds. Raises `StreetFileError`."""
        features = complete_names(cut_features(self.source.read(self.asked, self._look.min_zoom), self.asked))
        names = {
            index: choose_name(feature.names, self._said.lang, is_sign=True)
            for index, feature in enumerate(features)
            if feature.names and _says_sign(feature.kind, self._limit)
        }
        around = tuple(find_surroundings(features, self._said.spots, self.asked, self._said.lang))
        labels = (*list_labels(features, self._said.lang), *(label for found in around for label in found.labels))
        return _Content(
            prepare_features(features, self._need, self._look.unit_zoom, names),
            tuple(label for label in labels if label.first < self._limit),
            tuple(found.surroundings for found in around),
        )

    def draw(self, coarseness: Mapping[View, float]) -> Packed:
        """Its cells, as finely as the finest of its views wants. Raises `StreetFileError`."""
        coarse = min(coarseness[view] * (_PASSED if is_passed else 1) for view, is_passed in self._shown)
        if coarse not in self._drawn:
            units = 1 << self._look.unit_zoom
            covered = affinity.scale(self._covered, units, units, origin=(0, 0))
            drawn = generalise(self.content.prepared, self._need.coarsen(coarse))
            self._drawn[coarse] = pack_cells(drawn, covered, 1 << (self._look.unit_zoom - self._look.grid_zoom))
        return self._drawn[coarse]


def _share_out(
    sources: Sequence[StreetSource], wanted: Mapping[Extent, Seen], number: int
) -> Iterator[tuple[StreetSource, BaseGeometry, tuple[Seen, ...]]]:
    """Which source draws which part of the plane, none of them twice, and who sees it; what is far apart stays so."""
    zoom = LOOK.streets.scales[number].min_zoom
    left = cover(wanted)
    for source in sources:
        held = cover(map(project_bounds, source.covers(zoom)))
        for piece in shapely.get_parts(shapely.intersection(left, held)):
            if piece.area:
                shown = tuple(seen for extent, seen in wanted.items() if cover([extent]).intersects(piece))
                yield source, piece, shown
        left = shapely.difference(left, held)


def _degrees(box: tuple[float, float, float, float]) -> Bounds:
    west, north, east, south = box
    return Bounds(unproject_x(west), unproject_y(south), unproject_x(east), unproject_y(north))


def _says_sign(kind: str, limit: float) -> bool:
    """Whether lines of a kind say their names before the zoom at which their scale is no longer shown."""
    first, _ = LOOK.streets.names.get(kind, (limit, 0.0))
    return first < limit
