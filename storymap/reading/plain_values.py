"""Take values that were not parsed from YAML, of TOML or of a program, as if they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from storymap.errors import Location
from storymap.reading.yaml_mapping import Path, Scalar, YamlMapping


def map_values(values: Mapping[str, Any], locate: Callable[..., Location]) -> YamlMapping:
    """`values` by their keys; `locate` finds where the value at a path of keys stands."""
    written = {str(key): _write(value) for key, value in values.items()}
    places = {path: locate(*path) for path in _list_paths(written)}
    return YamlMapping(written, places, places)


def _write(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _write(item) for key, item in value.items()}
    if hasattr(value, "tolist"):  # NumPy's
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_write(item) for item in value]
    if isinstance(value, bool):
        return Scalar(str(value).lower(), value)
    return Scalar(str(value), value if value is None or isinstance(value, int | float) else str(value))


def _list_paths(values: Mapping[str, Any], before: Path = ()) -> Iterator[Path]:
    for key, value in values.items():
        yield (*before, key)
        if isinstance(value, Mapping):
            yield from _list_paths(value, (*before, key))
