"""Read one feature of a GeoJSON text → `Feature`: what is wrong with it makes it lost, and is told where it stands.

Called by `storymap.geodata.geojson`, which knows the text around it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import shapely

from storymap.earth.flaws import Flaw
from storymap.earth.mending import settle_mended
from storymap.errors import Location, Report
from storymap.geodata.features import Feature
from storymap.geodata.geojson_geometry import BadGeometryError, build_geometry, explain_type
from storymap.geodata.json_text import JsonText, say_type
from storymap.geodata.nested_names import lift_names


def read_feature(
    feature: object,
    number: int,
    *,
    span: tuple[int, int],
    source: JsonText,
    crs: str,
    report: Report,
    fallback_name: str = "",
) -> Feature:
    """The feature, lost where it is none or its geometry cannot be built."""
    label = f'"{fallback_name[:60]}"' if fallback_name else f"feature {number}"
    at = source.at(span[0])

    def lose(flaw: Flaw, where: Location, properties: Mapping[str, Any] | None = None, written_id: str = "") -> Feature:
        nothing = shapely.GeometryCollection()
        return Feature(nothing, properties or {}, at, where, label, crs, written_id, fallback_name, lost=flaw)

    if not isinstance(feature, dict):
        advice = 'a feature is { "type": "Feature", "properties": { … }, "geometry": { … } }'
        flaw = Flaw("bad-feature", f"it is {say_type(feature)}, not an object", advice)
        return lose(flaw, source.find("features", *span))
    written = feature.get("properties")
    properties = lift_names(feature, written if isinstance(written, dict) else {})
    name = next(
        (value for key, value in properties.items() if key.casefold() in {"name", "title"} and isinstance(value, str)),
        "",
    )
    label = f'"{" ".join(name.split())[:60]}"' if name.strip() else label
    identity = feature.get("id")
    known = isinstance(identity, str | int | float) and not isinstance(identity, bool)
    endless = isinstance(identity, float) and not math.isfinite(identity)
    written_id = str(identity) if known and not endless else ""
    if feature.get("type") != "Feature":
        flaw = Flaw("bad-feature", explain_type(feature.get("type")), 'write "type": "Feature"')
        return lose(flaw, source.find("type", *span), properties, written_id)
    if written is not None and not isinstance(written, dict):
        flaw = Flaw(
            "bad-feature",
            f'its "properties" are {say_type(written)}, not an object',
            'write "properties": { "name": "…" }',
        )
        return lose(flaw, source.find("properties", *span), written_id=written_id)
    _check_properties(properties, label, span=span, source=source, report=report)
    if identity is not None and not known:
        flaw = Flaw("bad-feature", f'its "id" is {say_type(identity)}', "an id is text or a number")
        return lose(flaw, source.find("id", *span), properties)
    geometry = feature.get("geometry")
    if geometry is None:
        expected = 'this feature has no "geometry"' if "geometry" not in feature else "its geometry is null"
        flaw = Flaw("no-geometry", f"{expected}, so it is nowhere", "draw it, or delete it")
        return lose(flaw, source.find("geometry", *span), properties, written_id)
    try:
        shape = build_geometry(geometry)
    except BadGeometryError as error:
        whole = source.text.find('"geometry"', *span)
        flaw = Flaw(error.code, str(error), error.advice)
        return lose(flaw, source.find(error.key, max(whole, span[0]), span[1]), properties, written_id)
    mended, lost = settle_mended(shape.geometry, shape.flaws)
    return Feature(
        geometry=shape.geometry,
        properties=properties,
        at=source.find("name", *span) if name else at,
        geometry_at=source.find("coordinates", *span),
        label=label,
        crs=crs,
        id=written_id,
        fallback_name=fallback_name,
        mended=mended,
        lost=lost,
    )


def _check_properties(
    properties: Mapping[str, Any], label: str, *, span: tuple[int, int], source: JsonText, report: Report
) -> None:
    """Warn of what cannot be read of `properties`."""
    if not any(isinstance(value, dict | list) for value in properties.values()):
        return  # nearly always, and then the model need not be loaded
    from storymap.geodata.properties import check_properties

    for key, reason, example in check_properties(properties):
        report.warning("bad-property", f'{label}: "{key}" {reason}', source.find(key, *span), f"for example: {example}")
