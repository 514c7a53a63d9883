"""Which lists of stories have pages, in which order, and which story leads."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from storymap.errors import Location
from storymap.reading.dates import read_date
from storymap.resolving.outline import StoryOutline
from storymap.resolving.story_lists import FEW, PAGE_STORIES, list_stories, name_page


def make_story(number: int, **fields: Any) -> StoryOutline:
    told: dict[str, Any] = {field.name: () for field in structs.fields(StoryOutline)}
    own = {
        "published": "",
        "id": f"s{number}",
        "at": Location("stories/a.md"),
        "when": None,
        "leads": False,
        "has_order": False,
    }
    return StoryOutline(**told | own | fields)


def make_many(count: int, **fields: Any) -> list[StoryOutline]:
    return [make_story(number, **fields) for number in range(count)]


def test_few_stories_stand_in_their_order_and_none_leads() -> None:
    stories = [make_story(number, when=read_date(str(1900 + number))) for number in range(FEW)]
    (everything,) = list_stories(stories)
    assert everything.stories == tuple(range(FEW))
    assert not everything.leads


@pytest.mark.parametrize(
    ("change", "leading"),
    [
        ({}, 3),  # the newest
        ({0: {"has_order": True}}, 0),
        ({1: {"published": "2024-05-01"}, 2: {"published": "2024-06-01"}}, 2),
        ({5: {"leads": True}}, 5),
        ({0: {"has_order": True}, 5: {"leads": True}}, 5),
    ],
)
def test_of_many_the_newest_leads_or_the_one_that_is_meant_to(change: dict[int, dict[str, Any]], leading: int) -> None:
    years = [1900, 1910, 1920, 1999, 1930, 1940, 1950, 1960]
    stories = [
        make_story(number, when=read_date(str(year)), **change.get(number, {})) for number, year in enumerate(years)
    ]
    everything = list_stories(stories)[0]
    assert everything.leads
    assert everything.stories == (leading, *(number for number in range(8) if number != leading))


def test_a_list_goes_on_on_further_pages_and_each_knows_the_others() -> None:
    stories = make_many(2 * PAGE_STORIES + 1, tags=("salt",))
    everything, salt = list_stories(stories)
    pages = list(everything.pages)
    assert [page.here for page, _ in pages] == ["index.html", "page/2.html", "page/3.html"]
    assert [(page.before, page.after) for page, _ in pages] == [
        ("", "page/2.html"), ("index.html", "page/3.html"), ("page/2.html", ""),
    ]  # fmt: skip
    assert [len(numbers) for _, numbers in pages] == [PAGE_STORIES, PAGE_STORIES, 1]
    assert [page.leads for page, _ in pages] == [True, False, False]
    assert [page.here for page, _ in salt.pages] == ["tags/salt.html", "tags/salt/2.html", "tags/salt/3.html"]


def test_a_site_without_stories_has_its_page() -> None:
    ((page, numbers),) = list_stories([])[0].pages
    assert (page.here, page.count, numbers) == ("index.html", 1, ())


def test_names_of_one_address_have_one_page_under_the_first_spelling() -> None:
    stories = [
        make_story(0, tags=("Railways", "القاهرة"), authors=("Ana Quispe",)),
        make_story(1, tags=("railways", "railways", "!!!")),
    ]
    lists = list_stories(stories)[1:]
    assert [(one.kind, one.title, one.first, one.stories) for one in lists] == [
        ("tag", "Railways", "tags/railways.html", (0, 1)),
        ("tag", "القاهرة", "tags/القاهرة.html", (0,)),
        ("author", "Ana Quispe", "authors/ana-quispe.html", (0,)),
    ]
    assert name_page("!!!", "tag") == ""
