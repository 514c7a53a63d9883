"""What is said in a sound or film is read from texts, Markdown and captions."""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.building.build import build_site
from storymap.cleaning.transcripts import read_captions, read_markdown, read_text
from storymap.project import load_project

SOUND = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data\0\0\0\0"


def test_paragraphs_of_a_text_are_parted_by_empty_lines():
    assert read_text("\ufeffOne\r\nline.\r\n\r\nTwo.\0") == ("One line.", "Two.")


def test_markdown_is_read_without_its_marks():
    assert read_markdown(
        "# The speech\n\n**Mayor:** It *rings*, at 2 * 3 [o'clock](x.html).\n\n- snake_case_name\n> said"
    ) == (
        "The speech",
        "Mayor: It rings, at 2 * 3 o'clock.",
        "snake_case_name said",
    )


def test_captions_become_paragraphs_by_pauses_and_speakers():
    captions = """WEBVTT

    00:01.000 --> 00:02.000
    <v Jana>There she

    00:02.000 --> 00:04.000
    <i>comes</i>!

    00:09.000 --> 00:10.000
    And goes.

    00:10.500 --> 01:00:11.000
    <v Petr>Who?
    """.replace("    ", "")
    assert read_captions(captions) == ("Jana: There she comes!", "And goes.", "Petr: Who?")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bell.txt", "It rings."),
        ("bell.md", "It **rings**."),
        ("bell.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nIt rings.\n"),
        ("bell.srt", "1\n00:00:01,000 --> 00:00:02,000\nIt rings.\n"),
    ],
)
def test_what_is_said_in_a_sound_is_on_its_page(name: str, text: str, tmp_path: Path):
    stories = tmp_path / "stories"
    stories.mkdir()
    (tmp_path / "storymap.toml").write_text('title = "Test"\n')
    (stories / "bell.wav").write_bytes(SOUND)
    (stories / name).write_text(text)
    (stories / "a.md").write_text("---\ntitle: A\n---\n\n## B\nplace: Prague\n\n![A bell](bell.wav)\n")
    site = build_site(load_project(tmp_path))
    assert "<p>It rings.</p>" in site["a.html"].decode()
    assert "bell.html" not in site
    assert "media/bell.md" not in site


def test_a_story_that_is_called_like_its_film_is_a_story(tmp_path: Path):
    stories = tmp_path / "stories"
    stories.mkdir()
    (tmp_path / "storymap.toml").write_text('title = "Test"\n')
    (stories / "bell.wav").write_bytes(SOUND)
    (stories / "bell.md").write_text("---\ntitle: A\n---\n\n## B\nplace: Prague\n\n![A bell](bell.wav)\n")
    site = build_site(load_project(tmp_path))
    assert "<details" not in site["bell.html"].decode().partition("bell.wav")[2].partition("</figure>")[0]
