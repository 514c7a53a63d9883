"""Tell what is known of a file that was made: what was found in making it, its weight, what it asks for in vain."""

from __future__ import annotations

from storymap.building.records import Record
from storymap.building.tasks import Task
from storymap.errors import Location, Report

HEAVIEST_PAGE = 3_000_000
"""Bytes beyond which a page is told: it opens slowly, and not at all on some telephones. One with its map has half a
megabyte, and the map's share does not grow."""


def tell_result(task: Task, record: Record, report: Report) -> None:
    """Tell what was found in making a file, and whether it is too heavy, or asks for what browsers refuse it."""
    report.include(record.report)
    if record.refused:
        report.warning(
            "refused-request",
            f'"{task.path}" asks {", ".join(record.refused)}, which nothing in the settings lets it: no browser will',
            task.at or Location(task.path),
            "take out what loads it, or put a copy of it into the project",
        )
    if record.size > HEAVIEST_PAGE and task.at:
        report.warning(
            "large-page",
            f"the page made from this has {record.size / 1e6:,.1f} MB",
            task.at,
            "simplify the lines and areas that it shows, for example in QGIS or with mapshaper, or divide the story",
        )
