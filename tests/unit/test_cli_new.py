"""`storymap new`: from nothing to a site without a problem that asks nobody for anything."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from yamlcore import CCoreLoader

from storymap.cli.commands import storymap
from storymap.settings.model import Settings
from storymap.starter.schemas import list_schemas, make_schema, make_snippets

STARTER = Path(__file__).parents[2] / "storymap" / "starter" / "project"
GUIDE = Path(__file__).parents[2] / "storymap" / "guide"


@pytest.fixture
def walks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new project, in which we stand."""
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(storymap, ["new", "walks"]).exit_code == 0
    monkeypatch.chdir(tmp_path / "walks")
    return tmp_path / "walks"


def run(*arguments: str) -> str:
    """What a command prints that must have nothing to complain about."""
    result = CliRunner().invoke(storymap, arguments)
    assert result.exit_code == 0, result.output
    assert not re.search(r"(error|warning)\[", result.stderr), "no problem is told"
    return result.output


def test_a_new_project_builds_and_has_no_problem(walks: Path) -> None:
    run("build", "--strict")
    assert "0 problems" in run("check")
    assert (walks / "site" / "sixteen-hours.html").is_file()


def test_the_sample_goes_as_the_guide_says_and_takes_nothing_of_ones_own(walks: Path) -> None:
    run("places", "add", "Lisbon")
    run("new", "story", "One")
    chapter = (GUIDE / "start.md").read_text(encoding="utf-8").partition("\n## Without the sample\n")[2]
    sample = re.findall(r"^\| `([^`]+)` \|", chapter, re.MULTILINE)
    for path in sample:
        (walks / path).unlink()
    assert "0 problems in 1 story" in run("check")
    assert [path.name for folder in ("stories", "geo") for path in (walks / folder).iterdir()] == [
        "one.md",
        "places.geojson",
    ]
    readme = (walks / "README.md").read_text(encoding="utf-8")
    assert [path for path in sample if f"`{path}`" not in readme] == []


def test_its_site_asks_nobody_for_anything(walks: Path) -> None:
    run("build")
    for page in (walks / "site").rglob("*.html"):
        loaded = re.findall(
            r"""<(?:img|script|link|iframe|source)\b[^>]*?\s(?:src|href|srcset)=["']?([^"'\s>]+)""",
            page.read_text(encoding="utf-8"),
        )
        assert [
            address for address in loaded if re.match(r"\w+:|//", address) and not address.startswith("data:")
        ] == []


def test_a_new_story_builds_and_has_no_problem(walks: Path) -> None:
    out = run("new", "story", 'A "walk" in: Lisbon # 1')
    assert out.splitlines()[0] == "stories/a-walk-in-lisbon-1.md"
    assert "0 problems in 2 stories" in run("check")
    run("build", "--strict")
    assert "A &#34;walk&#34; in: Lisbon # 1" in (walks / "site" / "a-walk-in-lisbon-1.html").read_text(encoding="utf-8")


def test_a_story_can_be_begun_from_elsewhere_in_a_project(walks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(walks / "geo")
    run("new", "story", "From geo")
    monkeypatch.chdir(walks.parent)
    run("new", "story", "From above", "--project", "walks")
    assert {"from-geo.md", "from-above.md"} <= {file.name for file in (walks / "stories").iterdir()}


def test_a_story_outside_of_any_project_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(storymap, ["new", "story", "One"])
    assert result.exit_code == 1
    assert "error[no-project]" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_next_commands_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(storymap, ["new", "my walks"]).stdout
    next_ones = re.findall(r"^  (\S+(?: \S+)*)", told, re.MULTILINE)
    assert next_ones == ["cd 'my walks'", "storymap serve --open", "storymap build", "storymap deploy"]
    for command in re.findall(r"^  storymap (\w+)", told, re.MULTILINE):
        assert command in storymap.list_commands(None)  # type: ignore[arg-type]


def test_here_is_a_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "cd" not in run("new", ".")
    assert (tmp_path / "storymap.toml").is_file()


def test_a_folder_may_be_called_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("new", "./story")
    assert (tmp_path / "story" / "storymap.toml").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new"], "Missing"),
        (["new", "story"], "Missing argument 'TITLE'"),
        (["new", "story", "!!!"], "no letter or digit"),
        (["new", "--prompt", "x"], "No such option"),
        (["new", "full"], 'is not empty: it holds "mine.txt"'),
        (["new", "full/mine.txt"], "is a file"),
        (["new", "full/mine.txt/x"], "is a file"),
        (["new", "one", "two"], "unexpected extra argument"),
    ],
)
def test_wrong_usage_is_two_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "stories").mkdir()
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    result = CliRunner().invoke(storymap, arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert sorted(tmp_path.rglob("*")) == before


def test_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom storymap.cli.commands import storymap\n"
        "for arguments in (['new', 'w'], ['new', 'story', 'One', '-C', 'w']):\n"
        "    try: storymap(arguments)\n    except SystemExit: pass\n"
        "heavy = {'folium', 'geopandas', 'shapely', 'markdown', 'pandas', 'numpy', 'pydantic', 'jinja2', 'rapidfuzz'}\n"
        "print(*sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=tmp_path,
                          env={"PYTHONPATH": str(STARTER.parents[2])})  # fmt: skip
    assert done.stderr.strip() == ""
    assert (tmp_path / "w" / "stories" / "one.md").is_file()


def test_the_settings_show_every_key_with_what_holds_without_it() -> None:
    text = (STARTER / "storymap.toml").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^(?:# )?(\w+) = (.*)$", text, re.MULTILINE))
    tables = set(re.findall(r"^(?:# )?\[(\w+)(?:\..*)?\]$", text, re.MULTILINE))
    assert set(Settings.model_fields) <= set(shown) | tables


def test_the_workflow_installs_and_uses_what_exists() -> None:
    text = (STARTER / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    workflow = yaml.load(text, CCoreLoader)
    assert workflow["on"]["push"]["branches"] == ["main", "master"]
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert [step["uses"].partition("@")[0] for step in steps if "uses" in step] == [
        "actions/checkout",
        "actions/setup-python",
        "actions/configure-pages",
        "actions/upload-pages-artifact",
        "actions/upload-artifact",
        "actions/deploy-pages",
    ]
    runs = [step["run"] for step in steps if "run" in step]
    assert runs[0] == "pip install -r requirements.txt"
    assert (STARTER / "requirements.txt").is_file()
    for line in (line for line in runs[1:] if not line.startswith("echo ")):
        assert_is_a_command(line.removeprefix("storymap ").replace("$BASE_URL", "https://example.org").split())


def test_every_command_that_its_readme_names_exists() -> None:
    text = (STARTER / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"(?:`|^    )storymap ([a-z][^`\n]*?)(?:`|  |$)", text, re.MULTILINE)
    assert len(named) >= 6
    for line in named:
        assert_is_a_command(re.sub(r'"[^"]*"', "TEXT", line).split())


def test_its_readme_says_what_everything_at_the_top_is_for() -> None:
    text = (STARTER / "README.md").read_text(encoding="utf-8")
    for path in STARTER.iterdir():
        if path.name not in {"README.md", ".gitignore"}:
            assert f"`{path.name}" in text, path.name


def test_the_editor_is_given_what_the_models_say_now() -> None:
    """Where this fails: python -m storymap schema --output storymap/starter/project/.vscode."""
    folder = STARTER / ".vscode"
    for name in list_schemas():
        assert json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8")) == make_schema(name)
    assert json.loads((folder / "storymap.code-snippets").read_text(encoding="utf-8")) == make_snippets()


def test_the_editor_finds_the_schemas() -> None:
    settings = json.loads((STARTER / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    for binding in settings["json.schemas"]:
        assert (STARTER / binding["url"]).is_file()
    first = (STARTER / "storymap.toml").read_text(encoding="utf-8").splitlines()[0]
    assert (STARTER / first.removeprefix("#:schema ")).is_file()


def assert_is_a_command(words: list[str]) -> None:
    """Whether a command takes these words, as far as that shows without running it."""
    import click

    command: click.Command = storymap
    context = click.Context(command)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        if found is None:
            break
        command, words = found, words[1:]
    assert command is not storymap
    options = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("-")} <= options


TRACK = """<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Up</name><trkseg>
<trkpt lat="50.08" lon="14.40"><time>2026-05-12T06:00:00Z</time></trkpt>
<trkpt lat="50.09" lon="14.41"><time>2026-05-12T06:30:00Z</time></trkpt></trkseg></trk><trk><name>Down</name><trkseg>
<trkpt lat="50.09" lon="14.41"><time>2026-05-12T16:00:00Z</time></trkpt>
<trkpt lat="50.08" lon="14.40"><time>2026-05-12T16:30:00Z</time></trkpt></trkseg></trk></gpx>"""


@pytest.fixture
def pictures(tmp_path: Path, take_photograph: Callable[..., bytes]) -> Path:
    """A folder with two photographs, outside of the project."""
    folder = tmp_path / "camera"
    folder.mkdir()
    (folder / "IMG 1.JPG").write_bytes(take_photograph((50.0865, 14.4114), orientation=6))
    (folder / "IMG 2.JPG").write_bytes(take_photograph((49.1951, 16.6068), taken="2026:05:12 15:30:00"))
    return folder


def test_a_story_of_photographs_and_a_track_builds_and_tells_nothing(
    walks: Path, tmp_path: Path, pictures: Path
) -> None:
    (tmp_path / "ride.gpx").write_text(TRACK)
    out = run("new", "story", "Out", "--photos", str(pictures), "--track", str(tmp_path / "ride.gpx"))
    assert "4 steps and 2 pictures" in out
    assert (walks / "stories" / "out.md").read_text(encoding="utf-8") == (
        '---\ntitle: "Out"\n---\n\n'
        "## Up\ntrack: {file: out/ride.gpx, leg: 1}\ndate: 2026-05-12\n\n"
        "## Prague, 14:30\nplace: out/IMG 1.JPG\n\n![](out/IMG%201.JPG)\n\n"
        "## Brno, 15:30\nplace: out/IMG 2.JPG\n\n![](out/IMG%202.JPG)\n\n"
        "## Down\ntrack: {file: out/ride.gpx, leg: 2}\ndate: 2026-05-12\n"
    )
    for name in ("IMG 1.JPG", "IMG 2.JPG"):
        assert (walks / "stories" / "out" / name).read_bytes() == (pictures / name).read_bytes()
    assert CliRunner().invoke(storymap, ["build"]).exit_code == 0
    published = b"".join(file.read_bytes() for file in (walks / "site" / "media" / "out").iterdir())
    assert b"SN-4711" in (pictures / "IMG 1.JPG").read_bytes()
    assert b"SN-4711" not in published


def test_pictures_that_stand_among_the_stories_stay_where_they_are(walks: Path, pictures: Path) -> None:
    pictures.rename(walks / "stories" / "camera")
    run("new", "story", "Out", "--photos", "stories/camera")
    assert "place: camera/IMG 1.JPG" in (walks / "stories" / "out.md").read_text(encoding="utf-8")
    assert not (walks / "stories" / "out").exists()


def refuse(*arguments: str) -> str:
    result = CliRunner().invoke(storymap, ["new", "story", *arguments])
    assert result.exit_code in {1, 2}
    return result.stderr


def test_a_story_that_cannot_be_made_leaves_nothing_behind(
    walks: Path, tmp_path: Path, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "track.gpx").write_text("no track")
    before = sorted((walks / "stories").rglob("*"))
    assert "no photograph in" in refuse("Out", "--photos", str(tmp_path / "empty"))
    assert "error[unreadable-file]" in refuse("Out", "--track", str(tmp_path / "track.gpx"))
    monkeypatch.setattr("storymap.reading.story.MAX_STEPS", 1)
    assert "a story has at most 1" in refuse("Out", "--photos", str(pictures))
    monkeypatch.undo()
    monkeypatch.chdir(walks)
    monkeypatch.setattr("shutil.copyfile", refuse_to_copy)
    assert "cannot be written: No space left" in refuse("Out", "--photos", str(pictures))
    monkeypatch.undo()
    monkeypatch.chdir(walks)
    assert sorted((walks / "stories").rglob("*")) == before
    (walks / "stories" / "out").mkdir()
    assert 'there is a folder "stories/out"' in refuse("Out", "--photos", str(pictures))


def refuse_to_copy(_source: Path, target: Path) -> None:
    raise OSError(28, "No space left on device", str(target))


def test_an_edition_begins_with_the_text_of_its_original_and_knows_when_that_changes(walks: Path) -> None:
    assert "stories/sixteen-hours.cs.md" in run(
        "new", "story", "Šestnáct hodin", "--translates", "sixteen-hours", "--lang", "CS"
    )
    edition = (walks / "stories" / "sixteen-hours.cs.md").read_text(encoding="utf-8")
    original = walks / "stories" / "sixteen-hours.md"
    text = original.read_text(encoding="utf-8")
    assert 'title: "Šestnáct hodin"\n' in edition
    assert "\ndraft: true\n" in edition
    assert edition.count("\nid: ") == edition.count("\n## ") == text.count("\n## ")
    assert "\nplace:" not in edition
    assert "0 problems" in run("check")
    run("build", "--drafts", "--strict")
    assert '<html lang="cs"' in (walks / "site" / "cs" / "sixteen-hours.html").read_text(encoding="utf-8")
    original.write_text(f"{text}\nOne more sentence.\n", encoding="utf-8")
    changed = CliRunner().invoke(storymap, ["check"]).output
    assert changed.count("[stale-edition]") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--translates", "sixteen"], "needs both"),
        (["--lang", "cs"], "needs both"),
        (["--translates", "sixteen-hour", "--lang", "cs"], 'did you mean "sixteen-hours"?'),
        (["--translates", "sixteen-hours", "--lang", "czech"], "no language"),
        (["--translates", "sixteen-hours.md", "--lang", "en"], "is in English itself"),
        (["--translates", "sixteen-hours", "--lang", "cs", "--photos", "."], "name nothing else"),
    ],
)
def test_an_edition_that_cannot_be_begun_says_why(walks: Path, arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(storymap, ["new", "story", "Jinak", *arguments])
    assert result.exit_code == 2
    assert told in result.stderr
    assert sorted(path.name for path in (walks / "stories").glob("*.md")) == ["sixteen-hours.md"]
