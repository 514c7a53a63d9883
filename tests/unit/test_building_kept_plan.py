"""A second build of a project of which nothing changed finds its plan, and makes the same; any change makes another."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.building import plan as planning
from storymap.building.disk_cache import find_cache_file
from storymap.cli.commands import storymap

PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><title>A dot</title></svg>'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "stories").mkdir(parents=True)
    (root / "geo").mkdir()
    (root / "storymap.toml").write_text('title = "T"\n')
    (root / "geo" / "spots.csv").write_text("name,lat,lon\nSpot,50.1,14.5\n")
    (root / "stories" / "dot.svg").write_text(PIXEL)
    (root / "stories" / "a.md").write_text(
        "---\ntitle: A\n---\n\n## There\nplace: Spot\n\n![A dot](dot.svg)\n\n## Far\nplace: Oslo\n\nText {{ x }}.\n"
    )
    return root


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A project for each time that one was planned anew."""
    found: list[Path] = []
    plan_site = planning.plan_site

    def note(project, *args, **options):
        found.append(project.root)
        return plan_site(project, *args, **options)

    monkeypatch.setattr(planning, "plan_site", note)
    return found


def build(root: Path, *options: str) -> str:
    result = CliRunner().invoke(storymap, ["build", str(root), *options])
    assert result.exit_code == 0, result.output
    return result.output


def read(root: Path) -> dict[str, bytes]:
    site = root / "site"
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def test_nothing_is_planned_where_nothing_changed_and_the_same_is_told(project: Path, planned: list[Path]) -> None:
    first, site = build(project), read(project)
    second = build(project)
    assert len(planned) == 1
    assert read(project) == site
    assert "0 files written" in second
    count = len(site)
    told = first.replace(f"{count} files written, 0 unchanged", f"0 files written, {count} unchanged")
    assert second == told, "notes and warnings are told again"
    assert "foreign-markup" in second


def test_a_site_that_was_deleted_is_written_again_from_the_cache(project: Path, planned: list[Path]) -> None:
    build(project)
    site = read(project)
    for file in (project / "site").rglob("*.html"):
        file.unlink()
    build(project)
    assert len(planned) == 1
    assert read(project) == site


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("storymap.toml", 'title = "Another"\n'),
        ("geo/spots.csv", "name,lat,lon\nSpot,50.2,14.5\n"),
        ("geo/more.csv", "name,lat,lon\nOther,50.2,14.5\n"),
        ("stories/a.md", "---\ntitle: B\n---\n\n## There\nplace: Spot\n\nText.\n"),
        ("stories/b.md", "---\ntitle: B\n---\n\n## There\nplace: Spot\n\nText.\n"),
        ("stories/dot.svg", PIXEL.replace("A dot", "A spot")),
    ],
)
def test_any_file_that_changes_or_comes_makes_another_plan(
    name: str, text: str, project: Path, planned: list[Path]
) -> None:
    build(project)
    (project / name).write_text(text)
    build(project)
    changed = read(project)
    assert len(planned) == 2
    build(project, "--no-cache")
    assert read(project) == changed


def test_drafts_and_another_address_are_another_plan(project: Path, planned: list[Path]) -> None:
    build(project)
    build(project, "--drafts")
    build(project, "--url", "https://example.org/maps/")
    assert len(planned) == 3
    build(project)
    assert len(planned) == 3, "the first is still known"


def test_a_project_with_a_hook_is_always_planned(project: Path, planned: list[Path]) -> None:
    (project / "hook.py").write_text("def finish(map, story): ...\n")
    (project / "storymap.toml").write_text('title = "T"\nmap_hook = "hook:finish"\n')
    build(project)
    build(project)
    assert len(planned) == 2


def test_a_cache_that_lost_what_was_made_is_done_without(project: Path, planned: list[Path]) -> None:
    import sqlite3

    build(project)
    site = read(project)
    with sqlite3.connect(find_cache_file(project)) as database:
        database.execute("DELETE FROM records WHERE key IN (SELECT key FROM records ORDER BY key LIMIT 3)")
    database.close()
    build(project)
    assert read(project) == site
    (project / "site" / "index.html").unlink()
    with sqlite3.connect(find_cache_file(project)) as database:
        database.execute("UPDATE contents SET data = x'00' WHERE length(data) > 20000")
    database.close()
    build(project)
    assert read(project) == site
