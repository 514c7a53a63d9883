"""Make steps of a recorded way: one for each stage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.describe import name_surroundings
from storymap.model.place import LonLat
from storymap.model.track import Stage, TrackFile, TrackPoint
from storymap.starter.steps import Leg, NewStep


def step_stages(track: TrackFile, file: Path, builtin: BuiltinGazetteer) -> Iterator[NewStep]:
    """A step for each stage of `track`, read from `file`: called as the stage is, or from where to where it goes."""
    several = len(track.stages) > 1
    for number, stage in enumerate(track.stages, 1):
        times = [_tell_local(point) for point in (stage.points[0], stage.points[-1]) if point.time is not None]
        days = sorted({time[:10] for time in times})
        yield NewStep(
            title=stage.name or _name_stage(stage, builtin),
            begins=times[0] if times else "",
            leg=Leg(file, number if several else 0),
            date="/".join(days),
        )


def _name_stage(stage: Stage, builtin: BuiltinGazetteer) -> str:
    """From where to where it goes: "Kranjska Gora – Bovec"; one name for a round."""
    ends = (stage.points[0], stage.points[-1])
    names = [name_surroundings(LonLat(point.lon, point.lat), builtin) for point in ends]
    return " – ".join(dict.fromkeys(names))


def _tell_local(point: TrackPoint) -> str:
    """The time of a recorded point by the sun, as ISO 8601 writes it: tracks note that of Greenwich, and no zone."""
    assert point.time is not None
    return f"{datetime.fromtimestamp(point.time, UTC) + timedelta(hours=round(point.lon / 15)):%Y-%m-%dT%H:%M}"
