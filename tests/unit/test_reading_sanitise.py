"""What comes out of sanitising is harmless, and its links and pictures can be filled in without being forged."""

from __future__ import annotations

import pytest

from storymap.reading.sanitise import (
    Title,
    fill_links,
    fill_pictures,
    sanitise_body,
    sanitise_title,
    split_story_target,
)


def test_map_links_are_numbered_in_order_and_filled_in():
    prose = sanitise_body('<p><a href="geo:50.1,14.4">A</a> <a href="place:Prague Castle"><em>B</em></a></p>')
    assert [(link.target, link.text) for link in prose.map_links] == [
        ("geo:50.1,14.4", "A"),
        ("place:Prague Castle", "B"),
    ]
    filled = fill_links(prose.html, ['places/a.html?x="1"&y', "#b"])
    assert filled == (
        '<p><a href="places/a.html?x=&quot;1&quot;&amp;y" data-link="0">A</a> '
        '<a href="#b" data-link="1"><em>B</em></a></p>'
    )


@pytest.mark.parametrize(
    "raw",
    [
        '<p>&lt;a href="#" data-link="0"&gt;</p>',
        '<p title="<a href=&quot;#&quot; data-link=&quot;0&quot;>">x</p>',
        '<p><a href="https://example.org" data-link="0">x</a></p>',
        '<p data-link="0">x</p>',
    ],
)
def test_text_that_looks_like_a_map_link_is_none(raw):
    prose = sanitise_body(raw)
    assert prose.map_links == []
    assert fill_links(prose.html, ["EVIL"]) == prose.html


def test_pictures_get_address_and_size_and_links_to_them_follow():
    prose = sanitise_body(
        '<a href="a%20b.jpg"><img src="a%20b.jpg" alt="A &quot;b&quot;"></a><img src="c.jpg" width="5">'
    )
    assert [(one.target, one.text) for one in prose.pictures] == [("a%20b.jpg", 'A "b"'), ("c.jpg", "")]
    filled = fill_pictures(prose.html, {"a%20b.jpg": ("media/1.jpg", 640, 480), "c.jpg": ("media/2.jpg", 10, 10)})
    assert '<a href="media/1.jpg">' in filled
    assert 'src="media/1.jpg"' in filled
    assert 'width="640" height="480"' in filled
    assert '<img src="media/2.jpg" width="5" alt="" loading="lazy" decoding="async">' in filled


@pytest.mark.parametrize(
    "source",
    ["https://a.invalid/b.jpg", "//a.invalid/b.jpg", "\\\\a.invalid/b.jpg", "/\t/a.invalid/b", "HTTP:a.invalid/b"],
)
def test_pictures_elsewhere_are_known_however_they_are_written(source):
    prose = sanitise_body(f'<img src="{source}" alt="x">')
    assert len(prose.remote_pictures) == 1
    assert prose.pictures == []


@pytest.mark.parametrize(
    "raw",
    [
        '<iframe src="https://a.invalid"></iframe>',
        '<video src="a.mp4" poster="b.jpg"></video><audio src="a.mp3"></audio>',
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


def test_outgoing_links_stay_and_do_not_tell_where_from():
    prose = sanitise_body('<a href="https://example.org/?a=1&amp;b=2">x</a><a href="mailto:a@example.org">m</a>')
    assert prose.html == (
        '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">x</a><a href="mailto:a@example.org">m</a>'
    )


def test_links_to_stories_and_to_files_are_told_and_filled_in_later():
    prose = sanitise_body('<a href="b.md#s">1</a><a href="c.markdown">2</a><a href="d.csv">3</a><a href="#e">4</a>')
    assert 'href="b.html#s"' in fill_pictures(prose.html, {"b.md#s": ("b.html#s", 0, 0)})
    assert [one.target for one in prose.story_links] == ["b.md#s", "c.markdown"]
    assert [one.target for one in prose.file_links] == ["d.csv"]
    assert [one.target for one in prose.anchors] == ["#e"]
    assert split_story_target("my%20b.md#the%2Dcall") == ("my b.md", "the-call")
    assert split_story_target("b.md#r\u030ceka") == ("b.md", "\u0159eka")


def test_a_link_within_a_story_is_composed_as_ids_are():
    for written in ("r\u030ceka", "r%CC%8Ceka"):
        assert 'href="#%C5%99eka"' in sanitise_body(f'<a href="#{written}">x</a>').html
    assert 'href="#\u0159eka"' in sanitise_body('<a href="#\u0159eka">x</a>').html


def test_ids_and_classes_of_the_page_cannot_be_taken():
    prose = sanitise_body(
        '<h3 id="storymap-data">a</h3><p id="x">b</p><h3 id="mine" class="leaflet-map storymap-x my-y">c</h3>'
    )
    assert prose.html == '<h3>a</h3><p>b</p><h3 id="mine" class="my-y">c</h3>'
    assert prose.ids == ["mine"]


def test_titles_are_inline_and_hold_no_links():
    assert sanitise_title('A <em>b</em> <a href="x">c</a> &amp; d') == Title(
        "A <em>b</em> c &amp; d", "A b c & d", dropped=True
    )
    assert sanitise_title('<b style="x">a</b><img src="x">') == Title("<b>a</b>", "a", dropped=True)
