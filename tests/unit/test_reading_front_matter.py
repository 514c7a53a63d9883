"""Front matter that is out of place: what is in its way is told, and the rest is read as it is meant."""

from __future__ import annotations

import pytest

from storymap.errors import Report
from storymap.reading.front_matter import find_front_matter
from storymap.reading.lines import Lines
from storymap.reading.text import TextSource

BODY = "\n## A step\nplace: Prague\n\nText.\n"


def find(text: str) -> tuple[Lines, int, list[tuple[str, int, int, str]]]:
    report = Report()
    front, below = find_front_matter(TextSource("stories/a.md", text, tuple(text.split("\n"))), report)
    return front, below, [(one.code, one.at.line, one.at.column, one.message) for one in report.problems]


@pytest.mark.parametrize(
    ("text", "line", "front", "below", "what"),
    [
        ("<!-- a note -->\n---\ntitle: A\n---", 1, Lines(3, 3), 5, "stands below a comment"),
        ("\n<!-- a\nnote -->\n\n---\ntitle: A\n---", 2, Lines(6, 6), 8, "stands below a comment"),
        ("[//]: # (a note)\n---\ntitle: A\n---", 1, Lines(3, 3), 5, "stands below a comment"),
        ("```yaml\n---\ntitle: A\n---\n```", 1, Lines(3, 3), 6, "stands in a block of code"),
        ("```yaml\ntitle: A\n```", 1, Lines(2, 2), 4, "stands in a block of code"),
        ("  ---\ntitle: A\n  ---", 1, Lines(2, 2), 4, "does not begin at the left edge"),
        ("---yaml\ntitle: A\n---", 1, Lines(2, 2), 4, 'begins with "---yaml"'),
        ("\\---\nTitle: A\n\\---", 1, Lines(2, 2), 4, 'begins with "\\---"'),
        ("***\ntitle: A\n***", 1, Lines(2, 2), 4, 'begins with "***"'),
    ],
)
def test_front_matter_that_would_be_text_is_told_with_what_is_in_its_way(
    text: str, line: int, front: Lines, below: int, what: str
) -> None:
    told = [("misplaced-front-matter", line, 1, f"the front matter {what}, so it is text")]
    assert find(text + BODY) == (front, below, told)


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ('{\n"title": "A",\n"date": "2020"\n}', 5),
        ('{"title": "A"}', 2),
        (';;;\n{\n"title": "A"\n}\n;;;', 6),
    ],
)
def test_json_is_told_where_it_begins(text: str, below: int) -> None:
    told = [("json-front-matter", 1, 1, "front matter in braces is JSON")]
    assert find(text + BODY) == (Lines(1, 0), below, told)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- a note -->\nA story begins.",
        "***\n\nA story begins.\n\n***",
        "```python\nvalue: int\n```",
        "```yaml\nkey: value\n```",
        "{braces} are text",
        '{"type": "Feature"}',
        "> title: A",
        "---",
    ],
)
def test_what_looks_a_little_like_it_is_text(text: str) -> None:
    assert not [told for told in find(text + BODY)[2] if told[0] != "unclosed-front-matter"]
