"""Read a sheet of a spreadsheet, Excel's or LibreOffice's, row by row: GDAL reads both."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from typing import Any

from storymap.errors import Location, Report
from storymap.geodata.choosing_layers import choose_layer
from storymap.geodata.features import DATA

SPREADSHEET_SUFFIXES = frozenset({".xlsx", ".ods"})


def read_spreadsheet(file: Path, sheet: str, at: Location, report: Report) -> list[tuple[Any, ...]] | None:
    """The rows of the sheet called `sheet`, of the first one where that is empty; None, and told, where there are none.

    Numbers come as texts with a decimal point, as formulas have left them, dates as year/month/day.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > DATA.largest_file:
            report.error("file-too-large", f"it unpacks to {size / 1e6:,.0f} MB", at, DATA.advise_smaller())
            return None
        return _read_sheet(file, sheet, at, report)
    except Exception as error:  # whatever the reader makes of a damaged file
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        message = f"the file cannot be read: {reason.replace(str(file), at.path)}"
        report.error("unreadable-file", message, at, 'save the sheet as "CSV UTF-8"')
        return None


def _read_sheet(file: Path, sheet: str, at: Location, report: Report) -> list[tuple[Any, ...]] | None:
    import pyogrio
    from pyogrio.raw import read

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheets = [str(name) for name, _ in pyogrio.list_layers(file)]
        chosen = choose_layer(sheets, sheet, "sheet", at, report)
        if not chosen:
            return None
        meta, _, _, columns = read(
            file,
            layer=chosen,
            read_geometry=False,
            max_features=DATA.most_features + 1,
            FIELD_TYPES="STRING",
        )
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    names = tuple(map(str, meta["fields"]))
    are_numbered = all(name == f"Field{number}" for number, name in enumerate(names, start=1))
    return rows if are_numbered else [names, *rows]  # where it takes the first row for names
