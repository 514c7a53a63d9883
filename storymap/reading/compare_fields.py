"""What an author may write of two pictures or layers that a step compares, one on each side of a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from storymap.reading.image_fields import Bounds, ControlPoints, Share
from storymap.reading.layer_fields import ShownFields
from storymap.reading.values import Text
from storymap.reading.yaml_mapping import Scalar
from storymap.validation import refuse

_EXAMPLE = "write compare: [heat_2014, heat_2024], or two pictures: [{file: 1894.jpg, bounds: …}, {file: …}]"


class ComparedFields(ShownFields):
    """One side: a picture by its `file`, as in `image`, or a layer by its name, shown as a step may show it."""

    layer: Text | None = Field(None, description="A layer of the front matter, by its name.", examples=["regions"])
    file: Text | None = Field(None, description="A picture beside the story.", examples=["plan-1894.jpg"])
    bounds: Bounds = Field(
        None,
        description="Where the edges of the picture lie: west, south, east, north.",
        examples=["[14.40, 50.06, 14.46, 50.10]"],
    )
    points: ControlPoints = Field(
        None,
        description="Three or more points of the picture whose position is known.",
        examples=["[[357, 208, -77.0090, 38.8898], [230, 160, -77.0366, 38.8977], [168, 129, -77.0502, 38.9025]]"],
    )
    crs: Text | None = Field(
        None,
        description="The reference system of the world file or GeoTIFF of the picture, where no file says it.",
        examples=["EPSG:5514"],
    )
    opacity: Share | None = Field(None, description="From 0, invisible, to 1.", examples=["0.8"])


def _read_sides(value: Any) -> Any:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise refuse("should be a list of two: what lies left of the line, and what lies right of it", help=_EXAMPLE)
    return tuple({"layer": side} if isinstance(side, Scalar) else side for side in value)


def _read_side(value: Any) -> Any:
    if not isinstance(value, Mapping | BaseModel):
        raise refuse("should name two layers or two pictures", help=_EXAMPLE)
    return value


def _check_side(side: ComparedFields) -> ComparedFields:
    if (side.layer is None) == (side.file is None):
        raise refuse("should have a layer or a file on each side", help=_EXAMPLE)
    return side


_Side = Annotated[ComparedFields, BeforeValidator(_read_side), AfterValidator(_check_side)]

Compared = Annotated[
    tuple[_Side, _Side],
    BeforeValidator(
        _read_sides, json_schema_input_type=Annotated[list[Text | _Side], Field(min_length=2, max_length=2)]
    ),
]
