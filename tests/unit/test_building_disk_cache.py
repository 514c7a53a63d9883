"""The cache on disk: what was kept is found again, and nothing that is damaged, foreign or too much."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storymap.building.disk_cache import DiskCache
from storymap.building.records import Record
from storymap.errors import Location, Report, Silence

DAY = 24 * 3600


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "project.sqlite"


@contextlib.contextmanager
def opened(file: Path, **options: float) -> Iterator[DiskCache]:
    with contextlib.closing(DiskCache(file, **options)) as cache:  # type: ignore[arg-type]
        yield cache


def put(cache: DiskCache, key: str, content: bytes, report: Report | None = None) -> None:
    cache.put(key, Record.of(content, report or Report()), content)


def get(cache: DiskCache, key: str) -> bytes | None:
    record = cache.look(key)
    return cache.read(record) if record else None


def damage(file: Path, command: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute(command)
        database.commit()


def test_a_result_is_found_again_with_all_that_was_found_in_making_it(file: Path) -> None:
    report = Report()
    report.silence(Silence("odd", 1, 9, Location("a.md", 1)))
    report.warning("odd", "hidden", Location("a.md", 2))
    report.warning("even", "told", Location("a.md", 2, 3, 4, "a \udcff line"), "mend it")
    for number in range(300):
        report.note("much", f"{number}", Location("a.md", number))
    with opened(file) as cache:
        put(cache, "a", b"A", report)
    with opened(file) as cache:
        record = cache.look("a")
        assert record is not None
        assert record.report == report
        assert cache.read(record) == b"A"
        assert cache.look("b") is None


def test_what_another_build_keeps_at_the_same_time_is_found_too(file: Path) -> None:
    with opened(file) as one, opened(file) as other:
        put(one, "a", b"A")
        one.commit()
        put(other, "b", b"B")
        put(other, "c", b"A")
        other.commit()
        assert [get(cache, key) for cache in (one, other) for key in "abc"] == [b"A", b"B", b"A"] * 2


@pytest.mark.parametrize(
    "command",
    ["UPDATE contents SET data = x'00'", "UPDATE records SET record = substr(record, 1, 20)", "DELETE FROM contents",
     "UPDATE records SET record = 'text'", "UPDATE contents SET data = NULL"],
)  # fmt: skip
def test_a_damaged_entry_is_none_and_can_be_kept_anew(file: Path, command: str) -> None:
    with opened(file) as cache:
        put(cache, "a", b"A" * 1000)
    with contextlib.suppress(sqlite3.IntegrityError):
        damage(file, command)
        with opened(file) as cache:
            assert get(cache, "a") is None
            put(cache, "a", b"A" * 1000)
    with opened(file) as cache:
        assert get(cache, "a") == b"A" * 1000


@pytest.mark.parametrize("size", [0, 50, 3000, 20_000])
def test_a_damaged_database_is_begun_anew_or_done_without(file: Path, size: int) -> None:
    with opened(file) as cache:
        for number in range(100):
            put(cache, f"{number}", bytes([number]) * 1000)
    whole = file.read_bytes()
    file.write_bytes(whole[:size] if size < 20_000 else whole[:4096] + b"\xff" * 8192 + whole[12288:])
    for _ in range(3):
        with opened(file) as cache:
            found = [get(cache, f"{number}") for number in range(100)]
            assert all(content in (None, bytes([number]) * 1000) for number, content in enumerate(found))
            put(cache, "new", b"N")
    with opened(file) as cache:
        assert get(cache, "new") == b"N"


def test_what_was_not_used_for_the_longest_goes_first(file: Path) -> None:
    for day, key in enumerate("abcd"):
        with opened(file, now=day * DAY) as cache:
            put(cache, key, key.encode() * 1000)
    with opened(file, now=9 * DAY) as cache:
        assert get(cache, "a") == b"a" * 1000
    with opened(file, now=9 * DAY, largest=3000) as cache:
        put(cache, "e", b"e" * 1000)
    with opened(file) as cache:
        assert [get(cache, key) is not None for key in "abcde"] == [True, False, False, True, True]


def test_what_a_build_used_stays_however_much_it_is_and_nothing_else_is_promised(file: Path) -> None:
    with opened(file, now=0) as cache:
        put(cache, "old", b"o" * 1000)
    for day in (1, 2):  # the second finds what the first made
        with opened(file, now=day * DAY, largest=2000) as cache:
            for key in "abc":
                assert (get(cache, key) is not None) == (day == 2)
                put(cache, key, key.encode() * 1000)
    with opened(file) as cache:
        assert cache.look("old") is None
        assert all(get(cache, key) for key in "abc")


@pytest.mark.skipif(sys.platform == "win32", reason="folders of a profile have no modes")
def test_only_the_user_may_read_it_and_a_folder_of_others_is_not_trusted(file: Path) -> None:
    with opened(file) as cache:
        put(cache, "a", b"A")
    assert file.parent.stat().st_mode & 0o777 == 0o700
    file.parent.chmod(0o770)
    with opened(file) as cache:
        assert get(cache, "a") is None


def test_without_a_place_to_keep_things_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with opened(tmp_path / "cache" / "project.sqlite") as cache:
        put(cache, "a", b"A")
        assert get(cache, "a") is None


def test_a_disk_that_is_full_is_no_mistake(file: Path) -> None:
    with opened(file) as cache:
        assert cache._database is not None
        cache._database.execute("PRAGMA max_page_count = 20")
        for number in range(9):
            put(cache, f"{number}", os.urandom(100_000))
        assert get(cache, "8") is None
