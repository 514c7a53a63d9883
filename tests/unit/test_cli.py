"""The command line: what it prints, what it returns, and how soon it answers what needs no work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.cli.commands import storymap

STORY = "---\ntitle: One\n---\nOpening.\n\n## A\nplace: Tokyo\n\nText.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "one.md").write_text(STORY)
    return tmp_path


def test_a_clean_build_says_what_it_wrote_and_which_places_it_meant(project: Path) -> None:
    result = CliRunner().invoke(storymap, ["build", str(project)])
    assert result.exit_code == 0
    assert "pages in" in result.stdout
    assert "Tokyo" in result.stderr
    assert "\r" not in result.output, "progress is for terminals"
    assert (project / "site" / "index.html").is_file()


def test_a_mistake_is_one_and_nothing_is_written(project: Path) -> None:
    (project / "stories" / "two.md").write_text("---\ntitle: Two\n---\n\n## A\nplace: Tokio Hotel\n\nText.\n")
    result = CliRunner().invoke(storymap, ["build", str(project)])
    assert result.exit_code == 1
    assert "stories/two.md:6:8: error[unknown-place]" in result.stderr
    assert result.stdout == ""
    assert not (project / "site").exists()


def test_strict_lets_warnings_count(project: Path) -> None:
    (project / "stories" / "one.md").write_text(STORY.replace("Text.", "Text.\n\n[^1]: Unused."))
    assert CliRunner().invoke(storymap, ["build", str(project)]).exit_code == 0
    result = CliRunner().invoke(storymap, ["build", str(project), "--strict", "--output", str(project / "strict")])
    assert result.exit_code == 1
    assert "warning[unused-footnote]" in result.stderr
    assert not (project / "strict").exists()


@pytest.mark.parametrize("arguments", [["build", "--outptu", "x"], ["biuld"], ["build", "no/such/folder"]])
def test_wrong_usage_is_two(arguments: list[str]) -> None:
    assert CliRunner().invoke(storymap, arguments).exit_code == 2


def test_a_misspelt_command_is_answered_with_the_right_one() -> None:
    assert 'did you mean "build"?' in CliRunner().invoke(storymap, ["biuld"]).output


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "storymap", "--version"], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("storymap 0.")


@pytest.mark.parametrize(("encoding", "shown"), [("", "Ōsaka".encode()), ("cp1252", rb"\u014csaka")])
def test_letters_that_the_output_has_not_are_escaped(project: Path, encoding: str, shown: bytes) -> None:
    """A file or a pipe gets UTF-8, whatever the system's own encoding is, unless another one is asked for."""
    (project / "geo").mkdir()
    (project / "geo" / "places.csv").write_text("name,lat,lon\nŌsaka,34.7,135.5\n", encoding="utf-8")
    settings = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    environment = os.environ | {name: value for name, value in settings.items() if value}
    command = [sys.executable, "-m", "storymap", "places", "-C", str(project)]
    done = subprocess.run(command, check=True, capture_output=True, env=environment)
    assert shown in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_is_full_is_no_bug(project: Path) -> None:
    command = [sys.executable, "-m", "storymap", "places", "-C", str(project)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == "The output cannot be written: No space left on device\n"


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys\nfrom storymap.cli.commands import storymap\n"
        "try: storymap(['build', '--help'])\nexcept SystemExit: pass\n"
        "heavy = {'folium', 'geopandas', 'shapely', 'markdown', 'pandas', 'numpy', 'pydantic', 'jinja2', 'rapidfuzz'}\n"
        "print(*sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stderr.strip() == ""


def test_a_bug_of_ours_says_that_it_is_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from storymap import cli

    def fail(**_: object) -> None:
        raise RuntimeError("broken inside")

    monkeypatch.setattr(cli, "storymap", fail)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 70
    told = capsys.readouterr().err
    assert "RuntimeError: broken inside" in told
    assert "This is a bug in storymap" in told
