"""What an author may write of the picture at the head of a story, and of whose the pictures and data in it are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from storymap.reading.values import Text
from storymap.validation import refuse

_POSITION = re.compile(r"(?:top|bottom|left|right|center|\d{1,3}%)(?: (?:top|bottom|left|right|center|\d{1,3}%))?")
_WEB = re.compile(r"https?://[^\s<>\"]+")


def _check_position(text: str) -> str:
    if not _POSITION.fullmatch(text):
        raise refuse("should be a side, or two shares of its width and height", help='write "top", or "50% 20%"')
    return text


def _check_web(text: str) -> str:
    if not _WEB.fullmatch(text):
        raise refuse("should be an address of the web", help="write https://…")
    return text


class CreditFields(BaseModel):
    """Who made something and how it may be used."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

    author: Text | None = Field(None, description="Who made it.", examples=["Jana Nováková"])
    licence: Text | None = Field(
        None, description="How it may be used: the name of its licence.", examples=["CC BY 4.0", "public domain"]
    )
    source: Annotated[Text, AfterValidator(_check_web)] | None = Field(
        None, description="Where it is from: an address of the web.", examples=["https://example.org/archive/12"]
    )
    text: Text | None = Field(
        None, description="All of it in one, which is what a text alone means.", examples=["Jana Nováková, CC BY 4.0"]
    )


def _read_credit(value: Any) -> Any:
    if isinstance(value, Mapping | BaseModel):
        return value
    return {"text": value}


Credit = Annotated[CreditFields, BeforeValidator(_read_credit), WithJsonSchema({"type": ["string", "object"]})]
Credits = dict[Text, Credit]


class CoverFields(BaseModel):
    """The picture of a story's card, which stands at the head of the story, too, where it says what it shows."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

    file: Text = Field(description="A picture beside the story.", examples=["museum.jpg"])
    alt: Text | None = Field(
        None, description="What it shows, for those who cannot see it.", examples=["The lit front of the museum"]
    )
    credit: Credit | None = Field(
        None, description="Whose it is, as in `credits`.", examples=["Jana Nováková, CC BY 4.0"]
    )
    position: Annotated[Text, AfterValidator(_check_position)] | None = Field(
        None,
        description="Which part of it stays where it is cut: a side, or shares of its width and height.",
        examples=["top", "50% 20%"],
    )

    @property
    def is_shown(self) -> bool:
        """Whether it stands at the head of the story."""
        return any(value is not None for value in (self.alt, self.credit, self.position))


def _read_cover(value: Any) -> Any:
    if isinstance(value, Mapping | BaseModel):
        if isinstance(value, Mapping) and "file" not in value:
            raise refuse("names no picture", help='write cover: {file: museum.jpg, alt: "what it shows"}')
        return value
    if isinstance(value, list):
        raise refuse("should be one picture", help="write cover: museum.jpg")
    return {"file": value}


Cover = Annotated[CoverFields, BeforeValidator(_read_cover), WithJsonSchema({"type": ["string", "object"]})]
