"""How one file of a site leads to another."""

import pytest

from storymap.addresses import ATLAS, lead, lead_from_site, media_file, place_page, place_still, step_still, story_page


@pytest.mark.parametrize(
    ("here", "there", "anchor", "address"),
    [
        (ATLAS, story_page("one"), "", "one.html"),
        (ATLAS, story_page("one"), "the-call", "one.html#the-call"),
        (place_page("prague"), ATLAS, "", "../index.html"),
        (place_page("prague"), place_page("brno"), "", "brno.html"),
        (place_page("prague"), place_still("prague"), "", "../stills/places/prague.svg"),
        ("a/b/c.html", "a/d/e.html", "", "../d/e.html"),
        ("a/b/c.html", "a/b/d/e.html", "", "d/e.html"),
        ("a/a/c.html", "b/a/e.html", "", "../../b/a/e.html"),
        (story_page("one"), story_page("one"), "the-call", "#the-call"),
        (story_page("one"), story_page("one"), "", "one.html"),
        (story_page("one"), step_still("one", "a"), "", "stills/one/a.svg"),
        (story_page("one"), media_file("a walk/Ml%C3%BDn #1?.png"), "", "media/a%20walk/Ml%25C3%25BDn%20%231%3F.png"),
        (ATLAS, story_page("جسر"), "على", "%D8%AC%D8%B3%D8%B1.html#%D8%B9%D9%84%D9%89"),
        (ATLAS, "javascript:alert(1).html", "", "javascript%3Aalert%281%29.html"),
    ],
)
def test_a_link_is_relative_and_percent_encoded(here, there, anchor, address):
    assert lead(here, there, anchor) == address


def test_a_page_shown_at_any_address_is_left_by_the_whole_address_of_the_site():
    assert lead_from_site("https://example.org/walks/", ATLAS) == "https://example.org/walks/index.html"
    assert lead_from_site("", ATLAS) == "./index.html"
