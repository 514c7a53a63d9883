"""What an author may write of the named routes of a story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from storymap.model.layer import SiteLine
from storymap.reading.track_fields import Track
from storymap.reading.values import Places, Text, one_of
from storymap.reading.yaml_mapping import Scalar
from storymap.validation import refuse

MOST_ROUTES = 8
"""Routes of a story: more could not be told apart by their colours."""

_EXAMPLE = "write routes: {By sea: [Lisbon, Madeira], On foot: walk.gpx}"
_LINES = ("great-circle", "straight")


class RouteFields(BaseModel):
    """A named route: a track, or places that are joined."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

    track: Track | None = Field(
        None, description="A recorded way, written as for a step.", examples=["walk.gpx", "{file: walk.gpx, leg: 2}"]
    )
    places: Places | None = Field(
        None, description="The places that it joins, in order.", examples=["[Lisbon, Madeira, Azores]"]
    )
    line: Annotated[SiteLine, one_of(_LINES)] = Field(
        "great-circle",
        description="How its places are joined: by the shortest way over the globe, or straight on the map.",
        examples=["straight"],
    )
    color: Text | None = Field(
        None, description="Its colour; without it, one that differs from the others.", examples=['"#2f6f9f"', "teal"]
    )


def _read_route(value: Any) -> Any:
    """A mapping, or a file of a track alone, or a list of places alone."""
    if isinstance(value, list | tuple):
        return {"places": value}
    return {"track": value} if isinstance(value, Scalar | str) else value


def _check_route(route: RouteFields) -> RouteFields:
    if (route.track is None) == (route.places is None):
        raise refuse("should have a track or places", help=_EXAMPLE)
    if route.places is not None and len(route.places) < 2:
        raise refuse("joins two places at least", help=_EXAMPLE)
    return route


def _read_routes(value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise refuse("should hold names, and the way of each", help=_EXAMPLE)
    if len(value) > MOST_ROUTES:
        raise refuse(f"holds {len(value)} routes, and a map can tell {MOST_ROUTES} apart")
    return value


_Route = Annotated[
    RouteFields,
    BeforeValidator(_read_route, json_schema_input_type=Text | list[Text] | RouteFields),
    AfterValidator(_check_route),
]
Routes = Annotated[dict[str, _Route], BeforeValidator(_read_routes)]
