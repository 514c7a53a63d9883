"""`storymap new`: from nothing to a site without a problem that asks nobody for anything."""

from __future__ import annotations

import json
import re
import subprocess
import sys
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
        "actions/deploy-pages",
    ]
    runs = [step["run"] for step in steps if "run" in step]
    assert runs[0] == "pip install -r requirements.txt"
    assert (STARTER / "requirements.txt").is_file()
    for line in runs[1:]:
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
