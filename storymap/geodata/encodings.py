"""Tell how texts are encoded in files that do not say it: tables that spreadsheets write, and shapefiles."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping

from storymap.geodata.file_settings import head_settings

_USUAL = ("windows-1250", "windows-1252", "windows-1251")
"""What spreadsheets and GIS programs write on Windows, in the middle of Europe, the west and the east."""

_EASTERN = {
    "euc-kr": rb"[\xb0-\xc8][\xa1-\xfe]",
    "shift_jis": rb"[\x81-\x97][\x40-\x7e\x80-\xfc]",
    "gb18030": rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]",
    "big5": rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]",
}
"""How spreadsheets write signs and the usual letters of Korean, Japanese and Chinese on Windows.

Korean stands first because its letters are all among those of Chinese.
"""

_SAMPLE = 8_000
"""Bytes from the first that is not UTF-8 on in which such letters are looked for."""

_BETWEEN_CELLS = re.compile(rb"[,;\t\r\n\"<>]")

_SIGNS = frozenset("\u00a0–—„“”‚‘’«»…°§€²³ª·")
"""What texts hold besides letters."""

_ANSI = frozenset({0x00, 0x03, 0x57})
"""What a shapefile has for its language where it does not know it: nothing, or what is usual in the west."""


def _list_readings(data: bytes) -> dict[str, str]:
    """How a short text that is not UTF-8 reads in each of the usual encodings in which it reads as words."""
    readings: dict[str, str] = {}
    for encoding in _USUAL:
        text = data.decode(encoding, "replace")
        foreign = [character for character in text if not character.isascii() and character not in _SIGNS]
        if text not in readings.values() and all(unicodedata.category(character)[0] == "L" for character in foreign):
            readings[encoding] = text
    letters = sum(byte > 64 for byte in data)
    if sum(byte > 191 for byte in data) * 2 > letters:  # whole words of such letters are Cyrillic
        return {encoding: readings[encoding] for encoding in reversed(_USUAL) if encoding in readings}
    return {encoding: text for encoding, text in readings.items() if encoding != "windows-1251"}


def advise_encoding(data: bytes, path: str) -> str:
    """What to do about a text whose encoding is not known, in the file at `path` of the project."""
    return _write_advice(_list_readings(data), path)


def advise_encoding_of(data: bytes, wrong: int, path: str) -> str:
    """What to do about a whole table that is not UTF-8 at the byte `wrong`, in the file at `path` of the project."""
    begin, end = max(0, wrong - 40), wrong + 40
    word = _BETWEEN_CELLS.split(data[begin:wrong])[-1] + _BETWEEN_CELLS.split(data[wrong:end])[0]
    line = data.rfind(b"\n", 0, wrong) + 1
    return _write_advice(_find_eastern(data[line : wrong + _SAMPLE], word) | _list_readings(word), path)


def _find_eastern(sample: bytes, word: bytes) -> dict[str, str]:
    """How `word` reads in the encoding of eastern Asia in which all of `sample` does, if few letters are Latin."""
    cells = _BETWEEN_CELLS.split(sample)
    joined = b" ".join(cell for cell in cells[: -1 if len(sample) >= _SAMPLE else None] if not cell.isascii())
    for encoding, letter in _EASTERN.items():
        if not re.fullmatch(rb"(?:[\x20-\x7e]|%b)+" % letter, joined):
            continue
        text = joined.decode(encoding, "replace")
        latin = sum(character.isascii() and character.isalpha() for character in text)
        if "\ufffd" not in text and sum(not character.isascii() for character in text) > latin:
            return {encoding: word.decode(encoding, "replace")}
    return {}


def _write_advice(readings: Mapping[str, str], path: str) -> str:
    told = ", ".join(f'in {encoding} it reads "{" ".join(text.split())[:40]}"' for encoding, text in readings.items())
    wanted = next(iter(readings), "windows-1250")
    return (
        f'{f"{told}; " if told else ""}say which it is in storymap.toml:\n{head_settings(path)}\nencoding = "{wanted}"'
    )


def guess_dbf_encoding(data: bytes) -> tuple[str, bytes]:
    """The encoding of the texts in a .dbf file without a .cpg, and a text that cannot be told without knowing it.

    "utf-8" where they are that; else empty, and the sample is empty too where the file says what its encoding is, or
    needs none. The layout is that of dBASE III.
    """
    texts = [(text, is_cut) for text, is_cut in _list_texts(data) if not text.isascii()]
    if not texts:
        return "", b""
    if all(_is_utf8(text, is_cut=is_cut) for text, is_cut in texts):
        return "utf-8", b""
    language = data[29]
    return "", b"" if language not in _ANSI else texts[0][0]


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
