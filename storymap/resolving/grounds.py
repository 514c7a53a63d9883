"""Settle which of today's borders and names the map of each step shows: a step keeps what the one before showed."""

from __future__ import annotations

from storymap.model.ground import GroundDetail
from storymap.reading.ground_fields import GroundFields
from storymap.reading.source import StorySource


def show_grounds(source: StorySource, site: GroundDetail) -> tuple[GroundDetail, tuple[GroundDetail, ...]]:
    """What the opening of a story shows, and each of its steps; `site` is what counts where nothing is written."""
    opening = now = _change(site, source.front.ground)
    steps = []
    for step in source.steps:
        now = _change(now, step.fields.ground)
        steps.append(now)
    return opening, tuple(steps)


def _change(before: GroundDetail, fields: GroundFields | None) -> GroundDetail:
    if fields is None:
        return before
    return GroundDetail(
        fields.borders or before.borders, fields.names or before.names, streets=fields.detail or before.streets
    )
