"""What stands in `static/` stands in the site, as it is; nothing else is touched by it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.building.build import build_site
from storymap.cli.commands import storymap
from storymap.errors import Problem, Report, StorymapError
from storymap.project import load_project

FILES = {
    ".well-known/security.txt": b"Contact: mailto:jana@example.org\n",
    "old/page.html": b'<!doctype html><title>Old</title><script>x()</script><a href="../index.html">All</a>\xff',
    "fonts/a b.woff2": bytes(range(256)),
    "robots-of-mine.txt": b"a\r\nb",
    "empty": b"",
    "run.py": b"raise SystemExit('nobody runs this')",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "a.md").write_text("---\ntitle: A\n---\n\n## There\nplace: Prague\n\nText.\n")
    for name, content in FILES.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def test_every_file_is_copied_as_it_is_dot_files_too(project: Path) -> None:
    without = build_site(load_project(project), report=Report()).keys() - FILES
    site = build_site(load_project(project), report=Report())
    assert {name: site[name] for name in FILES} == FILES
    assert site.keys() == without | FILES.keys()


def test_what_systems_leave_behind_is_not_published(project: Path) -> None:
    (project / "static" / "fonts" / ".DS_Store").write_bytes(b"x")
    assert "fonts/.DS_Store" not in build_site(load_project(project), report=Report())


def test_a_change_is_seen_by_the_next_build(project: Path) -> None:
    for content in ("one", "two"):
        (project / "static" / "note.txt").write_text(content)
        assert CliRunner().invoke(storymap, ["build", str(project)]).exit_code == 0
        assert (project / "site" / "note.txt").read_text() == content
    (project / "static" / "note.txt").unlink()
    assert CliRunner().invoke(storymap, ["build", str(project)]).exit_code == 0
    assert not (project / "site" / "note.txt").exists()


def test_a_text_in_it_is_a_file_like_others_to_which_stories_link(project: Path) -> None:
    """Though its name ends as those of stories do."""
    (project / "static" / "notes").mkdir()
    for name in ("notes/log.md", "notes/a.md", "notes/á b.markdown"):
        (project / "static" / name).write_text("# A log\n")
    story = project / "stories" / "a.md"
    links = (
        "[log](../static/notes/log.md), [a part](../static/notes/a.md#day-2), [b](../static/notes/%C3%A1%20b.markdown)"
    )
    before = story.read_text()
    story.write_text(f"{before}\n{links}, [itself](a.md).\n")
    page = build_site(load_project(project), report=Report())["a.html"].decode()
    for address in ("notes/log.md", "notes/a.md#day-2", "notes/%C3%A1%20b.markdown", "a.html"):
        assert f'href="{address}"' in page
    (project / "stories" / "w").mkdir()
    (project / "stories" / "w" / "_collection.md").write_text(
        "---\ntitle: W\n---\nSee [it](../../static/notes/log.md).\n"
    )
    (project / "stories" / "w" / "b.md").write_text("---\ntitle: B\n---\n\n## There\nplace: Prague\n\nText.\n")
    story.write_text(f"{before}\n[gone](../static/notes/lag.md)\n")
    report = Report()
    with pytest.raises(StorymapError):
        build_site(load_project(project), report=report)
    [problem] = report.errors
    assert (problem.code, problem.help) == ("missing-file", 'did you mean "../static/notes/log.md"?')
    story.write_text(before)
    assert b'href="../notes/log.md"' in build_site(load_project(project), report=Report())["w/index.html"]


def find_problems(project: Path) -> list[Problem]:
    with pytest.raises(StorymapError) as raised:
        build_site(load_project(project), report=Report())
    return list(raised.value.problems)


@pytest.mark.parametrize("name", ["index.html", "INDEX.HTML", "assets", "a.html/x.txt", ".storymap.json", ".nojekyll"])
def test_nothing_that_the_site_makes_is_replaced(project: Path, name: str) -> None:
    path = project / "static" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    (problem,) = find_problems(project)
    assert (problem.code, problem.at.path) == ("static-collision", f"static/{name}")


def test_nothing_outside_of_the_project_is_followed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("secret")
    (project / "static" / "link.txt").symlink_to(secret)
    (problem,) = find_problems(project)
    assert (problem.code, problem.at.path) == ("outside-project", "static/link.txt")
    (project / "static" / "link.txt").unlink()
    (project / "static" / "folder").symlink_to(secret.parent)
    report = Report()
    assert not any(path.startswith("folder") for path in build_site(load_project(project), report=report))
    assert [problem.code for problem in report.problems if problem.at.path == "static/folder"] == ["linked-folder"]
    (project / "static").rename(project / "away")
    (project / "static").symlink_to(secret.parent)
    (problem,) = find_problems(project)
    assert (problem.code, problem.at.path) == ("outside-project", "static")


def test_a_pipe_is_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "static" / "pipe")
    (problem,) = find_problems(project)
    assert (problem.code, problem.at.path) == ("unreadable-file", "static/pipe")


@pytest.mark.parametrize("name", [b"a\xffb", b"a\nb", b"a\\b"])
def test_a_name_that_no_address_can_have_is_told(project: Path, name: bytes) -> None:
    (project / "static" / os.fsdecode(name)).write_text("x")
    (problem,) = find_problems(project)
    assert problem.code == "static-name"
    str(problem).encode()


def test_a_dead_link_of_a_page_in_it_is_told_there(check: Callable[..., list[Problem]]) -> None:
    page = '<a href="../story.html#a-step">A</a><a href="../stroy.html">B</a>'
    problems = check(files={"static/old/page.html": page})
    assert [(problem.code, problem.at.path) for problem in problems] == [("broken-link", "static/old/page.html")]
