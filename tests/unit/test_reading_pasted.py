"""What word processors leave in a text is read as it is meant, and told where it stands in the file."""

from __future__ import annotations

import pytest

from storymap.errors import Report
from storymap.reading.pasted import mend_pasted
from storymap.reading.story import read_story
from storymap.reading.text import TextSource, decode_text


def _source(text: str) -> TextSource:
    source = decode_text(text.encode(), "stories/a.md", Report())
    assert source is not None
    return source


def _mend(text: str) -> str:
    return mend_pasted(_source(text), Report()).text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("##\u00a0A", "## A"),
        ("##\u00a0 A\u00a0b", "## A\u00a0b"),
        ("\u200b## A", "## A"),
        ("\u00a0##\u202fA", "## A"),
        ("\ufeff# T", "# T"),
        ("＃＃　Ａ", "## Ａ"),
        ("###\u00a0A", "### A"),
        ("## A\nzoom:\u00a014", "## A\nzoom: 14"),
        ("## A\n\u00a0zoom\u00a0:\u00a014\u00a0", "## A\nzoom: 14 "),
        ("## A\n\u200bplace：北京", "## A\nplace: 北京"),
        ("## A\npl\u00adace: Brno\u200b", "## A\nplace: Brno"),
        ("## A\nplace: “Brno”", '## A\nplace: "Brno"'),
        ("## A\nplace: [„Brno“, «Praha»]", '## A\nplace: ["Brno", "Praha"]'),
        ("## A\nplace: ‘L’Aquila’", '## A\nplace: "L’Aquila"'),
        ("## A\nplace: L’Aquila", "## A\nplace: L’Aquila"),
        ("## A\nplace: New\u00a0York", "## A\nplace: New York"),
        ("## A\nplace:\n\u00a0\u00a0- Brno", "## A\nplace:\n  - Brno"),
        ("—\ntitle:\u00a0V\u00a0Praze\n–\n\nText.", "---\ntitle: V\u00a0Praze\n---\n\nText."),
        ("----\ntitle: A\n----\nText.", "---\ntitle: A\n---\nText."),
        ("----\nA line above.\n----\nText.", "----\nA line above.\n----\nText."),
        ("---\ntitle: “A word” said\n---", "---\ntitle: “A word” said\n---"),
        ("• a\n•\tb\n•\u00a0c", "- a\n- b\n- c"),
        ("• a\no\tb\n▪\tc\no\td\n• e", "- a\n  - b\n    - c\n  - d\n- e"),
        ("  ◦ a", "  - a"),
        ("-\u00a0a\n\u00a0\u00a0-\u00a0b", "- a\n  - b"),
        ("– a\n– b", "- a\n- b"),
        ("o a\no b", "- a\n- b"),
    ],
)
def test_it_is_read_as_it_is_meant(written, read):
    assert _mend(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "V\u00a0sobotu 5.\u00a0května\n5.\u00a0května",
        "– Kde jsi?\n\n– Tady.",
        "Mluvili\no tom\no všem",
        "o tom",
        "„Kde?“ a «tam»",
        "東京：名古屋\n　　水磨",
        "```\n• a\n\u00a0\u00a0x\n```",
        "    ##\u00a0A",
        "Donau\u00addampf \u200b می‌خواهم",
        "a — b",
    ],
)
def test_typography_of_prose_stays(text):
    assert _mend(text) == text


def test_what_is_mended_is_told_where_it_stands_in_the_file():
    report = Report()
    read_story(_source("# T\n\n## A\n\u200bplace\u00a0：\u200bBrno\nzoom：far\n"), report)
    (problem,) = report.errors
    assert (problem.at.line, problem.at.column, problem.at.length) == (5, 6, 3)
    assert problem.at.excerpt == "zoom：far"


def test_a_list_that_may_be_none_is_noted_once():
    report = Report()
    mend_pasted(_source("– a\n– b\n– c\n\n• d\n– e\n"), report)
    assert [(problem.code, problem.at.line) for problem in report.problems] == [("pasted-list", 1)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zoom: １４", 14),
        ("zoom: −0", 0),
        ("bounds: −10, 2０, 30, 40", (-10, 20, 30, 40)),
        ("bounds: [−10, 20, 30, 40]", (-10, 20, 30, 40)),
        ("date: 1945–05–05", "1945-05-05"),
        ("id: \u200bthe-call", "the-call"),
        ("line: straight\ufeff", "straight"),
    ],
)
def test_values_are_plain(field, value):
    report = Report()
    story = read_story(_source(f"# T\n\n## A\n{field}\n\nText.\n"), report)
    assert story is not None
    assert report.errors == ()
    assert story.steps[0].fields.model_dump()[field.partition(":")[0]] == value


@pytest.mark.parametrize(
    "text", ["\u00a0" * 40_000, "• " * 20_000, "“" * 40_000, "[“" * 20_000, "#\u200b" * 20_000, "—" * 40_000]
)
def test_a_line_of_any_shape_is_looked_at_once(text):
    assert mend_pasted(_source(f"## A\nplace: {text}\n\n{text}\n"), Report()).lines[0] == "## A"
