"""A step of a story that is written in Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from storymap.api.layers import FrameLayer


class Step:
    """A step: its `title`, its `text` in Markdown, and the fields that stand under a heading in a file.

    >>> Step("Prague", "The first *tram*.", place="Prague", date="1875-09-23", zoom=12, layers=[lines])

    `layers` are those that the map shows from here on, the lowest first; without it those of the step before stay, and
    an empty list shows none. One may also be the name of a layer in the story's front matter or in the settings of the
    project. A pair of numbers as `place` or `center` is latitude and longitude, as Folium has it. Files are named as in
    a story of the project.
    """

    def __init__(
        self, title: str, text: str = "", *, layers: Sequence[FrameLayer | str] | None = None, **fields: Any
    ) -> None:
        self.title = title
        self.text = text
        self.layers = None if layers is None else tuple(layers)
        self.fields = dict(_write_fields(fields))

    def __repr__(self) -> str:
        return f"Step({self.title!r})"


def _write_fields(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in fields.items():
        if value is not None:
            yield key, f"{value[0]}, {value[1]}" if key in {"place", "center"} and _is_pair(value) else value


def _is_pair(value: Any) -> bool:
    return isinstance(value, tuple | list) and len(value) == 2 and all(isinstance(one, int | float) for one in value)
