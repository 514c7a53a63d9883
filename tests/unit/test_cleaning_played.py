"""Sounds, films and their captions."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from storymap.cleaning.captions import clean_captions
from storymap.cleaning.played import is_what_it_says, measure_film


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def make_film(width: int, height: int) -> bytes:
    sound = box(b"trak", box(b"tkhd", bytes(84)))
    picture = box(b"trak", box(b"tkhd", bytes(76) + struct.pack(">II", width << 16, height << 16)))
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"free", bytes(9)) + box(b"moov", sound + picture)


@pytest.mark.parametrize(
    ("name", "start", "is_one"),
    [
        ("a.mp4", make_film(1, 1), True),
        ("a.MP4", b"<!doctype html>", False),
        ("a.webm", b"\x1aE\xdf\xa3", True),
        ("a.mp3", b"ID3\4", True),
        ("a.mp3", b"\xff\xfb\x90", True),
        ("a.mp3", b"RIFF1234WAVE", False),
        ("a.wav", b"RIFF1234WAVE", True),
        ("a.opus", b"OggS", True),
        ("a.flac", b"fLaC", True),
        ("a.ogg", b"", False),
    ],
)
def test_a_file_is_what_its_first_bytes_say(name: str, start: bytes, is_one: bool) -> None:
    assert is_what_it_says(name, start) is is_one


def test_a_film_is_as_large_as_its_track_says(tmp_path: Path) -> None:
    film = tmp_path / "a.mp4"
    film.write_bytes(make_film(1280, 720))
    assert measure_film(film) == (1280, 720)
    for broken in (b"", make_film(0, 0), b"\0\0\0\1moov", b"\0\0\0\4ftyp" * 9, make_film(9, 9)[:60]):
        film.write_bytes(broken)
        assert measure_film(film) == (0, 0)
    webm = tmp_path / "a.webm"
    webm.write_bytes(b"\x1aE\xdf\xa3...\xb0\x82\x01\x40\xba\x81\xb4")
    assert measure_film(webm) == (320, 180)


def test_captions_are_written_anew_with_nothing_but_times_and_words() -> None:
    written = (
        "\ufeffWEBVTT - a title\r\n\r\nSTYLE\r\n::cue { background: url(https://evil.example) }\r\n\r\nNOTE hidden\r\n"
        "\r\n1\r\n00:01.000 --> 00:02.500 position:10%\r\nShe <b>lands</b>.<script>alert(1)</script>\r\n"
        "<v Jana>Here\r\n"
        "\r\n00:00:03,000 --> 01:00:04,000\r\nIt <img src=x onerror=y> is over.\r\n"
    )
    cleaned = clean_captions(written)
    assert cleaned.flaws == ()
    assert cleaned.text == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nShe <b>lands</b>.alert(1)\n<v Jana>Here\n\n"
        "00:00:03.000 --> 01:00:04.000\nIt  is over.\n"
    )
    assert clean_captions(cleaned.text).text == cleaned.text


def test_what_is_wrong_with_captions_is_told_by_its_line() -> None:
    cleaned = clean_captions(
        "WEBVTT\n\n00:04.000 --> 00:01.000\nGone\n\nsoon --> later\nWhen?\n\n00:01.000 --> 00:02.000\nA\n"
    )
    assert [line for line, _ in cleaned.flaws] == [3, 6, 9]
    assert cleaned.count == 1
    assert clean_captions("<html>").flaws[0][0] == 1
