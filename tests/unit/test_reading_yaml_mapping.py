"""YAML means what YAML 1.2 says, hostile YAML is cheap to refuse, and every mistake has its line and column."""

from __future__ import annotations

import pytest

from storymap.errors import Report
from storymap.reading.text import decode_text
from storymap.reading.yaml_mapping import YamlMapping, parse_yaml


def _parse(text: str) -> tuple[YamlMapping, Report]:
    report = Report()
    source = decode_text(text.encode(), "a.md", report)
    assert source is not None
    return parse_yaml(source, report, first=1, last=len(source.lines)), report


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("12:30:45", "12:30:45"),
        ("1_0", "1_0"),
        ("0x10", 16),
        ("0o17", 15),
        ("017", 17),
        ("true", True),
        ("~", None),
        ("", None),
        ("2024-02-30", "2024-02-30"),
        ("1.10", 1.1),
        ('"1"', "1"),
        ("1" * 5000, "1" * 5000),
        ("a\u2028b\ufeffc", "a\u2028b\ufeffc"),
        ("🌍", "🌍"),
    ],
)
def test_scalars_follow_the_core_schema_and_keep_their_text(written, value):
    mapping, report = _parse(f"key: {written}")
    assert not report.problems
    assert mapping.values["key"].value == value
    assert mapping.values["key"].text == written.strip('"')


def test_every_key_and_value_knows_where_it_stands():
    mapping, _ = _parse("title: Ůž\nplace: [Prague, Washington]\nextra:\n  - a\n  - b: c")
    places = {path: (at.line, at.column, at.length) for path, at in mapping.values_at.items()}
    assert places["title",] == (1, 8, 2)
    assert places["place", 1] == (2, 17, 10)
    assert places["extra", 1, "b"] == (5, 8, 1)
    assert (mapping.keys_at["place",].line, mapping.keys_at["place",].length) == (2, 5)


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "help"),
    [
        ("title: Prague: the hall", "yaml-syntax", 1, 14, 'title: "Prague: the hall"'),
        ("place: Lisbon\n zoom: 7", "yaml-syntax", 2, 1, "begin the line at the left edge: zoom: 7"),
        ("place: Lisbon\n  zoom: 7\ndate: 1515", "yaml-syntax", 2, 1, "left edge: zoom: 7"),
        ("extra:\n  note: a: b", "yaml-syntax", 2, 10, 'note: "a: b"'),
        ("summary: A day\n  in Prague: the hall", "yaml-syntax", 2, 12, "quotes"),
        ('place: ["Prague" "Brno"]', "yaml-syntax", 1, 18, 'between its values: place: ["Prague", "Brno"]'),
        ('title: "The "big" walk"', "yaml-syntax", 1, 14, "title: 'The \"big\" walk'"),
        ('title: "Eva\'s "big" walk"', "yaml-syntax", 1, 16, 'title: "Eva\'s \\"big\\" walk"'),
        ("place: @home", "yaml-syntax", 1, 8, 'place: "@home"'),
        ("place: *home", "yaml-syntax", 1, 8, 'place: "*home"'),
        ("a: 1\nplace: [Prague, Brno", "yaml-syntax", 2, 8, "close it"),
        ("a: 1\nplace: 'Prague", "yaml-syntax", 2, 8, "close it"),
        ('a: 1\nplace: "Prague”', "yaml-syntax", 2, 8, 'close it: place: "Prague"'),
        ("a:\n\tb: 1", "yaml-syntax", 2, 1, "two"),
        ("place: Prague\nThe hall was empty", "yaml-syntax", 2, 1, "blank line"),
        ("- Prague", "yaml-not-fields", 1, 1, "title"),
        ("a: 1\nb: 2\na: 3", "duplicate-key", 3, 1, "line 1"),
        ("a: !!python/name:os.getcwd x", "yaml-tag", 1, 4, "without a tag"),
        ("!!python/name:os.getcwd x: 1", "yaml-tag", 1, 1, "without a tag"),
        ("a: &a [*a]", "yaml-too-large", 1, 0, "alias"),
        ("a: &a\n  <<: *a", "yaml-too-large", 1, 0, "alias"),
        ("a: " + "[" * 100_00, "yaml-too-deep", 1, 24, "close"),
        ("a: " + "- " * 10_000, "yaml-too-deep", 1, 0, "[one, two]"),
        ("&a ? " * 9_000, "yaml-too-deep", 1, 0, "[one, two]"),
        ("a: 1\n" + "x" * 100 + "\n" + "b: " + "y" * 70_000, "yaml-too-large", 1, 0, "below the second"),
        ("a: 1\n--- \nb: 2", "yaml-syntax", 2, 1, "one front matter"),
        ("? [a]\n: b", "yaml-key", 1, 3, "key before it"),
    ],
)
def test_mistakes_are_told_with_their_place_and_what_to_write(text, code, line, column, help):
    report = Report()
    from storymap.reading.text import TextSource

    source = TextSource("a.md", text, tuple(text.split("\n")))
    parse_yaml(source, report, first=1, last=len(source.lines))
    problem = report.errors[0]
    assert (problem.code, problem.at.line, problem.at.column) == (code, line, column)
    assert help in problem.help


def test_aliases_may_be_used_but_not_multiply():
    mapping, report = _parse("a: &x Prague\nb: *x")
    assert (mapping.values["b"].value, report.problems) == ("Prague", [])
    laughs = "a: &a [l,l,l,l,l,l,l,l,l]\n" + "\n".join(
        f"{key}: &{key} [{','.join(['*' + before] * 9)}]" for before, key in zip("abcdefgh", "bcdefghi", strict=True)
    )
    _, report = _parse(laughs)
    assert [problem.code for problem in report.errors] == ["yaml-too-large"]
    _, report = _parse('a: &a "' + "x" * 20_000 + '"\nb: [' + ",".join(["*a"] * 100) + "]")
    assert [problem.code for problem in report.errors] == ["yaml-too-large"]


def test_lines_are_counted_from_where_the_block_begins():
    report = Report()
    source = decode_text(b"---\ntitle: a\nb: c: d\n---\n", "a.md", report)
    assert source is not None
    parse_yaml(source, report, first=2, last=3)
    assert (report.errors[0].at.line, report.errors[0].at.excerpt) == (3, "b: c: d")
