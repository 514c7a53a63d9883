"""What an author may write of a layer: `LayerFields` where it is named, `ShownFields` where a step shows it otherwise.

In the front matter, or in the settings under `[layers.NAME]`. What the names of files and columns in them mean is
settled later.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from storymap.reading.values import Flag, Number, Text, Texts
from storymap.reading.yaml_mapping import Scalar
from storymap.validation import refuse

NOTHING = "none"
"""What a step writes that shows no layer."""


def _read_color(value: Any) -> Any:
    """A mapping, or one colour for all."""
    return value if isinstance(value, Mapping | BaseModel) or value is None else {"fill": value}


def _read_list(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _read_layer(value: Any) -> Any:
    """A mapping, or the file alone."""
    return {"from": value} if isinstance(value, Scalar) else value


def _read_pairs(value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        if len(value) != 1 or not all(isinstance(item, Scalar | str) for item in value.values()):
            raise refuse("should be one column, or one of each")
        return {key: item.text.strip() if isinstance(item, Scalar) else item for key, item in value.items()}
    text = value.text.strip() if isinstance(value, Scalar) else value
    if not isinstance(text, str) or not text:
        raise refuse("should be the name of a column")
    return {text: text}


def _read_shown(value: Any) -> Any:
    """The names of a list, or a mapping from names to what is shown otherwise; `none` for no layer."""
    if isinstance(value, Mapping):
        return {
            name: {} if isinstance(item, Scalar) and item.value in (None, True) else item
            for name, item in value.items()
        }
    items = value if isinstance(value, list | tuple) else [value]
    names = [item.text.strip() if isinstance(item, Scalar) else item for item in items]
    if not all(isinstance(name, str) and name for name in names):
        raise refuse("should be names of layers")
    return {} if names == [NOTHING] else {name: {} for name in names}


class _Fields(BaseModel):
    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True, populate_by_name=True)


class JoinFields(_Fields):
    """A table whose rows belong to features: both have the column `on`, or each its own (`{code: region}`)."""

    table: Text = Field(
        description="A table beside the story or in `geo/data/`; `file.xlsx#sheet` for one of several sheets.",
        examples=["heat.csv"],
    )
    on: Annotated[
        dict[str, str],
        BeforeValidator(_read_pairs),
        WithJsonSchema({"type": ["string", "object"]}),
    ] = Field(
        description="The column that both have, or the layer's column and the table's.",
        examples=["code", "{nuts: code}"],
    )


class ColorFields(_Fields):
    """How a column becomes colours."""

    fill: Text | None = Field(None, description="One colour for all.", examples=['"#b3541e"'])
    by: Text | None = Field(None, description="The column that decides the colour.", examples=["price_2024"])
    scheme: Text | None = Field(
        None,
        description="How numbers are put into classes: quantiles, equal, natural, breaks of your own, or categories.",
        examples=["quantiles"],
    )
    classes: Number | None = Field(None, description="How many classes, from 2 to 9.", examples=["5"])
    breaks: Annotated[
        tuple[Number, ...] | None,
        BeforeValidator(_read_list),
        WithJsonSchema({"type": "array", "items": {"type": "number"}}),
    ] = Field(None, description="Where one class ends and the next begins, rising.", examples=["[10, 20, 50]"])
    palette: Text | None = Field(None, description="A ColorBrewer palette.", examples=["oranges"])
    reverse: Flag = Field(default=False, description="Turn the palette round.", examples=["true"])
    missing: Text | None = Field(None, description="The colour of what has no value.", examples=['"#dddddd"'])
    format: Text | None = Field(None, description="How numbers are written, such as `0.0`.", examples=['"0.0"'])
    unit: Text | None = Field(None, description="The unit, for the key.", examples=["CZK/GJ"])


class SizeFields(_Fields):
    """How a column becomes the size of circles: their area is in proportion to it."""

    by: Text | None = Field(None, description="The column that decides the size.", examples=["population"])
    max: Number | None = Field(None, description="Radius of the largest circle in pixels.", examples=["30"])


class ShownFields(_Fields):
    """How a layer is shown; a step may write each of these anew for itself."""

    by: Text | None = Field(None, description="The same as `color: {by: …}`, for steps.", examples=["price_2014"])
    title: Text | None = Field(None, description="What the layer is called in the key.", examples=["Price of heat"])
    where: Annotated[
        dict[str, Texts] | None,
        WithJsonSchema({"type": "object"}),
    ] = Field(
        None, description="Only features with this value, or one of these, in a column.", examples=["{year: 2024}"]
    )
    color: Annotated[
        ColorFields | None,
        BeforeValidator(_read_color, json_schema_input_type=Text | ColorFields | None),
    ] = Field(None, description="One colour, or how a column becomes colours.", examples=["{by: price, classes: 5}"])
    size: SizeFields | None = Field(None, description="How a column becomes sizes.", examples=["{by: population}"])
    width: Number | None = Field(None, description="Width of lines and outlines in pixels.", examples=["2"])
    opacity: Number | None = Field(None, description="From 0, invisible, to 1.", examples=["0.8"])
    dash: Text | None = Field(None, description="Dashes and gaps of a line in pixels.", examples=['"4 2"'])
    label: Text | None = Field(None, description="The column with the name that stands on the map.", examples=["name"])
    popup: Texts | None = Field(
        None,
        description="What a chosen feature tells: a list of columns, or a Markdown text with `{column}` in it.",
        examples=["[name, price_2024]"],
    )
    tooltip: Text | None = Field(None, description="What stands beside the pointer: a column.", examples=["name"])
    cluster: Flag | None = Field(None, description="Gather points that are near one another.", examples=["true"])


class LayerFields(ShownFields):
    """A layer: the author's data, and how it is shown."""

    from_: Text = Field(
        alias="from",
        description="A file beside the story or in `geo/data/`; `file.gpkg#layer` for one of several layers; "
        "`countries` for the outlines of countries.",
        examples=["regions.geojson"],
    )
    crs: Text | None = Field(
        None,
        description="The reference system of the coordinates of the file, where it does not say it.",
        examples=["EPSG:5514"],
    )
    columns: Annotated[dict[str, Text], WithJsonSchema({"type": "object"})] = Field(
        default={},
        description="What columns are called where readers see their names: in tables, keys and popups.",
        examples=["{price_2024: Price in 2024}"],
    )
    join: JoinFields | None = Field(
        None, description="A table whose values belong to the features.", examples=["{table: heat.csv, on: code}"]
    )


Layers = dict[str, Annotated[LayerFields, BeforeValidator(_read_layer, json_schema_input_type=Text | LayerFields)]]
ShownLayers = Annotated[
    dict[str, ShownFields],
    BeforeValidator(_read_shown),
    WithJsonSchema({"type": ["string", "array", "object"]}),
]
