"""Tell how texts are encoded in files that do not say it: tables that spreadsheets write, and shapefiles."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping

from storymap.errors import Location, Report
from storymap.geodata.file_settings import head_settings
from storymap.text.alphabets import list_readings

_ANSI = frozenset({0x00, 0x03, 0x57})
"""What a shapefile has for its language where it does not know it: nothing, or what is usual in the west."""


def guess_encoding(data: bytes) -> str:
    """The one encoding in which `data`, which is not UTF-8, reads as words; empty where several do, or none.

    UTF-8 with a few damaged letters is no other encoding.
    """
    read = data.decode("utf-8", "replace")
    whole = sum(not character.isascii() for character in read) - (damaged := read.count("\ufffd"))
    readings = list_readings(data) if whole <= damaged else {}
    encoding = next(iter(readings), "") if len(readings) == 1 else ""
    try:
        data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        return ""
    return encoding


def tell_guessed(data: bytes, encoding: str, at: Location, report: Report) -> None:
    """Tell in which `encoding` a file was read that does not say it, with what stands in it."""
    reading = _show(list_readings(data).get(encoding, ""))
    message = f'the file does not say how its texts are encoded; in {encoding} it reads "{reading}"'
    advice = "save it as UTF-8"
    if at.path.startswith("geo/"):
        advice += f', or say which it is in storymap.toml:\n{head_settings(at.path)}\nencoding = "{encoding}"'
    report.warning("unknown-encoding", message, at, advice)


def advise_encoding(data: bytes, path: str) -> str:
    """What to do about a text whose encoding is not known, in the file at `path` of the project."""
    return _write_advice(list_readings(data), path)


def _write_advice(readings: Mapping[str, str], path: str) -> str:
    told = ", ".join(f'in {encoding} it reads "{_show(text)}"' for encoding, text in readings.items())
    wanted = next(iter(readings), "windows-1250")
    return (
        f'{f"{told}; " if told else ""}say which it is in storymap.toml:\n{head_settings(path)}\nencoding = "{wanted}"'
    )


def _show(reading: str) -> str:
    """The first words of a reading."""
    return " ".join(reading.partition("\n")[0].split())[:40]


def guess_dbf_encoding(data: bytes) -> tuple[str, bytes]:
    """The encoding of the texts in a .dbf file without a .cpg, and those that cannot be told without knowing it.

    "utf-8" where they are that; else empty, and the sample is empty too where the file says what its encoding is, or
    needs none. The layout is that of dBASE III.
    """
    texts = [(text, is_cut) for text, is_cut in _list_texts(data) if not text.isascii()]
    if not texts:
        return "", b""
    if all(_is_utf8(text, is_cut=is_cut) for text, is_cut in texts):
        return "utf-8", b""
    language = data[29]
    return "", b"" if language not in _ANSI else b"\n".join(text for text, _ in texts)


def decode_latin(text: str, encoding: str) -> str:
    """A text that was read as ISO 8859-1, in which each byte is a letter, in the encoding that it is in."""
    return text.encode("latin1", "replace").decode(encoding, "ignore" if encoding == "utf-8" else "replace")


def _list_texts(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """The filled texts of a .dbf file, record by record, and whether its column may have cut one off."""
    if len(data) < 32 or data.isascii():
        return
    begin, width = int.from_bytes(data[8:10], "little"), int.from_bytes(data[10:12], "little")
    columns: list[tuple[int, int]] = []
    offset = 1
    for start in range(32, min(begin, len(data)) - 31, 32):
        if data[start] == 0x0D:
            break
        length = data[start + 16]
        if data[start + 11 : start + 12] == b"C":
            columns.append((offset, length))
        offset += length
    for start in range(begin, len(data) - width + 1, max(width, 1)):
        for column, length in columns:
            if text := data[start + column : start + column + length].rstrip(b"\x00 "):
                yield text, len(text) == length


def _is_utf8(text: bytes, *, is_cut: bool) -> bool:
    """Whether a text is UTF-8, of which the last letter may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(text, final=not is_cut)
    except UnicodeDecodeError:
        return False
    return True
