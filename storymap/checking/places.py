"""Check the places of `geo/`: those that no story goes to or that name no source, and categories that none has."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from storymap.checking.checked import CheckedProject
from storymap.errors import Location, Report
from storymap.model.layer import FeatureLayer
from storymap.model.place import Place
from storymap.model.prose import list_map_links
from storymap.resolving.uses import list_uses
from storymap.text.suggesting import ask_nearest

MOST_TOLD = 3
"""Unused places of one file that are told one by one; more are told as one."""

_HIDES_USES = frozenset({"unknown-place", "ambiguous-place", "yaml-syntax", "unknown-key", "wrong-value", "not-utf-8"})
"""Errors that may hide that a story goes to a place."""


def check_places(checked: CheckedProject, report: Report) -> None:
    """Tell places that no story names, unless all are to have a page, and those without a source beside others."""
    used = {use.place.id for use in list_uses(checked.sources, checked.names)}
    prose = (part for collection in checked.collections for part in (collection.opening, collection.notes))
    used |= {place.id for part in prose for link in list_map_links(part) for place in link.places}
    for _, grouped in groupby(checked.gazetteer.places, key=lambda place: place.defined_at.path):
        places = tuple(grouped)
        if checked.project.settings.pages == "used" and not _HIDES_USES & checked.mistaken:
            _check_unused(places, used, report)
        _check_sources(places, report)
    _check_categories(checked, report)


def _check_unused(places: tuple[Place, ...], used: Collection[str], report: Report) -> None:
    unused = [place for place in places if place.id not in used]
    if len(unused) > MOST_TOLD:
        share = "any" if len(unused) == len(places) else f"{len(unused):,}"
        report.warning(
            "unused-place",
            f"no story goes to {share} of the {len(places):,} places of this file: {_list_names(unused)}",
            Location(places[0].defined_at.path),
            "name them in a step, link to them, or delete them; if the file is a collection, turn this check off "
            'in the settings: checks = { unused-place = "off" }',
        )
        return
    for place in unused:
        report.warning(
            "unused-place",
            f'no story goes to "{place.name}"',
            place.defined_at,
            f"name it in a step, link to it, [{place.name}](place:{place.id}), or delete it",
        )


def _check_categories(checked: CheckedProject, report: Report) -> None:
    """A note for each category of the settings that neither a place has nor a feature of a layer."""
    categories = checked.project.settings.categories
    if not categories:
        return
    used = {place.category.casefold() for place in checked.gazetteer.places}
    scenes = (scene for story in checked.stories for scene in (story.scene, *(step.scene for step in story.steps)))
    layers = (layer for scene in scenes for layer in scene.layers if isinstance(layer, FeatureLayer))
    for layer in layers:
        if layer.color_by is not None:
            used.update(str(feature.values[layer.color_by]).casefold() for feature in layer.features)
    for name in categories:
        if name.casefold() not in used:
            known = sorted({place.category for place in checked.gazetteer.places if place.category})
            report.note(
                "unused-category",
                f'no place has the category "{name}"',
                checked.project.where("categories", name),
                help=ask_nearest(name, known, otherwise="leave it out, or give a place of geo/ this category"),
            )


def _check_sources(places: tuple[Place, ...], report: Report) -> None:
    """One note for a file in which some places name their source and others do not; most files need none at all."""
    bare = [place for place in places if not place.source]
    if bare and len(bare) < len(places):
        one = len(bare) == 1
        verb = "does not say where its position is from" if one else "do not say where their positions are from"
        report.note(
            "missing-source",
            f"{len(bare):,} of the {len(places):,} places of this file {verb}: {_list_names(bare)}",
            bare[0].defined_at,
            'add a "source", such as "GeoNames (CC BY 4.0)", "OpenStreetMap (ODbL)" or "surveyed by us in 2024"',
        )


def _list_names(places: list[Place]) -> str:
    shown = ", ".join(f'"{place.name}"' for place in places[:3])
    return f"{shown} and {len(places) - 3:,} more" if len(places) > 3 else shown
