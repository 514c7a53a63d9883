"""Steps as a table: a line for each step at each of its places."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from storymap.exchange.records import StoryRecord
from storymap.model.time import OPEN

_COLUMNS = (
    "name", "lat", "lon", "country", "category", "story", "step", "title", "date", "begins", "ends", "text", "url"
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t")
"""How a text begins that a spreadsheet would reckon with, or run."""


def write_csv(stories: Sequence[StoryRecord]) -> bytes:
    """A table in UTF-8, with the mark at its start by which spreadsheets know that."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_list_rows(stories))
    return file.getvalue().encode("utf-8-sig")


def _list_rows(stories: Sequence[StoryRecord]) -> Iterator[list[str]]:
    for story in stories:
        for step, place in story.visits:
            lat, lon = place.point.lat_lon
            before = [place.name]
            figures = [f"{lat:.7f}".rstrip("0").rstrip("."), f"{lon:.7f}".rstrip("0").rstrip(".")]
            edges = (step.when.first, step.when.last) if step.when else ("", "")
            dates = [step.date, *("" if edge == OPEN else edge for edge in edges)]
            after = [place.country, place.category, story.title, str(step.number), step.title]
            yield [*map(_disarm, before), *figures, *map(_disarm, [*after, *dates, step.text, step.url])]


def _disarm(text: str) -> str:
    """`text` so that it is one in a spreadsheet, too."""
    return f"'{text}" if text.startswith(_FORMULA) else text
