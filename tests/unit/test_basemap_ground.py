"""The ground of stills: what is prepared of a cell is what the geometry says, and cells meet without a seam."""

import json
import re
from importlib import resources

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon, box

from storymap.basemap.cell_file import FILE_NAME
from storymap.basemap.ground_cells import read_country, read_ground
from storymap.basemap.grounds import CLOSEST, FINEST, GROUNDS, LOWEST, PREPARED, choose_ground
from storymap.basemap.natural_earth import read_cell
from storymap.basemap.paths import write_path
from storymap.bundling.basemap_cells import add_countries, add_lakes
from storymap.bundling.basemap_ground import write_ground
from storymap.earth.mercator import project_latitude, project_longitude
from storymap.figures import FIGURES

needs_data = pytest.mark.skipif(
    not (resources.files("storymap") / "static" / FILE_NAME).is_file(), reason="the basemap is not prepared"
)
PLACES = {
    "Prague": (14.4, 50.1),
    "Naxos": (25.4, 37.1),
    "Toronto": (-79.4, 43.7),
    "Ålesund": (6.2, 62.5),
    "Suva": (178.4, -18.1),
}
STRAIGHT = 1.4
"""Units by which an outline may be off, and half a unit more for rounding."""


def runs_of(path):
    """The points of the runs of a path, read by the rules of SVG alone."""
    at = start = np.zeros(2)
    for command in re.findall(r"m[^mz]*z?", path):
        numbers = np.array(re.findall(r"-?\d+", command), dtype=float).reshape(-1, 2)
        points = at + np.cumsum(numbers, axis=0)
        start = points[0]
        yield np.vstack([points, start]) if command.endswith("z") else points
        at = start if command.endswith("z") else points[-1]


def area_of(path):
    """What a path fills by the even-odd rule."""
    filled = Polygon()
    for ring in runs_of(path):
        filled = filled.symmetric_difference(shapely.make_valid(Polygon(ring)))
    return filled


def source_of(ground, x, y):
    """The cell of the basemap that a cell of the ground is cut from, and the ground's units in one of the source."""
    spec = FIGURES.scales[ground.source]
    closer = ground.grid_zoom - spec.grid_zoom
    return read_cell(ground.source, x >> closer, y >> closer), ground.units / spec.units


def land_of(cell, ratio, rings, window):
    """The area of rings of a cell of the basemap in a window; in units of the ground."""
    filled = Polygon()
    for ring in rings:
        points = np.concatenate([cell.arcs[ref] if ref >= 0 else cell.arcs[~ref][::-1] for ref in ring]) * ratio
        if len(points) > 3 and box(*points.min(axis=0), *points.max(axis=0)).intersects(window):
            filled = filled.symmetric_difference(shapely.make_valid(Polygon(points)).intersection(window))
    return filled


def cell_at(ground, lon, lat):
    count = 1 << ground.grid_zoom
    return int(project_longitude(lon) * count), int(project_latitude(lat) * count)


class TestPaths:
    def test_a_path_is_relative_throughout(self):
        lines = [np.array([[1, 2], [4, 1], [4, 9]]), np.array([[0, 0], [0, 5]])]
        assert write_path(lines, closed=False) == "m1 2 3-1 0 8m-4-9 0 5"

    def test_a_ring_comes_back_by_itself_and_the_next_begins_at_its_start(self):
        square = np.array([[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]])
        assert write_path([square, square + 10], closed=True) == "m0 0 4 0 0 4-4 0zm10 10 4 0 0 4-4 0z"

    def test_points_that_repeat_the_last_one_and_what_has_no_extent_are_left_out(self):
        point, line = np.array([[3, 3], [3, 3], [3, 3]]), np.array([[0, 0], [0, 0], [2, 0], [2, 0]])
        assert write_path([point, line], closed=False) == "m0 0 2 0"
        assert write_path([point, np.array([[0, 0], [5, 5], [0, 0]])], closed=True) == ""


class TestGrounds:
    def test_every_zoom_has_a_ground_and_closer_ones_are_finer(self):
        numbers = [choose_ground(zoom / 4).number for zoom in range(-40, 80)]
        assert numbers == sorted(numbers)
        assert set(numbers) == {ground.number for ground in GROUNDS}
        assert choose_ground(22) == FINEST

    def test_a_unit_is_half_a_pixel_at_the_zoom_of_a_ground_and_a_cell_half_a_tile(self):
        for zoom, ground in zip(range(LOWEST, CLOSEST), PREPARED, strict=True):
            assert ground.units == 2 * 256 * 2**zoom
            assert ground.cell_size in {256, ground.units}
            assert FIGURES.scales[ground.source].unit_zoom >= ground.unit_zoom


@pytest.fixture
def ground():
    """A ground whose cells are a quarter of those of its source, and its units twice as large."""
    return PREPARED[4]._replace(grid_zoom=5, unit_zoom=12, source=1)


def cut(ground, *, land, lakes=()):
    """The paths of each cell that these areas in units of the source touch."""
    cells = {}
    add_countries(cells, {code: [shape] for code, shape in land.items()}, FIGURES.scales[ground.source])
    if lakes:
        add_lakes(cells, lakes, FIGURES.scales[ground.source])
    return {
        (column * 8 + place % 8, row * 8 + place // 8): json.loads(text)
        for (column, row), block in write_ground(cells, ground).items()
        for place, text in enumerate(block.split("\n"))
        if text
    }


class TestCutting:
    def test_land_is_cut_where_a_cell_ends(self, ground):
        found = cut(ground, land={"AA": box(200, 40, 300, 80)})
        assert sorted(found) == [(0, 0), (1, 0)]
        assert area_of(found[0, 0]["land"]).equals(box(100, 20, 128, 40))
        assert area_of(found[1, 0]["land"]).equals(box(0, 20, 22, 40))
        assert found[0, 0]["AA"] == "*"

    def test_water_over_the_edge_of_a_cell_has_no_outline_along_it(self, ground):
        (_, west), _ = sorted(
            cut(ground, land={"AA": box(40, 40, 480, 200).difference(box(200, 80, 300, 120))}).items()
        )
        outline = MultiLineString([LineString(run) for run in runs_of(west["land"])])
        water = LineString([(128, 41), (128, 59)])
        assert outline.distance(water) >= 1

    def test_a_country_is_filled_to_the_border_that_it_shares(self, ground):
        found = cut(ground, land={"AA": box(40, 40, 100, 200), "BB": box(100, 40, 200, 200)})
        (paths,) = found.values()
        assert area_of(paths["AA"]).equals(box(20, 20, 50, 100))
        assert area_of(paths["land"]).equals(box(20, 20, 100, 100))
        assert [run.tolist() for run in runs_of(paths["borders"])] in ([[[50, 20], [50, 100]]], [[[50, 100], [50, 20]]])

    def test_islands_and_lakes_that_nobody_would_see_are_left_out(self, ground):
        (paths,) = cut(
            ground, land={"AA": box(40, 40, 200, 200), "BB": box(220, 220, 224, 224)}, lakes=[box(60, 60, 64, 64)]
        ).values()
        assert area_of(paths["land"]).equals(box(20, 20, 100, 100))
        assert "lakes" not in paths


CELLS = {(ground, cell_at(ground, *at)): f"zoom {ground.unit_zoom - 9} {place}"
         for ground in GROUNDS for place, at in reversed(PLACES.items())}  # fmt: skip
"""The cells that places lie in, on each ground; far away several lie in one."""


@needs_data
@pytest.mark.parametrize(("ground", "cell_of_it"), CELLS, ids=CELLS.values())
class TestPrepared:
    def test_areas_are_those_of_the_basemap_but_for_bends_that_are_straightened(self, ground, cell_of_it):
        x, y = cell_of_it
        cell, ratio = source_of(ground, x, y)
        size, found = ground.cell_size, read_ground(ground.number, x, y)
        window = box(x * size, y * size, (x + 1) * size, (y + 1) * size)
        areas = {"land": cell.land, "lakes": cell.lakes} | {code: cell.country(code) for code in cell.codes}
        for name, rings in areas.items():
            path = read_country(ground.number, x, y, name) if name in cell.codes else found.get(name, "")
            expected = land_of(cell, ratio, rings, window)
            drawn = shapely.affinity.translate(area_of(path), x * size, y * size)
            allowed = 0 if ground == FINEST else (STRAIGHT + 0.8) * (expected.length + drawn.length + 8 * STRAIGHT)
            assert drawn.symmetric_difference(expected).area <= allowed, name

    def test_lines_are_those_of_the_basemap(self, ground, cell_of_it):
        x, y = cell_of_it
        cell, ratio = source_of(ground, x, y)
        corner, found = np.array([x, y]) * ground.cell_size, read_ground(ground.number, x, y)
        for name in ("rivers", "regions", "borders"):
            source = MultiLineString([cell.arcs[max(ref, ~ref)] * ratio for ref in cell.lines(name)])
            for run in runs_of(found.get(name, "")):
                assert all(source.distance(shapely.Point(point)) <= 1.5 for point in run + corner), name

    def test_neighbours_have_the_same_edge_so_that_no_seam_shows(self, ground, cell_of_it):
        """Where one has land along the edge the other has too, but for a bit of coast that is rounded to it."""
        x, y = cell_of_it
        count, size = 1 << ground.grid_zoom, ground.cell_size
        for column, row, edge in ((x + 1, y, [(size, 0), (size, size)]), (x, y + 1, [(0, size), (size, size)])):
            if row < count:
                mine = area_of(read_ground(ground.number, x, y).get("land", ""))
                other = area_of(read_ground(ground.number, column % count, row).get("land", ""))
                beside = shapely.affinity.translate(other, (column - x) * size, (row - y) * size)
                apart = LineString(edge).intersection(mine.boundary ^ beside.boundary)
                assert max((part.length for part in shapely.get_parts(apart)), default=0) <= size / 16
