"""Tell of a picture that is none, or only the beginning of one: no browser shows it as it is meant."""

from __future__ import annotations

import os
from pathlib import Path

SIGNATURES = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
}
"""How the files of each ending begin."""

_OTHERS = (b"ftyp", b"<svg", b"BM", b"II*\x00", b"MM\x00*")
"""What is in the first bytes of pictures of other kinds, which may be called otherwise than they are."""

_TAIL = 1_024
"""Bytes at the end of a file in which a picture that is whole ends."""


def find_damage(file: Path) -> tuple[str, str] | None:
    """What is wrong with a picture that nobody can see, as a clause about the file, and what to do; None if nothing is.

    Raises `OSError`.
    """
    suffix = file.suffix.lower()
    if suffix not in SIGNATURES:
        return None
    with file.open("rb") as opened:
        start = opened.read(4_096)
        opened.seek(max(0, os.fstat(opened.fileno()).st_size - _TAIL))
        end = opened.read()
    if not start:
        return "is empty", "copy or download it again"
    if not start.startswith(SIGNATURES[suffix]):
        is_other = any(start.startswith(mark) for marks in SIGNATURES.values() for mark in marks)
        is_other = is_other or any(mark in start[:512] for mark in _OTHERS)
        return None if is_other else ("is no picture, whatever its name says", _explain_no_picture(start))
    if _may_be_cut_off(suffix, end) and _is_cut_off(file.read_bytes(), suffix):
        return "ends in the middle of the picture", "it was cut off on its way here: copy or download it again"
    return None


def _explain_no_picture(start: bytes) -> str:
    if start.startswith(b"version https://"):
        return "it is a Git LFS pointer; run: git lfs pull"
    if start.lstrip().startswith(b"<"):
        return "it looks like a web page: save the picture itself again"
    return "open it in a picture viewer, and save it again"


def _may_be_cut_off(suffix: str, end: bytes) -> bool:
    """Whether the last bytes of a file leave it open that it ends before its picture does."""
    if suffix == ".png":
        return b"IEND" not in end
    return suffix == ".webp" or (suffix in {".jpg", ".jpeg"} and b"\xff\xd9" not in end)


def _is_cut_off(data: bytes, suffix: str) -> bool:
    """Whether a JPEG, PNG or WebP ends before its picture does, as half a download: browsers show the rest in grey."""
    if suffix == ".png":
        return b"IEND" not in data
    if suffix == ".webp":
        return int.from_bytes(data[4:8], "little") + 8 > len(data)
    at = 2
    while data[at : at + 1] == b"\xff":
        marker = data[at + 1 : at + 2]
        if marker == b"\xda":  # the picture itself begins, in which no 0xFF stands before any other byte than 0
            return data.find(b"\xff\xd9", at) < 0
        if marker == b"\xd9":
            return False
        at += 1 if marker == b"\xff" else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return at >= len(data)
