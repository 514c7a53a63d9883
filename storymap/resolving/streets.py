"""Lay a resolved story on what was baked of streets for it, and tell what is too heavy and where streets end."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from storymap.errors import Report
from storymap.layers.image import Image
from storymap.model.scene import View
from storymap.model.story import Story
from storymap.model.streets import BakedStreets
from storymap.resolving.close_views import wants_streets
from storymap.streets.adding import write_bounds
from storymap.streets.baking.joining import join_streets
from storymap.streets.baking.weighing import BUDGET
from storymap.streets.coverage import StreetReach, find_ends
from storymap.streets.needs import enclose_needs

_ADVICE = "write ground: {detail: coarse} under the step, show it from farther away, or leave it as it is"


def lay_on_streets(
    story: Story, baked: Sequence[BakedStreets], reaches: Sequence[StreetReach], report: Report
) -> Story:
    """`story` with streets under its close scenes. `reaches` are what the files have of which they were baked."""
    streets = join_streets(one.streets for one in baked if one.streets)
    _tell_heavy(story, {view: size for one in baked for view, size in one.heavy}, report)
    _tell_ends(story, reaches, report)
    if streets is None:
        return story
    scene, *others = (replace(scene, streets=streets) if wants_streets(scene) else scene for scene in story.scenes)
    steps = tuple(replace(step, scene=own) for step, own in zip(story.steps, others, strict=True))
    return dataclasses.replace(story, scene=scene, steps=steps)


def _tell_heavy(story: Story, heavy: Mapping[View, int], report: Report) -> None:
    """Tell the steps whose streets are more than a page can carry."""
    for step in story.steps:
        if step.moves_map and step.view in heavy and wants_streets(step.scene):
            most = f"{BUDGET // 1000} kB are enough for most"
            message = f"the streets of this step are {heavy[step.view] / 1000:.0f} kB of its page, where {most}"
            report.warning("heavy-streets", message, step.at, _ADVICE)


def _tell_ends(story: Story, reaches: Sequence[StreetReach], report: Report) -> None:
    """Tell the steps whose maps show where the street data end."""
    for step in story.steps:
        if not step.moves_map or not wants_streets(step.scene) or step.scene.find(Image):
            continue
        sides = find_ends(step.view, reaches)
        if sides:
            where = f"in the {', '.join(sides[:-1])} and {sides[-1]}" if len(sides) > 1 else f"in the {sides[0]}"
            message = f"the streets end {where} of this step's map; what lies beyond is drawn from afar"
            box = write_bounds(enclose_needs(step.view))
            advice = f"download all of this box, {box}, and cut it again: storymap streets add FILE"
            report.warning("streets-end", message, step.at, advice)
