"""Say where the values of a line of a table stand, so that a mistake is told where it is."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from storymap.errors import Location


class Cells(Struct, frozen=True):
    """Where the values of one line of a table begin and end; none where a value runs over several lines.

    `path` is the file's, `number` the line's, `line` as it is written.
    """

    path: str
    number: int
    line: str
    separator: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, path: str, number: int, lines: Sequence[str], separator: str) -> Cells:
        """The cells of the line `number` of `lines`, quoted ones with their quotation marks."""
        line = lines[number - 1]
        spans = []
        start = 0
        quoted = False
        for offset, character in enumerate(line):
            if character == '"':
                quoted = not quoted
            elif character == separator and not quoted:
                spans.append((start, offset))
                start = offset + 1
        spans.append((start, len(line)))
        return cls(path, number, line, separator, () if quoted else tuple(spans))

    def at(self, *columns: int | None) -> Location:
        """The location of the values in `columns` where they are neighbours, else of the first; else of the line."""
        wanted = sorted(column for column in columns if column is not None and column < len(self.spans))
        if not wanted:
            return Location(self.path, self.number, 1, max(1, len(self.line)), self.line)
        last = wanted[-1] if wanted[-1] - wanted[0] == len(wanted) - 1 else wanted[0]
        start, end = self.spans[wanted[0]][0], self.spans[last][1]
        start += len(self.line[start:end]) - len(self.line[start:end].lstrip())
        return Location(self.path, self.number, start + 1, max(1, len(self.line[start:end].rstrip())), self.line)
