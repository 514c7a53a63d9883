"""Lines of a story by their numbers, as every stage of reading passes them on."""

from __future__ import annotations

from msgspec import Struct

from storymap.reading.text import TextSource


class Lines(Struct, frozen=True):
    """The lines `first` to `last`, from 1 and inclusive; `last < first` means none."""

    first: int
    last: int

    @property
    def empty(self) -> bool:
        """Whether there is no line."""
        return self.last < self.first


def find_paragraph(source: TextSource, first: int, last: int) -> Lines:
    """The first paragraph between the lines `first` and `last`, inclusive."""
    start = next((number for number in range(first, last + 1) if source.lines[number - 1].strip()), 0)
    if not start:
        return Lines(1, 0)
    end = next((number for number in range(start, last + 1) if not source.lines[number - 1].strip()), last + 1)
    return Lines(start, end - 1)
