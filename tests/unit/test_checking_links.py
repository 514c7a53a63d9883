"""The links of the built site."""

from storymap.checking.page import Anchor, PageHeading, read_page


def codes(problems):
    return [problem.code for problem in problems]


def test_our_own_pages_have_no_broken_link(check):
    body = (
        "Text.[^1]\n\n## A step {#one}\nplace: [Spot, Lima]\n\n### Part {#part}\n\n[Up](#one), [on](other.md#a-step), "
        "[part](#part), [Brno](place:Brno).[^1]\n\n[^1]: A note.\n"
    )
    other = "---\ntitle: Another\naliases: [earlier]\n---\n\n## A step\nplace: Prague\n\n[Back](story.md#one).\n"
    files = {"stories/other.md": other, "geo/places.csv": "name,lat,lon,source\nSpot,50.1,14.4,survey\n"}
    assert check(body, files=files, settings="guide = true\n") == []


def test_a_page_of_the_authors_own_may_lead_to_what_is_published(check):
    page = '<p id="top"><a href="../story.html#a-step">Story</a> <a href="../places/prague.html">Prague</a>\n'
    page += '<a href="#top">Up</a> <a href="https://example.org/none">Elsewhere</a> <a href="tel:1">Call</a>\n'
    page += '<a href="data.csv?download">Data</a> <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">\n'
    body = "## A step\nplace: Prague\n\n[The page](page.html#top) and [its data](data.csv).\n"
    assert check(body, files={"stories/page.html": page, "stories/data.csv": "a\n"}) == []


def test_an_anchor_that_a_linked_page_lacks_is_told_in_the_story(check):
    body = "## A step\nplace: Prague\n\n[The page](page.html#botom)\n"
    (problem,) = check(body, files={"stories/page.html": '<p id="bottom">End</p>'})
    assert (problem.code, problem.at.path, problem.at.line) == ("broken-anchor", "stories/story.md", 8)
    assert "#bottom" in problem.help


def test_with_errors_there_is_no_site_to_look_at(check):
    assert codes(
        check("## A step\nplace: Prauge\n\n[The page](page.html)\n", files={"stories/page.html": '<a href="x">'})
    ) == ["unknown-place"]


def test_a_page_is_read_as_browsers_do():
    page = read_page(
        '<h2 id="a">One <em>two</em></h2><p><a href="x"><img alt="three" src="y"></a><a name=z>four</a></p></b><h9>'
        '<script>"<a href=no>"</script><h3>five'
    )
    assert page.ids == ["a"]
    assert page.addresses == ["x", "y"]
    assert page.anchors == [Anchor("x", "three")]
    assert page.headings == [PageHeading(2, "One two")]


def test_a_heading_within_a_step_of_another_story_can_be_linked_to(check):
    other = "---\ntitle: Another\n---\n\n## A step\nplace: Prague\n\n### Part {#part}\n\n[Back](story.md).\n"
    files = {"stories/other.md": other}
    assert check("## A step\nplace: Prague\n\n[The part](other.md#part).\n", files=files) == []
    (problem,) = check("## A step\nplace: Prague\n\n[The part](other.md#prat).\n", files=files)
    assert (problem.code, problem.help) == ("unknown-step", 'did you mean "part"?')
