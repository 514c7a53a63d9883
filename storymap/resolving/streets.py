"""Lay a resolved story on the author's street data, where its maps come close enough to show some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from storymap.errors import Location, Report
from storymap.model.ground import StreetDetail
from storymap.model.place import LonLat
from storymap.model.scene import Scene, View
from storymap.model.story import Step, Story
from storymap.model.streets import StreetFile, Streets
from storymap.streets.baking.baking import bake_streets
from storymap.streets.baking.weighing import BUDGET, weigh_view
from storymap.streets.kept_source import KeptSource
from storymap.streets.needs import is_close
from storymap.streets.sources import StreetFileError, StreetSource, open_source

_COARSENESS: Mapping[StreetDetail, tuple[float, ...]] = {"fine": (0.6,), "auto": (1.0, 1.4, 2.0, 2.8), "coarse": (2.8,)}
"""How coarsely streets are drawn, and what is tried next where that is more than a page can carry."""

_ADVICE = "write ground: {detail: coarse} under the step, show it from farther away, or leave it as it is"


def lay_on_streets(story: Story, files: Sequence[StreetFile], report: Report) -> Story:
    """`story` with the streets of `files` under its scenes; what is wrong with a file is told."""
    close = [scene for scene in story.scenes if _is_wanted(scene)]
    if not files or not close:
        return story
    usable = tuple(file for file in files if _can_open(file, report))
    details = {scene.view: scene.detail.streets for scene in close}
    try:
        streets, heavy = _bake(usable, tuple(details.items()), tuple(_list_spots(story.steps)), story.lang)
    except StreetFileError as error:
        report.error(error.code, error.message, Location(files[0].name), error.help)
        return story
    _tell_heavy(story, heavy, report)
    if streets is None:
        return story
    scene, *others = (replace(scene, streets=streets) if _is_wanted(scene) else scene for scene in story.scenes)
    steps = tuple(replace(step, scene=own) for step, own in zip(story.steps, others, strict=True))
    return replace(story, scene=scene, steps=steps)


def _can_open(file: StreetFile, report: Report) -> bool:
    try:
        _open(file)
    except StreetFileError as error:
        report.error(error.code, error.message, Location(file.name), error.help)
        return False
    return True


@lru_cache(maxsize=8)
def _bake(
    files: tuple[StreetFile, ...], details: tuple[tuple[View, StreetDetail], ...], spots: tuple[LonLat, ...], lang: str
) -> tuple[Streets | None, Mapping[View, int]]:
    """The streets of views, coarser where they are more than a page can carry, and the bytes of those that still are.

    Kept, so that a preview does not bake again what an edit of the text leaves as it is.
    """
    sources, wanted = [KeptSource(_open(file)) for file in files], dict(details)
    tried = dict.fromkeys(wanted, 0)
    while True:
        views = {view: _COARSENESS[wanted[view]][number] for view, number in tried.items()}
        streets = bake_streets(sources, views, spots=spots, lang=lang)
        heavy = {view: size for view in views if streets and (size := weigh_view(streets, view)) > BUDGET}
        coarser = [view for view in heavy if tried[view] + 1 < len(_COARSENESS[wanted[view]])]
        if not coarser:
            return streets, heavy
        tried |= {view: tried[view] + 1 for view in coarser}


def _tell_heavy(story: Story, heavy: Mapping[View, int], report: Report) -> None:
    """Tell the steps whose streets are more than a page can carry."""
    for step in story.steps:
        if step.moves_map and step.view in heavy and _is_wanted(step.scene):
            most = f"{BUDGET // 1000} kB are enough for most"
            message = f"the streets of this step are {heavy[step.view] / 1000:.0f} kB of its page, where {most}"
            report.warning("heavy-streets", message, step.at, _ADVICE)


def _list_spots(steps: Sequence[Step]) -> Iterator[LonLat]:
    """Where the places of close steps are, once each."""
    yield from dict.fromkeys(place.point for step in steps if _is_wanted(step.scene) for place in step.places)


def _is_wanted(scene: Scene) -> bool:
    """Whether its map is close enough for streets, and its author wants some."""
    return is_close(scene) and scene.detail.streets != "none"


@lru_cache(maxsize=8)
def _open(file: StreetFile) -> StreetSource:
    return open_source(Path(file.path), file.name)
