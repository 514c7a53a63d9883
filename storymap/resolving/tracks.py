"""Settle which part of a track each step goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from storymap.earth.tracks import cut_stage, find_kilometre, join_stages, measure_along
from storymap.errors import Location, Report
from storymap.model.track import Stage, TrackFile
from storymap.reading.source import StepSource
from storymap.reading.track_fields import TrackFields
from storymap.text.names import normalize_name
from storymap.text.suggesting import ask_nearest

Where = Callable[..., Location]
"""Tells where the value at some keys is written."""

_KILOMETRES = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)\s*(?:km)?", re.IGNORECASE)

_ON_TRACK = 2.0
"""Kilometres that a waypoint may lie beside a track and still be taken for a part of it."""


def choose_stages(
    steps: Sequence[StepSource], tracks: Mapping[str, TrackFile], report: Report
) -> tuple[Stage | None, ...]:
    """The stage of each step, None where it goes no track, or it cannot be told which, which is reported.

    `tracks` are the files by their names as written.
    """
    return tuple(choose_stage(step.fields.track, partial(step.fields.where, "track"), tracks, report) for step in steps)


def choose_stage(
    fields: TrackFields | None, where: Where, tracks: Mapping[str, TrackFile], report: Report
) -> Stage | None:
    """The part of a track that `fields` mean, whose keys stand `where` it says; else as in `choose_stages`."""
    track = tracks.get(fields.file) if fields else None
    if fields is None or track is None:  # a file that cannot be read was told of
        return None
    stage = _find_leg(track, fields.leg, where("leg"), report) if fields.leg else None
    if stage is None:
        if fields.leg:
            return None
        stage = track.stages[0] if len(track.stages) == 1 else join_stages(track.stages)
    length = float(measure_along(stage)[-1])
    start, end = 0.0, length
    for key, written in (("from", fields.from_), ("to", fields.to)):
        if written is None:
            continue
        at = _find_point(written, stage, track, where(key), report)
        if at is None:
            return None
        start, end = (at, end) if key == "from" else (start, at)
    if (start, end) == (0.0, length):
        return stage
    part = cut_stage(stage, start, end) if start < end else None
    if part is None:
        at_fault = where("to" if fields.to else "from")
        message = f"nothing of the track lies between kilometre {start:.1f} and {end:.1f}"
        report.error(
            "bad-leg", message, at_fault, help=f"it is {length:.1f} km long, and goes from its start to its end"
        )
    return part


def _find_leg(track: TrackFile, leg: str, at: Location, report: Report) -> Stage | None:
    """The stage that `leg` means: its number from 1, or its name."""
    count = len(track.stages)
    if leg.isdecimal():
        if 1 <= int(leg) <= count:
            return track.stages[int(leg) - 1]
        help = f"it has {count}: {_list_stages(track)}" if count > 1 else "it has one; leave leg out"
        report.error("bad-leg", f'"{track.path}" has no leg {leg}', at, help=help)
        return None
    wanted = normalize_name(leg)
    found = next((stage for stage in track.stages if normalize_name(stage.name) == wanted), None)
    if found is None:
        names = [stage.name for stage in track.stages if stage.name]
        help = ask_nearest(leg, names, otherwise=f"its legs are {_list_stages(track)}")
        report.error("bad-leg", f'"{track.path}" has no leg "{leg}"', at, help=help)
    return found


def _find_point(written: str, stage: Stage, track: TrackFile, at: Location, report: Report) -> float | None:
    """The kilometre that is meant: a number, or that of a waypoint of the file."""
    if match := _KILOMETRES.fullmatch(written):
        return float(match[1].replace(",", "."))
    wanted = normalize_name(written)
    named = [point for point in track.waypoints if normalize_name(point.name) == wanted]
    if not named:
        names = [point.name for point in track.waypoints]
        help = ask_nearest(written, names, otherwise="write kilometres from the start, such as 12.5")
        report.error("bad-leg", f'"{track.path}" has no waypoint "{written}"', at, help=help)
        return None
    kilometre, off = min((find_kilometre(stage, point.lon, point.lat) for point in named), key=lambda one: one[1])
    if off > _ON_TRACK:
        message = f'the waypoint "{written}" lies {off:.0f} km from the track'
        report.error("bad-leg", message, at, help="write kilometres from the start, such as 12.5")
        return None
    return kilometre


def _list_stages(track: TrackFile) -> str:
    return ", ".join(f"{number} {stage.name}".rstrip() for number, stage in enumerate(track.stages[:12], 1))
