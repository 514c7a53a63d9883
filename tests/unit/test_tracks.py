"""Tracks, from a file to what is said of them: stages, their parts, their lengths and climbs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from storymap.building.content import read_content
from storymap.drawing.words import tell_scene
from storymap.earth.lines import MOST_POINTS
from storymap.earth.tracks import cut_stage, find_kilometre, measure_along, measure_effort
from storymap.errors import Location, Report
from storymap.figures import FIGURES
from storymap.geodata.tracks import read_tracks
from storymap.language.efforts import say_duration, say_effort
from storymap.layers.profile import SAMPLES, sample_heights
from storymap.layers.track import Track
from storymap.model.layer import Route
from storymap.model.story import Story
from storymap.model.track import Effort, Stage, TrackFile, TrackPoint
from storymap.project import load_project
from storymap.resolving.atlas import describe_story

AT = Location("stories/one.md", 5, 8)

Segment = list[tuple[float, float, float | None, str | None]]
"""Points: longitude, latitude, height, time."""


def write_gpx(*tracks: tuple[str, list[Segment]], others: str = "") -> str:
    """A GPX file of named tracks with segments."""

    def point(lon: float, lat: float, height: float | None, time: str | None) -> str:
        inner = ("" if height is None else f"<ele>{height}</ele>") + ("" if time is None else f"<time>{time}</time>")
        return f'<trkpt lat="{lat}" lon="{lon}">{inner}</trkpt>'

    text = "".join(
        f"<trk><name>{name}</name>"
        + "".join("<trkseg>" + "".join(point(*one) for one in segment) + "</trkseg>" for segment in segments)
        + "</trk>"
        for name, segments in tracks
    )
    head = '<?xml version="1.0"?><gpx version="1.1" creator="by hand" xmlns="http://www.topografix.com/GPX/1/1">'
    return f"{head}{others}{text}</gpx>"


UP: Segment = [
    (14.0, 50.0, 200.0, "2024-05-01T08:00:00Z"),
    (14.0, 50.01, 300.0, None),
    (14.0, 50.02, 250.0, "2024-05-01T09:15:00Z"),
]
ON: Segment = [(14.0, 50.02, None, None), (14.1, 50.02, None, None)]
WAYPOINT = '<wpt lat="50.01" lon="14.001"><name>The hut</name></wpt>'


def read(tmp_path: Path, text: str, name: str = "ride.gpx") -> tuple[TrackFile | None, Report]:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    report = Report()
    return read_tracks(file, name, AT, report), report


def test_a_gpx_file_has_a_stage_for_each_track_with_heights_and_times(tmp_path: Path) -> None:
    track, report = read(tmp_path, write_gpx(("Up", [UP]), ("On", [ON]), others=WAYPOINT))
    assert track is not None
    assert not report.errors
    up, on = track.stages
    assert (up.name, on.name) == ("Up", "On")
    assert up.points[0] == TrackPoint(14.0, 50.0, 200.0, 1714550400.0)
    assert on.points == (TrackPoint(14.0, 50.02), TrackPoint(14.1, 50.02))
    assert [(point.name, point.lon) for point in track.waypoints] == [("The hut", 14.001)]


def test_the_segments_of_a_single_track_are_its_stages(tmp_path: Path) -> None:
    track, _ = read(tmp_path, write_gpx(("Tour", [UP, ON])))
    assert track is not None
    assert [len(stage.points) for stage in track.stages] == [3, 2]


def test_points_that_are_nowhere_or_alone_are_left_out(tmp_path: Path) -> None:
    stray: Segment = [(0.0, 0.0, None, None), *ON, ON[-1]]
    track, _ = read(tmp_path, write_gpx(("A", [stray]), ("B", [[(14.0, 50.0, None, None)]])))
    assert track is not None
    assert [stage.points for stage in track.stages] == [(TrackPoint(14.0, 50.02), TrackPoint(14.1, 50.02))]


def test_geojson_lines_and_their_heights_are_stages(tmp_path: Path) -> None:
    line = '{"type": "LineString", "coordinates": [[14, 50, 100], [14.1, 50, 140]]}'
    spot = (
        '{"type": "Feature", "properties": {"name": "Hut"}, "geometry": {"type": "Point", "coordinates": [14.05, 50]}}'
    )
    text = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Ridge"}, '
        f'"geometry": {line}}}, {spot}]}}'
    )
    track, _ = read(tmp_path, text, "ridge.geojson")
    assert track is not None
    assert track.stages == (Stage("Ridge", ((TrackPoint(14.0, 50.0, 100.0), TrackPoint(14.1, 50.0, 140.0)),)),)
    assert [point.name for point in track.waypoints] == ["Hut"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("ride.gpx", write_gpx(others=WAYPOINT), "no-track"),
        ("ride.gpx", "no XML", "unreadable-file"),
        ("ride.gpx", write_gpx(("A", [ON])).replace('"50.02"', '"50,02"'), "decimal-comma"),
        ("ride.doc", "", "unreadable-file"),
        ("ride.fit", "no FIT", "unreadable-file"),
    ],
)
def test_what_cannot_be_followed_is_told_where_it_is_named(tmp_path: Path, name: str, text: str, code: str) -> None:
    track, report = read(tmp_path, text, name)
    assert track is None
    (problem,) = report.errors
    assert (problem.code, problem.at) == (code, AT)
    assert problem.help


def test_a_fit_file_without_its_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fitdecode", None)
    track, report = read(tmp_path, "", "ride.fit")
    assert track is None
    (problem,) = report.errors
    assert (problem.code, "fitdecode" in problem.help) == ("missing-extra", True)


def test_climb_does_not_count_the_noise_of_a_device() -> None:
    heights = (100, 103, 99, 102, 150, 148, 151, 120)
    stage = Stage("", (tuple(TrackPoint(14 + at / 1000, 50, height) for at, height in enumerate(heights)),))
    effort = measure_effort(stage)
    assert (effort.climb, effort.descent) == (51, 31)


def test_the_way_between_parts_does_not_count() -> None:
    near = (TrackPoint(14.0, 50.0), TrackPoint(14.0, 50.01))
    far = (TrackPoint(15.0, 50.0), TrackPoint(15.0, 50.01))
    assert measure_effort(Stage("", (near, far))).distance == pytest.approx(2 * 1.112, rel=1e-3)


def test_a_part_of_a_stage_goes_from_point_to_point() -> None:
    stage = Stage("Long", (tuple(TrackPoint(14.0, 50 + at / 100) for at in range(11)),))
    assert float(measure_along(stage)[-1]) == pytest.approx(11.12, rel=1e-3)
    part = cut_stage(stage, 2.3, 5.6)
    assert part is not None
    assert (part.name, [round(point.lat, 2) for point in part.points]) == ("Long", [50.02, 50.03, 50.04, 50.05, 50.06])
    assert cut_stage(stage, 40, 50) is None
    kilometre, off = find_kilometre(stage, 14.0, 50.0301)
    assert (round(kilometre, 2), round(off, 3)) == (3.34, 0.011)


def test_a_profile_has_heights_at_equal_distances_and_none_where_none_are_recorded() -> None:
    stage = Stage("", ((TrackPoint(14, 50, 100), TrackPoint(14, 50.01), TrackPoint(14, 50.02, 200)),))
    heights = sample_heights(stage)
    assert (len(heights), heights[0], heights[-1]) == (SAMPLES, 100, 200)
    assert heights == sorted(heights)
    assert sample_heights(Stage("", ((TrackPoint(14, 50), TrackPoint(14, 51)),))) == []


@pytest.mark.parametrize(
    ("effort", "lang", "told"),
    [
        (Effort(12.4, 830.4, 210, 18_720), "en", "12 km, 830 m up, 210 m down, 5 hrs 12 mins"),
        (Effort(12.4, 830.4, 210, 18_720), "cs", "12 km, stoupání 830 m, klesání 210 m, 5 h 12 min"),
        (Effort(3.21), "en", "3.2 km"),
    ],
)
def test_effort_is_said_in_the_story_s_language(effort: Effort, lang: str, told: str) -> None:
    assert say_effort(effort, lang).replace("\xa0", " ") == told


def test_a_long_time_is_said_in_days() -> None:
    assert say_duration(3 * 86_400 + 4 * 3600 + 120, "en") == "3 days 4 hrs"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "ride.gpx").write_text(write_gpx(("Up", [UP]), ("On", [ON]), others=WAYPOINT))
    return tmp_path


def resolve(project: Path, steps: str) -> tuple[Story | None, Report]:
    (project / "stories" / "one.md").write_text(f"---\ntitle: One\n---\n\n{steps}", encoding="utf-8")
    report = Report()
    content = read_content(load_project(project), report)
    return (None if report.errors else content.stories[0]), report


def go(story: Story, number: int) -> tuple[str, list[str], list[str]]:
    (track,) = story.steps[number].scene.find(Track)
    own = track.stage.name if track.stage else ""
    return own, [stage.name for stage in track.behind], [stage.name for stage in track.ahead]


def test_each_step_knows_its_own_stage_and_those_behind_and_ahead(project: Path) -> None:
    story, _ = resolve(
        project,
        "## A\ntrack: {file: ride.gpx, leg: 1}\n\n## B\nplace: Prague\n\n## C\ntrack: {file: ride.gpx, leg: on}\n",
    )
    assert story is not None
    assert [go(story, number) for number in range(3)] == [
        ("Up", [], ["On"]),
        ("", ["Up"], ["On"]),
        ("On", ["Up"], []),
    ]
    (opening,) = story.scene.find(Track)
    assert [stage.name for stage in opening.behind] == ["Up", "On"]


def test_a_step_frames_its_stage_however_short_it_is(project: Path) -> None:
    story, _ = resolve(project, "## A\ntrack: {file: ride.gpx, leg: Up}\n")
    assert story is not None
    view = story.steps[0].view
    assert (view.bounds.south < 50.0, view.bounds.north > 50.02) == (True, True)
    assert view.bounds.height < 0.03
    assert story.steps[0].moves_map


def test_a_spot_on_the_way_is_shown_as_closely_as_the_way(project: Path) -> None:
    way = "track: {file: ride.gpx, leg: Up}"
    story, _ = resolve(project, f"## A\n{way}\n\n## B\nplace: 50.01, 14.001\n\n## C\nplace: 50.4, 14.0\n")
    assert story is not None
    gone, on_it, beside = (step.view for step in story.steps)
    assert on_it == gone
    assert beside.zoom == FIGURES.zooms.spot < gone.zoom


def test_a_country_is_framed_by_itself_wherever_a_way_goes(project: Path) -> None:
    story, _ = resolve(project, "## A\ntrack: {file: ride.gpx, leg: Up}\n\n## B\nplace: Czechia\n")
    assert story is not None
    assert story.steps[1].view.zoom < 8


def test_no_line_leads_to_a_step_that_goes_a_track(project: Path) -> None:
    story, _ = resolve(project, "## A\nplace: Prague\n\n## B\nplace: Brno\ntrack: {file: ride.gpx, leg: 1}\n")
    assert story is not None
    assert not story.steps[1].scene.find(Route)


def test_a_part_between_a_waypoint_and_a_kilometre(project: Path) -> None:
    story, _ = resolve(project, "## A\ntrack: {file: ride.gpx, leg: 1, from: the hut}\n")
    assert story is not None
    (track,) = story.steps[0].scene.find(Track)
    assert track.stage is not None
    assert [point.lat for point in track.stage.points] == [50.01, 50.02]


@pytest.mark.parametrize(
    ("fields", "column", "message", "help"),
    [
        ("{file: ride.gpx, leg: 3}", 30, "has no leg 3", "1 Up, 2 On"),
        ("{file: ride.gpx, leg: Upp}", 30, 'has no leg "Upp"', "Up"),
        ("{file: ride.gpx, from: Hutt}", 31, 'has no waypoint "Hutt"', "The hut"),
        ("{file: ride.gpx, leg: 1, from: 9, to: 5}", 46, "nothing of the track lies between", "2.2 km long"),
    ],
)
def test_a_part_that_is_not_there_is_told_where_it_is_written(
    project: Path, fields: str, column: int, message: str, help: str
) -> None:
    _, report = resolve(project, f"## A\ntrack: {fields}\n")
    (problem,) = report.errors
    assert (problem.code, problem.at.line, problem.at.column) == ("bad-leg", 6, column)
    assert message in problem.message
    assert help in problem.help


PLACES = "## A\nplace: 50.0, 14.0\n\n## B\nplace: 50.02, 14.0\n"


def resolve_route(project: Path, front: str, steps: str = PLACES) -> tuple[Story | None, Report]:
    (project / "stories" / "one.md").write_text(f"---\ntitle: One\n{front}\n---\n\n{steps}", encoding="utf-8")
    report = Report()
    content = read_content(load_project(project), report)
    return (None if report.errors else content.stories[0]), report


@pytest.mark.parametrize("front", ["track: {file: ride.gpx, leg: Up}", "line: route\ntrack: {file: ride.gpx, leg: 1}"])
def test_the_places_of_a_story_with_a_track_are_joined_along_it(project: Path, front: str) -> None:
    (project / "stories" / "ride.gpx").write_text(
        write_gpx(("Up", [[(14.0, 50.0, None, None), (14.02, 50.01, None, None), (14.0, 50.02, None, None)]]))
    )
    story, report = resolve_route(project, front)
    assert story is not None
    assert not report.problems
    (leg,) = story.legs
    assert (leg.style, leg.parts) == ("route", (((14.0, 50.0), (14.02, 50.01), (14.0, 50.02)),))
    assert leg.kilometres == pytest.approx(3.63, abs=0.01)
    assert "50.02°\u00a0N,\u00a014°\u00a0E (3.6 km)" in tell_scene(story.steps[1].scene, "en")
    assert story.steps[0].view.zoom > FIGURES.zooms.spot, "a place on the way is shown as closely as the way"


def test_a_step_may_be_joined_otherwise_than_along_the_track_of_its_story(project: Path) -> None:
    steps = PLACES + "\n## C\nplace: 50.02, 14.1\nline: straight\n\n## D\nplace: 50.0, 14.0\n"
    story, _ = resolve_route(project, "track: ride.gpx", steps)
    assert story is not None
    assert [leg.style for leg in story.legs] == ["route", "straight", "route"]


def test_the_map_of_all_stories_draws_lines_along_tracks_with_few_points(project: Path) -> None:
    wave: Segment = [(14.0 + number / 2000, 50.0 + 0.002 * (number % 9), None, None) for number in range(1200)]
    (project / "stories" / "ride.gpx").write_text(write_gpx(("Up", [wave])))
    story, _ = resolve_route(project, "track: ride.gpx", "## A\nplace: 50.0, 14.0\n\n## B\nplace: 50.0, 14.6\n")
    assert story is not None
    (near,), (far,) = story.legs, describe_story(story).scene.find(Route)[0].legs
    assert sum(map(len, near.parts)) > 250
    assert sum(map(len, far.parts)) <= MOST_POINTS


def test_a_line_along_no_track_is_told(project: Path) -> None:
    _, report = resolve_route(project, "author: A", PLACES + "line: route\n")
    (problem,) = report.errors
    assert (problem.code, problem.at.line) == ("no-route", 11)


TCX = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>
<Activity Sport="Other"><Id>2024-06-01T07:00:00Z</Id><Lap StartTime="2024-06-01T07:00:00Z"><Track>
<Trackpoint><Time>2024-06-01T07:00:00.000Z</Time><Position><LatitudeDegrees>50.1</LatitudeDegrees>
<LongitudeDegrees>14.4</LongitudeDegrees></Position><AltitudeMeters>210.5</AltitudeMeters></Trackpoint>
<Trackpoint><Time>2024-06-01T07:00:05Z</Time><HeartRateBpm><Value>90</Value></HeartRateBpm></Trackpoint>
</Track></Lap><Lap StartTime="2024-06-01T07:10:00Z"><Track>
<Trackpoint><Time>2024-06-01T07:10:00Z</Time><Position><LatitudeDegrees>50.2</LatitudeDegrees>
<LongitudeDegrees>14.5</LongitudeDegrees></Position></Trackpoint></Track></Lap></Activity></Activities></TrainingCenterDatabase>
"""


@pytest.mark.parametrize("name", ["day.tcx", "day.xml", "day.gpx"])
def test_a_file_of_the_training_center_is_a_track_through_its_laps(tmp_path, name):
    (tmp_path / name).write_text("  " + TCX.partition("\n")[2] if name == "day.xml" else TCX, encoding="utf-8")
    report = Report()
    found = read_tracks(tmp_path / name, name, Location("s.md"), report)
    ((first, second),) = found.stages[0].parts
    assert (tuple(first), tuple(second)) == ((14.4, 50.1, 210.5, 1717225200.0), (14.5, 50.2, None, 1717225800.0))
    assert not report.problems


def record(*heights: float | None) -> list[tuple[float, float, float | None, str | None]]:
    """A point each hundred metres, with its height."""
    return [(14.0, round(50 + number / 1000, 3), height, None) for number, height in enumerate(heights)]


@pytest.mark.parametrize(
    ("heights", "known"),
    [
        ((300, -32768, 310, 65535, -9999), [300, None, 310, None, None]),
        ((300, 0, 0, 310), [300, None, None, 310]),
        ((0, 5, 0, 10), [0, 5, 0, 10]),
        ((0, 0), [0, 0]),
        ((0, 400, 0), [0, 400, 0]),
        ((-400, -410), [-400, -410]),  # at the Dead Sea
    ],
)
def test_heights_that_stand_for_none_are_none(
    tmp_path: Path, heights: tuple[float, ...], known: list[float | None]
) -> None:
    found, _ = read(tmp_path, write_gpx(("A", [record(*heights)])))
    assert found is not None
    assert [point.elevation for point in found.stages[0].parts[0]] == known


def test_a_point_far_from_both_of_its_neighbours_is_left_out_and_told(tmp_path: Path) -> None:
    way = record(*[None] * 10)
    found, report = read(tmp_path, write_gpx(("A", [[*way[:5], (10.0, 10.0, None, None), *way[5:]]])))
    assert found is not None
    assert [point[:2] for point in found.stages[0].parts[0]] == [point[:2] for point in way]
    assert [problem.code for problem in report.problems] == ["gps-leap"]
    by_hand: Segment = [(14.0, 50.0, None, None), (16.6, 49.2, None, None), (14.0, 50.01, None, None)]
    found, report = read(tmp_path, write_gpx(("A", [by_hand])))
    assert found is not None
    assert (len(found.stages[0].parts[0]), report.problems) == (3, [])
