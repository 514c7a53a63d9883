"""Whole projects: those that build, compared with the site they must become, and those that fail, with their words.

Both are discovered. A new case is a new folder; `python -m pytest tests/test_projects.py --accept` writes what it
gives, to be read before it is committed. What comes from map data or from the browser bundle is left out of a
golden site, so that it holds what the project itself decides.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.cli.commands import storymap
from storymap.errors import Report
from storymap.project import load_project
from storymap.publishing.build import Site, build_site

HERE = Path(__file__).parent
GOOD = sorted(path for path in (HERE / "projects" / "good").iterdir() if path.is_dir())
BAD = sorted(path for path in (HERE / "projects" / "bad").iterdir() if path.is_dir())


def names(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("folder", GOOD, ids=names)
def test_a_good_project_becomes_its_golden_site(folder: Path, request: pytest.FixtureRequest) -> None:
    report = Report()
    shown = show_site(build_site(load_project(folder), report=report))
    shown += "".join(f"\n== told: {problem.severity}[{problem.code}] {problem.at}: {problem.message}\n"
                     for problem in report.problems)  # fmt: skip
    compare(shown, HERE / "golden" / f"{folder.name}.txt", request)


@pytest.mark.parametrize("folder", BAD, ids=names)
def test_a_bad_project_says_what_is_wrong_and_writes_nothing(
    folder: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    arguments = folder / "arguments.txt"
    extra = (
        arguments.read_text(encoding="utf-8").split() if arguments.exists() else ["--output", str(tmp_path / "site")]
    )
    if arguments.exists():
        extra = [str(folder / part) if not part.startswith("-") else part for part in extra]
    before = sorted(folder.rglob("*"))
    result = CliRunner().invoke(storymap, ["build", str(folder), *extra])
    assert result.exit_code == 1, result.output
    assert sorted(folder.rglob("*")) == before
    assert list(tmp_path.iterdir()) == []
    compare(result.output.replace(str(folder), "<project>"), folder / "expected.txt", request)


def test_every_bad_project_has_the_code_it_is_named_for_or_a_note_why_not() -> None:
    """A folder named for a code fails with that code, so that the name can be trusted."""
    codes = set(re.findall(r"(?:error|warning)\[([\w-]+)\]", "".join(
        (folder / "expected.txt").read_text(encoding="utf-8") for folder in BAD)))  # fmt: skip
    for folder in BAD:
        if folder.name in codes:
            assert f"[{folder.name}]" in (folder / "expected.txt").read_text(encoding="utf-8")


def compare(shown: str, golden: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        golden.write_text(shown, encoding="utf-8")
    assert golden.is_file(), f"no {golden.name} yet: run with --accept and read it"
    assert shown == golden.read_text(encoding="utf-8")


def show_site(site: Site) -> str:
    """The site as one text: each file under its path, without what map data and the browser bundle decide."""
    return "\n".join(f"== {path}\n{show_file(path, content)}" for path, content in site.items())


def show_file(path: str, content: bytes) -> str:
    if path.startswith(("assets/", "licenses/", "media/")) or path == "about.html":
        return "(left out)\n" if content else "(empty)\n"
    text = content.decode()
    if path.endswith(".svg"):
        return show_svg(text) + "\n"
    text = re.sub(r"<style>.*?</style>", "<style>…</style>", text, flags=re.DOTALL)
    text = re.sub(r"<svg.*?</svg>", lambda found: show_svg(found[0]), text, flags=re.DOTALL)
    return re.sub(
        r'(<script type="application/json" id="storymap-data">)(.*?)(</script>)',
        lambda found: found[1] + show_payload(found[2]) + found[3],
        text,
        flags=re.DOTALL,
    )


def show_svg(text: str) -> str:
    """A still by its title; what is drawn is looked at in the tests of the basemap."""
    return "<svg>" + "".join(re.findall(r"<title.*?</title>", text, flags=re.DOTALL)[:1]) + "</svg>"


def show_payload(text: str) -> str:
    payload = json.loads(text)
    basemap = payload.pop("basemap")
    payload.pop("strings")
    payload["basemap"] = sorted(basemap)
    for leg in payload["legs"]:
        leg["parts"] = [[part[0], len(part), part[-1]] for part in leg["parts"]]
    return "\n" + json.dumps(payload, ensure_ascii=False, indent=1) + "\n"
