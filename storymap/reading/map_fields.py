"""What an author may write of the map of a whole story: a picture to tell it on, instead of the earth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from storymap.reading.values import Text
from storymap.validation import refuse


class MapFields(BaseModel):
    """A picture that a story is told on."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

    image: Text = Field(description="A picture beside the story.", examples=["painting.jpg"])
    title: Text | None = Field(
        None,
        description="What it is, for those who cannot see it; without it, the title of the story.",
        examples=["The Ambassadors, Hans Holbein the Younger, 1533"],
    )


def _read_map(value: Any) -> Any:
    if not isinstance(value, Mapping | BaseModel):
        raise refuse("should say on what the story is told", help="write map: {image: painting.jpg}")
    if isinstance(value, Mapping) and "image" not in value:
        raise refuse("names no picture", help="write map: {image: painting.jpg}")
    return value


Map = Annotated[MapFields, BeforeValidator(_read_map), WithJsonSchema({"type": "object"})]
