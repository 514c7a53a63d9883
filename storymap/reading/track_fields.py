"""What an author may write of a track: which file, and which part of it a step goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from storymap.reading.values import Text
from storymap.reading.yaml_mapping import Scalar
from storymap.validation import refuse


class TrackFields(BaseModel):
    """A track, or the part of it that a step goes."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True, populate_by_name=True)

    file: Text = Field(
        description="A GPX, KML, GeoJSON, TCX or FIT file beside the story or in `geo/data/`.", examples=["ride.gpx"]
    )
    leg: Text | None = Field(
        None, description="Which track of the file, by its number or name; without it, all.", examples=["2"]
    )
    from_: Text | None = Field(
        None,
        alias="from",
        description="Where the part begins: a waypoint of the file, or kilometres from its start.",
        examples=["12.5", "Hut"],
    )
    to: Text | None = Field(
        None, description="Where the part ends, written in the same way.", examples=["18", "Summit"]
    )


def _read_track(value: Any) -> Any:
    """A mapping, or the name of a file alone."""
    if isinstance(value, Mapping | BaseModel):
        if isinstance(value, Mapping) and "file" not in value:
            raise refuse("names no file", help="write track: {file: ride.gpx, leg: 2}")
        return value
    file, _, leg = (value.text if isinstance(value, Scalar) else str(value)).partition("#")
    if leg and re.search(r"\.\w+$", file):
        raise refuse("has its leg behind a #", help=f"write track: {{file: {file}, leg: {leg}}}")
    return None if value is None else {"file": value}


Track = Annotated[
    TrackFields,
    BeforeValidator(_read_track),
    WithJsonSchema({"type": ["string", "object"]}),
]
