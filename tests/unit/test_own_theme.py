"""A site's own look: `theme.css` and `templates/`, in every page, in the sandbox, and never in the way of safety."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.building.build import build_site
from storymap.cli.commands import storymap
from storymap.errors import Report, StorymapError
from storymap.pages.policy import hash_inline
from storymap.project import load_project

STORY = """---
title: A <b>walk</b>
---

## There
place: Prague

<p class="my-aside">Text</p>
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "a.md").write_text(STORY)
    (tmp_path / "storymap.toml").write_text('title = "T"\nguide = true\n')
    return tmp_path


def write(project: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)


def build(project: Path) -> dict[str, str]:
    site = build_site(load_project(project), report=Report())
    return {path: content.decode() for path, content in site.items() if path.endswith(".html")}


def styles_of(page: str) -> str:
    found = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert found
    return found[1]


def test_own_styles_come_last_in_every_page(project: Path) -> None:
    before = build(project)
    write(project, {"theme.css": ".my-aside { color: green } /* for asides */"})
    after = build(project)
    assert before.keys() == after.keys()
    for path, page in after.items():
        assert styles_of(page) == f"{styles_of(before[path])}\n.my-aside {{ color: green }}", path


def test_what_a_style_sheet_shows_is_found_from_every_folder(project: Path) -> None:
    write(project, {"theme.css": 'h1 { background: url("a b/p.svg"), URL(/q.svg#x) }', "static/a b/p.svg": "",
                    "static/q.svg": ""})  # fmt: skip
    pages = build(project)
    for path, lead in {"a.html": "", "places/prague.html": "../", "guide/index.html": "../", "404.html": ""}.items():
        assert f'url("{lead}a%20b/p.svg"), url("{lead}q.svg#x")' in styles_of(pages[path]), path
    write(project, {"storymap.toml": 'title = "T"\nurl = "https://example.org/walks"\n'})
    assert 'url("/walks/a%20b/p.svg")' in styles_of(build(project)["404.html"])


@pytest.mark.parametrize(
    "text",
    [
        'p { content: "</style><script>x()</script>" }',
        "p { content: '</STYLE >' }",
        "</style><script>x()</script> p { }",
        "p { background: url('data:image/svg+xml,</style>') }",
        "/* </style><script>x()</script> */ p { color: red }",
        r'p { content: "\3c/style>" }',
        "@media </style> { p { color: red } }",
    ],
)
def test_no_style_sheet_ends_before_the_page_ends_it(project: Path, text: str) -> None:
    write(project, {"theme.css": text})
    page = build(project)["a.html"]
    assert "<script>x()" not in page.replace(styles_of(page), "")
    assert len(re.findall(r"</style", page, re.IGNORECASE)) == len(re.findall(r"<style", page, re.IGNORECASE))


@pytest.mark.parametrize(
    "text",
    [
        "p { background: url(https://example.org/a.png) }",
        "p { background: \\75rl(https://example.org/a.png) }",
        "p { background: url(\\68ttps://example.org/a.png) }",
        "p { background: url(//example.org/a.png) }",
        "p { --x: url('http://example.org/a.png') }",
        "@supports (display: grid) { @media print { p { background: image-set('//example.org/a' 1x) } } }",
        "@font-face { src: local(x), url(ftp://example.org/a) }",
        "@IMPORT 'x.css';",
        "@import url(x.css) layer(a);",
    ],
)
def test_no_style_sheet_asks_another_server_unless_the_settings_let_it(project: Path, text: str) -> None:
    write(project, {"theme.css": text})
    with pytest.raises(StorymapError) as raised:
        build(project)
    assert [problem.code for problem in raised.value.problems] == ["style-asks-elsewhere"]
    write(project, {"storymap.toml": 'title = "T"\nchecks.style-asks-elsewhere = "off"\n'})
    page = build(project)["a.html"]
    assert ("example.org" in styles_of(page)) == ("example.org" in text)


def test_a_page_may_show_the_fonts_and_the_scripts_that_its_theme_has_and_no_others(project: Path) -> None:
    def policy_of(page: str) -> str:
        found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
        return found[1] if found else ""

    write(project, {"storymap.toml": 'title = "T"\nfonts = "system"\n'})
    assert "font-src" not in policy_of(build(project)["a.html"])
    write(project, {
        "theme.css": '@font-face { font-family: Mine; src: url("mine.woff2") }',
        "templates/base.html": '{% extends "storymap/base.html" %}{% block scripts %}{{ super() }}'
        "{% filter script %}mine(){% endfilter %}{% endblock %}",
    })  # fmt: skip
    policy = policy_of(page := build(project)["a.html"])
    assert "font-src 'self';" in policy
    for inline in re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL):
        assert hash_inline(inline) in policy
    assert "example.org" not in policy
    write(project, {"theme.css": "@font-face { font-family: Mine; src: url(data:font/woff2;base64,AA==) }"})
    assert "font-src data:;" in policy_of(build(project)["a.html"])
    write(project, {"theme.css": "p { background: url(https://example.org/a.png) }",
                    "storymap.toml": 'title = "T"\nchecks.style-asks-elsewhere = "off"\n'})  # fmt: skip
    assert "https://example.org/a.png" in policy_of(build(project)["a.html"])


def test_a_template_replaces_the_packages_and_can_begin_with_it(project: Path) -> None:
    write(project, {
        "templates/base.html": '{% extends "storymap/base.html" %}{% block scripts %}{{ super() }}'
        '{% include "my-foot.html" %}{% endblock %}',
        "templates/my-foot.html": "<footer>{{ page.frame.site.title }}, of {{ '<us>' }}</footer>",
        "templates/not_found.html": "<title>Gone</title>",
    })  # fmt: skip
    pages = build(project)
    assert pages["404.html"] == "<title>Gone</title>"
    assert "<footer>T, of &lt;us&gt;</footer>" in pages["about.html"]


def test_what_authors_wrote_stays_escaped(project: Path) -> None:
    write(project, {"templates/my-title.html": "", "templates/story.html": "{{ page.title }}|{{ page.opening_html }}"})
    assert build(project)["a.html"].startswith("A &lt;b&gt;walk&lt;/b&gt;|")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("<p>\n{{ page.titel }}", 2, "no attribute 'titel'"),
        ("\n\n{{ page.title.__class__.__mro__ }}", 3, "unsafe"),
        ("{{ page.frame.words.update({}) }}", 1, ""),
        ("{{ 1 // 0 }}", 1, "division"),
        ("{{ [1] | random }}", 1, "No filter named 'random'"),
        ("{{ lipsum() }}", 1, "'lipsum' is undefined"),
        ("{% include page.title %}", 1, "A <b>walk</b>"),
        ("\n{% if page.title %}", 2, "Unexpected end of template"),
        ("{% include 'my-deep.html' %}", 1, "recursion"),
    ],
)
def test_a_template_that_fails_is_told_once_with_its_line(project: Path, text: str, line: int, said: str) -> None:
    deep = "{% include 'my-deeper.html' %}", "{% include 'my-deep.html' %}"
    write(
        project, {"templates/story.html": text, "templates/my-deep.html": deep[0], "templates/my-deeper.html": deep[1]}
    )
    write(project, {"stories/b.md": STORY})
    with pytest.raises(StorymapError) as raised:
        build(project)
    (problem,) = raised.value.problems
    assert problem.code == "bad-template"
    assert said in problem.message
    assert problem.at.path.startswith("templates/")
    assert problem.at.line == line


def test_a_change_of_the_look_makes_the_pages_anew_and_nothing_else(project: Path) -> None:
    def run() -> str:
        result = CliRunner().invoke(storymap, ["build", str(project)])
        assert result.exit_code == 0, result.output
        return result.output

    run()
    assert " 0 files written" in run()
    for name, text in {
        "theme.css": "p { color: red }",
        "templates/about.html": "Mine {{ page.frame.site.title }}",
    }.items():
        write(project, {name: text})
        assert " 0 files written" not in run()
        assert " 0 files written" in run()
    assert (project / "site" / "about.html").read_text() == "Mine T"
    (project / "theme.css").unlink()
    run()
    assert "p { color: red }" not in (project / "site" / "a.html").read_text()


def test_nothing_is_read_outside_of_the_project(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "theme.css"
    elsewhere.write_text("p { color: red }")
    (project / "theme.css").symlink_to(elsewhere)
    with pytest.raises(StorymapError) as raised:
        build(project)
    assert [problem.code for problem in raised.value.problems] == ["outside-project"]


def test_a_class_of_ones_own_is_kept_and_no_other(project: Path) -> None:
    classes = "my-aside leaflet-map storymap my- MY-X steps-rail"
    write(project, {"stories/a.md": f'---\ntitle: A\n---\n\n## B\nplace: Prague\n\n<p class="{classes}">x</p>\n'})
    assert '<p class="my-aside">x</p>' in build(project)["a.html"]
