"""What a page offers to choose stories by, where there is anything to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from storymap.language.dates import say_date
from storymap.language.tags import name_variety
from storymap.model.time import PartialDate
from storymap.resolving.facets import Facet, Facets
from storymap.resolving.story_lists import FEW, PAGE_STORIES


class FilterOption(Struct, frozen=True):
    """One of the things that can be chosen."""

    value: str
    """What stands in the address."""

    name: str
    """What it is called."""

    count: int | None
    """How many stories have it; None where that is not said."""


class FilterField(Struct, frozen=True):
    """A list to choose from."""

    key: str
    """What stands in the address before the value."""

    label: str
    """What is chosen."""

    nothing: str
    """What is said where nothing is chosen."""

    options: tuple[FilterOption, ...]
    """What there is."""


class Filter(Struct, frozen=True):
    """How the stories of a site can be chosen."""

    fields: tuple[FilterField, ...]
    """By what."""

    said: str
    """What is said of how many are chosen; `{count}` stands for their number."""

    index_url: str
    """The address of the script with all stories; empty where the page has them all."""

    atlas_url: str
    """The address of the first page, which shows what is chosen; empty on that itself."""

    few: int
    """So many stories are drawn at once."""

    page: int
    """So many cards are shown at once."""


def make_filter(
    facets: Facets, words: Mapping[str, str], lang: str, *, total: int, index_url: str, atlas_url: str
) -> Filter | None:
    """The filter of a page; None where there is nothing to choose from."""
    if not facets.found:
        return None
    fields = [
        FilterField("tag", words["tag"], words["all_tags"], _list_options(facets.tags)),
        FilterField("author", words["author"], words["all_authors"], _list_options(facets.authors)),
        FilterField("lang", words["language"], words["all_languages"], _list_languages(facets.langs)),
        FilterField("from", words["year_from"], words["any_time"], _list_years(facets.periods, lang)),
        FilterField(
            "to", words["year_to"], words["any_time"], _list_years(facets.periods, lang, last=facets.length - 1)
        ),
    ]
    said = words["count_chosen"].replace("{all}", str(total))
    return Filter(tuple(field for field in fields if field.options), said, index_url, atlas_url, FEW, PAGE_STORIES)


def _list_options(facets: Iterable[Facet]) -> tuple[FilterOption, ...]:
    return tuple(FilterOption(facet.value, facet.name, facet.count) for facet in facets)


def _list_languages(facets: Iterable[Facet]) -> tuple[FilterOption, ...]:
    """Languages, each by its own name for itself."""
    return tuple(FilterOption(facet.value, name_variety(facet.name), facet.count) for facet in facets)


def _list_years(periods: Iterable[int], lang: str, *, last: int = 0) -> tuple[FilterOption, ...]:
    """The first year of each period, or the one that is `last` in it."""
    return tuple(FilterOption(str(year + last), _say_year(year + last, lang), None) for year in periods)


def _say_year(year: int, lang: str) -> str:
    return say_date(PartialDate(year, 0, 0, "", "", (year, 1, 1), (year, 12, 31)), lang)
