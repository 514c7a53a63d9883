"""Remember what a build made, so that the next one makes only what an edit changed.

Nothing is remembered by time or by guess: each value is kept under a name together with the very inputs that it was
made of, and is used again only where the inputs are equal. A build with an empty memory is a clean build, and gives
the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from storymap.building.shelf import Shelf
from storymap.errors import Report

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kept:
    inputs: tuple[Any, ...]
    value: Any
    report: Report


class Memory:
    """The values of one round of work, which the next round may use again.

    A round ends with `turn`: what was not asked for in it is forgotten. `shelf` has the project's files.
    """

    def __init__(self) -> None:
        self.shelf = Shelf()
        self._before: dict[tuple[str, ...], _Kept] = {}
        self._now: dict[tuple[str, ...], _Kept] = {}

    def recall(self, name: tuple[str, ...], make: Callable[..., T], *inputs: Any, report: Report) -> T:
        """What `make(*inputs, report=…)` gives, made anew only if the inputs differ from those of the last round.

        `name` is unique in a round. `make` must depend on nothing but its inputs, which must never change afterwards;
        what it reported is told again each time.
        """
        kept = self._before.get(name)
        if kept is None or kept.inputs != inputs:
            found = Report()
            kept = _Kept(inputs, make(*inputs, report=found), found)
        self._now[name] = kept
        report.include(kept.report)
        value: T = kept.value
        return value

    def turn(self) -> None:
        """End the round."""
        self._before, self._now = self._now, {}
