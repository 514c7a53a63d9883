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
from pathlib import Path
from typing import Any

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
            copies = max(1, round(asked.megabytes * 1e6 / asked.file.stat().st_size))
            started = time.process_time()
            _repeat(asked.file, large, copies)
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


def _repeat(base: Path, target: Path, copies: int) -> None:
    nodes: list[Any] = []
    ways: list[Any] = []
    relations: list[Any] = []
    things: Any = osmium.FileProcessor(str(base))
    for thing in things:
        tags = dict(thing.tags)
        if thing.is_node():
            nodes.append((thing.id, thing.location.lon, thing.location.lat, tags))
        elif thing.is_way():
            ways.append((thing.id, [node.ref for node in thing.nodes], tags))
        else:
            relations.append((thing.id, [(one.type, one.ref, one.role) for one in thing.members], tags))
    new = {"n": _number(nodes), "w": _number(ways), "r": _number(relations)}
    with osmium.SimpleWriter(str(target), overwrite=True) as writer:
        for copy in range(copies):
            east, north = (copy % _ROW) * _ASIDE, (copy // _ROW) * _ASIDE
            for old, lon, lat, tags in nodes:
                number = copy * len(nodes) + new["n"][old]
                writer.add_node(mutable.Node(id=number, location=(lon + east, lat + north), tags=tags))
        for copy in range(copies):
            for old, refs, tags in ways:
                moved = [copy * len(nodes) + new["n"][ref] for ref in refs if ref in new["n"]]
                writer.add_way(mutable.Way(id=copy * len(ways) + new["w"][old], nodes=moved, tags=tags))
        for copy in range(copies):
            sizes = {"n": copy * len(nodes), "w": copy * len(ways), "r": copy * len(relations)}
            for old, members, tags in relations:
                parts = [(kind, sizes[kind] + new[kind][ref], role) for kind, ref, role in members if ref in new[kind]]
                number = sizes["r"] + new["r"][old]
                writer.add_relation(mutable.Relation(id=number, members=parts, tags=tags))


def _number(things: list[Any]) -> dict[int, int]:
    """New numbers from 1 on, by the old ones."""
    return {thing[0]: number for number, thing in enumerate(things, start=1)}


if __name__ == "__main__":
    main()
