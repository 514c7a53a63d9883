"""Settle which of the author's data each step shows, and how: a step keeps what the one before showed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel

from storymap.errors import Location, Report
from storymap.model.data import Dataset
from storymap.model.layer import DataLayer
from storymap.model.sign import NO_SIGNS, Sign
from storymap.reading.layer_fields import NOTHING, ColorFields, LayerFields, ShownFields
from storymap.reading.site_fields import SiteFields
from storymap.reading.source import StepSource, StorySource
from storymap.reading.yaml_mapping import Path
from storymap.resolving.comparing import SIDES
from storymap.text.suggesting import ask_nearest

ModelT = TypeVar("ModelT", bound=BaseModel)


class StoryData(Struct, frozen=True):
    """The layers of the author's data that a story's opening shows, and those of each step, the lowest first."""

    opening: tuple[DataLayer, ...]
    steps: tuple[tuple[DataLayer, ...], ...]


def show_data(
    source: StorySource,
    site: SiteFields,
    datasets: Sequence[Dataset],
    *,
    signs: Mapping[str, Sign] = NO_SIGNS,
    lang: str,
    report: Report,
) -> StoryData:
    """What the steps of `source` show of the layers that it or the `site` names, whose data are `datasets`.

    `signs` are those of the settings' categories, whose colours features of such values have, too.

    A story none of whose steps names a layer shows all of its own throughout. Else its opening shows what the first
    step shows, and each step what it names, or what the one before it showed. A step that compares layers shows
    these, and besides them only what it names.
    """
    layers = {**site.layers, **source.front.layers}
    for step in source.steps:
        _tell_unknown(step, source, site, report)
    if not layers:
        return StoryData((), ((),) * len(source.steps))
    from storymap.symbology.design import design_layers  # which stories without data can do without

    found = {dataset.id: dataset for dataset in datasets}
    designed: dict[tuple[str, str], tuple[DataLayer, ...]] = {}

    def design(name: str, own: ShownFields | None, at: Callable[..., Location]) -> tuple[DataLayer, ...]:
        fields = layers[name] if own is None else override(layers[name], own)
        key = name, fields.model_dump_json()
        if key not in designed:
            data = found.get(name)
            designed[key] = (
                design_layers(name, data, fields, signs=signs, lang=lang, at=at, report=report) if data else ()
            )
        return designed[key]

    in_front = partial(source.front.where, "layers")
    if not any(step.fields.layers is not None or step.fields.layer_names for step in source.steps):
        all_own = [name for name in layers if name in source.front.layers]
        shown = tuple(layer for name in all_own for layer in design(name, None, partial(in_front, name)))
        return StoryData(shown, (shown,) * len(source.steps))
    steps: list[tuple[DataLayer, ...]] = []
    current: tuple[DataLayer, ...] = ()
    for step in source.steps:
        if step.fields.layers is not None:
            current = tuple(
                layer
                for name, own in step.fields.layers.items()
                if name in layers
                for layer in design(name, own, partial(_locate, step, source, site, name, own, ("layers", name)))
            )
        compared = tuple(
            replace(layer, side=SIDES[number])
            for number, own in reversed(list(enumerate(step.fields.compare or ())))  # the key begins with the last
            if own.layer in layers
            for layer in design(
                own.layer, own, partial(_locate, step, source, site, own.layer, own, ("compare", number))
            )
        )
        steps.append((*(current if step.fields.layers is not None or not compared else ()), *compared))
    opening = tuple(layer for layer in steps[0] if layer.side is None) if steps else ()
    return StoryData(opening, tuple(steps))


def _tell_unknown(step: StepSource, source: StorySource, site: SiteFields, report: Report) -> None:
    """Tell which layers a step shows that are not named; one that is, and has a mistake, is told there."""
    written = [(name, _locate_name(step, name, number)) for number, name in enumerate(step.fields.layers or ())]
    for number, side in enumerate(step.fields.compare or ()):
        written += [(side.layer, step.fields.where("compare", number, "layer"))] if side.layer else []
    for name, at in written:
        if source.front.wrote("layers", name) or site.wrote("layers", name):
            continue
        known = [*source.front.layers, *site.layers, NOTHING]
        otherwise = f"name it in the front matter: layers: {{{name}: {name}.geojson}}"
        report.error(
            "unknown-layer", f'no layer "{name}"', at, ask_nearest(name, known, otherwise=otherwise, parts=False)
        )


def _locate_name(step: StepSource, name: str, number: int) -> Location:
    """Where the name of a layer stands among those that a step shows."""
    if step.fields.wrote("layers", name):
        return step.fields.where_key("layers", name)
    return step.fields.where("layers", number)


def override(layer: LayerFields, own: ShownFields) -> LayerFields:
    """`layer` as a step shows it, which wrote `own`: what it did not write is as it was."""
    written = {name: getattr(own, name) for name in own.model_fields_set & ShownFields.model_fields.keys()}
    for name in ("color", "size"):
        if written.get(name) is not None:
            written[name] = _merge(getattr(layer, name), written[name])
    if by := written.pop("by", None):
        color = written.get("color") or layer.color or ColorFields()
        written["color"] = color.model_copy(update={"by": by})
    return layer.model_copy(update=written)


def _merge(before: ModelT | None, own: ModelT) -> ModelT:
    if before is None or getattr(own, "fill", None):  # one colour for all: no column decides any more
        return own
    return before.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})


def _locate(
    step: StepSource, source: StorySource, site: SiteFields, name: str, own: ShownFields, here: Path, *path: str | int
) -> Location:
    """Where a value of a shown layer stands: in the step that wrote it, `here`, or where the layer is named."""
    if path and path[0] in own.model_fields_set:
        return step.fields.where(*here, *path)
    if path[:2] == ("color", "by") and own.by:
        return step.fields.where(*here, "by")
    namer = source.front if name in source.front.layers else site
    return namer.where("layers", name, *path)
