"""What an author may write of the drawn map: which of today's borders and names it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from storymap.model.ground import Borders, Names, StreetDetail
from storymap.reading.values import one_of
from storymap.validation import refuse


def _read_ground(value: Any) -> Any:
    if not isinstance(value, Mapping | BaseModel):
        raise refuse("should say what the map shows", help="write ground: {borders: none, names: none}")
    return value


class GroundFields(BaseModel):
    """Which of today's borders and names the drawn map shows; what is not written stays as it was."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

    borders: Annotated[Borders, one_of(get_args(Borders))] | None = Field(
        None, description="Borders of countries and regions: all or none.", examples=["none"]
    )
    names: Annotated[Names, one_of(get_args(Names))] | None = Field(
        None,
        description="Names of countries, settlements and waters: all, those of waters alone, or none.",
        examples=["none", "water"],
    )
    detail: Annotated[StreetDetail, one_of(get_args(StreetDetail))] | None = Field(
        None,
        description="How finely streets are drawn: auto as the page can carry them, fine, coarse, or none.",
        examples=["coarse"],
    )


Ground = Annotated[GroundFields, BeforeValidator(_read_ground)]
