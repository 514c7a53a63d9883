"""Code is blanked out as CommonMark has it, in one look at each character."""

from __future__ import annotations

import pytest

from storymap.errors import Report
from storymap.reading.code import blank_code
from storymap.reading.plain import read_plainly
from storymap.reading.text import decode_text


@pytest.mark.parametrize(
    ("line", "blanked"),
    [
        ("a `b` c", "a     c"),
        ("a ``b ` c`` d", "a           d"),
        ("a ` b", "a ` b"),
        ("`a`` b` c", "        c"),
        ("``` x", "``` x"),
        ("`a` `b`", "       "),
    ],
)
def test_inline_code_is_blanked_out(line, blanked):
    assert blank_code(line) == blanked


def test_backticks_of_every_length_are_looked_at_once():
    line = "".join("`" * length + "a" for length in range(1, 3_000))
    assert blank_code(line) == line


def test_what_is_left_is_text_and_markup_where_it_stood():
    text = """# T

A <b> `<i>` <!-- <u> --> <s>

```html
<p>
```

<!-- a
<q> --> b <em>

    <code>

- item

    <li>
"""
    source = decode_text(text.encode(), "a.md", Report())
    assert source is not None
    plain = read_plainly(source)
    assert [len(line) for line in plain.text.split("\n")] == [len(line) for line in source.lines]
    assert [
        word for word in ("<b>", "<i>", "<u>", "<s>", "<p>", "<q>", "<em>", "<code>", "<li>") if word in plain.text
    ] == [
        "<b>",
        "<s>",
        "<em>",
        "<li>",
    ]
    at = plain.at(plain.text.index("<em>"), 4)
    assert (at.line, at.column) == (10, 11)
