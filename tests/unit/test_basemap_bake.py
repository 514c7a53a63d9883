"""What is baked for views: cells and names; and what the prepared cells hold."""

import gzip
import itertools
import json
import pickle
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import Point, Polygon

from storymap.basemap.arcs import unpack_arcs, unpack_lines, unpack_rings
from storymap.basemap.bake import bake_basemap
from storymap.basemap.cell_file import FILE_NAME, SAME_AS_LAND
from storymap.basemap.choosing import SETTLEMENTS_OF_VIEW, choose_basemap, list_settlements
from storymap.basemap.contract import CELL_OBJECTS
from storymap.basemap.extents import extents_of, frame_of, list_cells
from storymap.basemap.natural_earth import LINE_OBJECTS, read_cell
from storymap.earth.extent import Extent
from storymap.earth.mercator import project_latitude, project_longitude
from storymap.figures import FIGURES
from storymap.model.place import Bounds, LonLat
from storymap.model.scene import View

DATA = Path(str(resources.files("storymap") / "static" / FILE_NAME))
needs_data = pytest.mark.skipif(not DATA.is_file(), reason="the basemap is not prepared")

PRAGUE = View(Bounds(13.3, 49.5, 15.5, 50.6), 9.0)
BRNO = View(Bounds(12.2, 47.0, 21.0, 51.2), 7.0)
WASHINGTON = View(Bounds(-78.1, 38.2, -75.9, 39.5), 9.0)
BEIJING = View(Bounds(107.6, 34.5, 125.2, 44.8), 6.0)
SHENZHEN = View(Bounds(112.9, 21.8, 115.1, 23.3), 9.0)
BRUSSELS = View(Bounds(3.3, 50.3, 5.5, 51.4), 9.0)
FIJI = View(Bounds(176.0, -20.0, -178.0, -15.0), 6.5)
WORLD = View(Bounds(-180.0, -70.0, 180.0, 80.0), 1.0)
POLE = View(Bounds(-30.0, 75.0, 60.0, 85.05), 4.0)
STORY = (PRAGUE, BRNO, WASHINGTON, BEIJING, SHENZHEN, BRUSSELS, WORLD, PRAGUE)
ALL = (*STORY, FIJI, POLE)


def join(arcs, refs):
    runs = [arcs[ref] if ref >= 0 else arcs[~ref][::-1] for ref in refs]
    for run, following in itertools.pairwise(runs):
        assert run[-1].tolist() == following[0].tolist()
    return np.concatenate(runs)


class TestExtents:
    def test_a_view_over_180_is_one_box_that_leaves_the_world_in_the_east(self):
        frame = frame_of(FIJI)
        assert frame.west < 1 < frame.east
        assert {turn for _, _, turn in list_cells(frame, FIGURES.scales[2])} == {0, 1}
        assert all(0 <= x < 64 for x, _, _ in list_cells(frame, FIGURES.scales[2]))

    def test_points_on_both_sides_of_180_are_in_it(self):
        frame = frame_of(FIJI)
        inside = [(178.5 + 180) / 360, (-179.0 + 180) / 360]
        assert all(frame.covers(x, frame.north) for x in inside)
        assert not frame.covers(0.5, frame.north)

    def test_the_box_of_a_view_holds_its_bounds(self):
        for view in ALL:
            frame = frame_of(view)
            boxes = extents_of(view)
            widest = boxes[max(boxes)]
            assert widest.east - widest.west >= min(1.0, frame.east - frame.west) - 1e-12
            assert widest.north <= frame.north + 1e-12
            assert widest.south >= frame.south - 1e-12

    def test_near_a_pole_no_cell_is_off_the_map(self):
        for number, box in extents_of(POLE).items():
            spec = FIGURES.scales[number]
            for _, row, _ in list_cells(box, spec):
                assert 0 <= row < 1 << spec.grid_zoom

    def test_a_box_of_one_cell_has_one_cell(self):
        assert list(list_cells(Extent(0.5, 0.5, 0.5625, 0.5625), FIGURES.scales[1])) == [(8, 8, 0)]


@needs_data
def test_a_basemap_is_a_value_that_does_not_depend_on_the_order_of_views():
    basemap = choose_basemap(ALL, glances=[BRNO, WORLD], highlight=["CZ", "FJ"], places=[LonLat(14.43, 50.08)])
    other = choose_basemap(ALL[::-1], glances=[WORLD], highlight=["FJ", "CZ", "FJ"], places=[LonLat(14.43, 50.08)])
    assert pickle.loads(pickle.dumps(basemap)) == basemap == other
    assert len(pickle.dumps(basemap)) < 50_000


@needs_data
class TestBaking:
    def test_the_world_is_always_there_and_the_finest_scale_only_where_a_view_needs_it(self):
        world = bake_basemap([WORLD])
        assert [(scale["minZoom"], scale["cells"]) for scale in world["scales"]] == [(0, ((0, 0),))]
        near = bake_basemap([PRAGUE])
        assert [scale["minZoom"] for scale in near["scales"]] == [0, 6, 8]

    def test_the_cells_of_a_view_cover_its_bounds(self):
        for view in ALL:
            scale = bake_basemap([view])["scales"][-1]
            held = {tuple(cell) for cell in scale["cells"]}
            spec = next(spec for spec in FIGURES.scales if spec.min_zoom == scale["minZoom"])
            if spec.min_zoom:
                assert {(x, y) for x, y, _ in list_cells(frame_of(view), spec)} <= held

    def test_every_object_is_made_of_arcs_that_meet_and_rings_are_closed(self):
        for scale in bake_basemap(ALL, highlight=["CZ", "FJ", "RU", "US"])["scales"]:
            areas = {name: scale[name] for name in CELL_OBJECTS if name not in LINE_OBJECTS}
            for number, text in enumerate(scale["arcs"]):
                arcs = unpack_arcs(text)
                rings = [ring for texts in areas.values() for ring in unpack_rings(texts[number])]
                for texts in scale["highlights"].values():
                    rings += unpack_rings(texts[number]) if texts[number] != SAME_AS_LAND else []
                for ring in rings:
                    line = join(arcs, ring)
                    assert line[0].tolist() == line[-1].tolist()
                    assert len(line) >= 4
                for name in LINE_OBJECTS:
                    assert all(0 <= reference < len(arcs) for reference in unpack_lines(scale[name][number]))

    def test_no_line_of_the_map_streaks_across_it(self):
        """No two neighbouring points lie further apart than their cell is wide, or half the world in scale 0."""
        for number, spec in enumerate(FIGURES.scales):
            step = 1 + 6 * (number == len(FIGURES.scales) - 1)
            most = spec.units // 2 if number == 0 else spec.cell_size
            for x, y in itertools.product(range(0, 1 << spec.grid_zoom, step), repeat=2):
                cell = read_cell.__wrapped__(number, x, y)
                for index, arc in enumerate(cell.arcs if cell else ()):
                    straight = (np.ptp(arc, axis=0) == 0).any()
                    reach = np.abs(np.diff(arc, axis=0)).max(initial=0)
                    assert reach <= most or straight, (number, x, y, index)

    def test_the_arcs_of_a_cell_lie_in_that_cell(self):
        for number, spec in list(enumerate(FIGURES.scales))[1:]:
            for x, y, _ in list_cells(frame_of(WASHINGTON), spec):
                cell = read_cell(number, x, y)
                low, high = np.array([x, y]) * spec.cell_size, np.array([x + 1, y + 1]) * spec.cell_size
                for arc in cell.arcs if cell else ():
                    assert (arc >= low).all()
                    assert (arc <= high).all()

    def test_neither_the_edges_of_cells_nor_those_of_the_world_are_coast(self):
        for number, spec in enumerate(FIGURES.scales):
            for x, y, _ in list_cells(frame_of(WORLD if number == 0 else WASHINGTON), spec):
                cell = read_cell(number, x, y)
                for arc in (cell.arcs[index] for index in cell.lines("coast")) if cell else ():
                    for axis in (0, 1):
                        along = np.diff(arc[:, 1 - axis])[
                            (arc[:-1, axis] == arc[1:, axis]) & (arc[:-1, axis] % spec.cell_size == 0)
                        ]
                        # A coast may run along the edge by chance, for a step or two.
                        assert np.abs(along).sum() < spec.cell_size / 8

    def test_a_highlighted_country_has_rings_where_it_is_and_an_unknown_one_nowhere(self):
        for scale in bake_basemap([PRAGUE, WORLD], highlight=["US", "CZ", "XX", "CZ"])["scales"]:
            assert list(scale["highlights"]) == ["CZ", "US", "XX"]
            assert any(scale["highlights"]["CZ"])
            assert any(scale["highlights"]["US"]) == (scale["minZoom"] == 0)
            assert not any(scale["highlights"]["XX"])

    def test_crimea_is_filled_with_the_country_under_which_geonames_lists_its_towns(self):
        world = read_cell(0, 0, 0)
        simferopol = Point(*(np.array([project_longitude(34.1), project_latitude(44.95)]) * FIGURES.scales[0].units))
        filled = {
            code: any(Polygon(join(world.arcs, ring)).contains(simferopol) for ring in world.country(code))
            for code in ("UA", "RU")
        }
        assert filled == {"UA": True, "RU": False}

    def test_a_view_over_180_gets_what_lies_on_both_sides(self):
        names = {town.name for town in list_settlements(FIJI)}
        assert "Suva" in names
        lons = [town.lon for town in list_settlements(FIJI)]
        assert min(lons) < 0 < max(lons)

    def test_settlements_come_most_important_first_and_not_without_end(self):
        towns = bake_basemap([PRAGUE])["settlements"]
        assert list(towns["zooms"]) == sorted(towns["zooms"])
        assert len(towns["names"]) == len(towns["zooms"]) == len(towns["sizes"])
        assert len(towns["names"]) <= SETTLEMENTS_OF_VIEW + len(read_cell(0, 0, 0).settlements)
        (at,) = unpack_arcs(towns["at"])
        prague = towns["names"].index("Prague")
        assert at[prague] / 1000 == pytest.approx([14.42, 50.09], abs=0.05)
        assert towns["sizes"][prague] == "6"

    def test_the_same_views_give_the_same_bytes_in_any_order_and_number(self):
        first = json.dumps(bake_basemap(STORY, highlight=["US", "CZ"]))
        assert json.dumps(bake_basemap((*reversed(STORY), PRAGUE), highlight={"CZ": 1, "US": 2})) == first

    def test_a_story_around_the_world_stays_small(self, record_property):
        text = json.dumps(bake_basemap(STORY, highlight=["CZ", "US"]), ensure_ascii=False, separators=(",", ":"))
        size = len(gzip.compress(text.encode(), 9, mtime=0))
        record_property("gzip bytes of the basemap of an 8-step story", size)
        assert size < 40_000

    def test_places_of_the_map_are_where_they_are(self):
        labels = {row[2]: LonLat(row[0], row[1]) for row in bake_basemap([BRNO])["countries"]}
        assert 12 < labels["Czechia"].lon < 19
        assert 48.5 < labels["Czechia"].lat < 51.1


@needs_data
@pytest.mark.parametrize(("scale", "lat"), [(1, -80.0), (2, -82.0), (3, -84.0), (3, -85.05)])
def test_the_ice_of_the_south_has_no_holes(scale, lat):
    """Around the pole every cell is land, whatever the scale: no coast runs there."""
    count = 1 << FIGURES.scales[scale].grid_zoom
    row = min(count - 1, int(project_latitude(lat) * count))
    column = count // 2 + count // 4  # 90° E, far from every sea
    cell = read_cell(scale, column, row)
    assert cell is not None
    assert cell.packed_country("AQ") == SAME_AS_LAND
