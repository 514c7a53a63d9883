"""The lists of stories that have pages: all of a site, and those of each tag and of each author.

A list with more stories than a page holds goes on on further pages. Of many stories one leads: it stands first and
large.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from storymap.addresses import ATLAS, atlas_page, author_page, further_page, tag_page
from storymap.resolving.editions import choose_editions
from storymap.resolving.outline import StoryOutline
from storymap.text.slugs import make_slug

ListKind = Literal["all", "tag", "author"]

FEW = 6
"""So many stories can be shown at once: all lines on one map, all cards alike. Among more nobody finds a way."""

PAGE_STORIES = 30
"""Most stories of a page."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list: page `number` of `count`, from 1; `first` is the address of the first.

    `title` is the tag or the author, empty for the list of all; `total` counts the stories of the whole list. The first
    story of the page leads it where `leads`. `lang` is the language of its readers; empty for that of the site.
    """

    kind: ListKind
    title: str
    first: str
    number: int
    count: int
    total: int
    leads: bool
    lang: str = ""

    @property
    def here(self) -> str:
        """Its own address."""
        return further_page(self.first, self.number)

    @property
    def before(self) -> str:
        """The address of the page before it; empty for the first."""
        return further_page(self.first, self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The address of the page after it; empty for the last."""
        return further_page(self.first, self.number + 1) if self.number < self.count else ""


@dataclass(frozen=True, slots=True)
class StoryList:
    """A list: `stories` are numbers of the stories of the site, in the order in which they are shown."""

    kind: ListKind
    title: str
    first: str
    stories: tuple[int, ...]
    leads: bool
    lang: str = ""

    @property
    def pages(self) -> Iterator[tuple[ListPage, tuple[int, ...]]]:
        """Each page with its stories; a list of none has one page."""
        total = len(self.stories)
        count = max(1, -(-total // PAGE_STORIES))
        for number in range(1, count + 1):
            leads = self.leads and number == 1
            page = ListPage(self.kind, self.title, self.first, number, count, total, leads, self.lang)
            yield page, self.stories[(number - 1) * PAGE_STORIES : number * PAGE_STORIES]


def list_stories(stories: Sequence[StoryOutline], lang: str = "", others: Sequence[str] = ()) -> tuple[StoryList, ...]:
    """Every list of the site whose stories are `stories`, that of all first.

    A story that is there in several languages is listed once: in `lang`, that of the site, or else as its original.
    `others` are the languages whose readers have a list of all stories of their own.
    """
    lists = [_make_list("all", "", ATLAS, stories, choose_editions(stories, lang))]
    for other in others:
        told = _make_list("all", "", atlas_page(other.lower()), stories, choose_editions(stories, other))
        lists.append(replace(told, lang=other))
    tags = _group_by_name([story.tags for story in stories])
    authors = _group_by_name([story.authors for story in stories])

    def choose(numbers: Sequence[int]) -> tuple[int, ...]:
        return choose_editions(stories, lang, among=numbers)

    lists += [_make_list("tag", name, tag_page(slug), stories, choose(own)) for slug, (name, own) in tags.items()]
    lists += [
        _make_list("author", name, author_page(slug), stories, choose(own)) for slug, (name, own) in authors.items()
    ]
    return tuple(lists)


@lru_cache(maxsize=4096)
def name_page(name: str, kind: Literal["tag", "author"]) -> str:
    """The page of a tag or an author; empty for a name without letters and digits, which has none."""
    slug = make_slug(name)
    if not slug:
        return ""
    return tag_page(slug) if kind == "tag" else author_page(slug)


def _group_by_name(names: Sequence[Sequence[str]]) -> dict[str, tuple[str, list[int]]]:
    """By address, ordered, each name as it is written first and the numbers of the stories that have it."""
    found: dict[str, tuple[str, list[int]]] = {}
    for number, own in enumerate(names):
        for name in own:
            slug = make_slug(name)
            numbers = found.setdefault(slug, (name, []))[1]
            if not numbers or numbers[-1] != number:
                numbers.append(number)
    return {slug: found[slug] for slug in sorted(found) if slug}


def _make_list(
    kind: ListKind, title: str, first: str, stories: Sequence[StoryOutline], numbers: Sequence[int]
) -> StoryList:
    lead = _find_lead([stories[number] for number in numbers])
    if lead is None:
        return StoryList(kind, title, first, tuple(numbers), leads=False)
    others = (number for at, number in enumerate(numbers) if at != lead)
    return StoryList(kind, title, first, (numbers[lead], *others), leads=True)


def _find_lead(stories: Sequence[StoryOutline]) -> int | None:
    """Which story leads: the one that says so; of many the first of an order that is written, or else the newest."""
    told = next((at for at, story in enumerate(stories) if story.leads), None)
    if told is not None or len(stories) <= FEW:
        return told
    if stories[0].has_order:
        return 0
    if published := [(story.published, -at) for at, story in enumerate(stories) if story.published]:
        return -max(published)[1]
    dated = [(story.when, -at) for at, story in enumerate(stories) if story.when]
    return -max(dated)[1] if dated else 0
