"""Writing a site: all of it or nothing, and never over a file that the build did not write."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storymap.errors import StorymapError
from storymap.project import Project
from storymap.publishing.write import MANIFEST, write_site
from storymap.settings import Settings


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    (root / "stories").mkdir(parents=True)
    (root / "geo").mkdir()
    return Project(root, Settings(), "")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_site_is_written_whole(project: Project) -> None:
    written = write_site({"index.html": b"a", "places/x.html": b"b"}, project.site_folder, project=project)
    assert (written.changed, written.unchanged, written.removed) == (3, 0, 0)
    assert files(project.site_folder).keys() == {"index.html", "places/x.html", MANIFEST}
    assert sorted(path.name for path in project.root.iterdir()) == ["geo", "site", "stories"]


@pytest.mark.parametrize("name", ["a-file/site", "n" * 300, "circle/site", "nul\0"])
def test_a_folder_that_the_disk_will_not_have_is_a_problem_and_leaves_nothing(project: Project, name: str) -> None:
    (project.root / "a-file").write_text("mine")
    (project.root / "circle").symlink_to("circle")
    before = sorted(project.root.iterdir())
    with pytest.raises(StorymapError, match=r"error\[bad-output\]: .* cannot be written"):
        write_site({"index.html": b"1"}, project.root / name, project=project)
    assert sorted(project.root.iterdir()) == before


def test_a_full_disk_is_a_problem_and_the_old_site_stays(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_: object) -> None:
        raise OSError(28, "No space left on device")

    write_site({"index.html": b"1"}, project.site_folder, project=project)
    monkeypatch.setattr(Path, "write_bytes", fill)
    with pytest.raises(StorymapError, match="No space left on device"):
        write_site({"index.html": b"2"}, project.site_folder, project=project)
    assert (project.site_folder / "index.html").read_bytes() == b"1"
    assert sorted(path.name for path in project.root.iterdir()) == ["geo", "site", "stories"]


def test_only_files_that_differ_are_touched(project: Project) -> None:
    write_site({"a.html": b"1", "b.html": b"1"}, project.site_folder, project=project)
    os.utime(project.site_folder / "a.html", (1, 1))
    write_site({"a.html": b"1", "b.html": b"2"}, project.site_folder, project=project)
    assert (project.site_folder / "a.html").stat().st_mtime == 1
    assert (project.site_folder / "b.html").read_bytes() == b"2"


def test_pages_of_an_earlier_build_go_and_other_files_stay(project: Project) -> None:
    site = project.site_folder
    site.mkdir()
    (site / ".gitignore").write_text("*\n")
    (site / "CNAME").write_text("maps.example")
    write_site({"old/page.html": b"1", "index.html": b"1"}, site, project=project)
    (site / "old" / "mine.txt").write_text("kept")
    (site / "link").symlink_to("CNAME")
    written = write_site({"index.html": b"2"}, site, project=project)
    assert written.removed == 1
    assert files(site).keys() == {".gitignore", "CNAME", "index.html", "old/mine.txt", "link", MANIFEST}
    assert (site / "link").is_symlink()


def test_a_file_of_somebody_else_is_never_overwritten(project: Project) -> None:
    site = project.site_folder
    site.mkdir()
    (site / "index.html").write_text("mine")
    with pytest.raises(StorymapError, match="foreign-file"):
        write_site({"index.html": b"ours"}, site, project=project)
    assert files(site) == {"index.html": b"mine"}


@pytest.mark.parametrize("where", [".", "stories", "geo", "stories/site", ".."])
def test_a_folder_with_the_sources_is_refused(project: Project, where: str) -> None:
    with pytest.raises(StorymapError, match="output-over-sources"):
        write_site({"index.html": b""}, project.root / where, project=project)


@pytest.mark.parametrize("name", ["stories", "geo", ".git"])
def test_a_folder_that_is_another_project_is_refused(project: Project, tmp_path: Path, name: str) -> None:
    (tmp_path / "other" / name).mkdir(parents=True)
    with pytest.raises(StorymapError, match="output-over-sources"):
        write_site({"index.html": b""}, tmp_path / "other", project=project)


def test_a_failure_half_way_leaves_the_old_site_and_nothing_beside_it(project: Project) -> None:
    write_site({"index.html": b"old"}, project.site_folder, project=project)
    before = files(project.site_folder)
    with pytest.raises(StorymapError, match="bad-output"):
        write_site({"a": b"x", "a/b": b"y"}, project.site_folder, project=project)
    assert files(project.site_folder) == before
    assert sorted(path.name for path in project.root.iterdir()) == ["geo", "site", "stories"]


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new(project: Project, tmp_path: Path) -> None:
    """Kill the writer after each of its first file operations in turn."""
    site = project.site_folder
    old = {f"{n}.html": b"old" for n in range(4)}
    new = {f"{n}.html": b"new" for n in range(2, 6)}
    script = tmp_path / "kill.py"
    script.write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "from storymap.project import load_project\n"
        "from storymap.publishing.write import write_site\n"
        "left = int(sys.argv[2])\n"
        "def hook(event, args):\n"
        "    global left\n"
        "    if event in {'open', 'os.rename', 'os.link', 'os.mkdir', 'os.remove', 'os.rmdir', 'ctypes.dlsym'}:\n"
        "        left -= 1\n"
        "        if left < 0:\n"
        "            os.kill(os.getpid(), 9)\n"
        "project = load_project(sys.argv[1])\n"
        "new = {f'{n}.html': b'new' for n in range(2, 6)}\n"
        "sys.addaudithook(hook)\n"
        "write_site(new, project.site_folder, project=project)\n"
        "os._exit(0)\n"
    )
    seen = set()
    for moment in range(0, 200, 3):
        shutil.rmtree(site, ignore_errors=True)
        write_site(old, site, project=project)
        done = subprocess.run([sys.executable, str(script), str(project.root), str(moment)], check=False)
        state = {name: content for name, content in files(site).items() if name != MANIFEST}
        assert state in (old, new), f"a mixture after {moment} operations"
        seen.add(state == new)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert seen == {True, False}


def test_what_is_called_like_an_abandoned_build_of_no_process_at_all_is_removed(project: Project) -> None:
    for name in ("99999999999999999999999-x", "²-x", "-x"):
        (project.root / f".storymap-building-{name}").mkdir()
    write_site({"index.html": b"1"}, project.site_folder, project=project)
    assert sorted(path.name for path in project.root.iterdir()) == ["geo", "site", "stories"]
