"""Digest values: equal ones alike, in whatever process, on whatever machine, under whatever hash seed.

What decides whether a file must be made again. A struct is its class and its fields, as is a dataclass, except those
that do not count in comparing it; a set has no order, a mapping has; numbers are exact; a geometry is its well-known
binary.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from pathlib import PurePath
from types import FunctionType
from typing import Any

from msgspec import Struct

from storymap.model.data import Dataset
from storymap.model.layer import Leg, Route
from storymap.model.place import LonLat, Place
from storymap.model.scene import Scene

_SHARED = (Scene, Place, Leg, Route, Dataset)
"""Kinds of values that many others hold, and that are worth knowing again."""


class Digester:
    """Digests values, each shared one once. `version` stands for all that is the same for every value, as the code."""

    def __init__(self, version: str = "") -> None:
        self._version = version.encode()
        self._known: dict[int, tuple[object, bytes]] = {}  # by id; the value stays, so that its id is not given away

    def digest(self, *values: object) -> str:
        """The digest of `values`, 32 hexadecimal digits. Raises `TypeError` for what has no plain value."""
        parts = [self._version, b"t%d:" % len(values)]
        self._write_all(values, parts)
        return hashlib.blake2b(b"".join(parts), digest_size=16).hexdigest()

    def _write_all(self, values: Iterable[Any], parts: list[bytes]) -> None:
        """Write values one after another: texts here, as most are, all else by the writer of its kind."""
        for value in values:
            kind = type(value)
            if kind is str:
                data = value.encode("utf-8", "surrogatepass")
                parts += (b"s%d:" % len(data), data)
            elif write := _PLAIN.get(kind):
                parts.append(write(value))
            elif kind in _SHARED:
                parts.append(self._know(value, kind))
            else:
                self._write_parts(value, kind, parts)

    def _know(self, value: Any, kind: type) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            own: list[bytes] = []
            self._write_parts(value, kind, own)
            known = self._known[id(value)] = (value, hashlib.blake2b(b"".join(own), digest_size=16).digest())
        return known[1]

    def _write_parts(self, value: Any, kind: type, parts: list[bytes]) -> None:
        """Write a value that holds others."""
        if kind is tuple or kind is list:
            if value and type(value[0]) is LonLat and all(type(point) is LonLat for point in value):
                parts.append(b"p%d:" % len(value))
                parts.append(struct.pack(f"<{2 * len(value)}d", *chain.from_iterable(value)))
                return
            parts.append((b"t%d:" if kind is tuple else b"l%d:") % len(value))
            self._write_all(value, parts)
        elif kind is dict:
            parts.append(b"d%d:" % len(value))
            self._write_all(chain.from_iterable(value.items()), parts)
        elif kind is set or kind is frozenset:
            members = []
            for item in value:
                own: list[bytes] = []
                self._write_all((item,), own)
                members.append(b"".join(own))
            parts.append(b"e%d:" % len(members))
            parts.extend(sorted(members))
        else:
            name, read = _reader_of(kind)
            parts.append(name)
            self._write_all(read(value), parts)


_PLAIN: dict[type, Callable[[Any], bytes]] = {
    bytes: lambda value: b"b%d:" % len(value) + value,
    float: lambda value: b"f" + struct.pack("<d", value),
    int: lambda value: b"i%d;" % value,
    bool: lambda value: b"1" if value else b"0",
    type(None): lambda _: b"n",
}
"""How plain values are written, but for texts."""


@lru_cache(maxsize=1024)
def _reader_of(kind: type) -> tuple[bytes, Callable[[Any], tuple[Any, ...]]]:
    """The name of a class, and what reads from a value of it the values that it consists of."""
    name = f"<{kind.__module__}.{kind.__qualname__}>".encode()
    if issubclass(kind, Struct):
        return name, _read_fields(kind.__struct_fields__)
    if is_dataclass(kind):
        return name, _read_fields(tuple(field.name for field in fields(kind) if field.compare))
    if issubclass(kind, tuple):  # with names
        return name, tuple
    if issubclass(kind, Enum):
        return name, lambda value: (value.name,)
    if issubclass(kind, PurePath):
        return b"<path>", lambda value: (value.as_posix(),)
    if issubclass(kind, date):
        return name, lambda value: (value.isoformat(),)
    if issubclass(kind, FunctionType):
        return name, _name_function
    if hasattr(kind, "model_fields"):  # a model of pydantic
        return name, _read_fields(tuple(kind.model_fields))
    if kind.__module__.startswith("shapely."):
        return name, lambda value: (value.wkb,)
    raise TypeError(f"{kind.__qualname__} is no plain value")


def _read_fields(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) == 1:
        read = attrgetter(names[0])
        return lambda value: (read(value),)
    return attrgetter(*names) if names else lambda _: ()


def _name_function(function: FunctionType) -> tuple[str, ...]:
    if "<" in function.__qualname__:
        raise TypeError(f"{function.__qualname__} is no function of a module")
    return function.__module__, function.__qualname__
