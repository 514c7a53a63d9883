"""Looks and keys as the browser is told of them."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from storymap.layers.drawn import Key, KeyEntry
from storymap.layers.figures import Paint


class PaintPayload(TypedDict):
    """A `Paint`."""

    fill: NotRequired[str]
    stroke: NotRequired[str]
    width: float
    opacity: float
    dash: NotRequired[list[float]]


class KeyEntryPayload(TypedDict):
    """A `KeyEntry`."""

    paint: PaintPayload
    text: str
    radius: NotRequired[float]


class KeyPayload(TypedDict):
    """A `Key`."""

    title: str
    entries: list[KeyEntryPayload]


def write_paint(paint: Paint) -> PaintPayload:
    """`paint`, without what it has none of."""
    payload: PaintPayload = {"width": paint.width, "opacity": paint.opacity}
    if paint.fill:
        payload["fill"] = paint.fill
    if paint.stroke:
        payload["stroke"] = paint.stroke
    if paint.dash:
        payload["dash"] = list(paint.dash)
    return payload


def write_key(key: Key) -> KeyPayload:
    """`key` for the key of a map."""
    return {"title": key.title, "entries": [_write_entry(entry) for entry in key.entries]}


def _write_entry(entry: KeyEntry) -> KeyEntryPayload:
    payload: KeyEntryPayload = {"paint": write_paint(entry.paint), "text": entry.text}
    if entry.radius:
        payload["radius"] = entry.radius
    return payload
