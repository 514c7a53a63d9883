"""Whatever the cleaning takes out is told where it was written, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.errors import Problem, Report
from storymap.reading.losses import find_losses
from storymap.reading.story import read_story
from storymap.reading.text import decode_text

STORIES = sorted((Path(__file__).parents[2] / "stories").glob("*.md"))
TOLD = {"dropped-html", "dropped-address", "foreign-markup", "not-a-step"}


def _read(prose: str) -> list[Problem]:
    report = Report()
    source = decode_text(f"# T\n\n## A\nplace: 1, 2\n\n{prose}\n".encode(), "stories/a.md", report)
    assert source is not None
    read_story(source, report)
    return [problem for problem in report.problems if problem.code in TOLD]


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_stories_without_html_lose_nothing(path):
    report = Report()
    source = decode_text(path.read_bytes(), path.name, report)
    assert source is not None
    read_story(source, report)
    assert not TOLD.intersection(problem.code for problem in report.problems)


@pytest.mark.parametrize(
    "prose",
    [
        "| a | b |\n|:--|--:|\n| 1 | 2 |\n\n- [x] done\n\n```python\nprint(1)\n```\n\n[^1] x\n\n[^1]: note",
        "<details><summary>a</summary>b</details> <mark>c</mark> H<sub>2</sub>O <b>d</b><br>",
        "> [!NOTE]\n> a\n\n![a](b.jpg)\n/// caption\nc\n///\n\n??? tip\n    d",
        '<table><tr><td colspan="2">a</td></tr></table>',
        "<div>\n\nText\n\n</div>\n\n<p>a<div>b</div></p>",
        "[a](b.md) <https://example.org> <name@example.org> [c](geo:1,2) [d](#a)",
        '<img src="a.jpg" alt="x" width="30"> <span class="my-own">a</span>',
        "A <!-- comment --> and `<iframe>`.\n\n    <script>\n\n```\n<video>\n```\n\n<!--\n<form>\n-->",
        "{#note} 1 < 2 and 3 > 2 &lt;b&gt; \\<iframe>",
    ],
)
def test_what_stays_is_not_told(prose):
    assert _read(prose) == []


@pytest.mark.parametrize(
    ("prose", "code", "message", "help"),
    [
        (
            '<iframe src="https://a.example/x"></iframe>',
            "dropped-html",
            "<iframe> is",
            "[The film](https://a.example/x)",
        ),
        ('<embed src="a.swf">', "dropped-html", "<embed> is", "link to it"),
        ('<object data="a.swf"></object>', "dropped-html", "<object> is", "link to it: [The film](a.swf)"),
        ("<video><source src=//a.example/a.mp4></video>", "dropped-html", "<video> is", "![The film](a.mp4)"),
        ('<audio src="//a.example/a.mp3"></audio>', "dropped-html", "<audio> is", "![The sound](a.mp3)"),
        ("<script>alert(1)</script>", "dropped-html", "<script> is", "no script"),
        ("<style>p {}</style>", "dropped-html", "<style> is", "no styles"),
        ("<marquee>a</marquee>", "dropped-html", "<marquee> is", "\\<marquee>"),
        ("Write to <Your Name>!", "dropped-html", "<Your> is", "\\<Your>"),
        ("A List<String>.", "dropped-html", "<String> is", "\\<String>"),
        ("<p onclick=x()>a</p>", "dropped-html", '"onclick" of <p>', "no script"),
        ('<p id="x">a</p>', "dropped-html", '"id" of <p>', "delete"),
        ('<p class="x my-y">a</p>', "dropped-html", 'class "x" of <p>', "my-"),
        ("Text\n{: .x }", "dropped-html", 'class "x" of <p>', "my-"),
        ("<?php echo 1 ?>", "dropped-html", "<?php> is", "nothing in it is run"),
        ("[a](ftp://a.example/b)", "dropped-address", '"ftp://a.example/b" is left out', "http:"),
        ("<ftp://a.example/b>", "dropped-address", '"ftp://a.example/b" is left out', "http:"),
        ("[a](file:///a)", "dropped-address", '"file:///a" is left out', "beside the story"),
        ("![a](data:image/png;base64,AA)", "dropped-address", "picture", "![the museum"),
        ("![a](file:///a.png)", "dropped-address", "picture", "![the museum"),
        ("<td>a</td>", "dropped-html", "<td> is", "\\<td>"),
        ("- ## B", "not-a-step", "heading of a step", "##"),
        ("> ## B", "not-a-step", "heading of a step", "##"),
        ("**## B**", "not-a-step", "heading of a step", "##"),
        ("<H2>B</H2>", "not-a-step", "heading of a step", "##"),
        ("== B ==", "not-a-step", "heading of a step", "##"),
        ("two\nlines\n---", "not-a-step", "heading of the lines above", "blank line"),
        ("{{< figure src=/img/a.png >}}", "foreign-markup", "Hugo", "![what it shows]"),
        ('{{< figure src="/img/a.png" >}}', "foreign-markup", "Hugo", "![what it shows](a.png)"),
        ("{% link _posts/a.md %}", "foreign-markup", "Liquid", "[its name](a.md)"),
        ("{{ page.title }}", "foreign-markup", "Liquid", "the text itself"),
        ("[[Old town#The gate|a gate]]", "foreign-markup", "Obsidian", "[a gate](<Old town.md#the-gate>)"),
        ("![[a.png]]", "foreign-markup", "Obsidian", "![what it shows](a.png)"),
        ("==a b==", "foreign-markup", "Obsidian", "<mark>a b</mark>"),
        ("%%a%%", "foreign-markup", "Obsidian", "<!-- a -->"),
        ("::: {.callout-note}\nA\n:::", "foreign-markup", "a box of another program", "> [!NOTE]"),
        ("[a]{.underline}", "foreign-markup", "Pandoc", "delete it"),
        ("![a](b.jpg){width=50%}", "foreign-markup", "Pandoc", "delete it"),
        ('![a](b.jpg){: width="300"}', "foreign-markup", "Pandoc", "delete it"),
        ("so $x^2$ is", "foreign-markup", "TeX", "in signs"),
        ("$$\\sum_i x_i$$", "foreign-markup", "TeX", "in signs"),
        ("H~2~O", "foreign-markup", "Pandoc", "<sub>2</sub>"),
        ("10 m^2^", "foreign-markup", "Pandoc", "<sup>2</sup>"),
        ("$$\n\\int x\n$$", "foreign-markup", "TeX", "in signs"),
        ("{++a++}", "foreign-markup", "CriticMarkup", "as readers shall see it"),
        ("{~~a~>b~~}", "foreign-markup", "CriticMarkup", "as readers shall see it"),
        ("{::comment}a{:/comment}", "foreign-markup", "Kramdown", "<!-- … -->"),
        ("[[File:a.jpg|thumb|A mill]]", "foreign-markup", "MediaWiki", "![what it shows](a.jpg)"),
        ("an '''old''' mill", "foreign-markup", "MediaWiki", "**old**"),
        ("an ''old'' mill", "foreign-markup", "MediaWiki", "*old*"),
        ('import A from "a"', "foreign-markup", "MDX", "delete it"),
        ('=== "A"', "foreign-markup", "MkDocs", "###"),
        ('--8<-- "a.md"', "foreign-markup", "MkDocs", "###"),
        ("^^a^^", "foreign-markup", "MkDocs", "<ins>a</ins>"),
        ("a :material-check: b", "foreign-markup", "MkDocs", "a sign"),
        ("a :smile: b", "foreign-markup", "emoji", "\U0001f604"),
        ("a :thumbsup: b", "foreign-markup", "emoji", "\U0001f44d"),
        ("(the-mill)=", "foreign-markup", "MyST", "#the-call"),
        (".. note::\n   A", "foreign-markup", "reStructuredText", "> [!NOTE]"),
        ("as [@novak2020, p. 3] says", "foreign-markup", "Pandoc", "[^1]"),
        ("see @fig-mill", "foreign-markup", "Quarto", "[^1]"),
        ("A text. ^a1b2c3", "foreign-markup", "Obsidian", "#the-call"),
        ("%%\na\nb\n%%", "foreign-markup", "Obsidian", "<!-- a"),
        ('[gallery ids="1,2"]', "foreign-markup", "WordPress", "![what it shows]"),
        ('<param ve-map center="50, 14">', "foreign-markup", "Juncture", "place: 50.08"),
        ("[url=https://a.example]a[/url]", "foreign-markup", "forum", "[text](address)"),
    ],
)
def test_what_is_lost_is_told_with_what_to_write(prose, code, message, help):
    told = _read(f"Before.\n\n{prose}")
    problem = next(problem for problem in told if message in problem.message)
    assert (problem.code, problem.severity) == (code, "warning")
    assert help in problem.help
    assert problem.at.line >= 8
    assert problem.at.column


@pytest.mark.parametrize(
    "prose",
    [
        "`{{ a }}`",
        "\\{{ a }}",
        "a == b == c",
        "[[1]](a.md)",
        "100 %% 3",
        "from $5 to $7_000 a ~day~",
        "~~a~~ and a^b",
        "```\n[[a]]\n```",
        "a[b]c[/b",
        "at 10:30:15, or in a:b:c and :no-such-name:",
        "write to @novak or [@novak](https://a.example)",
        "a mirror of 10''x12'' and rock 'n' roll",
        "import duties fell",
        "What??? And how!!!",
        "[video](a.md) and [gallery]: words",
    ],
)
def test_what_is_meant_as_text_is_no_markup_of_another_program(prose):
    assert _read(prose) == []


def test_the_second_of_two_is_told_where_it_stands():
    told = _read("<iframe></iframe>\n\nText.\n\n<iframe></iframe>")
    assert [problem.at.line for problem in told] == [6, 10]


def test_text_that_no_tag_accounts_for_is_told():
    (loss,) = find_losses("<p>kept lost</p>", "<p>kept</p>")
    assert (loss.kind, loss.value) == ("text", "lost")
    assert find_losses("<p>a b</p>", "<p>a  b</p>") == ()


def test_thousands_are_compared_at_once_and_a_hundred_told():
    told = _read("<x-y>a</x-y>\n\n" * 1_500)
    assert len(told) == 100


@pytest.mark.parametrize(
    ("text", "code", "column", "shown"),
    [
        ("a &#x202e;b", "direction-override", 3, "<p>a b</p>"),
        ("a &#8238;b", "direction-override", 3, "<p>a b</p>"),
        ("a &#1; b", "control-character", 3, "<p>a \ufffd b</p>"),
        ("a&nbsp;&#x80; &zwj;b", "", 0, "<p>a&nbsp;€ \u200db</p>"),
    ],
)
def test_references_bring_in_nothing_that_is_refused_when_written_plainly(text, code, column, shown, as_html):
    report = Report()
    source = decode_text(f"# T\n\n## A\nplace: 1, 2\n\n{text}\n".encode(), "stories/a.md", report)
    assert source is not None
    story = read_story(source, report)
    assert story is not None
    assert as_html(story.steps[0].prose) == shown
    assert [(p.code, p.at.line, p.at.column) for p in report.problems] == ([(code, 6, column)] if code else [])


def test_what_a_heading_loses_is_told_there():
    report = Report()
    source = decode_text(b"# T\n\n## The <Hall> &#x202e;x\nplace: 1, 2\n\nText.\n", "stories/a.md", report)
    assert source is not None
    story = read_story(source, report)
    assert story is not None
    assert story.steps[0].title == "The x"
    assert [(p.code, p.at.line, p.at.column) for p in report.problems] == [
        ("direction-override", 3, 15),
        ("dropped-html", 3, 8),
    ]
