"""Lines of the author's data, such as rivers and borders of a time."""

from __future__ import annotations

from typing import ClassVar

from storymap.layers.of_data import DrawnData
from storymap.model.layer import Lines


class DrawnLines(DrawnData[Lines]):
    """Lines as they are drawn everywhere."""

    kind: ClassVar[str] = "lines"
