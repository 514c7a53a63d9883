"""Check what the map shows against what a step tells: views that miss its places, fields that count for nothing."""

from __future__ import annotations

from shapely import box

from storymap.checking.checked import CheckedProject
from storymap.earth.views import CLOSEST_ZOOM
from storymap.errors import Report
from storymap.model.place import Bounds, Place
from storymap.model.story import Step, Story
from storymap.reading.source import StepSource, StorySource

_FRAMING = ("bounds", "overview", "center", "zoom")
"""Fields that choose a view, in the order in which they count."""

_ADVICE = {
    "bounds": "west, south, east, north",
    "center": "latitude stands first",
    "zoom": "the middle between places that lie far apart is near none of them",
}


def check_views(checked: CheckedProject, report: Report) -> None:
    """Tell steps that show none of their places, ask for more than the map has, or frame themselves twice."""
    for source, story in zip(checked.sources, checked.stories, strict=True):
        for written, step in zip(source.steps, story.steps, strict=True):
            _check_view(written, step, report)
            if not story.picture:
                _check_zoom(written, report, tiled=bool(checked.project.settings.tiles))
            _check_rivals(written, report)
        if not checked.mistaken:
            _check_places(source, story, report)


def _check_view(written: StepSource, step: Step, report: Report) -> None:
    """A view that the fields choose and in which no place of the step lies."""
    fields = written.fields
    chosen = next((name for name in ("bounds", "center", "zoom") if getattr(fields, name) is not None), "")
    if (
        not chosen
        or not fields.wrote(chosen)
        or not step.places
        or any(_shows(step.view.bounds, place) for place in step.places)
    ):
        return
    names = _join_or([place.name for place in step.places])
    report.warning(
        "view-misses-places",
        f"the map of this step does not show {names}",
        fields.where(chosen),
        f"leave {chosen} out, and the map frames what the step names; or correct it: " + _ADVICE[chosen],
    )


def _shows(bounds: Bounds, place: Place) -> bool:
    """Whether any of a place is within bounds."""
    if place.kind == "point":
        return bounds.contains(place.point)
    parts = (
        [box(bounds.west, bounds.south, 180, bounds.north), box(-180, bounds.south, bounds.east, bounds.north)]
        if bounds.crosses_antimeridian
        else [box(bounds.west, bounds.south, bounds.east, bounds.north)]
    )
    return any(place.geometry.intersects(part) for part in parts)


def _check_zoom(written: StepSource, report: Report, *, tiled: bool) -> None:
    """A zoom closer than any map is drawn."""
    zoom = written.fields.zoom
    if zoom is not None and zoom > CLOSEST_ZOOM and not tiled:
        report.warning(
            "zoom-too-close",
            f"no map is drawn closer than zoom {CLOSEST_ZOOM:g}, so this step is shown at {CLOSEST_ZOOM:g}",
            written.fields.where("zoom"),
            f"write zoom: {CLOSEST_ZOOM:g}",
        )


def _check_rivals(written: StepSource, report: Report) -> None:
    """Fields that choose a view beside another that counts first."""
    fields = written.fields
    given = [name for name in _FRAMING if fields.wrote(name) and getattr(fields, name) not in (None, False)]
    if not given or given[0] in ("center", "zoom"):
        return
    for name in given[1:]:
        report.warning(
            "idle-field",
            f'"{name}" counts for nothing beside "{given[0]}"',
            fields.where_key(name),
            "keep one of them: bounds counts first, then overview, then center and zoom",
        )


def _check_places(source: StorySource, story: Story, report: Report) -> None:
    """A story that names no place anywhere, whose map is the whole world from beginning to end."""
    shown = ("bounds", "center", "zoom", "layers", "track", "image", "compare")
    looks = any(step.fields.wrote(name) for step in source.steps for name in shown)
    if story.steps and not story.places and not looks:
        report.warning(
            "no-places",
            "no step of this story names a place, so its map is the whole world throughout",
            story.at,
            "write place: and a name under the ## heading of a step",
        )


def _join_or(words: list[str]) -> str:
    shown = [f'"{word}"' for word in words[:3]]
    if len(words) > 3:
        return f"{', '.join(shown)} or {len(words) - 3} more"
    return " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
