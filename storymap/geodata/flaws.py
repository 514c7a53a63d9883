"""Tell what is wrong with the records of `geo/`: of one file and fault once, however many records share it.

All of these are warnings: a record that no story names keeps no site from being built. That a story names one that is
no place is told by the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from storymap.earth.flaws import Flaw
from storymap.earth.grids import METRES
from storymap.errors import Location, Report
from storymap.geodata.file_settings import advise_system

_SHOWN = 3
"""How many of the other records with the same fault are named."""

_PARTICULARS = re.compile(r'"[^"]*"|[-+\d.,]+')
"""What differs between two messages of one fault: what is quoted, and numbers; and what stands behind a colon."""


class Flawed(Struct, frozen=True):
    """A flaw with the record that has it: what the record is called, and where the flaw is."""

    label: str
    at: Location
    flaw: Flaw


def tell_flaws(found: Iterable[Flawed], report: Report) -> None:
    """Add a warning to `report` for each fault of each file: of the first record that has it, naming others."""
    faults: dict[tuple[str, str, str], list[Flawed]] = {}
    for one in found:
        kind = one.at.path, one.flaw.code, _PARTICULARS.sub("", one.flaw.message).partition(": ")[0]
        faults.setdefault(kind, []).append(one)
    for first, *others in faults.values():
        message = f"{first.label}: {first.flaw.message}"
        if others:
            more = ", ".join(_name(other) for other in others[:_SHOWN])
            message += f"; likewise {len(others):,} more: {more}{', …' if len(others) > _SHOWN else ''}"
        advice = first.flaw.advice
        if advice.startswith(METRES):
            advice += f"\nor {advise_system(first.at.path)}"
        report.warning(first.flaw.code, message, first.at, advice)


def _name(one: Flawed) -> str:
    """A record by its name and line, as far as it has them."""
    return f"{one.label} in line {one.at.line}" if one.at.line and one.label.startswith('"') else one.label
