"""Captions of a film, WebVTT or SubRip, written anew: the times, the words, and nothing else that a file may hold."""

from __future__ import annotations

import re

from msgspec import Struct

LARGEST = 1_000_000
"""Bytes of a file of captions; those of a long film have a tenth of that."""

_TIMES = re.compile(r"\s*((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{3})\s*-->\s*((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{3})(?:\s.*)?")
_TAG = re.compile(r"<(/?)(b|i|u|v|c)\b([^<>]*)>|<[^<>]*>?", re.IGNORECASE)
_LEFT_OUT = re.compile(r"(?:WEBVTT|STYLE|REGION|NOTE)\b")


class CleanCaptions(Struct, frozen=True):
    """Captions as WebVTT, how many there are, and what is wrong: lines, from 1, each with a clause about it."""

    text: str
    count: int
    flaws: tuple[tuple[int, str], ...]


def clean_captions(text: str) -> CleanCaptions:
    """The captions in `text`, whatever else stands there."""
    cues: list[str] = []
    flaws: list[tuple[int, str]] = []
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    number, last = 0, -1.0
    while number < len(lines):
        line = lines[number]
        number += 1
        if _LEFT_OUT.match(line):
            while number < len(lines) and lines[number].strip():
                number += 1
            continue
        if "-->" not in line:
            continue
        at, found, words = number, _TIMES.fullmatch(line), []
        while number < len(lines) and lines[number].strip() and "-->" not in lines[number]:
            words.append(_clean_line(lines[number]))
            number += 1
        if not found:
            flaws.append((at, "has no times such as 00:01.000 --> 00:04.000"))
            continue
        begin, end = map(_read_time, found.groups())
        if end <= begin:
            flaws.append((at, "ends before it begins"))
        elif begin < last:
            flaws.append((at, "begins before the one above it"))
        if end > begin and any(words):
            cues.append("\n".join((f"{_write_time(begin)} --> {_write_time(end)}", *filter(None, words))))
        last = max(last, begin)
    if not cues and not flaws:
        flaws.append((1, "has no captions: a line such as 00:01.000 --> 00:04.000, and below it the words"))
    return CleanCaptions("\n\n".join(("WEBVTT", *cues)) + "\n", len(cues), tuple(flaws))


def _clean_line(line: str) -> str:
    """A line of words with plain emphasis, and who speaks."""
    return _TAG.sub(_clean_tag, line).strip()


def _clean_tag(tag: re.Match[str]) -> str:
    if not tag[2]:
        return ""
    name = tag[2].lower()
    speaker = f" {who}" if name == "v" and (who := re.sub(r"[^\w .'’-]", "", tag[3]).strip()) else ""
    return f"<{tag[1]}{name}{'' if tag[1] else speaker}>"


def _read_time(text: str) -> float:
    """Seconds."""
    parts = [float(part) for part in text.replace(",", ".").split(":")]
    return sum(part * 60.0**power for power, part in enumerate(reversed(parts)))


def _write_time(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
