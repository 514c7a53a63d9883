"""Show text in a terminal: nothing in it can act there, and what stands below it stands below the right character.

At the bottom of the package, so that `storymap.errors` can say how a mistake looks.
"""

from __future__ import annotations

import unicodedata

LONGEST_EXCERPT = 120
"""Characters of a source line that are shown; of a longer line those around the mistake."""

_ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories of characters that could act on a terminal: controls, bidi overrides, line separators."""


def printable(text: str) -> str:
    """`text` with every character that could act on a terminal shown as an escape."""
    return "".join(
        character
        if unicodedata.category(character) not in _ACTING
        else character.encode("unicode_escape", "surrogatepass").decode("ascii")
        for character in text
    )


def count_cells(text: str) -> int:
    """Terminal cells that `text` takes once it is printable: two for wide East Asian characters, none for marks."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in printable(text)
    )


def show_source(written: str, *, line: int, column: int, length: int) -> tuple[str, ...]:
    """The source line `written` after its number, and under it carets from `column` on, unless that is 0.

    Both are cut to `LONGEST_EXCERPT` around the mistake.
    """
    first = max(0, column - 1 - LONGEST_EXCERPT // 2) if len(written) > LONGEST_EXCERPT else 0
    shown = written[first : first + LONGEST_EXCERPT].replace("\t", " ")
    numbered = f"{line:5d} | {printable(shown)}"
    if not column:
        return (numbered,)
    before = shown[: column - 1 - first]
    marked = shown[column - 1 - first :][:length] or " "
    return numbered, " " * 6 + "| " + " " * count_cells(before) + "^" * max(1, count_cells(marked))
