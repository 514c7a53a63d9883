"""Suspect bounds that are written latitude first: none of what a story shows lies within, and turned round it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from storymap.errors import Report
from storymap.model.place import Bounds
from storymap.reading.source import StepSource, StorySource
from storymap.reading.yaml_mapping import Path


def tell_swapped_bounds(
    source: StorySource, shown: Iterable[Sequence[Bounds]], known: Sequence[Bounds], report: Report
) -> None:
    """Warn of bounds in the steps of `source`, of views and of pictures, that seem to have the latitude first.

    `shown` are boxes around what each step goes to, `known` around all that the story does, by which a step is judged
    that goes nowhere.
    """
    for step, own in zip(source.steps, shown, strict=True):
        for keys, written in _list_bounds(step):
            west, south, east, north = written
            turned = south, west, north, east
            if not (_is_box(written) and _is_box(turned)):
                continue
            told, meant = Bounds(*written), Bounds(*turned)
            boxes = own or known
            if any(told.meets(box) for box in boxes) or not any(meant.meets(box) for box in boxes):
                continue
            report.warning(
                "swapped-coordinates",
                "nothing that is shown lies within these bounds, but would with latitude and longitude swapped",
                step.fields.where(*keys),
                f"west stands first, then south, east and north: [{', '.join(f'{number:g}' for number in turned)}]",
            )


def _list_bounds(step: StepSource) -> Iterator[tuple[Path, tuple[float, float, float, float]]]:
    """Bounds that a step writes, with the keys that lead to them."""
    fields = step.fields
    if fields.bounds is not None:
        yield ("bounds",), fields.bounds
    if fields.image is not None and fields.image.bounds is not None:
        yield ("image", "bounds"), fields.image.bounds


def _is_box(written: Sequence[float]) -> bool:
    west, south, east, north = written
    return abs(west) <= 180 and abs(east) <= 180 and -90 <= south < north <= 90 and west != east
