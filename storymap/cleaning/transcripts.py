"""What is said in a sound or film, as paragraphs of plain text: from a text, from Markdown, or from its captions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storymap.cleaning.captions import clean_captions

_PAUSE = 3.0
"""Seconds without a word after which captions go on in a new paragraph."""

_CUE = re.compile(r"(?:(\d+):)?(\d+):(\d+\.\d+) --> (?:(\d+):)?(\d+):(\d+\.\d+)")
_SPEAKER = re.compile(r"<v ([^<>]+)>")
_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"^(?:#{1,6} +|> ?|[-*+] +)|(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")


def read_text(text: str) -> tuple[str, ...]:
    """The paragraphs of a text."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return tuple(" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text) if part.strip())


def read_markdown(text: str) -> tuple[str, ...]:
    """The paragraphs of Markdown, without its marks: those of emphasis, headings, lists, quotations and links."""
    text = _LINK.sub(r"\1", text.replace("\r\n", "\n"))
    return read_text(_MARKS.sub(lambda mark: mark[2] or "", text))


def read_captions(text: str) -> tuple[str, ...]:
    """The words of captions; a paragraph ends where there is a pause, or somebody else speaks, who is named then."""
    return tuple(_join_cues(clean_captions(text).text))


def _join_cues(text: str) -> Iterator[str]:
    words: list[str] = []
    speaker, ended = "", 0.0
    for cue in text.split("\n\n")[1:]:
        times, *lines = cue.strip().split("\n")
        found = _CUE.fullmatch(times)
        if not found:
            continue
        begin, end = (_count_seconds(*found.group(first, first + 1, first + 2)) for first in (1, 4))
        named = _SPEAKER.search(cue)
        who = named[1] if named else speaker
        if words and (who != speaker or begin - ended > _PAUSE):
            yield " ".join(words)
            words = []
        if who != speaker:
            words.append(f"{who}:")
        words += (_TAG.sub("", line).strip() for line in lines)
        speaker, ended = who, end
    if words:
        yield " ".join(words)


def _count_seconds(hours: str | None, minutes: str, seconds: str) -> float:
    return 3600 * int(hours or 0) + 60 * int(minutes) + float(seconds)
