"""`storymap streets`: which close steps have streets, and how a large file is cut to what they show."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storymap.checking.project import check_project
from storymap.cli.commands import storymap
from storymap.errors import Report
from storymap.project import load_project
from storymap.streets.folder import list_street_files, open_street_files

QUAY = Path(__file__).parents[1] / "streets_data" / "quay.osm"

STORY = """---
title: A walk
---
## The museum
center: 50.005, 14.0095
zoom: 16

Text.

## The whole city
place: Prague

Text.

## Somewhere else
center: 48.2, 16.37
zoom: 14

Text.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "walk.md").write_text(STORY, encoding="utf-8")
    return tmp_path


def run(*arguments: str, project: Path) -> Result:
    return CliRunner().invoke(storymap, ["streets", *arguments, "--project", str(project)])


def test_steps_without_streets_are_listed_with_where_to_get_some(project: Path) -> None:
    result = run(project=project)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["step", "walk#the-museum", "walk#somewhere-else"]
    assert lines[1].endswith("– none")
    assert "https://extract.bbbike.org/?sw_lng=13." in result.stdout
    assert "pmtiles extract" in result.stdout
    assert "storymap streets add FILE" in lines[-1]


def test_whole_stories_are_listed_that_would_come_close_on_streets(project: Path) -> None:
    walk = "---\ntitle: A walk\n---\n## Here\nplace: 50.005, 14.0095\nzoom: 16\n\n## There\nplace: 50.009, 14.01\n"
    (project / "stories" / "walk.md").write_text(walk, encoding="utf-8")
    lines = [line.split() for line in run(project=project).stdout.splitlines()]
    assert [line[:2] for line in lines[1:4]] == [["(all", "stories)"], ["walk", "15"], ["walk#here", "16"]]
    assert run("add", str(QUAY), project=project).exit_code == 0
    told = json.loads(run("--format", "json", project=project).stdout)
    assert [(one["story"], one["step"]) for one in told["steps"]] == [("", ""), ("walk", ""), ("walk", "here")]


def test_a_large_file_is_cut_to_what_steps_show(project: Path) -> None:
    result = run("add", str(QUAY), project=project)
    assert result.exit_code == 0, result.output
    assert (project / "streets" / "quay.osm.pbf").stat().st_size < QUAY.stat().st_size
    assert [file.name for file in (project / "streets").iterdir()] == ["quay.osm.pbf"]
    assert "streets/quay.osm.pbf: added" in result.stdout
    assert "© OpenStreetMap contributors, ODbL" in result.stdout
    listed = json.loads(run("--format", "json", project=project).stdout)
    museum, elsewhere = listed["steps"]
    assert (museum["story"], museum["step"], museum["covered"]) == ("walk", "the-museum", 1.0)
    assert museum["files"] == ["streets/quay.osm.pbf"]
    assert (elsewhere["covered"], elsewhere["files"]) == (0.0, [])
    assert [file["file"] for file in listed["files"]] == ["streets/quay.osm.pbf"]
    again = run("add", str(QUAY), project=project)
    assert "streets/quay.osm.pbf: replaced" in again.stdout


def test_what_was_added_is_told_to_programs(project: Path) -> None:
    told = json.loads(run("add", str(QUAY), "--format", "json", project=project).stdout)
    added = told["added"]
    assert (added["file"], added["replaced"]) == ("streets/quay.osm.pbf", False)
    assert added["bytes"] == (project / "streets" / "quay.osm.pbf").stat().st_size
    assert added["of"] == QUAY.stat().st_size
    assert [step["covered"] for step in told["steps"]] == [1.0, 0.0]
    assert json.loads(run("add", str(QUAY), "--format", "json", project=project).stdout)["added"]["replaced"]


def test_a_box_or_the_whole_file_can_be_kept(project: Path) -> None:
    assert run("add", str(QUAY), "--all", "--name", "whole", project=project).exit_code == 0
    assert (project / "streets" / "whole.osm").read_bytes() == QUAY.read_bytes()
    assert run("add", str(QUAY), "--bounds", "14,50,14.01,50.01", project=project).exit_code == 0
    (source,) = [one for one in open_street_files(project, Report()) if one.name == "streets/quay.osm.pbf"]
    assert (source.bounds.west, source.bounds.east) == (14.0, 14.01)


def test_nothing_is_written_where_nothing_can_be_kept(project: Path) -> None:
    other = project / "other.osm.pbf"
    other.write_bytes(b"\x00\x00\x00\x0dgarbage of a file")
    (project / "streets").mkdir()
    kept = project / "streets" / "other.osm.pbf"
    kept.write_bytes(b"what was there")
    result = run("add", str(other), project=project)
    assert result.exit_code == 1
    assert "error[unreadable-streets]" in result.stderr
    assert "Nothing was written." in result.stderr
    assert kept.read_bytes() == b"what was there"
    assert [file.name for file in (project / "streets").iterdir()] == ["other.osm.pbf"]
    (project / "stories" / "walk.md").write_text(STORY.replace("50.005, 14.0095", "10, 10"), encoding="utf-8")
    result = run("add", str(QUAY), project=project)
    assert (result.exit_code, "there is nothing in it of what the steps show" in result.stderr) == (1, True)


def test_a_file_that_breaks_off_leaves_the_old_one(project: Path) -> None:
    large = project / "large.osm.pbf"
    assert run("add", str(QUAY), "--bounds", "14,50,14.02,50.01", "--name", "large", project=project).exit_code == 0
    shutil.copyfile(project / "streets" / "large.osm.pbf", large)
    before = (project / "streets" / "large.osm.pbf").read_bytes()
    large.write_bytes(large.read_bytes()[:-40])
    result = run("add", str(large), project=project)
    assert (result.exit_code, "error[unreadable-streets]" in result.stderr) == (1, True)
    assert (project / "streets" / "large.osm.pbf").read_bytes() == before
    assert len(list((project / "streets").iterdir())) == 1


def test_a_file_in_streets_is_not_replaced_by_a_part_of_itself(project: Path) -> None:
    (project / "streets").mkdir()
    shutil.copyfile(QUAY, project / "streets" / "quay.osm")
    assert run("add", str(project / "streets" / "quay.osm"), "--all", project=project).exit_code == 1
    assert (project / "streets" / "quay.osm").read_bytes() == QUAY.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--bounds", "1,2,3"], "is no box"),
        (["--bounds", "14.2,50,14,51"], "is no box"),
        (["--bounds", "14,50,15,51", "--all"], "give either --bounds or --all"),
        (["--name", "../elsewhere"], "the name of a file alone"),
    ],
)
def test_wrong_usage_is_told(project: Path, arguments: list[str], told: str) -> None:
    result = run("add", str(QUAY), *arguments, project=project)
    assert (result.exit_code, told in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([str(QUAY), "add"], "to cut a file: storymap streets add FILE"),
        (["remove", "quay"], "delete its file in streets/"),
        (["ad", str(QUAY)], 'did you mean "add"?'),
        (["add", "https://download.geofabrik.de/europe/monaco-latest.osm.pbf"], "download the file"),
    ],
)
def test_a_newcomer_is_told_what_to_write(arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(storymap, ["streets", *arguments])
    assert (result.exit_code, told in result.stderr) == (2, True)


def test_without_close_steps_none_needs_streets(project: Path) -> None:
    (project / "stories" / "walk.md").write_text("---\ntitle: A\n---\n## B\nplace: Prague\n\nText.\n", encoding="utf-8")
    assert run(project=project).stdout == "No step comes closer than the drawn map, so none needs streets.\n"
    result = run("add", str(QUAY), project=project)
    assert (result.exit_code, "no step comes closer than the drawn map" in result.stderr) == (2, True)


def test_check_tells_once_for_each_story_that_there_are_no_streets(project: Path) -> None:
    def find() -> list[str]:
        return [one.message for one in check_project(load_project(project)) if one.code == "no-streets"]

    (message,) = find()
    assert message.startswith('"The museum" and 1 more come closer than the drawn map')
    run("add", str(QUAY), project=project)
    (message,) = find()
    assert message.startswith('"Somewhere else" comes closer')


def test_what_lies_in_streets_is_listed_in_order_and_nothing_outside_is_opened(project: Path, tmp_path: Path) -> None:
    folder = project / "streets"
    folder.mkdir()
    for name in ("b10.osm", "b9.osm", "README.md", ".hidden.osm", "notes.xyz"):
        shutil.copyfile(QUAY, folder / name)
    (folder / "away.osm").symlink_to("/etc/hostname")
    for number in (1, 2):
        (folder / "14").mkdir(exist_ok=True)
        (folder / "14" / f"{number}.pbf").write_bytes(b"")
    report = Report()
    assert [name for _, name in list_street_files(project, report)] == ["streets/b9.osm", "streets/b10.osm"]
    assert sorted(problem.code for problem in report.problems) == [
        "outside-project",
        "unknown-format",
        "unknown-format",
    ]
