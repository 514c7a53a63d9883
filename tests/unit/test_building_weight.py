"""A page that is too heavy is told, and written all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.building import results
from storymap.building.records import Record
from storymap.building.results import HEAVIEST_PAGE, tell_result
from storymap.building.tasks import Task, keep
from storymap.cli.commands import storymap
from storymap.errors import Location, Report

AT = Location("stories/a.md", 1)


def test_a_page_of_megabytes_is_told_where_it_is_made_from() -> None:
    report, task = Report(), Task("a.html", keep, (), "key", AT)
    tell_result(task, Record("", HEAVIEST_PAGE, Report()), report)
    assert report.problems == []
    tell_result(task, Record("", 2 * HEAVIEST_PAGE, Report()), report)
    assert [str(problem).splitlines()[0] for problem in report.problems] == [
        "stories/a.md:1: warning[large-page]: the page made from this has 6.0 MB"
    ]


def test_a_page_that_asks_what_nothing_lets_it_is_told() -> None:
    policy = (
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' https://a.example\">"
    )
    page = f'{policy}<img src="https://a.example/a.png"><img src="https://b.example/b.png">'.encode()
    report = Report()
    record = Record.of(page, Report(), is_page=True)
    assert record.hosts == ("a.example", "b.example")
    tell_result(Task("a.html", keep, (), "key", AT), record, report)
    (told,) = [str(problem).splitlines()[0] for problem in report.problems]
    assert told == (
        'stories/a.md:1: warning[refused-request]: "a.html" asks b.example, which nothing in the settings lets it: no '
        "browser will"
    )
    tiles = b'{"kind":"tiles","url":"https://{s}.tiles.example/{z}"}'
    granted = policy.replace("a.example", "a.tiles.example https://b.tiles.example").encode()
    assert Record.of(granted + tiles, Report(), is_page=True).refused == ()
    assert Record.of(b'<img src="https://b.example/b.png">', Report(), is_page=True).refused == ()


def test_every_page_of_a_story_a_place_and_the_atlas_is_weighed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "HEAVIEST_PAGE", 1_000)
    (tmp_path / "stories").mkdir()
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "spots.csv").write_text("name,lat,lon\nSpot,50.1,14.5\n")
    (tmp_path / "stories" / "a.md").write_text("---\ntitle: A\n---\n\n## There\nplace: Spot\n\nText.\n")
    result = CliRunner().invoke(storymap, ["build", str(tmp_path)])
    assert result.exit_code == 0
    told = {line.partition(":")[0] for line in result.output.splitlines() if "warning[large-page]" in line}
    assert told == {"stories/a.md", "stories", "geo/spots.csv"}
