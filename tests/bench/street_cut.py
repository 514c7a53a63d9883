"""Cut what a few steps show out of an extract as large as that of a country, and print memory and time.

The extract is made of a real one, which is repeated side by side until it has the size that is asked for:

    python tests/bench/street_cut.py FILE.osm.pbf --megabytes 200

The file is made under a temporary folder, which `--keep FOLDER` keeps for the next time.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import osmium
from osmium.osm import mutable

from storymap.model.place import Bounds
from storymap.streets.osm_extracts import extract_osm

_ASIDE = 0.08
"""Degrees by which a copy lies east of the one before; after `_ROW` of them another row begins."""

_ROW = 40


def main() -> None:
    """Make the file, cut it, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large = (asked.keep or Path(folder)) / f"large-{asked.megabytes}.osm.pbf"
        if not large.exists():
            started = time.process_time()
            copies = _repeat(asked.file, large, asked.megabytes * 1e6)
            print(f"made of {copies} copies in {time.process_time() - started:.0f} s")
        _cut(asked.file, large, Path(folder) / "cut.osm.pbf")


def _cut(base: Path, large: Path, target: Path) -> None:
    with osmium.io.Reader(str(base), osmium.osm.NOTHING) as reader:
        box = reader.header().box()
    west, south = box.bottom_left.lon, box.bottom_left.lat
    near = Bounds(west + 0.01, south + 0.01, west + 0.03, south + 0.02)
    wide = Bounds(west - 0.05, south - 0.03, west + 0.09, south + 0.06)
    started, user = time.monotonic(), time.process_time()
    kept = extract_osm(large, target, {15: (near,), 11: (wide,)})
    print(f"{large.stat().st_size / 1e6:,.0f} MB -> {target.stat().st_size / 1e6:.2f} MB: {kept}")
    print(f"{time.monotonic() - started:.0f} s, {time.process_time() - user:.0f} s of processors")
    status = Path("/proc/self/status")
    if status.exists():
        told = dict(line.split(":", 1) for line in status.read_text().splitlines() if line.startswith(("Rss", "VmHWM")))
        print({name: value.strip() for name, value in told.items()})
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB, pages of files included")


def _repeat(base: Path, target: Path, size: float) -> int:
    """Write `base` side by side until there are `size` bytes; how many times.

    There are all nodes, then all ways, then all relations, each with an id of its own.

    The file is put together from the blocks of one copy, in which only first ids and the offset of coordinates change:
    each later id is told by its distance from the one before.
    """
    with tempfile.TemporaryDirectory() as folder:
        numbered = Path(folder) / "numbered.osm.pbf"
        stride = _number(base, numbered)
        blocks = [_read_block(block) for block in _list_blocks(numbered.read_bytes())]
    copies = max(1, round(size / sum(len(_write_block(block, 0, 0, 0)) for block in blocks)))
    with osmium.SimpleWriter(str(target), overwrite=True):
        pass  # the header
    with target.open("ab") as opened:
        for kind in (_DENSE, _WAY, _RELATION):
            for copy in range(copies):
                east, north = (copy % _ROW) * _ASIDE, (copy // _ROW) * _ASIDE
                for block in blocks:
                    if block.kind == kind:
                        opened.write(_write_block(block, copy * stride, round(east * 1e9), round(north * 1e9)))
    return copies


def _number(base: Path, target: Path) -> int:
    """Write `base` with ids from 1 on, without what is missing in it; how many ids of a kind there are at most."""
    things: dict[str, list[Any]] = {"n": [], "w": [], "r": []}
    processor: Any = osmium.FileProcessor(str(base))
    for thing in processor:
        tags = dict(thing.tags)
        if thing.is_node():
            things["n"].append((thing.id, thing.location.lon, thing.location.lat, tags))
        elif thing.is_way():
            things["w"].append((thing.id, [node.ref for node in thing.nodes], tags))
        else:
            things["r"].append((thing.id, [(one.type, one.ref, one.role) for one in thing.members], tags))
    new = {kind: {thing[0]: number for number, thing in enumerate(found, start=1)} for kind, found in things.items()}
    with osmium.SimpleWriter(str(target), overwrite=True) as writer:
        for old, lon, lat, tags in things["n"]:
            writer.add_node(mutable.Node(id=new["n"][old], location=(lon, lat), tags=tags))
        for old, refs, tags in things["w"]:
            kept = [new["n"][ref] for ref in refs if ref in new["n"]]
            writer.add_way(mutable.Way(id=new["w"][old], nodes=kept, tags=tags))
        for old, members, tags in things["r"]:
            parts = [(kind, new[kind][ref], role) for kind, ref, role in members if ref in new[kind]]
            writer.add_relation(mutable.Relation(id=new["r"][old], members=parts, tags=tags))
    return max(map(len, things.values()))


_DENSE, _WAY, _RELATION = 2, 3, 4
"""Fields of a group, by what stands in it (https://wiki.openstreetmap.org/wiki/PBF_Format)."""

_REFERRING = {_WAY: 8, _RELATION: 9}
"""The field with the ids that a thing refers to."""


class _Thing(NamedTuple):
    """A way or a relation in pieces: its id, what stands behind it, the first id that it refers to, and the rest."""

    id: int
    before: bytes
    first: int
    refs: bytes
    after: bytes


class _Block(NamedTuple):
    """A block with things of one kind; `dense` are all nodes: the first id, those after it, and the other fields."""

    kind: int
    strings: bytes
    dense: tuple[int, bytes, bytes]
    things: list[_Thing]


def _list_blocks(data: bytes) -> Iterator[bytes]:
    """The blocks of a file, unpacked, without the header."""
    at = 0
    while at < len(data):
        end = at + 4 + int.from_bytes(data[at : at + 4], "big")
        header = dict(_list_fields(data[at + 4 : end]))
        at = end + header[3]
        if header[1] == b"OSMData":
            yield zlib.decompress(dict(_list_fields(data[end:at]))[3])


def _read_block(data: bytes) -> _Block:
    fields = list(_list_fields(data))
    strings = next(value for number, value in fields if number == 1)
    groups = [value for number, value in fields if number == 2]
    kind = next(_list_fields(groups[0]))[0]
    dense, things = (0, b"", b""), []
    for number, value in (field for group in groups for field in _list_fields(group)):
        parts = list(_list_fields(value))
        if number == _DENSE:
            first, rest = _cut_first(parts[0][1])
            dense = (first, rest, b"".join(_write_field(*part) for part in parts[1:]))
            continue
        at = next((index for index, part in enumerate(parts) if part[0] == _REFERRING[number]), len(parts))
        first, rest = _cut_first(parts[at][1]) if at < len(parts) else (0, b"")
        before, after = (b"".join(_write_field(*part) for part in some) for some in (parts[1:at], parts[at + 1 :]))
        things.append(_Thing(parts[0][1], before, first, rest, after))
    return _Block(kind, strings, dense, things)


def _write_block(block: _Block, offset: int, east: int, north: int) -> bytes:
    """A block of a file, its ids `offset` higher, its nodes farther east and north by billionths of a degree."""
    if block.kind == _DENSE:
        first, rest, others = block.dense
        group = _write_field(_DENSE, _write_field(1, _write_signed(first + offset) + rest) + others)
    else:
        number = _REFERRING[block.kind]
        group = b"".join(
            _write_field(
                block.kind,
                b"\x08"
                + _write_number(thing.id + offset)
                + thing.before
                + (_write_field(number, _write_signed(thing.first + offset) + thing.refs) if thing.first else b"")
                + thing.after,
            )
            for thing in block.things
        )
    data = _write_field(1, block.strings) + _write_field(2, group) + _write_field(19, north) + _write_field(20, east)
    blob = _write_field(2, len(data)) + _write_field(3, zlib.compress(data, 4))
    header = _write_field(1, b"OSMData") + _write_field(3, len(blob))
    return len(header).to_bytes(4, "big") + header + blob


def _list_fields(data: bytes) -> Iterator[tuple[int, Any]]:
    """The fields of a message: numbers, and bytes."""
    at = 0
    while at < len(data):
        tag, at = _read_number(data, at)
        value, at = _read_number(data, at)
        if tag & 7 == 2:
            yield tag >> 3, data[at : at + value]
            at += value
        else:
            yield tag >> 3, value


def _write_field(number: int, value: Any) -> bytes:
    if isinstance(value, int):
        return _write_number(number << 3) + _write_number(value)
    told: bytes = value
    return _write_number(number << 3 | 2) + _write_number(len(told)) + told


def _read_number(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def _write_number(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    written.append(value)
    return bytes(written)


def _cut_first(packed: bytes) -> tuple[int, bytes]:
    """The first of packed signed numbers, and the others as they are."""
    value, at = _read_number(packed, 0)
    return value >> 1 ^ -(value & 1), packed[at:]


def _write_signed(value: int) -> bytes:
    return _write_number(value << 1)


if __name__ == "__main__":
    main()
