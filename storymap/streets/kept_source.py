"""A file of street data that remembers what it was asked for, while streets are baked several times over."""

from __future__ import annotations

from storymap.model.place import Bounds
from storymap.streets.features import StreetFeature
from storymap.streets.sources import StreetSource


class KeptSource:
    """What `source` says, read from its file once for each question."""

    def __init__(self, source: StreetSource) -> None:
        self.name, self.credit, self.bounds, self.zooms = source.name, source.credit, source.bounds, source.zooms
        self.covers = source.covers
        self._source = source
        self._read: dict[tuple[Bounds, int], list[StreetFeature]] = {}

    def read(self, bounds: Bounds, zoom: int) -> list[StreetFeature]:
        """What meets `bounds`, as a map at `zoom` needs it. Raises `StreetFileError`."""
        kept = self._read.get((bounds, zoom))
        if kept is None:
            kept = self._read[bounds, zoom] = self._source.read(bounds, zoom)
        return kept
