"""Settle which pictures lie on the ground of each step: those that it names, or the one that a step before it laid."""

from __future__ import annotations

from msgspec import Struct

from storymap.reading.compare_fields import ComparedFields
from storymap.reading.image_fields import ImageFields
from storymap.reading.source import StorySource
from storymap.reading.yaml_mapping import Path

PictureFields = ImageFields | ComparedFields
Pictured = tuple[Path, PictureFields]
"""What is written of a picture, behind the keys that lead to it."""


class StepPictures(Struct, frozen=True):
    """The pictures that a step shows, and those of them that it names itself."""

    shown: tuple[Pictured, ...]
    own: tuple[Pictured, ...]


def settle_pictures(source: StorySource) -> tuple[StepPictures, ...]:
    """The pictures of each step of a story.

    A picture stays until a step names another, or none; a step that compares shows what it names alone. Where a story
    shows a picture again, its name is enough: where it lies, and its title and strength, are said where it is laid.
    """
    laid: dict[str, PictureFields] = {}
    for step in source.steps:
        for _, fields in step.fields.pictures:
            if fields.file and (fields.bounds is not None or fields.points or fields.crs):
                laid.setdefault(fields.file, fields)
    steps: list[StepPictures] = []
    kept: tuple[Pictured, ...] = ()
    for step in source.steps:
        own = tuple((path, _take_up(fields, laid.get(fields.file or ""))) for path, fields in step.fields.pictures)
        if step.fields.image:
            kept = tuple(picture for picture in own if picture[0] == ("image",))
        steps.append(StepPictures(own if step.fields.image or step.fields.compare else kept, own))
    return tuple(steps)


def _take_up(fields: PictureFields, laid: PictureFields | None) -> PictureFields:
    """What is written of a picture, and what it leaves to where the picture was laid."""
    if laid is None or fields.bounds is not None or fields.points or fields.crs:
        return fields
    said = {name: getattr(laid, name) for name in ("bounds", "points", "crs", "title", "opacity")}
    return fields.model_copy(
        update={name: value for name, value in said.items() if name not in fields.model_fields_set}
    )
