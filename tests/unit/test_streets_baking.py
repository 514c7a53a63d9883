from __future__ import annotations

import gzip
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import shapely

from storymap.basemap.arcs import unpack_arcs
from storymap.drawing.street_payload import write_streets
from storymap.earth.views import view_at
from storymap.model.place import LonLat
from storymap.model.scene import View
from storymap.model.streets import StreetCell, Streets, StreetScale
from storymap.streets.baking import fitting
from storymap.streets.baking.baking import bake_streets
from storymap.streets.baking.generalising import NEEDS, Generalised, Need, generalise, prepare_features, project_shapes
from storymap.streets.baking.grouping import group_views
from storymap.streets.baking.joining import join_streets
from storymap.streets.baking.naming import choose_name, complete_names, list_labels
from storymap.streets.baking.weighing import BUDGET, weigh_view
from storymap.streets.features import StreetFeature
from storymap.streets.needs import CloseViews
from storymap.streets.sources import open_source

QUAY = Path(__file__).parents[1] / "streets_data" / "quay.osm"
REAL = Path(__file__).resolve().parents[3] / "shared" / "real-data"
MUSEUM = LonLat(14.0042, 50.0042)
COURT = LonLat(14.0050, 50.0045)


def bake(zoom: float = 16, *, at: LonLat = MUSEUM, spots: tuple[LonLat, ...] = (), lang: str = "en") -> Streets:
    baked = bake_streets([open_source(QUAY, "quay.osm")], {view_at(at, zoom): 1.0}, spots=spots, lang=lang)
    assert baked is not None
    return baked


def list_kinds(streets: Streets, scale: int = -1) -> set[str]:
    return {part.kind for cell in streets.scales[scale].cells for part in cell.parts}


def measure(cell: StreetCell, kind: str, size: int) -> float:
    """The area of a kind in a cell, as a share of it."""
    arcs = iter(unpack_arcs(cell.arcs))
    taken = {part.kind: [next(arcs) for _ in range(part.length)] for part in cell.parts}
    return sum(shapely.Polygon(arc).area for arc in taken.get(kind, ())) / size**2


def draw(
    features: Sequence[StreetFeature], need: Need, unit_zoom: int, names: Mapping[int, str] | None = None
) -> Generalised:
    return generalise(prepare_features(features, need, unit_zoom, names or {}), need)


def test_a_view_gets_the_scales_up_to_its_zoom_and_a_far_one_none() -> None:
    assert [scale.min_zoom for scale in bake(16).scales] == [11, 13, 15, 16]
    assert [scale.min_zoom for scale in bake(13).scales] == [11, 13]
    assert [scale.min_zoom for scale in bake(17).scales] == [11, 13, 15, 16]
    source = open_source(QUAY, "quay.osm")
    assert bake_streets([source], {view_at(MUSEUM, 10): 1.0}) is None
    assert bake_streets([source], {view_at(LonLat(0, 0), 16): 1.0}) is None
    assert bake_streets([], {view_at(MUSEUM, 16): 1.0}) is None


def test_views_in_one_town_are_a_group_and_those_of_another_are_their_own() -> None:
    near, beside, far = view_at(MUSEUM, 16), view_at(COURT, 15), view_at(LonLat(-179.999, 10), 15)
    over = view_at(LonLat(179.999, 10), 16)
    close = CloseViews(((far, "auto"), (near, "auto"), (over, "fine"), (beside, "auto")), (MUSEUM, LonLat(180, 10)))
    groups = list(group_views(close))
    assert {frozenset(view for view, _ in group.views) for group in groups} == {
        frozenset({near, beside}),
        frozenset({far, over}),
    }
    assert {group.spots for group in groups} == {(MUSEUM,), (LonLat(180, 10),)}
    again = CloseViews(tuple(reversed(close.views)), tuple(reversed(close.spots)))
    assert list(group_views(again)) == groups


def test_what_is_baked_apart_is_joined_with_each_name_once() -> None:
    one, other = bake(16), bake(16, at=COURT)
    joined = join_streets([one, other])
    assert joined is not None
    assert len(joined.names) == len(set(joined.names)) == len({*one.names, *other.names})

    def said(streets: Streets) -> list[str]:
        parts = (part for scale in streets.scales for cell in scale.cells for part in cell.parts)
        return sorted(streets.names[name] for part in parts for name in part.names if name >= 0)

    assert said(joined) == sorted([*said(one), *said(other)])
    assert join_streets([one]) is one
    assert join_streets([]) is None


def test_each_scale_has_what_it_can_carry() -> None:
    streets = bake()
    assert list_kinds(streets, 0) == {"water", "main", "coast"}
    assert list_kinds(streets) == {"water", "building", "main", "minor+", "coast"}


def test_cells_end_where_the_source_does() -> None:
    scale = bake(13).scales[0]
    (cell,) = scale.cells
    left, top, right, bottom = cell.box
    units = 1 << scale.unit_zoom
    assert right - left == pytest.approx(0.02 / 360 * units, abs=1)
    assert 0 < bottom - top < scale.cell_size
    for arc in unpack_arcs(cell.arcs):
        assert arc[:, 0].min() >= left - 4
        assert arc[:, 0].max() <= right + 4
    assert measure(cell, "water", scale.cell_size) == pytest.approx(
        (right - left) / 4 * (bottom - top) / 512**2 / 2**2, rel=0.9
    )


def test_the_building_of_a_place_is_found_but_not_that_around_its_court() -> None:
    (own,) = bake(spots=(MUSEUM, COURT)).own
    assert own.at == MUSEUM
    assert own.names == ("Museum", "Quay Street")
    assert len(unpack_arcs(own.arcs)) == 2, "its wall, and that of its court"


def test_what_surrounds_a_place_has_names_where_it_stands() -> None:
    (around,) = bake(spots=(MUSEUM,)).own
    labels = [label for label in bake(spots=(MUSEUM,)).labels if label.kind in {"own", "way"}]
    assert {label.text for label in labels} <= set(around.names)
    assert {label.kind for label in labels} == {"own", "way"}
    assert all(math.dist((label.lon, label.lat), MUSEUM) < 0.003 for label in labels)
    assert not [label for label in bake().labels if label.kind in {"own", "way"}]


def test_the_same_is_baked_to_the_same_bytes() -> None:
    written = [json.dumps(write_streets(bake(spots=(MUSEUM,)), [[MUSEUM]])) for _ in range(2)]
    assert written[0] == written[1]


def test_names_are_those_of_the_language_and_streets_say_what_their_signs_do() -> None:
    assert "Central Station" in [label.text for label in bake(13, lang="en").labels]
    assert "Nádraží" in [label.text for label in bake(13, lang="cs").labels]
    sign = (("", "Štěpánská"), ("en", "Stephen Street"))
    assert choose_name(sign, "en", is_sign=True) == "Štěpánská"
    chinese = (("", "中关村大街"), ("en", "Zhongguancun Street"))
    assert choose_name(chinese, "en", is_sign=True) == "Zhongguancun Street"
    assert choose_name(chinese, "zh", is_sign=True) == "中关村大街"
    assert choose_name((("fr", "Rue"),), "en") == "Rue"


def test_the_pieces_of_a_street_are_called_the_same_though_one_of_them_alone_says_it_in_other_languages() -> None:
    line = shapely.LineString([(14.0, 50.0), (14.01, 50.0)])
    whole = StreetFeature("main", line, (("", "成府路"), ("en", "Chengfu Road")))
    bare, other = whole._replace(names=(("", "成府路"),)), whole._replace(names=(("", "双清路"),))
    sight = StreetFeature("landmark", shapely.Point(14.0, 50.0), (("", "成府路"),))
    found = complete_names([bare, whole, other, sight])
    assert [choose_name(feature.names, "en", is_sign=True) for feature in found] == [
        "Chengfu Road", "Chengfu Road", "双清路", "成府路",
    ]  # fmt: skip


def test_streets_and_names_are_shared_between_steps() -> None:
    source = open_source(QUAY, "quay.osm")
    one, two = view_at(MUSEUM, 16), view_at(LonLat(14.006, 50.005), 16)
    both = bake_streets([source], {one: 1.0, two: 1.0})
    assert both is not None
    assert both.names == ("Quay Street", "$(rm -rf) {{ 7*7 }} ]]>")
    addresses = [(cell.x, cell.y) for cell in both.scales[-1].cells]
    assert len(addresses) == len(set(addresses))


@pytest.mark.skipif(not REAL.is_dir(), reason="the real extracts are not here")
@pytest.mark.parametrize(
    ("name", "lon", "lat", "coarse"),
    [
        ("osm/monaco.osm.pbf", 7.4245, 43.7371, 1.0),
        ("osm/sf-downtown.osm.pbf", -122.401, 37.787, 1.3),
        ("tiles/paris-z14-openmaptiles.mbtiles", 2.3401, 48.8792, 3.0),
    ],
)
def test_a_step_at_zoom_15_in_a_dense_centre_keeps_the_budget(name: str, lon: float, lat: float, coarse: float) -> None:
    view = view_at(LonLat(lon, lat), 15)
    baked = bake_streets([open_source(REAL / name, name)], {view: coarse})
    assert baked is not None
    assert [scale.min_zoom for scale in baked.scales] == [11, 13, 15]
    text = json.dumps(write_streets(baked, []), ensure_ascii=False, separators=(",", ":"))
    assert len(gzip.compress(text.encode())) <= BUDGET * 1.03, "with what other steps share, and names that stand alone"
    assert weigh_view(baked, view) <= BUDGET


def test_views_that_show_the_same_ground_get_coarser_together(monkeypatch: pytest.MonkeyPatch) -> None:
    wide, narrow, afar = view_at(MUSEUM, 16), view_at(MUSEUM, 17), view_at(MUSEUM, 14)
    tried: list[dict[float, float]] = []

    class Baker:
        def __init__(self, *_given: object, **_named: object) -> None:
            pass

        def bake(self, views: dict[View, float], *, only: int | None = None) -> Streets:
            if only is None:
                tried.append({view.zoom: coarse for view, coarse in views.items()})
            return Streets((StreetScale(only or 0, 0, 0, ()),), (), (), (), ())

    def weigh(streets: Streets, view: View) -> int:
        return 50_000 if view == wide and not streets.scales[0].min_zoom and tried[-1][16] < 1.7 else 1000

    monkeypatch.setattr(fitting, "weigh_view", weigh)
    monkeypatch.setattr(fitting, "Baker", Baker)
    close = CloseViews(((wide, "auto"), (narrow, "auto"), (afar, "auto")), ())
    assert not fitting.bake_to_fit([], close, "en").heavy
    assert [dict(sorted(one.items())) for one in tried] == [{14: 1.0, 16: 1.0, 17: 1.0}, {14: 1.0, 16: 1.7, 17: 1.7}]
    tried.clear()
    monkeypatch.setattr(fitting, "weigh_view", lambda _streets, view: 50_000 if view == wide else 1000)
    assert fitting.bake_to_fit([], close, "en").heavy == ((wide, 50_000),)
    assert tried == [
        {14: 1.0, 16: 3.0, 17: 3.0},
        *({14: coarse, 16: 3.0, 17: 3.0} for coarse in (1.3, 1.7, 2.2, 3.0)),
    ], (
        "its closest scale alone is too heavy, so that the others are baked when that is as light as it gets; "
        "then what it passes gets lighter"
    )


def test_paths_along_streets_are_their_pavements_and_those_that_cross_or_bear_names_are_kept() -> None:
    street = StreetFeature("minor", shapely.LineString([(14.0, 50.0), (14.01, 50.0)]))
    beside = StreetFeature("path", shapely.LineString([(14.001, 50.00003), (14.009, 50.00003)]))
    across = StreetFeature("path", shapely.LineString([(14.005, 49.999), (14.005, 50.001)]))
    named = beside._replace(names=(("", "Quay Walk"),))

    def measure_paths(*paths: StreetFeature, names: dict[int, str] | None = None) -> float:
        drawn = draw([street, *paths], NEEDS[-1], 25, names)
        return sum(float(shapely.length(group.shapes).sum()) for group in drawn.lines if group.kind == "path")

    assert measure_paths(beside) == 0
    assert measure_paths(across) == pytest.approx(shapely.length(project_shapes([across.shape], 25)[0]), abs=1)
    assert measure_paths(named, names={1: "Quay Walk"}) > 700


def test_a_river_is_no_stripe_in_its_own_water() -> None:
    water = StreetFeature("water", shapely.box(14.0, 50.0, 14.005, 50.01))
    river = StreetFeature("river", shapely.LineString([(14.0, 50.005), (14.01, 50.005)]))
    drawn = draw([water, river], NEEDS[-1], 25)
    (group,) = drawn.lines
    (line,) = group.shapes
    units = 1 << 25
    assert line.bounds[0] == pytest.approx((14.005 + 180) / 360 * units, abs=1)
    within = river._replace(shape=shapely.LineString([(14.001, 50.005), (14.004, 50.005)]))
    inside = draw([water, within], NEEDS[-1], 25)
    assert not any(len(group.shapes) for group in inside.lines)


def test_a_narrow_river_is_kept_where_a_pond_of_its_area_is_not() -> None:
    river = StreetFeature("water", shapely.box(14.0, 50.0, 14.05, 50.00002))
    pond = StreetFeature("water", shapely.box(14.0, 50.01, 14.001, 50.011))
    need = NEEDS[0].coarsen(4.8)
    assert [len(draw([water], need, 21).areas["water"]) for water in (river, pond)] == [1, 0]
    (kept,) = draw([river], need, 21).areas["water"]
    west, _, east, _ = kept.bounds
    assert (east - west) / (1 << 21) * 360 == pytest.approx(0.05, rel=0.01)


def test_tracks_side_by_side_are_one_and_what_branches_off_is_kept() -> None:
    yard = [shapely.LineString([(14.0, 50 + track * 4e-5), (14.05, 50 + track * 4e-5)]) for track in range(6)]
    branch = shapely.LineString([(14.02, 50.0), (14.06, 50.02)])
    features = [StreetFeature("rail", line) for line in (*yard, branch)]
    far, near = (
        [line for group in draw(features, need, unit_zoom).lines for line in group.shapes]
        for need, unit_zoom in ((NEEDS[0], 21), (NEEDS[-1], 25))
    )
    assert len(far) <= 3
    assert len(near) > 5
    for drawn, unit_zoom in ((far, 21), (near, 25)):
        units = 1 << unit_zoom
        ends = max(line.bounds[2] / units * 360 - 180 for line in drawn)
        assert ends == pytest.approx(14.06, abs=1e-4)


def test_a_street_bears_its_name_where_it_has_room_for_it() -> None:
    long = StreetFeature("minor", shapely.LineString([(14.0, 50.0), (14.01, 50.0)]))
    short = StreetFeature("minor", shapely.LineString([(14.02, 50.0), (14.0201, 50.0)]))
    drawn = draw([long, short], NEEDS[2], 24, {0: "Long Street", 1: "Street of the Shortest Way"})
    assert {group.name: len(group.shapes) for group in drawn.lines} == {"": 1, "Long Street": 1}


def test_courts_that_are_small_are_not_left_open_but_islands_are() -> None:
    block = shapely.box(14.0, 50.0, 14.002, 50.001)
    court = shapely.box(14.0010, 50.0005, 14.0011, 50.0006)
    holed = shapely.difference(block, court)
    features = [StreetFeature("building", holed), StreetFeature("water", holed)]
    areas = draw(features, NEEDS[2], 24).areas
    assert [len(areas[kind][0].interiors) for kind in ("building", "water")] == [0, 1]


def test_far_scales_bear_no_names_that_are_said_only_closer() -> None:
    streets = bake(16)
    by_scale = {
        scale.min_zoom: {
            streets.names[name]
            for cell in scale.cells
            for part in cell.parts
            for name in part.names
            if name >= 0 and part.kind.startswith("minor")
        }
        for scale in streets.scales
    }
    assert not by_scale[11]
    assert not by_scale[13]
    assert by_scale[16]


def test_waters_named_by_a_point_are_named_when_there_is_room_in_them() -> None:
    name = (("", "Lake"),)
    point = StreetFeature("lake", shapely.Point(14.01, 50.005), name)
    large = StreetFeature("water", shapely.box(14.0, 50.0, 14.02, 50.01))
    (alone,) = list_labels([point], "en")
    (within,) = list_labels([large, point], "en")
    assert within.kind == alone.kind == "water"
    assert within.first < 13 < alone.first


def test_a_river_that_is_an_area_of_water_is_named_in_it_and_a_stream_is_not() -> None:
    water = StreetFeature("water", shapely.box(14.0, 50.0, 14.05, 50.002))
    river = StreetFeature("river", shapely.LineString([(13.9, 50.001), (14.05, 50.001)]), (("", "River"),))
    (label,) = list_labels([water, river], "en")
    assert (label.kind, label.text) == ("water", "River")
    assert (label.lon, label.lat) == pytest.approx((14.025, 50.001))
    assert not list_labels([water, river._replace(rank=2)], "en")
    assert not list_labels([river], "en")
