"""Comments in a story that silence a mistake in one place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storymap.errors import Report
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.text import decode_text
from storymap.reading.written import WrittenProse

TOP = "---\ntitle: T\n---\n\n"
STEP = "\n## S\nplace: Prague\n\n"
PICTURE = "![](a.png)"


def read(text: str) -> tuple[Report, StorySource]:
    report = Report()
    source = decode_text(text.encode(), "stories/a.md", report)
    assert source is not None
    story = read_story(source, report)
    assert story is not None
    report.tell_unused_silences()
    return report, story


def told(text: str) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.at.line, problem.at.column) for problem in read(text)[0].problems]


@pytest.mark.parametrize(
    "prose",
    [
        f"{PICTURE} <!-- storymap-ignore: missing-alt -->",
        f"<!-- storymap-ignore: missing-alt -->\n{PICTURE}",
        f"<!-- storymap-ignore: missing-alt -->\n\n\n{PICTURE}",
        f"<!--storymap-ignore missing-alt-->\n{PICTURE}",
        f"<!-- storymap-ignore: missing-alt -->\nA line.\nAnd {PICTURE}.\n",
        f"<!-- storymap-ignore: unused-footnote, missing-alt -->\n{PICTURE}\n[^1]: note",
        f"<!-- storymap-ignore: unused-footnote -->\n\n<!-- storymap-ignore: missing-alt -->\n{PICTURE}\n[^1]: note",
        f"- one\n- {PICTURE} <!-- storymap-ignore: missing-alt -->",
        f"> <!-- storymap-ignore: missing-alt -->\n> {PICTURE}",
        f"- one\n\n    <!-- storymap-ignore: missing-alt -->\n    {PICTURE}",
        f"{PICTURE} ` <!-- storymap-ignore: missing-alt -->",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_comment_silences_its_line_or_the_paragraph_after_it_and_leaves_no_trace(
    prose: str, newline: str, end: str, as_html: Callable[[WrittenProse], str]
) -> None:
    report, story = read((TOP + STEP + prose + end).replace("\n", newline))
    assert report.problems == []
    assert "storymap-ignore" not in as_html(story.steps[0].prose)


@pytest.mark.parametrize(
    "prose",
    [
        f"<!-- storymap-ignore: missing-alt -->\n\nA paragraph.\n\n{PICTURE}",
        f"A line. <!-- storymap-ignore: missing-alt -->\n{PICTURE}",
        f"{PICTURE}\n\n<!-- storymap-ignore: missing-alt -->",
    ],
)
def test_a_comment_that_silences_nothing_is_told_at_its_code(prose: str) -> None:
    found = told(TOP + STEP + prose)
    assert {code for code, _, _ in found} == {"missing-alt", "unused-ignore"}


@pytest.mark.parametrize(
    "prose",
    [
        f"```\n<!-- storymap-ignore: missing-alt -->\n```\n{PICTURE}",
        f"~~~~\n<!-- storymap-ignore: missing-alt -->\n~~~\n~~~~\n{PICTURE}",
        f"`<!-- storymap-ignore: missing-alt -->` {PICTURE}",
        f"\\<!-- storymap-ignore: missing-alt --> {PICTURE}",
        f"Text.\n\n    <!-- storymap-ignore: missing-alt -->\n{PICTURE}",
        f"<pre>\n<!-- storymap-ignore: missing-alt -->\n</pre>\n{PICTURE}",
        f"<!--\n<!-- storymap-ignore: missing-alt -->\n{PICTURE}",
        f"<!-- storymap-ignored: missing-alt -->\n{PICTURE}",
    ],
)
def test_a_comment_in_code_or_of_another_kind_silences_nothing(prose: str) -> None:
    assert [code for code, _, _ in told(TOP + STEP + prose)] == ["missing-alt"]


@pytest.mark.parametrize(
    "fields",
    [
        "plcae: Prague # storymap-ignore: unknown-key",
        "# storymap-ignore: unknown-key\nplcae: Prague",
        "place: Prague\n# storymap-ignore: unknown-key\nzomm: 3\nline: none",
        "place: Prague\n# storymap-ignore: unknown-key\nzomm:\n  - 3\n  - 4",
        "<!-- storymap-ignore: unknown-key -->\nplcae: Prague",
        "\n# storymap-ignore: unknown-key\nplcae: Prague",
    ],
)
def test_a_comment_among_fields_silences_its_field(fields: str, as_html: Callable[[WrittenProse], str]) -> None:
    report, story = read(f"{TOP}\n## S\n{fields}\n\nText.\n")
    assert report.problems == []
    assert "storymap" not in as_html(story.steps[0].prose)
    assert len(story.steps) == 1


def test_a_comment_among_fields_reaches_no_further_than_the_next_field() -> None:
    assert told(f"{TOP}\n## S\n# storymap-ignore: unknown-key\nplcae: Prague\nzomm: 3\n") == [("unknown-key", 9, 1)]


def test_a_sharp_sign_in_quotes_begins_no_comment() -> None:
    found = told('---\ntitle: T\nx: "a # storymap-ignore: unknown-key"\n---\n' + STEP)
    assert found == [("unknown-key", 3, 1)]


def test_a_comment_in_the_front_matter_silences_its_key() -> None:
    assert told("---\ntitle: T\nfoo: 1 # storymap-ignore: unknown-key\n---\n" + STEP) == []


@pytest.mark.parametrize(
    "top", ["<!-- storymap-ignore: missing-title -->\n", "---\n# storymap-ignore: missing-title\nlang: en\n---\n"]
)
def test_a_comment_at_the_top_silences_what_is_said_of_the_whole_file(top: str) -> None:
    assert told(top + STEP) == []


def test_a_comment_on_a_heading_silences_it_and_is_no_part_of_it() -> None:
    report, story = read(f"{TOP}\n## 🙂 <!-- storymap-ignore: no-address -->\nplace: Beijing\n")
    assert report.problems == []
    assert story.steps[0].title == "🙂"


def test_a_misspelt_code_gets_a_suggestion_and_no_code_is_told() -> None:
    report, _ = read(f"{TOP}{STEP}<!-- storymap-ignore: mising-alt -->\n{PICTURE}\n\n<!-- storymap-ignore -->")
    problems = {problem.at.line: problem for problem in report.problems}
    assert (problems[9].code, problems[9].at.column, problems[9].help) == (
        "unknown-code", 23, 'did you mean "missing-alt"?',
    )  # fmt: skip
    assert problems[12].message == "this comment names no code"


def test_a_mistake_that_leaves_nothing_to_build_with_cannot_be_silenced() -> None:
    found = told(f"{TOP}\n## S\nzoom: close # storymap-ignore: wrong-value\n")
    assert [code for code, _, _ in found] == ["hard-mistake", "wrong-value"]


def test_a_silence_never_reaches_into_another_file() -> None:
    report, _ = read(f"{TOP}{STEP}<!-- storymap-ignore: missing-alt -->\n{PICTURE}")
    other = decode_text(f"{TOP}{STEP}\n{PICTURE}".encode(), "stories/b.md", report)
    assert other is not None
    read_story(other, report)
    assert [(problem.code, problem.at.path) for problem in report.problems] == [("missing-alt", "stories/b.md")]
