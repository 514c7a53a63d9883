"""Prose becomes the HTML of a page: addresses as seen from it, titles of boxes in its language, nothing forged."""

from __future__ import annotations

import shapely
from markupsafe import Markup

from storymap.errors import Location
from storymap.model.place import Bounds, LonLat, Place
from storymap.model.prose import CalloutTitle, FileLink, Html, MapLink, Picture, StoryLink
from storymap.pages.prose import join_prose
from storymap.resolving.views import frame_places


def link(name: str, attributes: str = "") -> MapLink:
    point, bounds = LonLat(14.4, 50.1), Bounds(14.4, 50.1, 14.4, 50.1)
    place = Place(
        name,
        name,
        point,
        shapely.Point(14.4, 50.1),
        bounds,
        "point",
        "CZ",
        "geo",
        Location("a"),
    )
    return MapLink((place,), frame_places([place]), attributes)


def test_links_lead_from_the_page_that_they_stand_on_and_are_numbered() -> None:
    prose = (link("a"), Html("A</a>"), StoryLink("two", "x"), Html("2</a>"), link("b", ' title="t"'), Html("B</a>"))
    assert join_prose(prose, "one.html", "en") == (
        '<a href="places/a.html" data-link="0">A</a><a href="two.html#x">2</a>'
        '<a href="places/b.html" title="t" data-link="1">B</a>'
    )
    assert join_prose(prose[:3], "en/one.html", "en") == (
        '<a href="../places/a.html" data-link="0">A</a><a href="../two.html#x">'
    )
    assert join_prose((StoryLink("one", "x"),), "one.html", "en") == '<a href="#x">'


def test_files_and_pictures_are_those_of_the_site_and_what_is_said_of_them_is_escaped() -> None:
    prose = (
        FileLink("a b.pdf", '#page="3"&<'),
        Html("x</a>"),
        Picture("c.jpg", 640, 480, 'A "b" <c> & d\'s'),
        Picture("d.jpg", 0, 0, "", ' width="5"'),
    )
    assert join_prose(prose, "one.html", "en") == (
        '<a href="media/a%20b.pdf#page=&quot;3&quot;&amp;&lt;">x</a>'
        '<img alt="A &quot;b&quot; &lt;c&gt; &amp; d\'s" src="media/c.jpg" loading="lazy" decoding="async" width="640" '
        'height="480">'
        '<img alt="" src="media/d.jpg" width="5" loading="lazy" decoding="async">'
    )


def test_titles_of_boxes_are_said_in_the_language_of_the_page() -> None:
    prose = (Html("<p>"), CalloutTitle("warning"), Html("</p>"))
    assert join_prose(prose, "one.html", "en") == "<p>Warning</p>"
    assert join_prose(prose, "one.html", "cs") not in ("<p>Warning</p>", "<p></p>")


def test_long_words_may_break_and_code_stays_as_it_is() -> None:
    word = "electroencephalographically"
    prose = (Html(f"<p>{word} <code>"), link("a"), Html(f"{word}</a></code></p>"))
    joined = join_prose(prose, "one.html", "en")
    assert isinstance(joined, Markup)
    assert f'data-link="0">{word}</a></code>' in joined
    assert joined.startswith("<p>elec\u00adtro")
