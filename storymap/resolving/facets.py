"""By what the stories of a site can be chosen: the tags, authors, languages and times that there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from storymap.resolving.collections import Listed
from storymap.resolving.editions import Edition
from storymap.resolving.story_lists import FEW
from storymap.text.ordering import order_naturally
from storymap.text.slugs import make_slug

MOST_PERIODS = 32
"""Most beginnings of a span of time between which a reader chooses."""

_LENGTHS = (1, 10, 100, 1000)
"""Years of a period: the shortest of which there are not too many is taken."""


class Facet(Struct, frozen=True):
    """What stories can have in common: `value` is how an address writes it, `count` how many have it."""

    value: str
    name: str
    count: int


class Facets(Struct, frozen=True):
    """All of them: empty where there is nothing to choose from.

    `periods` are the first years of the periods of time in which stories happen, astronomical, each of `length` years.
    """

    tags: tuple[Facet, ...] = ()
    authors: tuple[Facet, ...] = ()
    langs: tuple[Facet, ...] = ()
    periods: tuple[int, ...] = ()
    length: int = 1

    def without(self, name: str) -> Facets:
        """All but the tag or the author that all stories of a list have, because it is theirs."""
        value = make_slug(name)
        tags, authors = ([one for one in facets if one.value != value] for facets in (self.tags, self.authors))
        return replace(self, tags=tuple(tags), authors=tuple(authors)) if value else self

    @property
    def found(self) -> bool:
        """Whether there is anything to choose from."""
        return bool(self.tags or self.authors or self.langs or self.periods)


def find_facets(stories: Sequence[Listed], editions: Mapping[str, Sequence[Edition]] | None = None) -> Facets:
    """What readers of `stories` can choose by: nothing among few, and nothing that all of them have alike.

    `editions` are those of the stories that are there in several languages, by their ids.
    """
    spoken = [[edition.lang for edition in (editions or {}).get(story.id, ())] or [story.lang] for story in stories]
    if len(stories) <= FEW:
        return Facets()
    spans = [story.years for story in stories if story.years]
    length, periods = _find_periods(spans)
    return Facets(
        tags=_count_names((story.tags for story in stories), len(stories)),
        authors=_count_names((story.authors for story in stories), len(stories)),
        langs=_count([[(lang, lang) for lang in langs] for langs in spoken], len(stories)),
        periods=periods if len(periods) > 1 and len({*spans}) > 1 else (),
        length=length,
    )


def _count_names(names: Iterable[Sequence[str]], total: int) -> tuple[Facet, ...]:
    return _count([[(make_slug(name), name) for name in own] for own in names], total)


def _count(found: Sequence[Sequence[tuple[str, str]]], total: int) -> tuple[Facet, ...]:
    """The facets among pairs of value and name, those of each story; none where all stories have the only one."""
    counts = Counter(value for own in found for value in dict(own))
    names: dict[str, str] = {}
    for own in found:
        for value, name in own:
            names.setdefault(value, name)
    facets = [Facet(value, names[value], count) for value, count in counts.items() if value]
    if len(facets) == 1 and facets[0].count == total:
        return ()
    return tuple(sorted(facets, key=lambda facet: order_naturally(facet.name)))


def _find_periods(spans: Sequence[tuple[int, int]]) -> tuple[int, tuple[int, ...]]:
    """The years of a period, and the first year of each in which a story begins or ends."""
    years = {year for span in spans for year in span}
    for length in _LENGTHS:
        periods = sorted({year // length * length for year in years})
        if len(periods) <= MOST_PERIODS:
            return length, tuple(periods)
    return _LENGTHS[-1], tuple(periods[:MOST_PERIODS])
