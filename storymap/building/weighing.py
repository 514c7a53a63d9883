"""Weigh a page before it is written: one of many megabytes opens slowly, and not at all on some telephones."""

from __future__ import annotations

from storymap.errors import Location, Report

HEAVIEST_PAGE = 3_000_000
"""Bytes beyond which a page is told. One with its map has half a megabyte; the map's share does not grow."""


def weigh_page(page: str, at: Location, report: Report) -> bytes:
    """The bytes of `page`, which is made from what stands at `at`; a warning where they are too many."""
    data = page.encode()
    if len(data) > HEAVIEST_PAGE:
        report.warning(
            "large-page",
            f"the page made from this has {len(data) / 1e6:,.1f} MB",
            at,
            "simplify the lines and areas that it shows, for example in QGIS or with mapshaper, or divide the story",
        )
    return data
