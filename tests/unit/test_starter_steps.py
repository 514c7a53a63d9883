"""Steps of photographs and tracks as a story has them: read back, they say what they were made of."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, strategies

from storymap.errors import Report
from storymap.gazetteer.builtin import open_builtin
from storymap.model.track import Stage, TrackFile, TrackPoint
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.text import decode_text
from storymap.starter.stages import step_stages
from storymap.starter.steps import Leg, NewStep, order_steps, settle_files, write_steps

NAMES = strategies.text(
    strategies.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"), exclude_characters="/\\"),
    min_size=1,
    max_size=12,
).map(lambda text: f"a{' '.join(text.split())}.jpg")


def read(text: str) -> StorySource:
    report = Report()
    decoded = decode_text(f"---\ntitle: A\n---\n{text}".encode(), "stories/a.md", report)
    assert decoded
    source = read_story(decoded, report)
    assert not report.errors
    assert source
    return source


@given(NAMES)
def test_a_file_of_any_name_is_the_place_and_the_picture_of_its_step(name: str):
    file = Path("/elsewhere") / name
    steps = [NewStep("Prague", place=file, pictures=(file,))]
    (step,) = read(write_steps(steps, {file: f"walk/{name}"})).steps
    assert step.fields.place == (f"walk/{name}",)
    assert [picture.file for picture in step.prose.pictures] == [f"walk/{name}"]


def test_titles_are_text_and_no_two_are_the_same():
    titles = ["Day *1* [x](y) {#z}", "<b>Hut</b>", "Hut #", "Prague", "Prague"]
    steps = read(write_steps(map(NewStep, titles), {})).steps
    assert [step.title for step in steps] == [*titles[:4], "Prague (2)"]


def test_what_a_step_says_beside_its_place():
    file = Path("/elsewhere/ride 1.gpx")
    steps = [NewStep("A", leg=Leg(file, 2), date="2026-05-12"), NewStep("B", leg=Leg(file, 0))]
    first, second = read(write_steps(steps, {file: "walk/ride 1.gpx"})).steps
    assert first.fields.track
    assert (first.fields.track.file, first.fields.track.leg) == ("walk/ride 1.gpx", "2")
    assert first.fields.date
    assert first.fields.date.edtf == "2026-05-12"
    assert second.fields.track
    assert (second.fields.track.file, second.fields.track.leg) == ("walk/ride 1.gpx", None)


def test_steps_stand_in_the_order_of_time_and_those_without_one_last():
    steps = [NewStep("c"), NewStep("b", begins="2026-05-12T10:00"), NewStep("a", begins="2026-05-12T09:00+02:00")]
    assert [step.title for step in order_steps(steps)] == ["a", "b", "c"]


def test_files_that_stand_among_the_stories_are_not_copied(tmp_path: Path):
    inside, outside = tmp_path / "stories" / "pictures" / "a.jpg", tmp_path / "b.jpg"
    files = settle_files([NewStep("A", pictures=(inside, outside, inside))], tmp_path / "stories", "walk")
    assert files.paths == {inside: "pictures/a.jpg", outside: "walk/b.jpg"}
    assert files.copied == (outside,)


def test_a_stage_is_a_step_with_its_name_or_its_ends_and_its_day_by_the_sun():
    def go(*points: tuple[float, float, float | None]) -> tuple[TrackPoint, ...]:
        return tuple(TrackPoint(lon, lat, None, time) for lon, lat, time in points)

    evening = 1_778_544_000.0 - 5 * 3600  # 11 May 2026, 19:00 in Greenwich
    track = TrackFile(
        "ride.gpx",
        (
            Stage("Over the pass", (go((14.41, 50.09, None), (16.61, 49.2, None)),)),
            Stage("", (go((14.41, 50.09, evening), (16.61, 49.2, evening + 3600)),)),
            Stage("", (go((139.7, 35.68, evening), (139.71, 35.68, evening + 86400)),)),
        ),
    )
    file = Path("ride.gpx")
    assert [*step_stages(track, file, open_builtin())] == [
        NewStep("Over the pass", leg=Leg(file, 1)),
        NewStep("Prague – Brno", begins="2026-05-11T20:00", leg=Leg(file, 2), date="2026-05-11"),
        NewStep("Tokyo", begins="2026-05-12T04:00", leg=Leg(file, 3), date="2026-05-12/2026-05-13"),
    ]
    (only,) = step_stages(TrackFile("ride.gpx", track.stages[:1]), file, open_builtin())
    assert only.leg == Leg(file, 0)
