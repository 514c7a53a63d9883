"""What is told of a stage beside its map: what it takes to follow it, and its heights for an elevation profile."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from storymap.earth.tracks import measure_along, measure_effort
from storymap.model.track import Effort, Stage

SAMPLES = 160
"""Heights of a profile: one for every two pixels of the narrowest that is drawn."""


class StageSummary(Struct, frozen=True):
    """A stage without its points: `heights` as `sample_heights` gives them, the `lowest` and the `highest` recorded."""

    effort: Effort
    heights: tuple[int, ...]
    lowest: float = 0.0
    highest: float = 0.0

    @classmethod
    def of(cls, stage: Stage) -> StageSummary:
        """What is told of `stage`."""
        effort, heights = measure_effort(stage), tuple(sample_heights(stage))
        if not heights:
            return cls(effort, ())
        recorded = [point.elevation for point in stage.points if point.elevation is not None]
        return cls(effort, heights, min(recorded), max(recorded))


def sample_heights(stage: Stage) -> list[int]:
    """Metres above the sea at `SAMPLES` equal distances from the start to the end; none where they are not recorded."""
    along = measure_along(stage)
    heights = np.array([np.nan if point.elevation is None else point.elevation for point in stage.points])
    known = ~np.isnan(heights)
    if known.sum() < 2 or along[-1] <= 0:
        return []
    at = np.linspace(0, along[-1], SAMPLES)
    return [round(float(height)) for height in np.interp(at, along[known], heights[known])]
