"""How one file of a site is made, as a value: a function and what it is made of.

Two equal recipes make the same bytes, so a file whose recipe is as it was need not be made again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from storymap.errors import Report


@dataclass(frozen=True, slots=True)
class Recipe:
    """`make(*inputs, report=…)` gives the bytes. It depends on nothing else, and nobody changes the inputs."""

    make: Callable[..., bytes]
    inputs: tuple[Any, ...] = ()

    def follow(self, report: Report) -> bytes:
        """The bytes of the file; what the making finds goes to `report`. Raises `StorymapError` where it cannot be."""
        return self.make(*self.inputs, report=report)


def keep(data: bytes, *, report: Report) -> bytes:  # noqa: ARG001 - as every recipe is followed
    """The recipe of a file whose bytes are there already."""
    return data
