"""By what the stories of a site can be chosen."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from storymap.errors import Location
from storymap.resolving.facets import Facet, Facets, find_facets
from storymap.resolving.outline import StoryOutline


def make_stories(count: int, **fields: Any) -> list[StoryOutline]:
    told: dict[str, Any] = {field.name: () for field in structs.fields(StoryOutline)}
    own = {"lang": "en", "at": Location("stories/a.md"), "years": None}
    return [StoryOutline(**told | own | fields) for _ in range(count)]


def test_among_few_stories_and_of_what_all_have_alike_nothing_is_chosen() -> None:
    assert find_facets(make_stories(6, tags=("salt",)) + make_stories(0)) == Facets()
    assert not find_facets(make_stories(7, tags=("salt",), years=(1900, 1910))).found


def test_names_of_one_address_are_one_and_counted_once_a_story() -> None:
    stories = (
        make_stories(6) + make_stories(1, tags=("Salt", "salt"), lang="cs") + make_stories(1, tags=("salt", "!!!"))
    )
    facets = find_facets(stories)
    assert facets.tags == (Facet("salt", "Salt", 2),)
    assert facets.langs == (Facet("cs", "cs", 1), Facet("en", "en", 7))


def test_periods_are_as_short_as_there_are_not_too_many_of_them() -> None:
    def find(*years: int) -> tuple[int, tuple[int, ...]]:
        facets = find_facets([story for year in years for story in make_stories(4, years=(year, year))])
        return facets.length, facets.periods

    assert find(1914, 1918) == (1, (1914, 1918))
    assert find(*range(1850, 1950, 2)) == (10, tuple(range(1850, 1950, 10)))
    assert find(*range(-50, 50, 2)) == (10, tuple(range(-50, 50, 10)))
