"""Sanitised HTML is cut where a page says something in its own way, and nowhere else, whatever its author typed."""

from __future__ import annotations

import pickle

import pytest

from storymap.errors import Location
from storymap.model.prose import CalloutTitle, Html
from storymap.reading.pieces import cut_prose, split_story_target
from storymap.reading.sanitise import sanitise_body
from storymap.reading.written import (
    WrittenFileLink,
    WrittenHeading,
    WrittenMapLink,
    WrittenPicture,
    WrittenProse,
    WrittenStoryLink,
)
from storymap.text.slugs import make_slug


def cut(raw: str) -> WrittenProse:
    """The prose of `raw`; every link stands in the file that is called as its target."""
    return cut_prose(sanitise_body(raw).html, Location)


def test_map_links_are_cut_out_with_their_text_and_their_other_attributes():
    prose = cut(
        '<p><a class="my-x" href="geo:50.1,14.4" title="&quot;t">A</a> <a href="place:B &amp; C"><em>B</em></a>'
    )
    assert prose.pieces == (
        Html("<p>"),
        WrittenMapLink("geo:50.1,14.4", "A", Location("geo:50.1,14.4"), ' class="my-x" title="&quot;t"'),
        Html("A</a> "),
        WrittenMapLink("place:B & C", "B", Location("place:B & C")),
        Html("<em>B</em></a></p>"),
    )


@pytest.mark.parametrize(
    "raw",
    [
        '<p>&lt;a href="geo:1,2" data-link="0"&gt;</p>',
        '<p title="<a href=&quot;geo:1,2&quot;>">x</p>',
        '<p title="<img src=&quot;a.jpg&quot;>"><em title="<h3 id=&quot;x&quot;>">x</em></p>',
        '<p data-link="0">x</p>',
        '<p title="<p class=&quot;admonition-title callout-note&quot;>">x</p><!-- <a href="geo:1,2"> -->',
        "<p>Html('&lt;a href=') \ufdd0 \x1e MapLink(0)</p>",
    ],
)
def test_what_only_looks_like_a_tag_is_text(raw):
    prose = cut(raw)
    assert prose.pieces == (Html(sanitise_body(raw).html),)
    assert (prose.headings, prose.links, prose.ids) == ((), (), ())


def test_a_number_of_the_author_is_none_of_ours():
    assert cut('<a href="geo:1,2" data-link="7">x</a>').map_links == (
        WrittenMapLink("geo:1,2", "x", Location("geo:1,2")),
    )


def test_pictures_are_cut_out_and_links_around_them_say_what_they_show():
    prose = cut('<a href="a%20b.jpg"><img src="a%20b.jpg" alt="A &quot;b&quot;"></a><img src="c.jpg?x" width="5">')
    assert prose.file_links == (WrittenFileLink("a%20b.jpg", 'A "b"', Location("a%20b.jpg")),)
    assert prose.pictures == (
        WrittenPicture("a%20b.jpg", "a b.jpg", 'A "b"', Location("a%20b.jpg"), is_linked=True),
        WrittenPicture("c.jpg?x", "c.jpg", "", Location("c.jpg?x"), ' width="5"', is_sized=True),
    )
    assert prose.pieces[-1] == prose.pictures[1]


@pytest.mark.parametrize(
    "source",
    ["https://a.invalid/b.jpg", "//a.invalid/b.jpg", "\\\\a.invalid/b.jpg", "/\t/a.invalid/b", "HTTP:a.invalid/b"],
)
def test_pictures_elsewhere_are_known_however_they_are_written(source):
    prose = cut(f'<img src="{source}" alt="x">')
    assert len(prose.remote_pictures) == 1
    assert prose.pictures == ()


@pytest.mark.parametrize(
    ("raw", "credited"),
    [
        ('<p><img src="a.jpg"></p><p>Text</p>', False),
        ('<p><img src="a.jpg" title="Photo: A"></p>', True),
        ('<p>Photo: A <a href="geo:1,2"><img src="a.jpg"></a></p>', True),
        ('<figure><p><img src="a.jpg"></p><figcaption><p>Photo: A</p></figcaption></figure>', True),
        ('<figure><p><img src="a.jpg" alt="no credit"></p></figure><p>Text</p>', False),
        ('<p title="Photo: A"><img src="a.jpg"></p>', False),
    ],
)
def test_words_beside_a_picture_may_be_its_credit(raw, credited):
    (picture,) = cut(raw).pictures
    assert picture.is_credited is credited


def test_links_that_need_no_resolving_stay_and_do_not_tell_where_from():
    prose = cut(
        '<a href="https://example.org/?a=1&amp;b=2">x</a><a href="mailto:a@example.org">m</a><a href="#e">e</a>'
        '<a class="footnote-ref" href="#fn:1">1</a><a>y</a>'
    )
    assert prose.pieces == (
        Html(
            '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">x</a><a href="mailto:a@example.org">m'
            '</a><a href="#e">e</a><a class="footnote-ref" href="#fn:1">1</a><a>y</a>'
        ),
    )
    assert [(link.target, link.text) for link in prose.links] == [
        ("https://example.org/?a=1&b=2", "x"),
        ("mailto:a@example.org", "m"),
        ("#e", "e"),
    ]


def test_links_to_stories_are_told_from_those_to_files():
    prose = cut('<a href="b.md#s">1</a><a href="c.markdown">2</a><a href="d.csv">3</a>')
    assert prose.story_links == (
        WrittenStoryLink("b.md#s", "b.md", "s", "1", Location("b.md#s")),
        WrittenStoryLink("c.markdown", "c.markdown", "", "2", Location("c.markdown")),
    )
    assert prose.file_links == (WrittenFileLink("d.csv", "3", Location("d.csv")),)
    assert split_story_target("my%20b.md#the%2Dcall") == ("my b.md", "the-call")
    assert split_story_target("b.md#r\u030ceka") == ("b.md", "\u0159eka")


def test_a_link_within_a_story_is_composed_as_ids_are():
    for written in ("r\u030ceka", "r%CC%8Ceka"):
        assert cut(f'<a href="#{written}">x</a>').pieces == (Html('<a href="#%C5%99eka">x</a>'),)
    assert cut('<a href="#\u0159eka">x</a>').pieces == (Html('<a href="#\u0159eka">x</a>'),)


def test_headings_are_below_those_of_steps_and_told_with_their_ids():
    prose = cut(
        '<h1>A <em>b</em></h1><h3 id="storymap-data">a</h3><p id="x">b</p>'
        '<h4 id="mine" class="leaflet-map storymap-x my-y">c &amp; d</h4><ol><li id="fn:1">n</li></ol>'
    )
    assert prose.pieces == (
        Html(
            '<h3>A <em>b</em></h3><h3>a</h3><p>b</p><h4 id="mine" class="my-y">c &amp; d</h4>'
            '<ol><li id="fn:1">n</li></ol>'
        ),
    )
    assert prose.headings == (
        WrittenHeading(3, "A b", ""),
        WrittenHeading(3, "a", ""),
        WrittenHeading(4, "c & d", "mine"),
    )
    assert prose.ids == ("mine", "fn:1")


def test_a_heading_without_an_id_is_named_where_somebody_asks_for_it():
    prose = cut_prose('<h3>A <em>b</em></h3><h4 id="mine">c</h4>', Location, name_heading=make_slug)
    assert prose.pieces == (Html('<h3 id="a-b">A <em>b</em></h3><h4 id="mine">c</h4>'),)
    assert prose.ids == ("a-b", "mine")


def test_a_callout_whose_title_holds_markup_keeps_it():
    raw = '<p class="admonition-title callout-tip">My <b>tip</b></p><p class="admonition-title callout-tip">Tip</p>'
    assert cut(raw).pieces == (
        Html('<p class="admonition-title callout-tip">My <b>tip</b></p><p class="admonition-title callout-tip">'),
        CalloutTitle("tip"),
        Html("</p>"),
    )


@pytest.mark.parametrize(
    ("raw", "is_empty"),
    [
        ("", True),
        ('<p title="x>y"></p>\n<ul><li> </li></ul>', True),
        ("<p>&nbsp;</p>", False),
        ("<hr>", False),
        ('<p><img src="a.jpg"></p>', False),
        ("x", False),
    ],
)
def test_prose_in_which_a_reader_sees_nothing_is_empty(raw, is_empty):
    assert cut(raw).is_empty is is_empty


def test_elements_that_hold_each_other_by_the_thousand_are_read_once():
    nested = '<table><tr><td><a href="geo:1,2">' * 3_000
    assert len(cut_prose(nested, Location).map_links) == 3_000


def test_prose_is_a_value_that_travels_and_compares():
    prose = cut('<h3 id="a">A</h3><p><a href="b.md#s">1</a> <img src="a.jpg"></p>')
    assert pickle.loads(pickle.dumps(prose)) == prose
    assert hash(prose) == hash(pickle.loads(pickle.dumps(prose)))
