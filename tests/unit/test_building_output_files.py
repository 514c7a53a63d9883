"""Files of an output folder: read once, known again by what the disk says of them, and never believed wrongly."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

from storymap.building import output_files
from storymap.building.output_files import OutputFiles
from storymap.building.write import SiteWriter, Written
from storymap.errors import StorymapError
from storymap.project import Project
from storymap.settings.model import Settings

SITE = {"index.html": b"first", "places/a.html": b"a place"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(output_files, "_UNSETTLED_NANOSECONDS", 0)  # so that what was just written counts as settled
    root = tmp_path / "project"
    (root / "stories").mkdir(parents=True)
    return Project(root, Settings(), "")


def write(project: Project, site: dict[str, bytes], notes: bytes = b"") -> tuple[Written, bytes]:
    with contextlib.closing(SiteWriter(project.site_folder, project=project, notes=notes)) as writer:
        for path, content in site.items():
            writer.add(path, content)
        written = writer.finish()
    return written, writer.write_notes()


def forbid_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: str, mode: str = "r") -> None:
        raise AssertionError(f"{file} was opened ({mode})")

    monkeypatch.setattr("builtins.open", refuse)


def change(file: Path, content: bytes) -> None:
    """Write a file of the same size in the same place, with the same time of change: the system takes note of it."""
    before = file.stat()
    while file.stat().st_ctime_ns == before.st_ctime_ns:  # clocks of file systems tick every few milliseconds
        file.write_bytes(content)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size


def test_what_a_build_wrote_is_not_read_by_the_next(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    _, notes = write(project, SITE)
    forbid_reading(monkeypatch)
    files = OutputFiles(project.site_folder, notes)
    assert all(files.digest(path) for path in SITE)


def test_what_a_build_kept_beside_a_file_that_changed_is_not_read_either(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, notes = write(project, SITE)
    written, notes = write(project, SITE | {"index.html": b"later"}, notes)
    assert (written.changed, written.unchanged) == (2, 1)  # the page, and the list of files
    forbid_reading(monkeypatch)
    files = OutputFiles(project.site_folder, notes)
    assert files.digest("places/a.html")


def test_where_nothing_changed_there_is_nothing_to_note(project: Project) -> None:
    _, notes = write(project, SITE)
    _, notes = write(project, SITE, notes)  # the list of files is written last, and settled now
    assert write(project, SITE, notes) == (Written(0, 3, 0), b"")


def test_a_file_that_was_changed_in_its_place_is_seen_though_size_and_time_are_the_same(project: Project) -> None:
    _, notes = write(project, SITE)
    change(project.site_folder / "index.html", b"FIRST")
    with pytest.raises(StorymapError, match="was changed after the build wrote it"):
        write(project, SITE, notes)


def test_a_file_that_another_took_the_place_of_is_seen(project: Project) -> None:
    _, notes = write(project, SITE)
    file = project.site_folder / "index.html"
    times = file.stat()
    other = file.with_name("other")
    other.write_bytes(b"FIRST")
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(file)
    with pytest.raises(StorymapError, match="was changed after the build wrote it"):
        write(project, SITE, notes)


def test_a_file_that_changed_while_the_site_was_written_is_not_noted(project: Project) -> None:
    with contextlib.closing(SiteWriter(project.site_folder, project=project)) as writer:
        for path, content in SITE.items():
            writer.add(path, content)
        writer.finish()
    file = project.site_folder / "index.html"
    while file.read_bytes() != b"FIRST" or file.stat().st_ctime_ns < writer._checked:  # a clock that ticks, as above
        file.write_bytes(b"FIRST")
    with pytest.raises(StorymapError, match="was changed after the build wrote it"):
        write(project, SITE, writer.write_notes())


def test_what_only_just_changed_is_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output_files, "_UNSETTLED_NANOSECONDS", 3_600_000_000_000)
    _, notes = write(project, SITE)
    forbid_reading(monkeypatch)
    with pytest.raises(AssertionError, match="was opened"):
        OutputFiles(project.site_folder, notes).digest("index.html")
