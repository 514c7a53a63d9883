"""Print what an author's data adds to the page of a story, in bytes compressed: areas, many areas, a day's track.

    python tests/bench/data_weight.py [REGIONS.geojson COLUMN ...]

Areas are those of a file of yours, coloured by each of the columns in a step of its own; without one, and beside them,
1,500 areas that part Czechia's box among them (Voronoi's), and a day's walk of 8,000 points.
"""

from __future__ import annotations

import gzip
import math
import random
import sys
import tempfile
from pathlib import Path

import geopandas
import numpy as np
import shapely

from storymap.building.build import build_site
from storymap.project import load_project

BOX = (12.1, 48.6, 18.9, 51.0)


def main() -> None:
    """Print a line for each kind of data."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "stories").mkdir()
        plain = weigh(root, "", "## A\nplace: Brno\n")
        if len(sys.argv) > 2:
            file, *columns = sys.argv[1:]
            (root / "stories" / "regions.geojson").write_bytes(Path(file).read_bytes())
            print(f"{Path(file).name}, {len(columns)} columns: {weigh_areas(root, 'regions', columns) - plain:,} bytes")
        part_box(1500).to_file(root / "stories" / "parts.geojson")
        print(f"1,500 areas, 1 column: {weigh_areas(root, 'parts', ['value']) - plain:,} bytes")
        (root / "stories" / "day.gpx").write_text(walk(8000))
        with_track = weigh(root, "", "## A\nplace: Brno\ntrack: day.gpx\n")
        print(f"a track of 8,000 points: {with_track - plain:,} bytes")


def weigh(root: Path, front: str, steps: str) -> int:
    """Bytes of the compressed page of a story."""
    (root / "stories" / "one.md").write_text(f"---\ntitle: One\n{front}---\n\n{steps}", encoding="utf-8")
    return len(gzip.compress(build_site(load_project(root))["one.html"], 9))


def weigh_areas(root: Path, name: str, columns: list[str]) -> int:
    """Bytes of a page that colours the areas of a file by each column in turn."""
    front = f"layers:\n  areas:\n    from: {name}.geojson\n    color: {{by: {columns[0]}, classes: 5}}\n"
    steps = "".join(f"## By {column}\nlayers: {{areas: {{by: {column}}}}}\n\n" for column in columns)
    return weigh(root, front, steps)


def part_box(count: int) -> geopandas.GeoDataFrame:
    """The box parted among `count` points, with borders as winding as those of municipalities."""
    random.seed(1)
    west, south, east, north = BOX
    points = shapely.MultiPoint([(random.uniform(west, east), random.uniform(south, north)) for _ in range(count)])
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=shapely.box(*BOX)))
    rough = shapely.transform(shapely.segmentize(cells, 0.004), wind)
    values = [round(random.lognormvariate(8, 1)) for _ in rough]
    return geopandas.GeoDataFrame({"value": values}, geometry=shapely.make_valid(rough), crs=4326)


def wind(points: np.ndarray) -> np.ndarray:
    """`points` moved a little, each by what it is, so that neighbours stay neighbours."""
    x, y = points[:, 0], points[:, 1]
    return points + 0.0025 * np.column_stack([np.sin(900 * x + 700 * y), np.cos(800 * x - 600 * y)])


def walk(count: int) -> str:
    """A GPX file of a walk up and down hills, recorded every two seconds or so."""
    random.seed(2)
    lon, lat, height, course = 16.6, 49.2, 300.0, 0.5
    points = []
    for number in range(count):
        course += random.gauss(0, 0.15)
        lon += (2.5 * math.cos(course) + random.gauss(0, 1)) / 111_320 / math.cos(math.radians(lat))
        lat += (2.5 * math.sin(course) + random.gauss(0, 1)) / 111_320
        height += math.sin(number / 300) * 0.6 + random.gauss(0, 0.5)
        points.append(f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><ele>{height:.1f}</ele></trkpt>')
    head = '<gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1">'
    return f"{head}<trk><trkseg>{''.join(points)}</trkseg></trk></gpx>"


if __name__ == "__main__":
    main()
