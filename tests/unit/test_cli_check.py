"""`storymap check` and `storymap explain`, as an author uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storymap.cli.commands import storymap
from storymap.mistakes.catalogue import STAGES, load_mistakes

GOOD = "---\ntitle: One\n---\nOpening.\n\n## A\nplace: Tokyo\n\nText.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "stories").mkdir(parents=True)
    (folder / "storymap.toml").write_text("")
    (folder / "stories" / "one.md").write_text(GOOD)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(storymap, arguments)


def write(project: Path, text: str, name: str = "one") -> None:
    (project / "stories" / f"{name}.md").write_text(text)


def test_each_page_that_asks_another_host_is_listed(project: Path) -> None:
    tiles = 'tiles = "https://{s}.tiles.example/{z}/{x}/{y}.png"\ntiles_attribution = "Somebody"\n'
    (project / "storymap.toml").write_text(tiles)
    result = run("check", "--strict", str(project))
    assert result.exit_code == 0, "what the settings say is no mistake"
    assert [line for line in result.stdout.splitlines() if " asks " in line] == [
        "index.html asks {s}.tiles.example",
        "one.html asks {s}.tiles.example",
        "places/tokyo.html asks {s}.tiles.example",
    ]


def test_all_well_is_said_with_what_was_looked_at_and_nothing_is_written(project: Path) -> None:
    (project / "geo").mkdir()
    (project / "geo" / "places.csv").write_text("id,name,lat,lon,source\nhall,Hall,50.06,14.43,own survey\n")
    write(project, GOOD.replace("Tokyo", "Hall"))
    before = sorted(project.rglob("*"))
    result = run("check", str(project))
    assert (result.exit_code, result.stdout) == (0, "0 problems in 1 story, 1 place\n")
    assert sorted(project.rglob("*")) == before


def test_everything_is_told_at_once_errors_and_warnings_apart(project: Path) -> None:
    write(project, GOOD.replace("Tokyo", "Tokio Hotel").replace("Text.", "Text.\n\n[^1]: Unused."))
    write(project, "---\ntitle: Two\ndraft: true\n---\n\n## B\nplcae: Tokyo\n\nText.\n", "two")
    result = run("check", str(project))
    assert result.exit_code == 1
    for told in (
        "error[unknown-place]",
        "warning[unused-footnote]",
        "two.md:7:1: error[unknown-key]",
        "2 errors, 1 warn",
    ):
        assert told in result.stderr
    assert result.stdout == ""


def test_warnings_fail_only_where_strict(project: Path) -> None:
    write(project, GOOD.replace("Text.", "Text.\n\n[^1]: Unused."))
    assert run("check", str(project)).exit_code == 0
    assert run("check", str(project), "--strict").exit_code == 1


@pytest.mark.parametrize("command", ["check", "build"])
def test_settings_decide_for_check_and_build_alike(project: Path, command: str) -> None:
    write(project, GOOD.replace("Text.", "Text.\n\n[^1]: Unused."))
    for verdict, code, told in (("error", 1, "error[unused"), ("warning", 0, "warning[unused"), ("off", 0, "")):
        (project / "storymap.toml").write_text(f'[checks]\nunused-footnote = "{verdict}"\n')
        result = run(command, str(project))
        assert (result.exit_code, told in result.stderr) == (code, True)
        assert verdict != "off" or "unused-footnote" not in result.stderr


def test_a_comment_silences_and_an_idle_one_is_told(project: Path) -> None:
    write(project, GOOD.replace("Text.", "<!-- storymap-ignore: vague-link -->\n[here](https://example.org/)."))
    assert run("check", str(project), "--strict").exit_code == 0
    write(project, GOOD.replace("Text.", "<!-- storymap-ignore: vague-link, dead-link -->\nText."))
    result = run("check", str(project))
    assert result.exit_code == 0
    assert "one.md:9:23: warning[unused-ignore]" in result.stderr
    assert "dead-link" not in result.stderr.replace("vague-link, dead-link", "")


@pytest.mark.parametrize("format_name", ["json", "sarif"])
@pytest.mark.parametrize("settings", ["", "titel = 1", "title = "])
def test_machines_get_a_whole_document_whatever_happens(project: Path, format_name: str, settings: str) -> None:
    (project / "storymap.toml").write_text(settings)
    result = run("check", str(project), "--format", format_name)
    assert json.loads(result.stdout)
    assert result.stderr == ""
    assert result.exit_code == (1 if settings else 0)


def test_a_folder_without_a_project_is_told_in_every_format(tmp_path: Path) -> None:
    found = json.loads(run("check", str(tmp_path), "--format", "json").stdout)["problems"]
    assert [problem["code"] for problem in found] == ["no-project"]


def test_annotations_name_files_from_the_top_of_the_repository(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, GOOD.replace("place:", "plcae:"))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project.parent))
    shown = run("check", str(project), "--format", "github").stdout
    assert shown.startswith("::error file=project/stories/one.md,line=7,col=1,endColumn=6,title=unknown-key::")


# storymap explain


@pytest.mark.parametrize("written", ["unknown-place", "error[unknown-place]", "[unknown-place]:", "UNKNOWN-PLACE"])
def test_a_code_is_explained_as_it_is_printed_or_typed(written: str) -> None:
    result = run("explain", written)
    assert result.exit_code == 0
    mistake = load_mistakes()["unknown-place"]
    for text in (mistake.title, mistake.wrong, mistake.right):
        assert text in result.stdout


def test_without_a_code_all_are_listed_by_stage() -> None:
    lines = run("explain").stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == list(STAGES)
    assert sorted(line.split()[0] for line in lines if line.startswith(" ")) == sorted(load_mistakes())


def test_a_misspelt_code_is_answered_with_the_right_one() -> None:
    result = run("explain", "unknown-plac")
    assert result.exit_code == 2
    assert 'did you mean "unknown-place"?' in result.stderr


@pytest.mark.parametrize("code", sorted(load_mistakes()))
def test_every_explanation_fits_on_a_terminal(code: str) -> None:
    prose = [line for line in run("explain", code).stdout.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) <= 80
