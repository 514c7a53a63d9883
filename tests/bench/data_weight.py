"""Print what layers of data add to the page of a story: `python tests/bench/data_weight.py`.

Areas are cells of Voronoi's within a rough outline of Czechia, their borders as crooked as real ones; each has a name
and three columns of numbers, which all are told. Sizes are of the page, compressed as a server sends it. Stories show
all areas in each step, or go close to some of them.
"""

from __future__ import annotations

import gzip
import json
import tempfile
import time
from itertools import product
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from storymap.building.build import build_site
from storymap.project import load_project

OUTLINE = shapely.Polygon([(12.1, 50.3), (14.3, 51.05), (16.3, 50.6), (18.8, 49.5), (17.0, 48.7), (13.8, 48.6)])
COUNTS = (14, 1_500)
ALL, NEAR = "[12, 48.5, 19, 51.1]", "[14.2, 49.9, 14.7, 50.2]"
STEP = "\n## Step {number}\nbounds: {bounds}\n{layers}\nText.\n"


def make_areas(count: int) -> list[BaseGeometry]:
    """So many areas side by side, whose borders bend every four hundred metres."""
    random = np.random.default_rng(7)
    west, south, east, north = OUTLINE.bounds
    spots = np.column_stack([random.uniform(west, east, 20 * count), random.uniform(south, north, 20 * count)])
    inside = spots[shapely.contains_xy(OUTLINE, spots)][:count]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(inside), extend_to=OUTLINE))
    dense = shapely.segmentize(shapely.intersection(cells, OUTLINE), 0.005)

    def bend(points: NDArray[np.float64]) -> NDArray[np.float64]:
        # The same for the same point, so that neighbours keep their border.
        wave = np.sin(points[:, ::-1] * 9_000) * 0.0015
        bent: NDArray[np.float64] = np.round(points + wave, 6)
        return bent

    return [shapely.transform(cell, bend) for cell in dense]


def write_project(root: Path, count: int, bounds: str) -> None:
    """A story of three steps; with areas, each step shows another column of them, the last one within `bounds`."""
    (root / "stories").mkdir(parents=True)
    (root / "storymap.toml").write_text('title = "Weight"\n', encoding="utf-8")
    front, layers = "title: Weight\n", [""] * 3
    if count:
        random = np.random.default_rng(8)
        features = [
            {
                "type": "Feature",
                "properties": {"name": f"Region {number}"}
                | {f"value_{column}": round(float(random.lognormal(5)), 1) for column in range(3)},
                "geometry": mapping(shape),
            }
            for number, shape in enumerate(make_areas(count))
        ]
        text = json.dumps({"type": "FeatureCollection", "features": features})
        (root / "stories" / "areas.geojson").write_text(text, encoding="utf-8")
        popup = "popup: [name, value_0, value_1, value_2]"
        front += f"layers:\n  areas: {{from: areas.geojson, color: {{by: value_0}}, label: name, {popup}}}\n"
        layers = [f"layers: {{areas: {{by: value_{column}}}}}\n" for column in range(3)]
    steps = "".join(
        STEP.format(number=number + 1, bounds=bounds if number == 2 else ALL, layers=line)
        for number, line in enumerate(layers)
    )
    (root / "stories" / "weight.md").write_text(f"---\n{front}---\n{steps}", encoding="utf-8")


def main() -> None:
    """Build each story and print its weight and the processor's time."""
    plain = 0
    for count, bounds in ((0, ALL), *product(COUNTS, (ALL, NEAR))):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "site"
            write_project(root, count, bounds)
            began = time.process_time()
            site = build_site(load_project(root))
            took = time.process_time() - began
        weight = len(gzip.compress(site["weight.html"], mtime=0))
        plain = plain or weight
        stills = max(len(site[path]) for path in site if path.startswith("stills/weight/"))
        near = ", one step near" if bounds == NEAR else ""
        print(
            f"{count:5,} areas{near:15}: page {weight / 1000:6.1f} kB gzip, "
            f"{(weight - plain) / 1000:6.1f} kB for the data; largest still {stills / 1000:6.1f} kB; {took:5.1f} s"
        )


if __name__ == "__main__":
    main()
