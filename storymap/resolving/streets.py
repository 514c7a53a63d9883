"""Lay a resolved story on the author's street data, where its maps come close enough to show some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from storymap.errors import Location, Report
from storymap.model.story import Story
from storymap.model.streets import StreetFile
from storymap.streets.baking.baking import bake_streets
from storymap.streets.needs import is_close
from storymap.streets.sources import StreetFileError, StreetSource, open_source


def lay_on_streets(story: Story, files: Sequence[StreetFile], report: Report) -> Story:
    """`story` with the streets of `files` under its scenes; what is wrong with a file is told."""
    scenes = [scene for scene in story.scenes if is_close(scene)]
    if not files or not scenes:
        return story
    sources = []
    for file in files:
        try:
            sources.append(_open(file))
        except StreetFileError as error:
            report.error(error.code, error.message, Location(file.name), error.help)
    spots = tuple(dict.fromkeys(place.point for step in story.steps if is_close(step.scene) for place in step.places))
    try:
        streets = bake_streets(sources, [scene.view for scene in scenes], spots=spots, lang=story.lang)
    except StreetFileError as error:
        report.error(error.code, error.message, Location(files[0].name), error.help)
        return story
    if streets is None:
        return story
    scene, *others = (replace(scene, streets=streets) if is_close(scene) else scene for scene in story.scenes)
    steps = tuple(replace(step, scene=own) for step, own in zip(story.steps, others, strict=True))
    return replace(story, scene=scene, steps=steps)


@lru_cache(maxsize=8)
def _open(file: StreetFile) -> StreetSource:
    return open_source(Path(file.path), file.name)
