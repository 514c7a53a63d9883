"""The heights of a stage at equal distances, for its elevation profile."""

from __future__ import annotations

import numpy as np

from storymap.earth.tracks import measure_along
from storymap.model.track import Stage

SAMPLES = 160
"""Heights of a profile: one for every two pixels of the narrowest that is drawn."""


def sample_heights(stage: Stage) -> list[int]:
    """Metres above the sea at `SAMPLES` equal distances from the start to the end; none where they are not recorded."""
    along = measure_along(stage)
    heights = np.array([np.nan if point.elevation is None else point.elevation for point in stage.points])
    known = ~np.isnan(heights)
    if known.sum() < 2 or along[-1] <= 0:
        return []
    at = np.linspace(0, along[-1], SAMPLES)
    return [round(float(height)) for height in np.interp(at, along[known], heights[known])]
