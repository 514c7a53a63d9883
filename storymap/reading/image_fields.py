"""What an author may write of a picture that lies on the ground of a map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from storymap.reading.values import FourNumbers, Number, Text, mend_decimal_commas
from storymap.reading.yaml_mapping import Scalar
from storymap.validation import refuse

NOTHING = "none"
"""What a step writes that shows no picture."""

OPACITY = 0.8
"""How firmly a picture lies on the ground where its author does not say."""


def _read_points(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise refuse("should be a list of points", help="write points: [[120, 80, 14.40, 50.10], …], three or more")
    for point in value:
        if isinstance(point, list | tuple) and (meant := mend_decimal_commas(point)):
            raise refuse("has commas within its numbers", help=f"with decimal points: {meant}")
        if not isinstance(point, list | tuple) or len(point) != 4:
            help = "each is [pixels from the left, pixels from the top, longitude, latitude]"
            raise refuse("should be a list of points of four numbers each", help=help)
    return tuple(tuple(point) for point in value)


def _check_share(value: float) -> float:
    if not 0 <= value <= 1:
        raise refuse("should be from 0, invisible, to 1")
    return value


Share = Annotated[Number, AfterValidator(_check_share)]


def _read_image(value: Any) -> Any:
    """A mapping, or the file alone."""
    if isinstance(value, Scalar):
        return {"file": value}
    if not isinstance(value, Mapping | BaseModel):
        example = "image: {file: plan.jpg, bounds: [14.40, 50.06, 14.46, 50.10]}"
        raise refuse("should say which picture, and where it lies", help=f"write {example}")
    return value


Bounds = FourNumbers | None
ControlPoints = Annotated[
    tuple[tuple[Number, Number, Number, Number], ...] | None,
    BeforeValidator(_read_points),
    WithJsonSchema({"type": "array", "minItems": 3, "items": {"type": "array", "minItems": 4, "maxItems": 4}}),
]


class ImageFields(BaseModel):
    """A picture, and where on the earth it lies."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

    file: Text = Field(
        description="A picture beside the story. A GeoTIFF, a picture with its world file beside it, and a KMZ with an "
        "overlay say themselves where they lie.",
        examples=["plan-1894.jpg", "plan-1894.tif", "plan-1894.kmz"],
    )
    bounds: Bounds = Field(
        None,
        description="Where its edges lie: west, south, east, north. For pictures whose upper edge is north.",
        examples=["[14.40, 50.06, 14.46, 50.10]"],
    )
    points: ControlPoints = Field(
        None,
        description="Three or more points of it whose position is known, each as pixels from the left and the top, "
        "longitude, latitude. It is turned and stretched to fit them.",
        examples=["[[357, 208, -77.0090, 38.8898], [230, 160, -77.0366, 38.8977], [168, 129, -77.0502, 38.9025]]"],
    )
    crs: Text | None = Field(
        None,
        description="The reference system of its world file or GeoTIFF, where no file says it.",
        examples=["EPSG:5514"],
    )
    title: Text | None = Field(
        None,
        description="What it is, for those who cannot see it, and beside the slider of its strength.",
        examples=["Plan of Washington, 1792"],
    )
    opacity: Share = Field(OPACITY, description="From 0, invisible, to 1.", examples=["0.8"])

    @property
    def is_nothing(self) -> bool:
        """Whether it says that no picture is shown."""
        return self.file == NOTHING


Image = Annotated[ImageFields, BeforeValidator(_read_image), WithJsonSchema({"type": ["string", "object"]})]
