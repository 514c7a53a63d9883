"""Files on the files: never an old version, and no reading without need."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storymap.building.project_files import ProjectFiles

LONG_AGO = 1_500_000_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    path.write_bytes(b"one")
    return path


def test_a_change_is_seen_though_size_and_time_are_the_same(file: Path) -> None:
    """Two saves within one tick of the file system's clock."""
    files = ProjectFiles()
    stamp = file.stat().st_mtime_ns
    assert files.read(file) == b"one"
    file.write_bytes(b"two")
    os.utime(file, ns=(stamp, stamp))
    assert files.read(file) == b"two"


def test_a_settled_file_is_not_read_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(file, (LONG_AGO, LONG_AGO))
    later = file.stat().st_ctime_ns + 3_600_000_000_000
    monkeypatch.setattr("storymap.building.project_files.time.time_ns", lambda: later)
    files = ProjectFiles()
    first = files.read(file)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read again"))
    assert files.read(file) is first


def test_a_settled_file_that_changes_is_read_again(file: Path) -> None:
    os.utime(file, (LONG_AGO, LONG_AGO))
    files = ProjectFiles()
    files.read(file)
    file.write_bytes(b"two")
    os.utime(file, (LONG_AGO + 1, LONG_AGO + 1))
    assert files.read(file) == b"two"


def test_a_change_is_seen_though_size_and_time_were_set_back(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs that copy files in place keep their times."""
    os.utime(file, (LONG_AGO, LONG_AGO))
    later = file.stat().st_ctime_ns + 3_600_000_000_000
    monkeypatch.setattr("storymap.building.project_files.time.time_ns", lambda: later)
    files = ProjectFiles()
    files.read(file)
    noted = file.stat().st_ctime_ns
    while file.stat().st_ctime_ns == noted:  # the clock of the file system ticks
        file.write_bytes(b"two")
        os.utime(file, (LONG_AGO, LONG_AGO))
    assert files.read(file) == b"two"


def test_a_file_that_took_the_place_of_another_is_read_again(file: Path, tmp_path: Path) -> None:
    os.utime(file, (LONG_AGO, LONG_AGO))
    files = ProjectFiles()
    files.read(file)
    other = tmp_path / "other"
    other.write_bytes(b"two")
    os.utime(other, (LONG_AGO, LONG_AGO))
    other.replace(file)
    assert files.read(file) == b"two"


def test_a_file_that_is_gone_is_an_error_each_time(file: Path) -> None:
    files = ProjectFiles()
    files.read(file)
    file.unlink()
    with pytest.raises(FileNotFoundError):
        files.read(file)
