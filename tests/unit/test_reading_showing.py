"""Paragraphs that only show something become figures."""

from __future__ import annotations

import re

import pytest

from storymap.reading.markdown import MarkdownPart, convert_markdown
from storymap.reading.sanitise import sanitise_body


def convert(markdown: str) -> str:
    html = sanitise_body(convert_markdown([MarkdownPart("", markdown)]).bodies[0]).html
    return re.sub(r">\s+<", "><", html)


def gallery(pictures: str, caption: str = "") -> str:
    said = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="gallery"><div class="gallery-row">{pictures}</div>{said}</figure>'


def compare(pictures: str) -> str:
    return f'<figure class="compare">{pictures}</figure>'


def figure(name: str, caption: str = "") -> str:
    said = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="shown"><img alt="{name}" src="{name.lower()}.jpg">{said}</figure>'


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("![A](a.jpg)", figure("A")),
        ('![A](a.jpg "By B.")', figure("A", "By B.")),
        ("![A](a.jpg)\n*By **B**.*", figure("A", "By <strong>B</strong>.")),
        ("![A](a.jpg)\n/// caption\nBy B.\n///", figure("A", "<p>By B.</p>")),
        (
            '![A](a.jpg "By C.")\n![B](b.jpg)\n*All*',
            gallery(figure("A", "By C.") + figure("B"), "All"),
        ),
        (
            "![A](a.jpg)\n*One*\n![B](b.jpg)\n*Two*",
            gallery(figure("A", "One") + figure("B", "Two")),
        ),
        (
            "![A](a.jpg) ![B](b.jpg)\n/// caption\nBoth\n///",
            gallery(figure("A") + figure("B"), "<p>Both</p>"),
        ),
        (
            "| ![A](a.jpg) | ![B](b.jpg) |\n| --- | --- |\n| 1894 | *now* |",
            compare(figure("A", "1894") + figure("B", "<em>now</em>")),
        ),
        (
            "| ![A](a.jpg) | ![B](b.jpg) |\n| --- | --- |",
            f'<figure class="compare">{figure("A")}{figure("B")}</figure>',
        ),
    ],
)
def test_what_is_only_shown_is_a_figure(markdown: str, html: str) -> None:
    assert convert(markdown) == html


@pytest.mark.parametrize(
    "markdown",
    [
        "Text ![A](a.jpg)\n*emphasis*",
        "*emphasis* ![A](a.jpg)",
        "![A](a.jpg) and *more*",
        "[![A](a.jpg)](b.md)",
        "| ![A](a.jpg) | B |\n| --- | --- |",
        "| ![A](a.jpg) | ![B](b.jpg) |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |",
        "| ![A](a.jpg) | ![B](b.jpg) | ![C](c.jpg) |\n| --- | --- | --- |",
    ],
)
def test_what_says_something_stays_as_it_is(markdown: str) -> None:
    assert "<figure" not in convert(markdown)
