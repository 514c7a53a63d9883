"""The two commands of the README, on machines that lack something: they say what is missing and what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]

TOOLS = ("cat", "dirname", "id", "mkdir", "rm", "sh")

LEAN_PYTHON = f'[ "$1" = -m ] && exec "{sys.executable}" -m venv --without-pip "$3"; exec "{sys.executable}" "$@"'
"""A Python whose environments have no pip: making that takes most of the time, and nothing here uses it."""


class Machine:
    """A machine with a few tools, the project's scripts, and nothing else on PATH."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found
            (self.bin / tool).symlink_to(found)
        self.checkout = folder / "checkout"
        shutil.copytree(ROOT / ".dev", self.checkout / ".dev", ignore=shutil.ignore_patterns("__pycache__"))
        # Setting up and building are other tests' business: say only that it came to that.
        (self.checkout / ".dev" / "set_up.py").write_text("print('setting up')\n")

    def put(self, name: str, script: str) -> None:
        """Stand a script in for a tool of this machine: in place of the link to it, never through it."""
        (self.bin / name).unlink(missing_ok=True)
        (self.bin / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (self.bin / name).chmod(0o755)

    def run(self, **environment: str) -> subprocess.CompletedProcess[str]:
        # /usr/bin/python3 is asked for by its full name, so a machine without Python is one whose probe fails.
        script = self.checkout / ".dev" / "environment.sh"
        text = script.read_text(encoding="utf-8").replace("/usr/bin/python3", str(self.bin / "system-python"))
        script.write_text(text, encoding="utf-8")
        return subprocess.run(
            (self.checkout / ".dev" / "site",),
            env={"PATH": str(self.bin), "HOME": str(self.checkout), **environment},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_machine_without_python_is_told_what_to_install(machine):
    ended = machine.run()
    assert ended.returncode == 1
    assert "needs Python 3.11 or newer, and none was found" in ended.stderr
    assert "apt-get install python3 python3-venv" in ended.stderr


def test_python_that_is_too_old_is_passed_over(machine):
    machine.put("python3", "exit 1")
    machine.put("python3.12", LEAN_PYTHON)
    ended = machine.run()
    assert "made .venv with Python" in ended.stderr
    assert "setting up" in ended.stdout


def test_person_may_name_a_python(machine):
    ended = machine.run(PYTHON=sys.executable)
    assert "made .venv with Python" in ended.stderr
    assert "setting up" in ended.stdout


def test_python_without_venv_and_without_apt_is_told_the_package(machine):
    machine.put("python3", f'[ "$1" = -m ] && exit 1; exec "{sys.executable}" "$@"')
    ended = machine.run()
    assert ended.returncode == 1
    assert f"python3.{sys.version_info.minor}-venv, then run" in ended.stderr
    assert not (machine.checkout / ".venv").exists()


def test_debian_without_venv_installs_it_as_root_and_says_so(machine):
    machine.put("id", "echo 0")
    machine.put(
        "apt-get", f'echo "$@" >> "{machine.checkout}/apt"; [ "$1" = install ] && > "{machine.bin}/venv-is-here"'
    )
    machine.put("python3", f'[ "$1" = -m ] && ! [ -e "{machine.bin}/venv-is-here" ] && exit 1; {LEAN_PYTHON}')
    ended = machine.run()
    assert f"installing python3.{sys.version_info.minor}-venv with apt-get" in ended.stderr
    assert (machine.checkout / "apt").read_text().splitlines()[-1].endswith(f"python3.{sys.version_info.minor}-venv")
    assert "setting up" in ended.stdout


def test_debian_without_venv_and_without_rights_is_told_the_command(machine):
    machine.put("id", "echo 1000")
    machine.put("apt-get", "exit 1")
    machine.put("python3", f'[ "$1" = -m ] && exit 1; exec "{sys.executable}" "$@"')
    ended = machine.run()
    assert ended.returncode == 1
    assert f'"sudo apt-get install python3.{sys.version_info.minor}-venv"' in ended.stderr


def test_named_browser_that_does_not_exist_stops_the_tests_with_a_sentence(tmp_path):
    ended = subprocess.run(
        (sys.executable, ROOT / ".dev" / "run_tests.py"),
        env={**os.environ, "PYTHONPATH": str(ROOT), "STORYMAP_CHROMIUM": str(tmp_path / "none")},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "STORYMAP_CHROMIUM names" in ended.stderr


@pytest.mark.parametrize("command", [".dev/site", ".dev/test", ".ci/run"])
def test_command_can_be_run_as_it_is_written(command):
    assert os.access(ROOT / command, os.X_OK)


def test_readme_and_both_workflows_use_the_same_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert ".dev/site" in readme
    assert ".dev/test" in readme
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == "exec .dev/test"
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    assert [step["run"] for step in workflow["jobs"]["test"]["steps"] if "run" in step] == [".dev/test"]
