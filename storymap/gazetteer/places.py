"""The places of a project: everything that the files of `geo/` name, as one plain value."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from storymap.errors import Report
from storymap.gazetteer.builtin import open_builtin
from storymap.geodata.file_settings import NO_SETTINGS, FileSettings, check_files
from storymap.geodata.unread import UnreadFile, list_unread
from storymap.model.place import Place
from storymap.model.sign import Sign

if TYPE_CHECKING:
    from storymap.gazetteer.settling import LostPlace


class ProjectPlaces(Struct, frozen=True):
    """What the files of `geo/` name.

    `places` stand in the order of their files. `lost` are records that could not become places: to go there is an error
    that says why, even where the world knows a place of that name. So is a name that stands in one of the files in
    `unread`.
    """

    places: tuple[Place, ...] = ()
    lost: tuple[LostPlace, ...] = ()
    unread: tuple[UnreadFile, ...] = ()

    @property
    def unread_paths(self) -> tuple[str, ...]:
        """The files of which nothing could be read."""
        read = {place.defined_at.path for place in self.places}
        return tuple(path for file in self.unread if (path := file.problem.at.path) not in read and not file.is_read)

    def with_signs(self, signs: Mapping[str, Sign]) -> ProjectPlaces:
        """The same places, those of a category that has one of `signs`, by its name in lower case, with that."""
        return replace(
            self,
            places=tuple(
                dataclasses.replace(place, sign=signs.get(place.category.casefold())) for place in self.places
            ),
        )


def load_places(
    folder: Path, root: Path, report: Report, *, settings: Mapping[str, FileSettings] = NO_SETTINGS
) -> ProjectPlaces:
    """The places in the files of `folder`, which lies in the project in `root`; it may be missing.

    `settings` are what the project says of single files, by their paths in it. Mistakes in the files go to `report`.
    The value, and what is told, depend on the bytes of the files and on `settings` alone. Without files nothing of the
    built-in data is read.
    """
    told = Report()
    check_files(settings, folder, root, told)
    if not os.path.lexists(folder):
        report.include(told)
        return ProjectPlaces()
    # Imported here, because what reads and settles every kind of file takes a while to load.
    from storymap.gazetteer.settling import Settled, settle_places
    from storymap.geodata.folder import read_geo_folder

    found = read_geo_folder(folder, root, told, settings=settings)
    settled = Settled()
    if found.features:
        settled = settle_places(found.features, open_builtin(), told, settings=settings)
    unnamed = (problem for problem in told.problems if problem.code in {"unnamed-feature", "taken-for-name"})
    unread = (*list_unread(found.unread, root), *list_unread(unnamed, root, is_read=True))
    report.include(told)
    return ProjectPlaces(settled.places, settled.lost, unread)
