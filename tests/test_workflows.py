"""The workflows for GitHub, of this repository and of a new project: as GitHub's schemas say, and their steps as run.

What only GitHub has, actions and contexts, is stood for by what they would give; every `run:` is carried out.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from yamlcore import CCoreLoader

from storymap import __version__
from storymap.cli.commands import storymap
from storymap.starter.writing import write_project

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "storymap" / "starter" / "project"
ACTION = ROOT / ".github" / "actions" / "storymap" / "action.yml"
WORKFLOWS = sorted(path for top in (ROOT, STARTER) for path in (top / ".github" / "workflows").glob("*.yml"))
PAGES = [ROOT / ".github" / "workflows" / "pages.yml", STARTER / ".github" / "workflows" / "pages.yml"]

SITUATIONS = {
    "a pull request": ("pull_request", "skipped"),
    "a push before Pages is set up": ("push", "failure"),
    "a push": ("push", "success"),
}
"""By what happens, the event and what actions/configure-pages comes to."""


def read(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), CCoreLoader)
    return read


def choose(steps: list[dict[str, Any]], event: str, outcome: str) -> Iterator[dict[str, Any]]:
    """The steps that are carried out. A condition that is not known here fails the test."""
    conditions = {
        "": True,
        "github.event_name != 'pull_request'": event != "pull_request",
        "steps.pages.outcome == 'failure'": outcome == "failure",
        "steps.pages.outcome == 'success'": outcome == "success",
        "steps.pages.outcome != 'success'": outcome != "success",
    }
    return (step for step in steps if conditions[step.get("if", "")])


@pytest.mark.parametrize("schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"])
def test_workflows_are_as_github_reads_them(schema: str) -> None:
    assert len(WORKFLOWS) >= 3
    assert_valid(schema, *WORKFLOWS)


def test_the_action_is_as_github_reads_it() -> None:
    assert_valid("vendor.github-actions", ACTION)


def assert_valid(schema: str, *files: Path) -> None:
    """Whether the files are valid by a schema that check-jsonschema carries; it asks no network for these."""
    tool = Path(sys.executable).with_name("check-jsonschema")
    ended = subprocess.run((tool, "--builtin-schema", schema, *files), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("file", PAGES, ids=["ours", "starter"])
def test_pages_are_built_with_no_right_to_change_anything_and_deployed_one_at_a_time(file: Path) -> None:
    workflow = read(file)
    assert workflow["permissions"] == {"contents": "read"}
    build, deploy = workflow["jobs"]["build"], workflow["jobs"]["deploy"]
    assert build["permissions"] == {"contents": "read", "pages": "read"}
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert [step["uses"].partition("@")[0] for step in deploy["steps"]] == ["actions/deploy-pages"]
    assert deploy["if"] == "needs.build.outputs.deployable == 'true'"
    assert workflow["concurrency"] == {
        "group": "${{ github.event_name == 'pull_request' && github.ref || 'pages' }}",
        "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    }
    assert set(workflow["on"]) == {"push", "pull_request", "workflow_dispatch"}


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("of", ["starter", "action"])
def test_a_pull_request_keeps_its_site_to_look_at_and_only_a_push_one_to_publish(of: str, situation: str) -> None:
    steps = read(PAGES[1])["jobs"]["build"]["steps"] if of == "starter" else read(ACTION)["runs"]["steps"]
    chosen = list(choose(steps, *SITUATIONS[situation]))
    kept = [step["uses"].partition("@")[0] for step in chosen if "artifact" in step.get("uses", "")]
    assert kept == ["actions/upload-pages-artifact" if situation == "a push" else "actions/upload-artifact"]
    assert any("Built but not published" in step.get("run", "") for step in chosen) == ("before" in situation)


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project, as one is begun by a storymap that was installed from an address."""
    folder = tmp_path_factory.mktemp("begun") / "walks"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metadata, "distribution", lambda _: Installed())
        write_project(folder)
    return folder


class Installed:
    """A distribution as an installer left it."""

    def read_text(self, _name: str) -> str:
        return json.dumps({"url": "https://example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}})


def carry_out(steps: Iterator[dict[str, Any]], folder: Path, values: dict[str, str]) -> list[str]:
    """Do the steps that run something, as GitHub does; returns what they said.

    Installing is left out: the environment of this checkout stands for what would be installed.
    """
    output = folder.parent / "output"
    output.touch()
    said = []
    for step in steps:
        line = step.get("run", "")
        if not line or "pip install" in line:
            continue
        given = {name: fill(text, values) for name, text in step.get("env", {}).items()}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        places = {
            "GITHUB_WORKSPACE": str(folder),
            "GITHUB_OUTPUT": str(output),
            "RUNNER_TEMP": str(folder.parent / "temporary"),
        }
        ended = subprocess.run(
            ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", line),
            cwd=folder,
            env={**os.environ, "PATH": path, **places, **given},
            capture_output=True,
            text=True,
            check=False,
        )
        said.append(ended.stdout)
        if ended.returncode:
            raise StepFailedError("".join(said) + ended.stderr)
    return said


class StepFailedError(Exception):
    """A step ended with an error, and so does the job."""


def fill(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: values[found[1]], text)


BASE = "https://jana.github.io/walks"


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_step_of_a_new_projects_workflow_works(walks: Path, situation: str) -> None:
    steps = read(walks / ".github" / "workflows" / "pages.yml")["jobs"]["build"]["steps"]
    base = BASE if situation == "a push" else ""
    said = carry_out(choose(steps, *SITUATIONS[situation]), walks, {"steps.pages.outputs.base_url": base})
    assert (walks / "build" / "site" / "sixteen-hours.html").is_file()
    assert (walks / "build" / "site" / ".nojekyll").is_file()
    assert (f'"{BASE}/' in (walks / "build" / "site" / "404.html").read_text(encoding="utf-8")) == bool(base)
    assert any(line.startswith("::warning title=Built but not published::") for line in said) == ("before" in situation)
    installed = re.findall(r"pip install -r (\S+)", (walks / ".github" / "workflows" / "pages.yml").read_text())
    assert [(walks / name).is_file() for name in installed] == [True]


@pytest.mark.parametrize("situation", ["a pull request", "a push"])
def test_every_step_of_the_action_works(walks: Path, situation: str) -> None:
    values = {
        "inputs.folder": ".",
        "inputs.strict": "true",
        "inputs.url || steps.pages.outputs.base_url": BASE if situation == "a push" else "",
    }
    carry_out(choose(read(ACTION)["runs"]["steps"], *SITUATIONS[situation]), walks, values)
    site = walks.parent / "temporary" / "storymap-site"
    assert f"site={site}" in (walks.parent / "output").read_text().splitlines()
    assert (site / "sixteen-hours.html").is_file()


def test_a_mistake_in_a_pull_request_is_an_annotation_beside_its_line(walks: Path) -> None:
    story = walks / "stories" / "mistaken.md"
    story.write_text("---\ntitle: Mistaken\n---\n\n## Here\nplace: Prauge\n\nText.\n", encoding="utf-8")
    steps = read(walks / ".github" / "workflows" / "pages.yml")["jobs"]["build"]["steps"]
    try:
        with pytest.raises(StepFailedError, match=r"(?m)^::error file=stories/mistaken\.md,line=6,col=8,"):
            carry_out(choose(steps, *SITUATIONS["a pull request"]), walks, {"steps.pages.outputs.base_url": ""})
    finally:
        story.unlink()


def test_the_action_installs_the_storymap_that_it_belongs_to() -> None:
    (line,) = [step["run"] for step in read(ACTION)["runs"]["steps"] if "pip" in step.get("run", "")]
    led = line.partition("GITHUB_ACTION_PATH")[2].strip('"')
    assert (Path(f"{ACTION.parent}{led}") / "pyproject.toml").resolve() == ROOT / "pyproject.toml"


def test_no_input_of_the_action_is_put_into_a_line_of_the_shell() -> None:
    assert [step["run"] for step in read(ACTION)["runs"]["steps"] if "${{" in step.get("run", "")] == []


def test_a_codespace_installs_what_the_workflow_does_and_shows_the_preview(walks: Path) -> None:
    container = json.loads((walks / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    assert container["postCreateCommand"] == "pip install -r requirements.txt"
    assert container["postAttachCommand"] == "storymap serve"
    (port,) = container["forwardPorts"]
    serve = storymap.get_command(None, "serve")  # type: ignore[arg-type]
    assert serve is not None
    assert port == next(parameter.default for parameter in serve.params if parameter.name == "port")
    assert list(container["portsAttributes"]) == [str(port)]
    # In a frame of the editor it could not be shown: the preview lets no other site frame it.
    assert container["portsAttributes"][str(port)]["onAutoForward"] == "openBrowserOnce"
    recommended = json.loads((walks / ".vscode" / "extensions.json").read_text(encoding="utf-8"))["recommendations"]
    assert container["customizations"]["vscode"]["extensions"] == recommended
    for file in container["customizations"]["codespaces"]["openFiles"]:
        assert (walks / file).is_file()


def test_a_project_that_no_other_machine_could_install_has_neither(tmp_path: Path) -> None:
    assert CliRunner().invoke(storymap, ["new", str(tmp_path / "walks")]).exit_code == 0
    assert not (tmp_path / "walks" / ".devcontainer").exists()
    assert not (tmp_path / "walks" / ".github").exists()


RELEASE = ROOT / ".github" / "workflows" / "release.yml"


def test_a_release_is_published_by_jobs_that_run_nothing_of_the_projects() -> None:
    jobs = read(RELEASE)["jobs"]
    assert read(RELEASE)["permissions"] == {"contents": "read"}
    assert {name: job["permissions"] for name, job in jobs.items() if "permissions" in job} == {
        "publish": {"id-token": "write"},
        "announce": {"contents": "write"},
    }
    assert jobs["publish"]["if"] == "github.ref_type == 'tag'"
    assert (jobs["try"]["needs"], jobs["publish"]["needs"], jobs["announce"]["needs"]) == ("build", "try", "publish")
    assert [step["uses"].partition("@")[0] for step in jobs["publish"]["steps"]] == [
        "actions/download-artifact",
        "pypa/gh-action-pypi-publish",
    ]
    assert [step["run"].split()[:3] for step in jobs["announce"]["steps"] if "run" in step] == [
        ["gh", "release", "create"]
    ]


def test_a_release_is_tried_on_every_python_that_the_package_names() -> None:
    named = re.findall(r'Python :: (3\.\d+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert read(RELEASE)["jobs"]["try"]["strategy"]["matrix"] == {"python": named, "kind": ["whl", "tar.gz"]}


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (f"v{__version__}", ""),
        ("v99.0", f"the tag is v99.0, and __version__ in storymap/__init__.py is {__version__}"),
        (__version__, f"the tag is {__version__}, and"),
    ],
)
def test_a_tag_is_the_version_that_is_released(tag: str, said: str) -> None:
    (step,) = [step for step in read(RELEASE)["jobs"]["build"]["steps"] if "GITHUB_REF_NAME" in step.get("run", "")]
    ended = subprocess.run(
        ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]),
        cwd=ROOT,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_REF_NAME": tag,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode != 0) == bool(said), ended.stderr
    assert said in ended.stdout


def test_what_is_tried_of_a_release_works(tmp_path: Path) -> None:
    (line,) = [step["run"] for step in read(RELEASE)["jobs"]["try"]["steps"] if "storymap new" in step.get("run", "")]
    said = "".join(carry_out(iter([{"run": line}]), tmp_path, {}))
    assert said.startswith(f"storymap {__version__}\n")
    assert "0 problems in 1 story" in said
