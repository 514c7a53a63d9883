"""Find positions in a GPX file that have a comma for their point: GDAL drops what follows it, which is kilometres."""

from __future__ import annotations

import re

from storymap.errors import Location, Report

_COMMA = re.compile(rb"""\b(?:lat|lon)\s*=\s*["']\s*([+-]?\d{1,3},\d{1,20})\s*["']""")
"""A latitude or longitude as programs write it that follow the language of the computer."""


def tell_commas(data: bytes, path: str, at: Location, report: Report) -> bool:
    """Whether a position in a GPX file has a comma, which is told at `at`; messages call the file `path`."""
    comma = _COMMA.search(data)
    if comma is None:
        return False
    written = comma[1].decode("utf-8", "replace")
    help = "export it again with the program's language set to English, or replace the commas by points"
    where = f'in "{path}" ' if path != at.path else ""
    report.error("decimal-comma", f'{where}the number "{written}" has a comma for its point', at, help)
    return True
