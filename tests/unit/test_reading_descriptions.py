"""Descriptions of places: what is kept of the HTML that map programs write into them."""

import html
import re

import pytest

from storymap.reading.descriptions import is_plain, sanitise_description


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>A <i>water</i> mill&nbsp;and pond</p>", "<p>A <i>water</i> mill&nbsp;and pond</p>"),
        ('<img src="https://e.org/m.jpg" /><br><br>In <b>1850</b> &amp; later.', "In <b>1850</b> &amp; later."),
        ("&lt;p&gt;A mill&lt;/p&gt;", "<p>A mill</p>"),
        ("&amp;lt;b&amp;gt;Mill&amp;lt;/b&amp;gt;", "<b>Mill</b>"),
        ("<h2 class=x>Mill</h2>old", "<p>Mill</p>old"),
        ('<font color="red">Old</font> <center>mill</center>', "Old mill"),
        ("Mill<script>alert(1)</script><style>p{}</style>", "Mill"),
        ('<div><a href="javascript:x()"><img src=x onerror=y></a></div>', ""),
        ('<a href="mill.html">in</a>', '<a rel="noopener noreferrer">in</a>'),
        ('<a href="https://e.org/?a&b">out</a>', '<a href="https://e.org/?a&amp;b" rel="noopener noreferrer">out</a>'),
        ("<table><tr><td colspan=2 bgcolor=red>1</table>",
         '<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>'),
        ("<b>a < b</b>", "<b>a &lt; b</b>"),
    ],
)  # fmt: skip
def test_html_is_reduced_to_what_prose_may_have(written, kept):
    assert sanitise_description(written) == kept


@pytest.mark.parametrize("text", ["a < b and 3 <4", "by <unknown>", "AT&T & sons", "1 > 0", "two\nlines", "", "a <3 b"])
def test_text_stays_text(text):
    assert html.unescape(sanitise_description(text)) == text
    assert is_plain(sanitise_description(text))


def test_entities_of_a_plain_text_are_read():
    assert html.unescape(sanitise_description("R&amp;D, 5&nbsp;&deg;C &#8211; 6")) == "R&D, 5\u00a0°C – 6"


@pytest.mark.parametrize(
    "attack",
    [
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>x</script>'>",
        "<a href=' javascript:x'>y",
        "&lt;img src=x onerror=alert(1)&gt;",
        "<b onclick=x style=y id=z class=c>t</b>",
    ],
)
def test_nothing_runs(attack):
    cleaned = sanitise_description(attack)
    assert not re.search(r"on\w+=|javascript:|srcdoc|style=|id=|class=|<(?!/?(?:a|b)\b)", cleaned)
