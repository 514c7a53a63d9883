"""What comes out of sanitising is harmless, and what it takes out is told."""

from __future__ import annotations

import pytest

from storymap.reading.losses import Loss
from storymap.reading.sanitise import Cleaned, Title, sanitise_body, sanitise_title


@pytest.mark.parametrize(
    "raw",
    [
        '<iframe src="https://a.invalid"></iframe>',
        '<video src="//a.invalid/a.mp4" poster="b.jpg"></video><audio src="data:audio/mp3,a.mp3"></audio>',
        '<object data="a.swf"></object><embed src="a.swf">',
        '<link rel="stylesheet" href="a.css"><style>@import "a.css"</style>',
        '<form action="https://a.invalid"><input type="text" name="a"><button>x</button></form>',
        '<svg><image href="https://a.invalid/a.png"></image></svg>',
        '<p style="background: url(https://a.invalid)" background="a.png"></p>',
        '<img srcset="https://a.invalid/a.png 2x" src="data:image/png;base64,AA">',
        '<base href="https://a.invalid"><meta http-equiv="refresh" content="0">',
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)" onclick="alert(1)" ping="https://a.invalid" target="x" download>x</a>',
    ],
)
def test_what_loads_from_elsewhere_or_runs_does_not_survive(raw):
    html = sanitise_body(raw).html
    for word in ("invalid", "script", "alert", "onclick", "src", "url(", "a.css", "a.mp", "a.swf", "style"):
        assert word not in html


@pytest.mark.parametrize(
    "source",
    ["", "data:image/png;base64,AA", "geo:1,2", "place:Prague", "mailto:a@example.org", "PLACE:x"],
)
def test_a_picture_without_a_file_is_left_out_and_told(source):
    cleaned = sanitise_body(f'<p>a<img src="{source}" alt="x"></p>')
    assert cleaned == Cleaned("<p>a</p>", (Loss("address", "img", "src", source),))


def test_a_box_to_tick_is_a_character():
    cleaned = sanitise_body('<p title="<input checked>"><input type="checkbox" checked> a <input type="text"></p>')
    assert cleaned.html.endswith(">\u2611\ufe0e a </p>")
    assert cleaned.losses == (Loss("element", "input"), Loss("element", "input"))


@pytest.mark.parametrize(
    "raw",
    [
        "<p>1 &lt; 2 &amp; 3</p>",
        '<p>a\N{NO-BREAK SPACE}b&#160;c <img alt="x" src="a.jpg" /><br />d</p>\n<hr />',
        '<p><a href="geo:1,2">x</a> <em title="y">z</em> &copy; &#109;</p>',
        '<a href="https://example.org" rel="noopener">x</a><img src="a.jpg" loading="lazy" decoding="async">',
    ],
)
def test_what_is_only_spelled_another_way_is_no_loss(raw):
    assert sanitise_body(raw).losses == ()


def test_titles_are_inline_and_hold_no_links():
    assert sanitise_title('A <em>b</em> <a href="x">c</a> &amp; d') == Title(
        "A <em>b</em> c &amp; d", "A b c & d", dropped=True
    )
    assert sanitise_title('<b style="x">a</b><img src="x">') == Title("<b>a</b>", "a", dropped=True)
