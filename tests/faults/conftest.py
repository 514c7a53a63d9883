"""Inputs of real people that once broke the product, each built and checked in a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.cli.commands import storymap

FAULTS = Path(__file__).resolve().parents[3] / "shared" / "faults"
"""Lies beside a developer's checkout; not part of the project."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended, and all that it printed."""

    exit_code: int
    output: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A copy of a project that once broke the product."""

    folder: Path

    def run(self, *arguments: str) -> Outcome:
        """Run `storymap` on the project; a traceback, shown or swallowed, fails the test."""
        command, *rest = arguments
        result = CliRunner().invoke(storymap, [command, str(self.folder), *rest])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert result.exit_code in {0, 1}, result.output
        return Outcome(result.exit_code, result.output)

    def build(self, *arguments: str) -> Outcome:
        """Build the project into its `site/`, which must exist just when no error was told."""
        outcome = self.run("build", *arguments)
        assert (self.folder / "site" / "index.html").exists() == (outcome.exit_code == 0), outcome.output
        return outcome

    def check(self, *arguments: str) -> Outcome:
        """Check the project."""
        return self.run("check", *arguments)

    def page(self, name: str) -> str:
        """The text of a file of the built site."""
        return (self.folder / "site" / name).read_text(encoding="utf-8")


@pytest.fixture
def fault(tmp_path: Path) -> Callable[[str], Fault]:
    """A copy of the fault of that name, `attacks/…` for hostile input; skips where the faults are not at hand."""

    def lay_out(name: str) -> Fault:
        if not FAULTS.is_dir():
            pytest.skip("the faults are not beside this checkout")
        source = FAULTS / name / "project" if (FAULTS / name / "project").is_dir() else FAULTS / name
        folder = tmp_path / "project"
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("NOTE.txt"))
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        return Fault(folder)

    return lay_out
