"""Whole projects: those that build, compared with the site they must become, and those that fail, with their words.

Both are discovered. A new case is a new folder, with the command in `arguments.txt` if it is not `build <project>`, and
with a `make.toml` for what git should not hold; `python -m pytest tests/test_projects.py --accept` writes what it
gives, to be read before it is committed. What comes from map data or from the browser bundle is left out of a
golden site, so that it holds what the project itself decides.
"""

from __future__ import annotations

import contextlib
import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from storymap.basemap.arcs import unpack_arcs
from storymap.building.build import Site, build_site
from storymap.cli.commands import storymap
from storymap.errors import Report, Severity, StorymapError, Verdict
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.mistakes.catalogue import load_mistakes
from storymap.project import load_project

HERE = Path(__file__).parent
GOOD = sorted(path for path in (HERE / "projects" / "good").iterdir() if path.is_dir())
BAD = sorted(path for path in (HERE / "projects" / "bad").iterdir() if path.is_dir())
CODE = re.compile(r": (?:error|warning|note)\[([\w-]+)\]: ")
SHOWN_ELSEWHERE = {
    "heavy-tiles": "unit/test_checking_tiles.py::test_a_story_with_many_megabytes_of_tiles_is_told_what_to_do",
    "heavy-layer": "unit/test_layers_of_data.py::test_a_layer_that_is_too_much_for_a_page_is_told_where_it_is_named",
    "heavy-streets": "unit/test_resolving_streets.py::test_heavy_streets_are_drawn_more_coarsely_and_then_told",
    "streets-end": "unit/test_resolving_streets.py::test_a_step_where_the_data_end_is_told_with_the_side_and_the_box",
    "more-overlays": "unit/test_placed_pictures.py::test_the_second_of_two_overlays_is_told",
    "long-popup": "unit/test_symbology_popups.py::test_a_text_that_is_no_popup_is_refused",
    "mixed-column": "unit/test_symbology_design.py::test_the_text_among_numbers_is_named",
    "asset-not-kept": "browser/test_hooks.py::test_what_cannot_be_fetched_is_told_and_the_rest_is_kept",
    "unknown-licence": "browser/test_hooks.py::test_a_licence_that_nobody_names_may_be_written_into_the_lock",
    "geocoder-failed": "unit/test_gazetteer_geocoding.py::test_a_refusal_is_told_with_a_way_out_and_not_remembered",
    "unwritable-file": "unit/test_cli_places.py::test_a_file_that_may_not_be_written_is_told_and_stays",
    "no-cluster": "unit/test_building_cluster.py::test_a_scheduler_that_does_not_answer_is_told",
    "other-version": "unit/test_building_cluster.py::test_a_worker_with_another_version_is_told",
    "missing-extra": "unit/test_tracks.py::test_a_fit_file_without_its_extra_says_what_to_install",
    "worker-died": "unit/test_building_executors.py::"
    "test_a_task_over_which_processes_keep_dying_fails_and_all_others_are_done",
    "dead-link": "unit/test_checking_external.py::test_every_outside_link_is_told_where_it_is_written",
    "moved-link": "unit/test_checking_external.py::test_every_outside_link_is_told_where_it_is_written",
    "no-network": "unit/test_checking_external.py::test_without_a_network_that_is_told_once_and_nothing_is_remembered",
    "unreachable-link": "unit/test_checking_external.py::test_every_outside_link_is_told_where_it_is_written",
    "untried-link": "unit/test_checking_external.py::test_every_outside_link_is_told_where_it_is_written",
    "published-missing": "unit/test_checking_published.py::test_what_is_missing_changed_and_besides_is_told",
    "published-otherwise": "unit/test_checking_published.py::test_what_is_missing_changed_and_besides_is_told",
    "published-besides": "unit/test_checking_published.py::test_what_is_missing_changed_and_besides_is_told",
    "no-published-site": "unit/test_checking_published.py::test_an_address_at_which_nothing_answers_is_told_once",
    "refused-request": "unit/test_building_weight.py::test_a_page_that_asks_what_nothing_lets_it_is_told",
    "large-page": "unit/test_building_weight.py::test_a_page_of_megabytes_is_told_where_it_is_made_from",
    "missing-data": "test_projects.py::test_a_package_without_its_gazetteer_says_how_to_mend_it",
}
"""Codes that no project's files can bring about, and the test that shows each: `file under tests/::function`."""


def has_lowerable_error(folder: Path) -> bool:
    """Whether building the project in `folder` shows an error that the settings can make less of."""
    told = folder / "expected.txt"
    codes = re.findall(r": error\[([\w-]+)\]", told.read_text(encoding="utf-8")) if told.exists() else []
    return not (folder / "arguments.txt").exists() and any(load_mistakes()[code].lowerable for code in codes)


def list_mistakes(output: str) -> set[str]:
    """The errors and warnings that a command printed, each with all its lines."""
    return set(re.findall(r"^\S[^\n]*: (?:error|warning)\[[^\n]*(?:\n[ ][^\n]*)*", output, re.MULTILINE))


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
    project = lay_out(folder, tmp_path / folder.name)
    before = sorted(project.rglob("*"))
    result = CliRunner().invoke(storymap, read_arguments(folder, project))
    assert result.exit_code == (1 if "Nothing was written." in result.output or ": error[" in result.output else 0)
    assert sorted(project.rglob("*")) == before
    compare(result.output.replace(str(project), "<project>"), folder / "expected.txt", request)
    if read_arguments(folder, project) in (["build", str(project)], ["check", str(project)]):
        told = {read_arguments(folder, project)[0]: list_mistakes(result.output)}
        for command in {"build", "check"} - told.keys():
            told[command] = list_mistakes(CliRunner().invoke(storymap, [command, str(project)]).output)
        assert told["build"] <= told["check"], "check tells every mistake that build tells, in the same words"


def test_every_code_that_can_be_told_is_shown_by_a_bad_project() -> None:
    """The catalogue and the projects name the same codes; what no files can bring about has a test of its own."""
    shown = {code for folder in BAD for code in CODE.findall((folder / "expected.txt").read_text(encoding="utf-8"))}
    elsewhere = {code for code, test in SHOWN_ELSEWHERE.items() if is_test(test)}
    assert elsewhere == set(SHOWN_ELSEWHERE)
    assert shown | elsewhere == set(load_mistakes())
    assert not shown & elsewhere


def test_every_bad_project_named_for_a_code_shows_it() -> None:
    for folder in BAD:
        if folder.name in load_mistakes():
            assert f"[{folder.name}]" in (folder / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", GOOD, ids=names)
def test_check_finds_no_error_in_a_good_project(folder: Path, tmp_path: Path) -> None:
    project = lay_out(folder, tmp_path / folder.name)
    assert ": error[" not in CliRunner().invoke(storymap, ["check", str(project)]).output


@pytest.mark.parametrize("verdict", ["warning", "off"])
@pytest.mark.parametrize("folder", [folder for folder in BAD if has_lowerable_error(folder)], ids=names)
def test_what_settings_make_less_of_is_told_as_they_say_and_leaves_a_site_or_other_errors(
    folder: Path, verdict: Verdict, tmp_path: Path
) -> None:
    project = load_project(lay_out(folder, tmp_path / folder.name))
    checks = {code: verdict for code, mistake in load_mistakes().items() if mistake.lowerable}
    settings = project.settings.model_copy(update={"checks": checks})
    report = Report()
    with contextlib.suppress(StorymapError):
        assert "index.html" in build_site(replace(project, settings=settings), report=report)
    expected = {Severity.WARNING} if verdict == "warning" else set()
    assert {problem.severity for problem in report.problems if problem.code in checks} == expected


def test_a_package_without_its_gazetteer_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(StorymapError) as told:
        Gazetteer(builtin=BuiltinGazetteer(tmp_path / "none.sqlite")).look_up("Prague")
    assert [problem.code for problem in told.value.problems] == ["missing-data"]
    assert "pip install" in told.value.problems[0].help


def lay_out(folder: Path, project: Path) -> Path:
    """A copy of the project in `folder`, with what `make.toml` describes: files of size, and links."""
    shutil.copytree(folder, project, ignore=shutil.ignore_patterns("expected.txt", "arguments.txt", "make.toml"))
    recipe = folder / "make.toml"
    for name, file in (tomllib.loads(recipe.read_text(encoding="utf-8")) if recipe.exists() else {}).items():
        target = project / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if "link" in file:
            target.symlink_to(file["link"])
        else:
            target.write_text(
                file.get("before", "") + file["repeat"] * file["times"] + file.get("after", "\n"), encoding="utf-8"
            )
    return project


def read_arguments(folder: Path, project: Path) -> list[str]:
    """The words after `storymap`, from `arguments.txt`: `build <project>` if there is none."""
    file = folder / "arguments.txt"
    words = shlex.split(file.read_text(encoding="utf-8")) if file.exists() else ["build", "<project>"]
    return [word.replace("<project>", str(project)) for word in words]


def is_test(name: str) -> bool:
    """Whether `path::function` names a test of this repository."""
    path, _, function = name.partition("::")
    return f"def {function}(" in (HERE / path).read_text(encoding="utf-8")


def compare(shown: str, golden: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        golden.write_text(shown, encoding="utf-8")
    assert golden.is_file(), f"no {golden.name} yet: run with --accept and read it"
    assert shown == golden.read_text(encoding="utf-8")


def show_site(site: Site) -> str:
    """The site as one text: each file under its path, without what map data and the browser bundle decide."""
    shown = "\n".join(f"== {path}\n{show_file(path, content)}" for path, content in site.items())
    return re.sub(r"(assets/fonts/[\w-]+)\.[0-9a-f]{8}\.", r"\1.….", shown)


def show_file(path: str, content: bytes) -> str:
    if path.startswith(("assets/", "licenses/", "media/")) or path == "about.html":
        return "(left out)\n" if content else "(empty)\n"
    text = content.decode()
    if path.endswith(".svg"):
        return show_svg(text) + "\n"
    text = re.sub(r"<style>.*?</style>", "<style>…</style>", text, flags=re.DOTALL)
    text = re.sub(r"(?: 'sha256-[^']*')+", " 'sha256-…'", text)
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
    scenes = [payload, *payload.get("steps", ()), *payload.get("stories", ())]
    for leg in (leg for scene in scenes for layer in scene["layers"] for leg in layer.get("legs", ())):
        unit = 10 ** leg.pop("digits")
        parts = [(arc / unit).tolist() for arc in unpack_arcs(leg["parts"])]
        leg["parts"] = [[part[0], len(part), part[-1]] for part in parts]
    return "\n" + json.dumps(payload, ensure_ascii=False, indent=1) + "\n"
