"""Markdown reads as on GitHub, where Python-Markdown alone reads it otherwise."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given, strategies as st

from storymap.errors import Location, Report
from storymap.model.prose import CalloutTitle, Html
from storymap.reading.allowed import CALLOUTS
from storymap.reading.markdown import MOST_BLANKS, MarkdownPart, _Converter, convert_markdown
from storymap.reading.pieces import cut_prose
from storymap.reading.prose import convert_prose
from storymap.reading.story import read_story
from storymap.reading.text import decode_text
from storymap.reading.written import WrittenProse


def _convert(text: str) -> str:
    """The HTML of `text`, without blanks between its tags."""
    written = "".join(piece.html for piece in _cut(text).pieces if isinstance(piece, Html))
    return re.sub(
        r"\s*(</?(?:ul|ol|li|p|blockquote|table|thead|tbody|tr|td|th|h\d|hr|br|div)\b[^>]*>)\s*", r"\1", written
    )


def _cut(text: str) -> WrittenProse:
    (body,) = convert_prose([MarkdownPart("", text)]).bodies
    return cut_prose(body.html, Location)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("We took:\n- bread\n- water", "<p>We took:</p><ul><li>bread</li><li>water</li></ul>"),
        ("We took:\n1. bread\n2. water", "<p>We took:</p><ol><li>bread</li><li>water</li></ol>"),
        ("It was\n1986. A year", "<p>It was\n1986. A year</p>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("- a\n    - b\n        - c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
        ("- a\n\n  b\n\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("1. a\n\n   b\n2. c", "<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>"),
        ("- a\n  - b\n\n  - c\n- d", "<ul><li>a<ul><li><p>b</p></li><li><p>c</p></li></ul></li><li>d</li></ul>"),
        ("- a\nlazy\n- b", "<ul><li>a\nlazy</li><li>b</li></ul>"),
        ("5. a\n6. b", '<ol start="5"><li>a</li><li>b</li></ol>'),
        ("0. a", '<ol start="0"><li>a</li></ol>'),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("* a\n- b\n+ c", "<ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li></ul>"),
        ("1. a\n1) b", "<ol><li>a</li></ol><ol><li>b</li></ol>"),
        ("> - a\n>   - b", "<blockquote><ul><li>a<ul><li>b</li></ul></li></ul></blockquote>"),
        ("- > a\n  > b", "<ul><li><blockquote><p>a\nb</p></blockquote></li></ul>"),
        ("- a\n### b\nc", "<ul><li>a</li></ul><h3>b</h3><p>c</p>"),
        ("a\n  ### b", "<p>a</p><h3>b</h3>"),
        ("- a\n***\n- b", "<ul><li>a</li></ul><hr><ul><li>b</li></ul>"),
        ("* * *", "<hr>"),
        ("-\n- b", "<ul><li></li><li>b</li></ul>"),
        ("10. a\n    - b", '<ol start="10"><li>a<ul><li>b</li></ul></li></ol>'),
        ("a - b\n-c", "<p>a - b\n-c</p>"),
        ("a\\\nb", "<p>a<br>b</p>"),
        ("a  \nb", "<p>a<br>b</p>"),
        ("~~a~~ \\~ \\| \\<b>", "<p><del>a</del> ~ | &lt;b&gt;</p>"),
        ("a\\", "<p>a\\</p>"),
    ],
)
def test_blocks_are_those_that_github_shows(text, html):
    assert _convert(text) == html


@pytest.mark.parametrize("before", ["What it cost:\n", "- item\n\n", "What it cost:\n\n"])
def test_a_table_needs_no_blank_line(before):
    html = _convert(f"{before}| What | Crowns |\n| --- | --- |\n| Bread | 3 |\n### After")
    assert (
        "<thead><tr><th>What</th><th>Crowns</th></tr></thead><tbody><tr><td>Bread</td><td>3</td></tr></tbody>" in html
    )
    assert html.endswith("</table><h3>After</h3>")


@pytest.mark.parametrize(
    "fence",
    ["- ```\n  one\n\n  two\n  ```", "- a\n  ```\n  one\n\n  two\n  ```", "1. a\n   ~~~\n   one\n\n   two\n   ~~~"],
)
def test_fenced_code_stands_in_its_item(fence):
    html = _convert(f"{fence}\n- b")
    assert "one\n\ntwo\n</code></pre></div></li>" in html
    assert "<li>b</li>" in html


def test_tasks_are_ticked_at_any_depth():
    html = _convert("Done:\n- [x] a\n  - [ ] b")
    assert html.count("☐") == 1
    assert html.count("☑") == 1


@pytest.mark.parametrize("kind", CALLOUTS)
def test_a_callout_is_a_box_whose_title_pages_say_in_their_language(kind):
    before, title, after = _cut(f"Text.\n\n> [!{kind.upper()}]\n> Inside.\n>\n> - a\n").pieces
    assert isinstance(before, Html)
    assert before.html.endswith(f'<div class="admonition {kind}">\n<p class="admonition-title callout-{kind}">')
    assert title == CalloutTitle(kind)
    assert after == Html("</p>\n<p>Inside.</p>\n<ul>\n<li>a</li>\n</ul>\n</div>")


def test_a_title_of_the_author_stays():
    (html,) = _cut('!!! note "Note well"\n    Text.\n').pieces
    assert isinstance(html, Html)
    assert ">Note well</p>" in html.html


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("See https://example.org/a_b_c.", '<a href="https://example.org/a_b_c" rel="noopener noreferrer">'),
        (
            "See www.example.org, there",
            '<a href="http://www.example.org" rel="noopener noreferrer">www.example.org</a>,',
        ),
        ("(jana@example.org)", '(<a href="mailto:jana@example.org">jana@example.org</a>)'),
    ],
)
def test_addresses_in_the_text_are_links(text, link):
    assert link in _convert(text)


MARKS = (
    *"a b. A_b_c * ** ~~ ` `` [ ] ( ) ! [^1] [^1]: [r] [r]: < > </b> <b> <!-- --> & &amp; &#64; @ a@b.cz |".split(),
    *r"--- \ \* https://a.cz HTTP://A.CZ WWW.a.cz www. {{x}} {% {# ${ } # > - 1. ??? !!! [!NOTE] ///".split(),
    *("![", "![x](y.jpg)", "::", "==", "^", " ", "  \n", "\\\n", "\n    ", "\n\n[r]: /x\n", "\n\n[^1]: n *m*\n"),
    *("\n\n*[b]: c\n", "\n> [!NOTE]\n> x\n\n", "\n!!! note\n    x\n", "\n??? tip\n    x\n", "\na\n: b\n"),
    *("\n/// caption\nx\n///\n", "\n|a|\n|-|\n|b|\n"),
)


@pytest.fixture(scope="module")
def thorough() -> _Converter:
    """A converter that tries all that it has on every story."""
    converter = _Converter()
    converter.preprocessors = tuple((one, ("",)) for one, _ in converter.preprocessors)
    converter.references = []
    converter.patterns = tuple((one, ("",)) for one, _ in converter.patterns)
    converter.blocks = tuple((one, ("",)) for one, _ in converter.blocks)
    converter.trees = tuple((one, ("",)) for one, _ in converter.trees)
    return converter


@given(st.lists(st.sampled_from(MARKS), max_size=14).map("".join))
def test_patterns_whose_marks_a_story_lacks_would_change_nothing(thorough: _Converter, text: str) -> None:
    parts = [MarkdownPart("A title", "Words."), MarkdownPart(text.replace("\n", " "), text)]
    assert convert_markdown(parts) == thorough.convert(parts)


def test_what_few_stories_need_is_loaded_for_them_alone() -> None:
    script = """
import sys
from storymap.reading.markdown import MarkdownPart, convert_markdown
for text in ("Words, a [link](a.md) and a note.[^1]\\n\\n[^1]: *Note.*", "```python\\nimport os\\n```"):
    assert convert_markdown([MarkdownPart("A title", text)]).bodies
    print(*sorted({"pygments", "pymdownx.superfences", "pymdownx.blocks.caption"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["", "pygments pymdownx.blocks.caption pymdownx.superfences"]


def test_code_and_links_hold_no_links_of_their_own():
    prose = _cut("`https://example.org` [https://example.org](a.md)")
    assert [link.text for link in prose.story_links] == ["https://example.org"]
    assert prose.links == ()
    assert prose.pieces[0] == Html("<p><code>https://example.org</code> ")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("水磨在河边转动，\n声音", "<p>水磨在河边转动，声音</p>"),
        ("水**磨**\n*在*河", "<p>水<strong>磨</strong><em>在</em>河</p>"),
        ("他说“好”\n然后", "<p>他说“好”然后</p>"),
        ("한국어\n둘째", "<p>한국어\n둘째</p>"),
        ("水\nabc\n磨", "<p>水\nabc\n磨</p>"),
        ("水  \n磨", "<p>水<br>磨</p>"),
        ("🎉\n🎉", "<p>🎉\n🎉</p>"),
        ("- 水\n  磨", "<ul><li>水磨</li></ul>"),
    ],
)
def test_a_line_break_between_wide_characters_is_no_blank(text, html):
    assert _convert(text) == html


def test_lines_of_code_stay_lines():
    assert "水\n磨\n</code>" in _convert("```\n水\n磨\n```")


def test_a_summary_over_several_lines_has_no_blanks_between_wide_characters():
    source = decode_text("---\ntitle: T\nsummary: >\n  水磨\n  在河 边\n---\n\n## A\n".encode(), "a.md", Report())
    assert source is not None
    story = read_story(source, Report())
    assert story is not None
    assert story.front.summary == "水磨在河边"


def test_blanks_by_the_thousand_are_cut():
    (body,) = convert_markdown([MarkdownPart("a" + " " * 9_000 + "b", "a" + " " * 9_000 + "b")]).bodies
    assert body == f"<p>a{' ' * MOST_BLANKS}b</p>"
