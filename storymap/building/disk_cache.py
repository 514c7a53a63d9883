"""Remember on disk what tasks made, so that a second build makes only what changed: one file for each project.

It is a SQLite database in the user's cache folder, which only the user may read or write (mode 0700): results on the
way to a page are pickles, and reading one runs what it says. Pages are plain bytes, and what was found in making them
is JSON. Every entry has a checksum; one that does not fit counts as none. A database that is damaged is begun anew,
and one that cannot be used is done without: a cache can make a build slower, and never wrong.

Two builds may use it at once. What was not used for the longest goes first when there is more than the limit; what the
build itself used stays, or the next one could not go on from it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from storymap.building.records import Record
from storymap.building.report_json import read_report, write_report

LARGEST = 2_000_000_000
"""Bytes of content that are kept for a project: 1,000 stories of eight steps have a sixth of it."""

_FRESH = 3600
"""Seconds after which it is noted again that an entry was used."""

_PATIENCE = 5.0
"""Seconds to wait for another build that is writing."""

_PAGE = 65_536
"""Bytes of a page of a new database: contents are mostly longer than what SQLite would take."""

_KEEP = """
INSERT INTO contents VALUES (?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET used = excluded.used, data = excluded.data
"""

_LAYOUT = """
CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, record BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS contents (
    digest TEXT PRIMARY KEY, size INTEGER NOT NULL, used INTEGER NOT NULL, data BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS contents_by_use ON contents (used, size, digest);
"""


def find_cache_file(root: Path) -> Path:
    """Where the cache of the project in `root` is."""
    import platformdirs

    name = hashlib.sha256(os.fsencode(root)).hexdigest()[:24]
    return Path(platformdirs.user_cache_dir("storymap", appauthor=False)) / "builds" / f"{name}.sqlite"


class DiskCache:
    """Results in the database at `file`, for as long as it can be used. `now` is in seconds since 1970."""

    def __init__(self, file: Path, *, largest: int = LARGEST, now: float | None = None) -> None:
        self._file = file
        self._largest = largest
        self._now = int(time.time() if now is None else now)
        self._used: list[tuple[str, str]] = []  # key and digest of old entries that were asked for
        self._has_grown = False
        self._waiting = 0
        self._database = _open(file)

    def look(self, key: str) -> Record | None:
        """What is known of a result; None where nothing is."""
        data, used = self._ask("SELECT record, used FROM records WHERE key = ?", key) or (None, 0)
        record = _read_record(data)
        if record and isinstance(used, int) and used < self._now - _FRESH:
            self._used.append((key, record.digest))
        return record

    def read(self, record: Record) -> bytes | None:
        """The content of a result; None where it is not there, or is damaged."""
        row = self._ask("SELECT data FROM contents WHERE digest = ?", record.digest)
        data = row[0] if row else None
        return data if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == record.digest else None

    def put(self, key: str, record: Record, content: bytes) -> None:
        """Keep a result."""
        with self._writing() as database:
            if database is not None:
                database.execute("REPLACE INTO records VALUES (?, ?, ?)", (key, _write_record(record), self._now))
                database.execute(_KEEP, (record.digest, len(content), self._now, content))
                self._has_grown = True
                self._waiting += len(content)
        if self._waiting > 4_000_000:
            self.commit()

    def commit(self) -> None:
        """Let other builds, and those after a sudden end of this one, have what was kept so far."""
        self._waiting = 0
        with self._writing() as database:
            if database is not None and database.in_transaction:
                database.commit()

    def close(self) -> None:
        """Note what was used, and let go of what is too much."""
        with self._writing() as database:
            if database is not None:
                database.executemany(
                    "UPDATE records SET used = ? WHERE key = ?", [(self._now, key) for key, _ in self._used]
                )
                database.executemany(
                    "UPDATE contents SET used = ? WHERE digest = ?", [(self._now, digest) for _, digest in self._used]
                )
                if self._has_grown:
                    _shrink(database, self._largest, since=self._now - _FRESH)
                database.commit()
        self._end()

    def _ask(self, question: str, key: str) -> tuple[object, ...] | None:
        if self._database is None:
            return None
        try:
            row: tuple[object, ...] | None = self._database.execute(question, (key,)).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        return row

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection | None]:
        try:
            yield self._database
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Do without; a damaged database goes, so that the next build begins it anew."""
        self._end()
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            _remove(self._file)

    def _end(self) -> None:
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
            self._database = None


def _open(file: Path) -> sqlite3.Connection | None:
    """The database at `file`, made if it is not there and anew if it is damaged; None where there can be none."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(file.parent):
            return None
    except OSError:
        return None
    for _ in range(2):
        try:
            database = sqlite3.connect(file, timeout=_PATIENCE)
            try:
                database.execute(f"PRAGMA page_size = {_PAGE}")
                database.execute("PRAGMA journal_mode = WAL")
                database.execute("PRAGMA synchronous = OFF")  # a lost entry costs a page made again, and is noticed
                database.executescript(_LAYOUT)
            except sqlite3.Error:
                database.close()
                raise
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            _remove(file)
        else:
            return database
    return None


def _is_own(folder: Path) -> bool:
    """Whether nobody but the user can have put something into `folder`."""
    if sys.platform == "win32":
        return True  # a profile's folders are the user's
    found = folder.stat()
    return found.st_uid == os.getuid() and not found.st_mode & 0o077


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            file.with_name(file.name + suffix).unlink()


def _shrink(database: sqlite3.Connection, largest: int, since: int) -> None:
    """Delete the contents that were not used for the longest until no more than `largest` bytes are left.

    What was used `since` then stays, however much it is: the next build asks for it.
    """
    (total,) = database.execute("SELECT coalesce(sum(size), 0) FROM contents").fetchone()
    going, last = [], -1
    unused = "SELECT digest, size, used FROM contents WHERE used < ? ORDER BY used, digest"
    for digest, size, used in database.execute(unused, (since,)) if total > largest else ():
        if total <= largest:
            break
        total -= size
        going.append((digest,))
        last = used
    database.executemany("DELETE FROM contents WHERE digest = ?", going)
    # A record that outlived its content would promise what nobody can give.
    database.execute("DELETE FROM records WHERE used <= ?", (last,))


def _write_record(record: Record) -> bytes:
    known = [record.digest, record.size, record.hosts, record.loads, record.files, record.refused]
    told = [*known, write_report(record.report)]
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _check(data) + data


def _read_record(data: object) -> Record | None:
    if not isinstance(data, bytes) or data[:8] != _check(data[8:]):
        return None
    digest, size, hosts, loads, files, refused, report = json.loads(data[8:].decode("utf-8", "surrogatepass"))
    return Record(digest, size, read_report(report), tuple(hosts), tuple(loads), tuple(files), tuple(refused))


def _check(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=8).digest()
