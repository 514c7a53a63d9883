"""Sounds and films: which files browsers play, whether one is what its name says, and how large a film is shown."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

SOUNDS = frozenset({".aac", ".flac", ".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav"})
FILMS = frozenset({".m4v", ".mov", ".mp4", ".ogv", ".webm"})
PLAYED = SOUNDS | FILMS
"""The endings of files that a page plays."""

SELDOM_PLAYED = frozenset({".mov", ".ogv"})
"""Those that some browsers do not play, whatever is in them."""

_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip")
_SYNC = re.compile(rb"\xff[\xe0-\xff]")
_STARTS: dict[str, re.Pattern[bytes]] = {
    **dict.fromkeys((".m4a", ".m4v", ".mov", ".mp4"), re.compile(rb"....(?:" + b"|".join(_BOXES) + b")", re.DOTALL)),
    **dict.fromkeys((".oga", ".ogg", ".ogv", ".opus"), re.compile(rb"OggS")),
    ".webm": re.compile(rb"\x1aE\xdf\xa3"),
    ".wav": re.compile(rb"RIFF....WAVE", re.DOTALL),
    ".flac": re.compile(rb"fLaC|ID3"),
    ".mp3": re.compile(rb"ID3|" + _SYNC.pattern),
    ".aac": re.compile(rb"ADIF|ID3|" + _SYNC.pattern),
}
"""How such files begin."""

_WEBM_SIZE = re.compile(rb"\xb0([\x81\x82])(..?)\xba([\x81\x82])(..?)", re.DOTALL)
_MOST_BOXES = 200
_LARGEST_HEAD = 16 * 1024 * 1024


def is_film(name: str) -> bool:
    """Whether a file called like `name` is a film, and not a sound."""
    return _ending(name) in FILMS


def is_played(name: str) -> bool:
    """Whether a file called like `name` is a sound or a film."""
    return _ending(name) in PLAYED


def is_what_it_says(name: str, start: bytes) -> bool:
    """Whether a sound or film that begins with `start` may be what its name says."""
    return _STARTS[_ending(name)].match(start) is not None


def measure_film(file: Path) -> tuple[int, int]:
    """Width and height of a film in pixels, both 0 where they cannot be told soon."""
    try:
        with file.open("rb") as opened:
            if _ending(file.name) == ".webm":
                return _measure_webm(opened.read(65_536))
            return _measure_boxes(opened) if _ending(file.name) in (".mp4", ".m4v", ".mov") else (0, 0)
    except (OSError, ValueError, struct.error):
        return 0, 0


def _measure_webm(start: bytes) -> tuple[int, int]:
    """The size that the first track names (Matroska: PixelWidth, PixelHeight)."""
    found = _WEBM_SIZE.search(start)
    if not found:
        return 0, 0
    width = int.from_bytes(found[2][: found[1][0] & 0x0F], "big")
    return width, int.from_bytes(found[4][: found[3][0] & 0x0F], "big")


def _measure_boxes(opened: BinaryIO) -> tuple[int, int]:
    """The size of the first track that has one (ISO 14496-12: moov, trak, tkhd)."""
    for name, size in _list_boxes(opened):
        if name != b"moov":
            continue
        if size > _LARGEST_HEAD:
            return 0, 0
        head = opened.read(size)
        for found in re.finditer(b"tkhd", head):
            at = found.end()
            body = head[at : at + (96 if head[at : at + 1] == b"\1" else 84)]
            width, height = struct.unpack(">II", body[-8:])
            if width and height:
                return width >> 16, height >> 16
    return 0, 0


def _list_boxes(opened: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """The boxes of a file, each with the bytes of what is in it, where the file stands when it is given."""
    at = 0
    for _ in range(_MOST_BOXES):
        opened.seek(at)
        head = opened.read(16)
        if len(head) < 8:
            return
        size, name, long = struct.unpack(">I", head[:4])[0], head[4:8], 8
        if size == 1:
            size, long = struct.unpack(">Q", head[8:16])[0], 16
        if size < long:
            return
        opened.seek(at + long)
        yield name, size - long
        at += size


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
