"""Read what the settings say for all stories in the words of front matter: layers of data under `[layers.NAME]`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import Field

from storymap.errors import Location, Report
from storymap.reading.field_reading import read_fields
from storymap.reading.fields import WrittenFields
from storymap.reading.layer_fields import Layers
from storymap.reading.yaml_mapping import Path, Scalar, YamlMapping


class SiteFields(WrittenFields):
    """What stands in the settings and has the form of front matter."""

    layers: Layers = Field(
        default_factory=dict,
        description="Data of the site's own, under names by which the steps of every story show it.",
        examples=["{regions: {from: regions.geojson}}"],
    )


def read_site_fields(layers: Mapping[str, Any], locate: Callable[..., Location], report: Report) -> SiteFields:
    """The layers in the tables of the settings; mistakes in them are told at their keys, which `locate` finds."""
    values = {"layers": _write(layers)}
    places = {path: locate(*path) for path in _list_paths(values)}
    return read_fields(SiteFields, YamlMapping(values, places, places), report, at=locate("layers"))


def _write(value: Any) -> Any:
    """A value of TOML as it would be parsed from YAML."""
    if isinstance(value, Mapping):
        return {key: _write(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_write(item) for item in value]
    if isinstance(value, bool):
        return Scalar(str(value).lower(), value)
    return Scalar(str(value), value if isinstance(value, int | float) else str(value))


def _list_paths(values: Mapping[str, Any], before: Path = ()) -> Iterator[Path]:
    for key, value in values.items():
        yield (*before, key)
        if isinstance(value, Mapping):
            yield from _list_paths(value, (*before, key))
