"""The photographs by which steps are placed: `place: IMG_1004.JPG` is where that picture was taken, and when."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec import Struct

from storymap.cleaning.files import is_readable_heic
from storymap.cleaning.heic import HEIC_ENDINGS, INSTALL, expect_heic
from storymap.errors import Location, Report
from storymap.gazetteer.builtin import open_builtin
from storymap.gazetteer.describe import find_town
from storymap.language.positions import say_near
from storymap.model.time import When
from storymap.photographs.reading import ENDINGS, UNSHOWN_ENDINGS, PhotographError, read_photograph
from storymap.project import Project
from storymap.reading.dates import read_date
from storymap.reading.outline import StoryReferences
from storymap.reading.source import StorySource
from storymap.resolving.files import find_true_name
from storymap.text.relative_paths import STORIES, path_in, resolve_path, write_path
from storymap.text.suggesting import ask_nearest

_ALL_ENDINGS = ENDINGS | UNSHOWN_ENDINGS


class PlacingPhotograph(Struct, frozen=True):
    """A photograph that stands for a place.

    `path` is relative to the stories folder, `coordinates` are as a story may have them in its place, `name` is what
    readers may call that spot by the town around, empty far from all, `when` is the time that it notes.
    """

    path: str
    coordinates: str
    name: str
    when: When | None


Photographs = Mapping[tuple[str, str], PlacingPhotograph]
"""By the folder of the story, and by the name that its steps write for them."""


def names_photograph(reference: str) -> bool:
    """Whether a step's place is the name of a photograph, by its ending."""
    return posixpath.splitext(reference.rstrip("/"))[1].lower() in _ALL_ENDINGS


def name_photographs(story: StoryReferences) -> bool:
    """Whether a step of a story has a photograph for its place."""
    return any(names_photograph(name) for step in story.steps for name in step.places)


def find_photographs(sources: Iterable[StorySource], project: Project, report: Report) -> Photographs:
    """The photographs that steps of `sources` name as their places.

    One that is missing, cannot be read or does not say where it was taken is told wherever it is named, and left out.
    """
    found: dict[tuple[str, str], PlacingPhotograph] = {}
    for source in sources:
        folder = posixpath.dirname(source.name)
        for step in source.steps:
            for number, reference in enumerate(step.fields.place or ()):
                if names_photograph(reference) and (folder, reference) not in found:
                    at = partial(step.fields.where, "place", number)
                    lang = source.front.lang or project.settings.lang
                    finder = _Finder(project.stories_folder, source.name, at(), report)
                    if placing := finder.find(reference, lang):
                        found[folder, reference] = placing
    return found


class _Finder(Struct, frozen=True):
    """Finds a photograph that the story called `name` writes `at` a place, in `folder`, that of all stories."""

    folder: Path
    name: str
    at: Location
    report: Report

    def find(self, reference: str, lang: str) -> PlacingPhotograph | None:
        """The photograph called `reference`; None, and told, where it places nothing."""
        at, report = self.at, self.report
        try:
            path = self._find_file(reference)
            if path is None:
                return None
            with (self.folder / path).open("rb") as opened:
                expect_heic(opened)
                photograph = read_photograph(opened)
        except (OSError, RuntimeError, ValueError) as error:  # the last two: links in a circle, and a NUL in the name
            reason = getattr(error, "strerror", "") or error
            help = "check its name, and that it may be read"
            report.error("unreadable-file", f'the picture "{reference}" cannot be read: {reason}', at, help)
            return None
        except PhotographError as error:
            help = "open it in a picture viewer, and save it again; or write where it was: a name, or coordinates"
            report.error("unreadable-picture", f'"{reference}" {error}', at, help)
            return None
        if photograph.flaw:
            report.error(photograph.flaw.code, f'"{reference}" {photograph.flaw.message}', at, photograph.flaw.advice)
            return None
        when = read_date(photograph.taken) if photograph.taken else None
        town = find_town(photograph.position, open_builtin(), lang=lang) if photograph.position else ""
        return PlacingPhotograph(path, photograph.coordinates, say_near(town, lang) if town else "", when)

    def _find_file(self, reference: str) -> str | None:
        """The path of the file as it is spelled on disk, in whatever letters it is named; None, and told, for none."""
        folder, at, report = self.folder, self.at, self.report
        suffix = PurePosixPath(reference).suffix.lower()
        if suffix in UNSHOWN_ENDINGS and not is_readable_heic(reference):
            help = "save it as JPEG, which keeps where it was taken; or write where it was: a name, or coordinates"
            if suffix in HEIC_ENDINGS:
                help = f"{INSTALL}; or {help}"
            report.error("not-a-picture", f'"{reference}" is not a kind of picture that browsers show', at, help)
            return None
        path = path_in(STORIES, resolve_path(reference, self.name))
        if path is None or not (folder / path).resolve().is_relative_to(folder.resolve()):
            help = "copy the picture beside the story, and write its path from there, with /"
            report.error("outside-project", f'"{reference}" leads out of the stories folder', at, help)
            return None
        true_name = find_true_name(folder, PurePosixPath(path))
        if true_name is None:
            known = (
                file
                for file in folder.rglob("*")
                if (file.suffix.lower() in ENDINGS or is_readable_heic(file.name)) and file.is_file()
            )
            names = sorted(write_path(f"{STORIES}{file.relative_to(folder).as_posix()}", self.name) for file in known)
            wanted = write_path(f"{STORIES}{path}", self.name)
            help = ask_nearest(wanted, names, otherwise=f'put the picture at "{STORIES}{path}"')
            report.error("missing-picture", f'no picture "{reference}"', at, help)
        return true_name
