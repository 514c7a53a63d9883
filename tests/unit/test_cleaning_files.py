"""What runs in a browser is not published, or is without what runs."""

from __future__ import annotations

import pytest

from storymap.cleaning.cleaned import UncleanError
from storymap.cleaning.files import clean_file, is_published

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>\n'
)


def clean(inside: str) -> tuple[str, tuple[str, ...]]:
    """What is left of what stands in a drawing, and what was taken out."""
    cleaned = clean_file("a.svg", DRAWING.format(inside).encode())
    before, after = DRAWING.format("|").split("|")
    text = cleaned.data.decode()
    assert text.startswith(before)
    assert text.endswith(after)
    return text[len(before) : -len(after)], cleaned.active


@pytest.mark.parametrize(
    "inside",
    [
        '<text x="1">a<tspan dy="1">b</tspan><tspan>c</tspan> &amp; d</text>',
        '<text xml:space="preserve" xml:lang="cs">  č  </text>',
        '<defs><linearGradient id="č"><stop offset="0"></stop></linearGradient></defs><path fill="url(#č)"></path>',
        "<style>.a &gt; .b{fill:url(#g);stroke:red}@media (prefers-color-scheme:dark){.a{fill:#fff}}</style>",
        '<style>@font-face{font-family:x;src:url("data:font/woff2;base64,AAAA")}</style>',
        '<use xlink:href="#p"></use><use href="#p" class="a" style="opacity:.5"></use>',
        '<image href="data:image/png;base64,iVBORw0KGgo="></image>',
        '<a href="https://example.org/"><text>x</text></a>',
        '<animate attributeName="x" from="0" to="1" dur="1s"></animate>',
        '<g aria-label="a" role="img" data-x="1" transform="scale(2)" clip-path="url(#c)"></g>',
    ],
)
def test_what_draws_stays_as_it_is(inside: str):
    assert clean(inside) == (inside, ())


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        ("<script>go()</script><path/>", "<path></path>"),
        ('<script href="data:text/javascript,go()"/>', ""),
        ('<rect onclick="go()" ONLOAD="go()" x="1"/>', '<rect x="1"></rect>'),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', ""),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg">go()</s:script>', ""),
        ('<script xmlns="http://www.w3.org/1999/xhtml">go()</script>', ""),
        ('<a xlink:href=" java&#10;script:go()"><text>x</text></a>', "<a><text>x</text></a>"),
        ('<a href="data:text/html,x"/>', "<a></a>"),
        ('<use href="other.svg#p"/><use href="data:image/png;base64,AA"/>', "<use></use><use></use>"),
        ('<image href="https://example.org/a.png"/>', "<image></image>"),
        ('<image href="data:image/svg+xml,x"/>', "<image></image>"),
        ('<animate attributeName="xlink:href" to="javascript:go()"/>', ""),
        ('<set attributeName=" onClick " to="go()"/>', ""),
        ('<style>@import "https://example.org/a.css";a{fill:red}</style>', "<style>a{fill:red}</style>"),
        ("<style>a{fill:url( 'https://example.org/#a' )}</style>", "<style>a{fill:none}</style>"),
        ('<style>a{background:image-set("//example.org/a" 1x)}</style>', "<style></style>"),
        ("<style>a{background:u\\72l(//example.org)}</style>", "<style></style>"),
        ('<rect fill="URL(//example.org)" style="mask:url(a.svg#m)"/>', '<rect fill="none" style="mask:none"></rect>'),
        ('<rect style="x:\\75rl(//example.org)"/>', "<rect></rect>"),
    ],
)
def test_what_could_run_or_ask_other_servers_is_taken_out_and_named(inside: str, left: str):
    kept, active = clean(inside)
    assert kept == left
    assert active


def test_what_a_drawing_program_notes_is_taken_out():
    svg = (
        '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/'
        'svg11.dtd" [<!ENTITY ns "http://ns.example/"><!ENTITY red "#f00">]>\n<!-- Ana --><svg '
        'xmlns="http://www.w3.org/2000/svg" xmlns:i="&ns;" i:file="C:/Users/Ana/a.svg"><metadata>Ana</metadata>'
        '<i:view name="Ana"/><path fill="&red;"/></svg>'
    )
    cleaned = clean_file("a.svg", svg.encode())
    assert b"Ana" not in cleaned.data
    assert b'<path fill="#f00">' in cleaned.data
    assert cleaned.private == ("notes of the program that drew it",)
    assert cleaned.active == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"<svg>",
        b"<svg/>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"\xff\xfe<",
        b"<?xml version='1.0' encoding='nonsense'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE svg [<!ENTITY a '" + b"x" * 9999 + b"'>]><svg xmlns='http://www.w3.org/2000/svg'>" + b"&a;" * 99999,
    ],
)
def test_what_is_no_svg_that_browsers_show_is_refused(data: bytes):
    with pytest.raises(UncleanError):
        clean_file("a.svg", data)


def test_a_drawing_that_is_nested_without_end_is_written_without_overflow():
    inside = "<g>" * 50_000 + "</g>" * 50_000
    assert clean(inside) == (inside, ())


@pytest.mark.parametrize(
    "inside",
    [
        '<script xmlns="http://www.w3.org/1999/xhtml">go()</script>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<?xml-stylesheet href="a.xsl"?>',
    ],
)
def test_a_track_in_which_something_would_run_is_refused(inside: str):
    track = f'<gpx xmlns="http://www.topografix.com/GPX/1/1"><!-- x -->{inside}</gpx>'.encode()
    with pytest.raises(UncleanError):
        clean_file("a.gpx", track)
    plain = b'<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk/></gpx>'
    assert clean_file("a.GPX", plain).data == plain


def test_files_that_browsers_run_are_not_published():
    running = "a.html a.htm a.xhtml a.xht a.xml a.svgz a.mht a.mhtml a.js a.mjs a.wasm a.css a.xsl a.swf a.php a.shtml"
    assert not any(is_published(name) for name in (*running.split(), "a", "a.html.", ".html", "a.pdf.html"))
    assert all(is_published(name) for name in "a.PDF b.jpg c.geojson d.csv e.gpx f.mp4 g.zip h.txt".split())
