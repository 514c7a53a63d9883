"""Find the street data of a project: what lies in `streets/`. Nothing outside the project is opened."""

from __future__ import annotations

import re
from pathlib import Path

from storymap.errors import Location, Report
from storymap.geodata.files import tell_unknown_format
from storymap.geodata.folder import list_geo_files, name_file
from storymap.streets.sources import StreetFileError, StreetSource, open_source

STREETS_FOLDER = "streets"

ENDINGS = (".pmtiles", ".mbtiles", ".osm.pbf", ".osm.bz2", ".osm.gz", ".osm", ".pbf")
"""How files of street data are called; what they are is seen in them."""


def list_street_files(root: Path, report: Report) -> list[tuple[Path, str]]:
    """The files of street data of the project in `root`, in the order of their names, and how each is called there.

    Of several that cover a place, the first is drawn. What is of another kind is told, and so is a link that leads out
    of the project.
    """
    folder = root / STREETS_FOLDER
    found = []
    for file in list_geo_files(folder, root, report, without=folder / "."):
        if re.fullmatch(r"\d+\.(pbf|mvt)", file.name):
            report.warning(
                "unknown-format",
                "there are single vector tiles, which are not read",
                Location(STREETS_FOLDER),
                "pack them into one file: tile-join, of tippecanoe, makes .pmtiles or .mbtiles of a folder",
            )
        elif file.name.casefold().endswith(ENDINGS):
            found.append((file, name_file(file, root)))
        else:
            known = [ending for ending in ENDINGS if ending != ".pbf"]
            tell_unknown_format(file, known, Location(name_file(file, root)), report)
    return found


def open_street_files(root: Path, report: Report) -> list[StreetSource]:
    """The same, open; what is wrong with one of them is told."""
    sources = []
    for file, name in list_street_files(root, report):
        try:
            sources.append(open_source(file, name))
        except StreetFileError as error:
            report.error(error.code, error.message, Location(name), error.help)
    return sources
