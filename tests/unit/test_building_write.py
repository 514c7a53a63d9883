"""Writing a site: all of it or nothing, and never over a file that the build did not write."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from storymap.building import swap as swapping
from storymap.building.output import MANIFEST
from storymap.building.write import SiteWriter, write_site
from storymap.errors import StorymapError
from storymap.project import Project
from storymap.settings.model import Settings


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
    def fill(file: str, mode: str) -> IO[bytes]:
        if mode == "rb":
            return Path(file).open(mode)
        raise OSError(28, "No space left on device")

    write_site({"index.html": b"1"}, project.site_folder, project=project)
    monkeypatch.setattr("builtins.open", fill)
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


def test_a_file_that_comes_before_the_first_site_is_whole_is_never_overwritten(project: Project) -> None:
    with contextlib.closing(SiteWriter(project.site_folder, project=project)) as writer:
        writer.add("index.html", b"ours")
        project.site_folder.mkdir()
        (project.site_folder / "index.html").write_text("mine")
        with pytest.raises(StorymapError, match="foreign-file"):
            writer.finish()
    assert files(project.site_folder) == {"index.html": b"mine"}


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
        "from storymap.building.write import write_site\n"
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


def test_an_abandoned_build_of_no_process_at_all_is_removed(project: Project) -> None:
    for name in ("99999999999999999999999-abcd_123", "4194305-abcd_123"):
        (project.root / f".storymap-building-{name}").mkdir()
    write_site({"index.html": b"1"}, project.site_folder, project=project)
    assert sorted(path.name for path in project.root.iterdir()) == ["geo", "site", "stories"]


def refused(project: Project, site: dict[str, bytes]) -> list[str]:
    """The places of the files that are in the way, with all that was there as it was."""
    folder = project.site_folder
    before = {path: path.lstat().st_ino for path in folder.rglob("*")}
    with pytest.raises(StorymapError) as told:
        write_site(site, folder, project=project)
    assert {problem.code for problem in told.value.problems} == {"foreign-file"}
    assert {path: path.lstat().st_ino for path in folder.rglob("*")} == before
    return [problem.at.path for problem in told.value.problems]


def test_a_file_or_an_empty_folder_where_the_site_has_a_folder_is_never_replaced(project: Project) -> None:
    site = project.site_folder
    (site / "places").mkdir(parents=True)
    (site / "assets").write_text("mine")
    assert refused(project, {"assets/a.js": b"1", "places/x.html": b"1"}) == ["site/assets", "site/places"]
    assert (site / "assets").read_text() == "mine"


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_link_is_never_replaced_nor_written_through(project: Project, tmp_path: Path, kind: str) -> None:
    site, elsewhere = project.site_folder, tmp_path / "elsewhere"
    site.mkdir()
    elsewhere.mkdir()
    (elsewhere / "a.js").write_text("1")
    if kind == "folder":
        (site / "assets").symlink_to(elsewhere)
        assert refused(project, {"assets/a.js": b"1"}) == ["site/assets"]
    else:
        (site / "a.js").symlink_to(elsewhere / "a.js")
        assert refused(project, {"a.js": b"1"}) == ["site/a.js"]
    assert files(elsewhere) == {"a.js": b"1"}


def test_a_folder_in_the_place_of_a_page_is_never_replaced(project: Project) -> None:
    (project.site_folder / "index.html").mkdir(parents=True)
    assert refused(project, {"index.html": b"1"}) == ["site/index.html"]


def test_a_page_that_was_edited_after_the_build_is_neither_overwritten_nor_removed(project: Project) -> None:
    site = project.site_folder
    write_site({"index.html": b"1", "gone.html": b"1"}, site, project=project)
    (site / "index.html").write_text("edited")
    (site / "gone.html").write_text("edited")
    assert refused(project, {"index.html": b"2"}) == ["site/gone.html", "site/index.html"]
    write_site({"index.html": b"edited", "gone.html": b"edited"}, site, project=project)  # what the sources now give


def test_a_list_of_files_that_no_build_left_is_never_replaced(project: Project) -> None:
    project.site_folder.mkdir()
    (project.site_folder / MANIFEST).write_text('{"mine": true}')
    assert refused(project, {"index.html": b"1"}) == [f"site/{MANIFEST}"]


def test_a_list_without_checksums_is_believed(project: Project) -> None:
    project.site_folder.mkdir()
    (project.site_folder / "index.html").write_text("1")
    (project.site_folder / MANIFEST).write_text('{"files": ["index.html", "../stories"]}')
    write_site({"index.html": b"2"}, project.site_folder, project=project)
    assert files(project.site_folder).keys() == {"index.html", MANIFEST}


def test_empty_folders_of_others_stay_with_their_mode(project: Project) -> None:
    (project.site_folder / "mine" / "empty").mkdir(parents=True)
    (project.site_folder / "mine" / "empty").chmod(0o700)
    write_site({"index.html": b"1"}, project.site_folder, project=project)
    assert (project.site_folder / "mine" / "empty").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_looked_into_is_told_and_stays(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.site_folder / "closed").mkdir(parents=True)
    (project.site_folder / "closed" / "mine.txt").write_text("mine")
    scan = os.scandir

    def refuse(path: str | int) -> object:
        if not isinstance(path, int) and Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(StorymapError, match="bad-output"):
        write_site({"index.html": b"1"}, project.site_folder, project=project)
    monkeypatch.undo()
    assert files(project.site_folder) == {"closed/mine.txt": b"mine"}


def test_a_file_that_comes_while_the_site_is_exchanged_stays(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site({"index.html": b"1"}, project.site_folder, project=project)
    swap = swapping.swap_folders

    def save_and_swap(new: Path, old: Path) -> None:
        (old / "notes.txt").write_text("mine")
        swap(new, old)

    monkeypatch.setattr("storymap.building.write.swap_folders", save_and_swap)
    write_site({"index.html": b"2"}, project.site_folder, project=project)
    assert files(project.site_folder).keys() == {"index.html", "notes.txt", MANIFEST}


def test_a_renamed_file_is_known_where_the_disk_does_not_tell_capitals_apart(project: Project) -> None:
    """A second name of the same file stands for a disk on which both spellings lead to it."""
    write_site({"media/A.jpg": b"1"}, project.site_folder, project=project)
    os.link(project.site_folder / "media" / "A.jpg", project.site_folder / "media" / "a.jpg")
    write_site({"media/a.jpg": b"2"}, project.site_folder, project=project)
    assert files(project.site_folder).keys() == {"media/a.jpg", MANIFEST}


def test_a_home_folder_and_the_top_of_a_disk_are_refused(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "people" / "jana"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for folder in (home, home.parent):
        with pytest.raises(StorymapError, match="output-over-sources"):
            write_site({"index.html": b""}, folder, project=project)
    write_site({"index.html": b""}, home / "site", project=project)


def test_what_only_looks_like_an_abandoned_build_stays(project: Project) -> None:
    (project.root / ".storymap-building-notes").mkdir()
    write_site({"index.html": b"1"}, project.site_folder, project=project)
    assert (project.root / ".storymap-building-notes").is_dir()


def test_a_site_that_was_left_without_its_name_gets_it_back(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a process is killed between the two renames of a system that cannot exchange folders."""
    write_site({"index.html": b"1"}, project.site_folder, project=project)
    (project.site_folder / "CNAME").write_text("maps.example")
    monkeypatch.setattr(swapping, "_exchange", lambda *_: False)
    rename, renames = Path.rename, iter(range(9))

    def die_at_the_second(path: Path, target: Path) -> Path:
        if next(renames) > 0:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        write_site({"index.html": b"2"}, project.site_folder, project=project)
    monkeypatch.setattr(Path, "rename", rename)
    assert not project.site_folder.exists()
    write_site({"index.html": b"3"}, project.site_folder, project=project)
    assert files(project.site_folder).keys() == {"index.html", "CNAME", MANIFEST}
    assert sorted(path.name for path in project.root.iterdir()) == ["geo", "site", "stories"]
