"""Hostile stories are read or refused with a line: no traceback, no crash, nothing that runs in what comes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from storymap.errors import Report
from storymap.model.prose import Html
from storymap.reading import story as story_module
from storymap.reading.allowed import BLOCK_TAGS, INLINE_TAGS
from storymap.reading.foreign import tell_foreign
from storymap.reading.layout import lay_out
from storymap.reading.lines import Lines
from storymap.reading.markdown import MarkdownPart
from storymap.reading.pasted import mend_pasted
from storymap.reading.plain import read_plainly
from storymap.reading.prose import ProseError, convert_prose, convert_prose_bounded
from storymap.reading.shapes import Shape, judge_shape
from storymap.reading.silences import read_silences
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.text import TextSource, decode_text, read_text
from storymap.reading.written import WrittenProse

AsHtml = Callable[[WrittenProse], str]
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
ATTRIBUTES = frozenset(
    "href src alt title class id rel loading decoding width height align lang dir data-link type checked disabled "
    "start open cite datetime colspan rowspan span scope value reversed".split()
)
needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="the shared corpora are not beside this checkout")


def _read(text: str) -> tuple[StorySource | None, Report]:
    report = Report()
    source = decode_text(text.encode("utf-8", "replace"), "stories/a.md", report)
    return (read_story(source, report) if source else None), report


def _source(text: str) -> TextSource:
    source = decode_text(text.encode(), "a.md", Report())
    assert source is not None
    return source


class _Audit(HTMLParser):
    """Asserts that every tag and attribute is one that a page may carry."""

    def handle_starttag(self, tag, attrs):
        assert tag in (INLINE_TAGS | BLOCK_TAGS) - {"h1", "h2"}
        for name, value in attrs:
            assert name in ATTRIBUTES
            if name in ("href", "src"):
                # As a browser reads it: without tabs and newlines, and without blanks around it.
                address = (value or "").translate({9: None, 10: None, 13: None}).strip().lower()
                assert not address.startswith(("javascript:", "vbscript:", "data:", "geo:", "place:"))

    def handle_decl(self, decl):
        raise AssertionError(decl)

    def handle_comment(self, data):
        raise AssertionError(data)

    def unknown_decl(self, data):
        raise AssertionError(data)


def _audit(story: StorySource, as_html: AsHtml) -> None:
    for prose in story.prose:
        audit = _Audit()
        audit.feed(as_html(prose))
        audit.close()
    for step in story.steps:
        assert "<a>" not in step.title_html
        assert "<a " not in step.title_html
        assert "<img" not in step.title_html


@needs_corpora
@pytest.mark.parametrize("corpus", ["xss", "bleach", "naughty", "template"])
def test_payloads_come_through_harmless_as_heading_and_as_prose(corpus, as_html):
    if corpus == "xss":
        path = CORPORA / "xss-payloadbox" / "xss-payload-list.txt"
        payloads = [line for line in path.read_text("utf-8", "replace").split("\n") if line.strip()]
    elif corpus == "bleach":
        payloads = [
            path.read_text("utf-8").split("\n--\n")[0] for path in sorted((CORPORA / "bleach-sanitizer").iterdir())
        ]
    elif corpus == "naughty":
        payloads = json.loads((CORPORA / "naughty-strings" / "blns.json").read_text("utf-8"))
    else:
        payloads = json.loads((CORPORA / "own" / "template_injection.json").read_text("utf-8"))
    assert payloads
    for payload in payloads:
        line = payload.replace("\n", " ")
        story, report = _read(f"# T\n\n{line}\n\n## {line}\n\n{payload}\n\n- [{line}]({line})\n\n![{line}]({line})\n")
        assert story is not None or report.errors
        if story:
            _audit(story, as_html)


@needs_corpora
def test_payloads_in_front_matter_are_text_or_a_problem():
    for payload in json.loads((CORPORA / "naughty-strings" / "blns.json").read_text("utf-8")):
        story, report = _read(f"---\ntitle: {payload}\nsummary: x\n---\n\n## A\nplace: {payload}\n\nText.\n")
        assert story is not None or report.errors
        if story:
            assert "<" not in story.title_html.replace("&lt;", "")


@needs_corpora
@pytest.mark.parametrize("folder", ["yaml", "enc"])
def test_broken_files_give_a_story_or_problems_with_a_place(folder):
    paths = sorted((CORPORA / "own" / folder).glob("*.md"))
    assert paths
    for path in paths:
        report = Report()
        source = read_text(path, f"stories/{path.name}", report)
        story = read_story(source, report) if source else None
        assert story is not None or report.errors
        assert all(problem.at.path and problem.help for problem in report.problems)
        assert str(report.problems)


EXPECTED = {
    "yaml/billion_laughs": "yaml-too-large",
    "yaml/colon_in_title": "yaml-syntax",
    "yaml/deep_block": "file-too-large",
    "yaml/deep_flow": "yaml-too-deep",
    "yaml/dup_keys": "duplicate-key",
    "yaml/emoji_key": "unknown-key",
    "yaml/merge_loop": "yaml-too-large",
    "yaml/no_close": "unclosed-front-matter",
    "yaml/norway": "wrong-value",
    "yaml/python_tag": "yaml-tag",
    "yaml/quadratic": "line-too-long",
    "yaml/self_ref": "yaml-too-large",
    "yaml/tab_indent": "yaml-syntax",
    "yaml/two_documents": "second-front-matter",
    "enc/controls": "control-character",
    "enc/cp1250": "not-utf-8",
    "enc/empty": "empty-story",
    "enc/latin1": "not-utf-8",
    "enc/lone_cr": "second-title",
    "enc/nul": "control-character",
    "enc/only_bom": "empty-story",
    "enc/overlong": "not-utf-8",
    "enc/surrogates": "not-utf-8",
    "enc/truncated_utf8": "not-utf-8",
    "enc/utf16": "not-utf-8",
}


@needs_corpora
@pytest.mark.parametrize(("name", "code"), EXPECTED.items())
def test_each_fault_is_told_by_its_name(name, code):
    report = Report()
    source = read_text(CORPORA / "own" / f"{name}.md", "stories/a.md", report)
    if source:
        read_story(source, report)
    assert code in [problem.code for problem in report.errors]


@pytest.mark.parametrize(
    "template",
    ["{{ 7*7 }}", "{% for x in y %}", "{# open", "{#note#}", "{{x}}", "100 {% of", "*a*{{ b }}", "`{{ c }}`"],
)
def test_template_markers_come_out_as_written(template, as_html):
    text = template.replace("*a*", "").replace("`", "")
    story, _ = _read(
        f"# T\n\n## Head {template}\n\nText {template}\n\n{template}\n\n### Sub {template}\n\n- {template}\n"
    )
    assert story is not None
    (step,) = story.steps
    assert text in step.title
    assert as_html(step.prose).count(text) == 4


WIDE = 45_000


@pytest.mark.parametrize(
    "line",
    [
        f"## x{' ' * WIDE}y",
        f"## x{' ' * WIDE}{{#a",
        f"## x {{{'#a.b' * (WIDE // 4)}!}}",
        f"## x{' #' * (WIDE // 2)} y",
        f"{'~' * WIDE}`",
        f"{'`' * WIDE}x",
        "".join("`" * length + "a" for length in range(1, 300)),
        "<!-- storymap-ignore: a " * (WIDE // 24),
        "<!--" * (WIDE // 4),
        "{{" * (WIDE // 2),
        "{%" * (WIDE // 2),
        "[[" * (WIDE // 2),
        "==a" * (WIDE // 3),
        "%%" * (WIDE // 2),
        "^[" * (WIDE // 2),
        "$" + "^" * WIDE,
        "$a^" * (WIDE // 3),
        "]{a" * (WIDE // 3),
        "a~" * (WIDE // 2),
        "[b]" * (WIDE // 3),
        "- " * (WIDE // 2) + "##",
        "= " * (WIDE // 2),
        "<h2" * (WIDE // 3),
    ],
)
def test_a_line_of_any_shape_is_looked_at_once(line):
    """Each of these took a reader that looks back from every place of it many seconds, and some of them years."""
    report = Report()
    source = mend_pasted(_source("# T\n\n" + f"{line}\n\n" * 20), report)
    layout = lay_out(source, report)
    read_silences(source, layout, report)
    tell_foreign(read_plainly(source), [part.body for part in (layout.opening, *layout.steps)], report)
    assert len(source.lines) == 43


N = 10_000


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("A paragraph with [a link](geo:1,2) and *stress*.\n\n" * 200, Shape.ORDINARY),
        ("[" * N, Shape.SUSPICIOUS),
        ("*a " * N, Shape.SUSPICIOUS),
        ("<b>" * N, Shape.SUSPICIOUS),
        ("### a\n" * N, Shape.SUSPICIOUS),
        ("a\n" * N, Shape.SUSPICIOUS),
        ("a\n\n" * N, Shape.SUSPICIOUS),
        (">" * N, Shape.TOO_DEEP),
        ("> " * N, Shape.TOO_DEEP),
        ("\n".join("    " * n + "- a" for n in range(100)), Shape.TOO_DEEP),
        ("\t" * N + "a", Shape.TOO_DEEP),
    ],
)
def test_shapes_are_judged_before_conversion(text, shape):
    source = _source(text)
    assert judge_shape(source, Lines(1, len(source.lines))).shape is shape


def test_the_paragraph_with_most_marks_is_named():
    source = _source("a\n\n" + "[" * 400 + "\n\nb\n\n" + "x\n" + "[" * 900 + "\n")
    assert judge_shape(source, Lines(1, len(source.lines))).line == 7


def test_text_that_takes_too_long_is_refused_with_its_line(monkeypatch):
    monkeypatch.setattr(story_module, "convert_prose_bounded", lambda parts: convert_prose_bounded(parts, 0.01))
    story, report = _read("# T\n\n## A\n\nText.\n\n" + "[a](" * N + "\n")
    assert story is None
    (problem,) = report.errors
    assert (problem.code, problem.at.line) == ("too-complex", 7)


def test_suspicious_text_that_is_quick_reads_as_elsewhere():
    parts = [
        MarkdownPart("", "Open [a](geo:1,2)."),
        MarkdownPart("A *b*", "Text[^1] ![x](y.jpg)\n\n[^1]: Note {{ x }}"),
    ]
    assert convert_prose_bounded(parts) == convert_prose(parts)


def test_overflowing_the_stack_is_a_problem():
    nested = "a\n: b\n" * 3_000
    with pytest.raises(ProseError, match="too deeply"):
        convert_prose_bounded([MarkdownPart("", nested)], time_limit=120.0)


def test_ten_thousand_steps_are_refused():
    story, report = _read("# T\n\n" + "a\n---\n" * N)
    assert story is None
    assert [problem.code for problem in report.errors] == ["too-many-steps"]


def test_one_story_leaves_nothing_behind_for_the_next():
    first, _ = _read("# T\n\n## A\n\nText[^1] HTML [r]\n\n[^1]: Note.\n[r]: https://example.org\n*[HTML]: x\n")
    second, report = _read("# T\n\n## A\n\nText[^1] HTML [r]\n")
    assert first is not None
    assert second is not None
    assert second.steps[0].prose.pieces == (Html("<p>Text[^1] HTML [r]</p>"),)
    assert second.notes.pieces == ()
    assert [problem.code for problem in report.errors] == ["unknown-footnote"]


def test_a_text_that_cannot_be_converted_leaves_nothing_behind_for_the_next():
    parts = [MarkdownPart("A step", "Text, and [a link](#there).\n\n[^1]: A note.")]
    before = convert_prose(parts)
    with pytest.raises(ProseError):
        convert_prose([MarkdownPart("A step", "- " * 1000 + "x")])
    assert convert_prose(parts) == before
