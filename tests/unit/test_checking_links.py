"""The links of the built site."""

from storymap.checking.page import read_page


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


def test_with_errors_there_is_no_site_to_look_at(check):
    body = "## A step\nplace: Prauge\n\n[The data](data.csv)\n"
    assert codes(check(body, files={"stories/data.csv": "a\n"})) == ["unknown-place"]


def test_a_page_is_read_as_browsers_do():
    page = read_page(
        '<h2 id="a">One <em>two</em></h2><p><a href="x"><img alt="three" src="y"></a><a name=z>four</a></p></b><h9>'
        '<script>"<a href=no>"</script><h3>five'
    )
    assert page.ids == ["a"]
    assert page.addresses == ["x", "y"]


def test_a_heading_within_a_step_of_another_story_can_be_linked_to(check):
    other = "---\ntitle: Another\n---\n\n## A step\nplace: Prague\n\n### Part {#part}\n\n[Back](story.md).\n"
    files = {"stories/other.md": other}
    assert check("## A step\nplace: Prague\n\n[The part](other.md#part).\n", files=files) == []
    (problem,) = check("## A step\nplace: Prague\n\n[The part](other.md#prat).\n", files=files)
    assert (problem.code, problem.help) == ("unknown-step", 'did you mean "part"?')
