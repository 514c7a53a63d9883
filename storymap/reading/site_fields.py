"""Read what the settings say for all stories in the words of front matter: layers of data under `[layers.NAME]`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import Field

from storymap.errors import Location, Report
from storymap.reading.field_reading import read_fields
from storymap.reading.fields import WrittenFields
from storymap.reading.layer_fields import Layers
from storymap.reading.plain_values import map_values


class SiteFields(WrittenFields):
    """What stands in the settings and has the form of front matter."""

    layers: Layers = Field(
        default_factory=dict,
        description="Data of the site's own, under names by which the steps of every story show it.",
        examples=["{regions: {from: regions.geojson}}"],
    )


def read_site_fields(layers: Mapping[str, Any], locate: Callable[..., Location], report: Report) -> SiteFields:
    """The layers in the tables of the settings; mistakes in them are told at their keys, which `locate` finds."""
    return read_fields(SiteFields, map_values({"layers": layers}, locate), report, at=locate("layers"))
