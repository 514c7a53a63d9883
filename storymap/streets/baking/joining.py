"""Put together what was baked of streets in several places: what one map has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storymap.model.place import Bounds
from storymap.model.streets import StreetCell, StreetCredit, StreetLabel, Streets, StreetScale, Surroundings


def join_streets(baked: Iterable[Streets]) -> Streets | None:
    """All of `baked`, which share no ground, as one; None for none. Names that several have are in it once."""
    given = tuple(baked)
    if len(given) < 2:
        return given[0] if given else None
    cells: dict[tuple[int, int, int], list[StreetCell]] = {}
    numbers: dict[str, int] = {}
    labels: dict[StreetLabel, None] = {}
    own: dict[tuple[float, float], Surroundings] = {}
    credits: dict[str, tuple[tuple[int, Bounds], ...]] = {}
    for streets in given:
        new = [numbers.setdefault(name, len(numbers)) for name in streets.names]
        for scale in streets.scales:
            known = cells.setdefault((scale.min_zoom, scale.grid_zoom, scale.unit_zoom), [])
            known += (renumber(cell, new) for cell in scale.cells)
        labels |= dict.fromkeys(streets.labels)
        own |= {found.at: found for found in streets.own}
        credits |= {text: (*credits.get(text, ()), *boxes) for text, boxes in streets.credited}
    return Streets(
        tuple(
            StreetScale(*key, tuple(sorted(found, key=lambda cell: (cell.y, cell.x, cell.box))))
            for key, found in sorted(cells.items())
        ),
        tuple(numbers),
        tuple(sorted(labels, key=lambda label: label.first)),
        tuple(own.values()),
        tuple(StreetCredit(text, boxes) for text, boxes in credits.items()),
    )


def renumber(cell: StreetCell, new: Sequence[int]) -> StreetCell:
    """`cell` with the numbers that its names have among all."""
    return cell._replace(
        parts=tuple(
            part._replace(names=tuple(-1 if name < 0 else new[name] for name in part.names)) for part in cell.parts
        )
    )
