"""The photographs by which steps are placed: `place: IMG_1004.JPG` is where that picture was taken, and when."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

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
from storymap.text.suggesting import ask_nearest

_ALL_ENDINGS = ENDINGS | UNSHOWN_ENDINGS


@dataclass(frozen=True, slots=True)
class PlacingPhotograph:
    """A photograph that stands for a place.

    `path` is relative to the stories folder, `coordinates` are as a story may have them in its place, `name` is what
    readers may call that spot by the town around, empty far from all, `when` is the time that it notes.
    """

    path: str
    coordinates: str
    name: str
    when: When | None


Photographs = Mapping[str, PlacingPhotograph]
"""By the name that steps write for them."""


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
    found: dict[str, PlacingPhotograph] = {}
    for source in sources:
        for step in source.steps:
            for number, reference in enumerate(step.fields.place or ()):
                if names_photograph(reference) and reference not in found:
                    at = partial(step.fields.where, "place", number)
                    lang = source.front.lang or project.settings.lang
                    if placing := _find(reference, project.stories_folder, lang, at(), report):
                        found[reference] = placing
    return found


def _find(reference: str, folder: Path, lang: str, at: Location, report: Report) -> PlacingPhotograph | None:
    """The photograph called `reference`; None, and told, where it places nothing."""
    try:
        path = _find_file(reference, folder, at, report)
        if path is None:
            return None
        with (folder / path).open("rb") as opened:
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
    town = find_town(photograph.position, open_builtin()) if photograph.position else ""
    return PlacingPhotograph(path, photograph.coordinates, say_near(town, lang) if town else "", when)


def _find_file(reference: str, folder: Path, at: Location, report: Report) -> str | None:
    """The path of the file as it is spelled on disk, in whatever letters it is named; None, and told, where none is."""
    path = PurePosixPath(reference)
    if path.suffix.lower() in UNSHOWN_ENDINGS:
        help = "save it as JPEG, which keeps where it was taken; or write where it was: a name, or coordinates"
        report.error("not-a-picture", f'"{reference}" is not a kind of picture that browsers show', at, help)
        return None
    if (
        path.is_absolute()
        or "\\" in reference
        or ".." in path.parts
        or not (folder / path).resolve().is_relative_to(folder.resolve())
    ):
        help = "copy the picture beside the story, and write its path from there, with /"
        report.error("outside-project", f'"{reference}" leads out of the stories folder', at, help)
        return None
    true_name = find_true_name(folder, path)
    if true_name is None:
        known = (file for file in folder.rglob("*") if file.suffix.lower() in ENDINGS and file.is_file())
        names = sorted(file.relative_to(folder).as_posix() for file in known)
        help = ask_nearest(path.as_posix(), names, otherwise=f'put the picture at "stories/{path}"')
        report.error("missing-picture", f'no picture "{reference}"', at, help)
    return true_name
