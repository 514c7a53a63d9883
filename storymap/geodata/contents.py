"""Open a file as what it holds, whatever it is called → a file with the suffix of its contents, in UTF-8 if it is XML.

Programs and web services name their exports as they please: a table that is called `.xls`, a KMZ called `.kml`, a
GeoJSON in a `.gz` or a `.zip`. Readers go by suffixes, so a file that holds something else is copied under the right
one, unpacked and decoded, for as long as it is read. Nothing that leads to other files is opened.
"""

from __future__ import annotations

import codecs
import gzip
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.geodata.encodings import guess_encoding, tell_guessed
from storymap.geodata.recognising import LINE_STARTS
from storymap.text.alphabets import find_utf16
from storymap.text.decoding import is_utf8
from storymap.text.ordering import order_naturally

_BEGINNING = 4_096
"""Bytes of a file that tell what it holds."""

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_JSON = frozenset({".geojson", ".json", ".topojson", ".geojsonl", ".ndjson", ".jsonl", ".umap"})
_TABLES = frozenset({".csv", ".tsv", ".txt"})
_XML = frozenset({".kml", ".gpx", ".tcx"})
_SHEETS = frozenset({".xls", ".xlsx", ".xlsm"})

_SHOWN_TABLES = _SHEETS | _TABLES | {".html", ".htm", ".xml", ".asp", ".aspx", ".php", ".jsp", ".do"}
"""Suffixes under which programs export a table that Excel opens, as a web page or in XML."""

_ROOTS = {
    "kml": ".kml",
    "gpx": ".gpx",
    "TrainingCenterDatabase": ".tcx",
    "html": ".xls",
    "table": ".xls",
    "Workbook": ".xls",
}
"""By their first element, what texts in XML are; a web page is read as programs export tables for Excel."""

_ROOT = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")
_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_BLANKS = (b" ", b"\t", b"\r", b"\n")
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,31};)")
_SCRIPT = re.compile(
    r"\s*(?:(?:(?:export\s+)?(?:var|let|const)\s+)?[\w$.]+\s*=\s*|export\s+default\s+|[\w$.]+\s*\(\s*)(?=[{\[])"
)
"""How a script begins that holds nothing but one value: an assignment, a module, a call."""

_MEMBERS = _JSON | {".csv", ".tsv", *_XML, ".kmz", ".gpkg", ".fgb", ".xlsx", ".xls", ".ods", ".parquet"}
"""What a zip file may hold besides shapefiles, each as if it lay here by itself."""


class _Contents(Struct, frozen=True):
    """What a file holds: the name that it would have by itself, and its bytes; none where it can be read as it is."""

    name: str
    data: bytes = b""


@contextmanager
def open_contents(file: Path, at: Location, report: Report, *, largest: int, encoding: str = "") -> Iterator[Path]:
    """`file`, or a copy of what it holds under the suffix of that, in UTF-8 where it is a text with elements.

    `encoding` is that which its author says; one that is guessed is told. Raises `OSError`.
    """
    found = _look_into(file, at, report, largest, encoding)
    if not found.data:
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="storymap-") as folder:
        copy = Path(folder) / found.name
        copy.write_bytes(found.data)
        yield copy


@contextmanager
def open_members(file: Path, largest: int) -> Iterator[tuple[Path, ...]]:
    """Copies of the files that can be read in a zip file that holds no shapefile; none of what is larger in all."""
    with zipfile.ZipFile(file) as archive, tempfile.TemporaryDirectory(prefix="storymap-") as folder:
        members = _list_readable(archive)
        if sum(member.file_size for member in members) > largest:
            members = []
        for number, member in enumerate(members):
            copy = Path(folder) / str(number) / PurePosixPath(member.filename).name
            copy.parent.mkdir()
            copy.write_bytes(archive.read(member))
        yield tuple(sorted(Path(folder).glob("*/*"), key=lambda copy: int(copy.parent.name)))


def is_called_otherwise(start: bytes, suffix: str) -> bool:
    """Whether a file that begins so can be read, though not as what its suffix says."""
    return bool(_recognise_bytes(start) or _recognise_text(start, suffix)) or start.startswith((_GZIP, _ZIP))


def _look_into(file: Path, at: Location, report: Report, largest: int, encoding: str) -> _Contents:
    with file.open("rb") as opened:
        start = opened.read(_BEGINNING)
    name, data = file.name, b""
    if start.startswith(_GZIP):
        data = _unpack(file, largest)
        name = name.removesuffix(file.suffix) if file.suffix.casefold() in {".gz", ".gzip"} else name
    elif start.startswith(_ZIP) and file.suffix.casefold() not in {".xlsx", ".xlsm", ".ods", ".kmz"}:
        name, data = _open_member(file, largest)
    start = data[:_BEGINNING] or start
    suffix = PurePosixPath(name).suffix.casefold()
    found = _recognise_bytes(start) or _recognise_text(start, suffix) or suffix
    has_elements = found in _XML or (found == ".xls" and bool(_find_root(start)))
    script = _SCRIPT.match(_decode_start(start)) if found in _JSON else None
    if not (data or has_elements or script or found != suffix):
        return _Contents(name)
    written = data or file.read_bytes()
    if has_elements and not written.startswith(_ZIP):
        written = _write_utf8(written, at, report, encoding)
    elif script:
        length = len(script[0].encode())
        rest = written[length:].rstrip().removesuffix(b";")
        written = b" " * length + (rest.rstrip().removesuffix(b")") if "(" in script[0] else rest)
    if not data and found == suffix and written == file.read_bytes():
        return _Contents(name)
    return _Contents(name if found == suffix else f"{PurePosixPath(name).stem}{found}", written)


def _recognise_bytes(start: bytes) -> str:
    """The suffix of a file that is no text, by its first bytes."""
    if start.startswith(b"SQLite format 3\0"):
        return ".gpkg" if start[68:72] in {b"GPKG", b"GP10", b"GP11"} else ""
    marks = {b"fgb\x03": ".fgb", b"PAR1": ".parquet", b"ARROW1": ".arrow", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ".xls"}
    return next((suffix for mark, suffix in marks.items() if start.startswith(mark)), "")


def _recognise_members(names: list[str]) -> str:
    """What a packed file is, by the names of what it holds; empty where it is a packed folder of other files."""
    if "xl/workbook.xml" in names:
        return ".xlsx"
    if "content.xml" in names and "mimetype" in names:
        return ".ods"
    kinds = [PurePosixPath(name).suffix.casefold() for name in names]
    if ".shp" in kinds:
        return ".zip"
    return ".kmz" if kinds.count(".kml") == 1 and not {".csv", ".geojson", ".gpx", ".gpkg"} & set(kinds) else ""


def _recognise_text(start: bytes, suffix: str) -> str:
    """The suffix of the kind of text that begins so, if it is clearly another than `suffix` says."""
    from storymap.geodata.tables import is_table_of_places

    if not (find_utf16(start) or b"\0" not in start):
        return ""
    if root := _find_root(start):
        found = _ROOTS.get(root, "")
        return found if found != ".xls" or suffix in _SHOWN_TABLES else ""
    plain = _decode_start(start).lstrip(LINE_STARTS)
    is_script = bool(_SCRIPT.match(plain))
    if suffix in _JSON:
        is_table = plain[:1] not in {"{", "["} and not is_script and is_table_of_places(start)
        return ".csv" if is_table else ""
    if re.match(r'\{\s*"|\[\s*\{', plain) or (suffix == ".js" and is_script):
        return ".geojson"
    if suffix in _SHEETS and plain:
        return ".csv"
    return ".csv" if suffix not in _TABLES and plain and is_table_of_places(start) else ""


def _decode_start(start: bytes) -> str:
    return start.decode(find_utf16(start) or "utf-8", "replace").removeprefix("\ufeff")


def _find_root(start: bytes) -> str:
    """The name of the first element of a text in XML, or of a web page; empty where it is neither."""
    begin = _decode_start(start[:_BEGINNING])
    if not begin.lstrip().startswith("<"):
        return ""
    root = _ROOT.match(begin)
    name = root[1] if root else ""
    return name.casefold() if name.casefold() in {"html", "table", "kml", "gpx"} else name


def _unpack(file: Path, largest: int) -> bytes:
    """What is packed in a file of gzip, at most `largest` bytes. Raises `OSError` where it is more, or damaged."""
    try:
        with gzip.open(file) as packed:
            data = packed.read(largest + 1)
    except (EOFError, zlib.error) as error:
        raise OSError(0, "it is packed, and damaged") from error
    if len(data) > largest:
        raise OSError(0, f"it unpacks to more than {largest / 1e6:.0f} MB")
    return data


def _open_member(file: Path, largest: int) -> tuple[str, bytes]:
    """The one file in a zip file that can be read, its name and bytes; the whole file where it is of shapefiles."""
    whole = file.name, b""
    try:
        with zipfile.ZipFile(file) as archive:
            kind = _recognise_members(archive.namelist())
            if kind:
                is_called = file.suffix.casefold() == kind
                return whole if is_called else (f"{file.stem}{kind}", file.read_bytes())
            readable = _list_readable(archive)
            if len(readable) != 1 or readable[0].file_size > largest:
                return whole
            return PurePosixPath(readable[0].filename).name, archive.read(readable[0])
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error):
        return whole


def _list_readable(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members that can be read as if they lay by themselves, by their names; without traces of macOS."""
    return sorted(
        (
            member
            for member in archive.infolist()
            if PurePosixPath(member.filename).suffix.casefold() in _MEMBERS
            and not member.filename.startswith("__MACOSX")
            and not PurePosixPath(member.filename).name.startswith(".")
        ),
        key=lambda member: order_naturally(member.filename),
    )


def _write_utf8(data: bytes, at: Location, report: Report, encoding: str) -> bytes:
    """A text with elements in UTF-8, without what said otherwise; as it is where nobody can tell what it is in.

    Blanks before it are left out, and an ampersand that begins nothing is one.
    """
    declared = _DECLARED.match(data[:_BEGINNING]) or _CHARSET.search(data[:_BEGINNING])
    wanted = encoding or find_utf16(data) or (declared[1].decode() if declared else "")
    try:
        known = codecs.lookup(wanted).name if wanted else "utf-8"
    except LookupError:
        known = ""
    if known not in {"utf-8", "ascii"} or not is_utf8(data):
        text = _decode_as(data, known)
        if text is None and (guessed := guess_encoding(data)):
            tell_guessed(data, guessed, at, report)
            text = data.decode(guessed)
        if text is None:
            return data
        text = text.removeprefix("\ufeff")
        data = re.sub(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""", r"\1", text, count=1).encode()
    if data[:1] in _BLANKS:
        data = data.lstrip()
    return data if b"<![CDATA[" in data else _BARE_AMPERSAND.sub(b"&amp;", data)


def _decode_as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None
