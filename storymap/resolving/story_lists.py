"""The lists of stories that have pages: all of a site, and those of each collection, each tag and each author.

On the list of all, a collection stands for its stories. A list with more stories than a page holds goes on on further
pages. Of many stories one leads: it stands first and large.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from storymap.addresses import ATLAS, atlas_page, author_page, further_page, story_page, tag_page
from storymap.resolving.collections import CollectionOutline, Listed, choose_collection
from storymap.resolving.editions import choose_editions
from storymap.resolving.outline import StoryOutline
from storymap.text.slugs import make_slug

ListKind = Literal["all", "collection", "tag", "author"]

FEW = 6
"""So many stories can be shown at once: all lines on one map, all cards alike. Among more nobody finds a way."""

PAGE_STORIES = 30
"""Most stories of a page."""


class ListPage(Struct, frozen=True):
    """One page of a list: page `number` of `count`, from 1; `first` is the address of the first.

    `title` is that of the collection, the tag or the author, empty for the list of all; `total` counts the stories of
    the whole list. The first story of the page leads it where `leads`. `lang` is the language of its readers; empty
    for that of the site. `feed` is the address of a feed of the list's own; empty for none.
    """

    kind: ListKind
    title: str
    first: str
    number: int
    count: int
    total: int
    leads: bool
    lang: str = ""
    feed: str = ""

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


class StoryList(Struct, frozen=True):
    """A list: `stories` are numbers of the stories of the site, in the order in which they are shown.

    Behind those of all stories come the numbers of the collections. `collection` is the number, among those, of the one
    whose list it is, and `order` has its stories in the order of reading; -1 and empty for every other list.
    """

    kind: ListKind
    title: str
    first: str
    stories: tuple[int, ...]
    leads: bool
    lang: str = ""
    collection: int = -1
    order: tuple[int, ...] = ()

    @property
    def pages(self) -> Iterator[tuple[ListPage, tuple[int, ...]]]:
        """Each page with its stories; a list of none has one page."""
        total = len(self.stories)
        count = max(1, -(-total // PAGE_STORIES))
        for number in range(1, count + 1):
            leads = self.leads and number == 1
            page = ListPage(self.kind, self.title, self.first, number, count, total, leads, self.lang)
            yield page, self.stories[(number - 1) * PAGE_STORIES : number * PAGE_STORIES]


def list_stories(
    stories: Sequence[StoryOutline],
    lang: str = "",
    others: Sequence[str] = (),
    collections: Sequence[CollectionOutline] = (),
) -> tuple[StoryList, ...]:
    """Every list of the site whose stories are `stories`, that of all first.

    A story that is there in several languages is listed once: in `lang`, that of the site, or else as its original.
    `others` are the languages whose readers have lists of their own: of all stories, and of the tags and authors that
    these name. On the list of all, each of `collections` stands where the first of its stories would.
    """
    entries: tuple[Listed, ...] = (*stories, *collections)

    def list_all(first: str, language: str) -> StoryList:
        standing = {}
        for story, collection in choose_collection(collections, language).items():
            standing[story] = len(stories) + collections.index(collection)
        chosen = choose_editions(stories, language)
        told = dict.fromkeys(standing.get(stories[number].id, number) for number in chosen)
        return _make_list("all", "", first, entries, tuple(told))

    lists = [list_all(ATLAS, lang)]
    lists += [replace(list_all(atlas_page(other.lower()), other), lang=other) for other in others]
    numbers = {story.id: number for number, story in enumerate(stories)}
    for number, collection in enumerate(collections):
        own = tuple(numbers[story] for story in collection.stories)
        told = next((at for at, story in enumerate(own) if stories[story].leads), None)
        listed = _lead_list("collection", collection.title, story_page(collection.id), own, told)
        lists.append(replace(listed, lang=collection.lang, collection=number, order=own))
    for language in (lang, *others):
        lists += _list_names(stories, entries, language, "" if language == lang else language.lower())
    return tuple(lists)


def list_told(one: StoryList, stories: Sequence[Listed]) -> tuple[int, ...]:
    """The numbers of those `stories` of a list that are no drafts: of these a feed tells."""
    return tuple(number for number in one.stories if not stories[number].draft)


def _list_names(
    stories: Sequence[StoryOutline], entries: Sequence[Listed], lang: str, readers: str
) -> Iterator[StoryList]:
    """The lists of the tags and the authors that stories have for readers of `lang`; `readers` as in `for_readers`."""
    chosen = choose_editions(stories, lang)
    kinds: tuple[Literal["tag", "author"], ...] = ("tag", "author")
    for kind in kinds:
        of = {number: stories[number].tags if kind == "tag" else stories[number].authors for number in chosen}
        for name, numbers in _group_by_name(of):
            made = _make_list(kind, name, name_page(name, kind, readers), entries, numbers)
            yield replace(made, lang=lang) if readers else made


@lru_cache(maxsize=4096)
def name_page(name: str, kind: Literal["tag", "author"], readers: str = "") -> str:
    """The page of a tag or an author; empty for a name without letters and digits, which has none.

    `readers` are as in `storymap.addresses.for_readers`.
    """
    slug = make_slug(name)
    if not slug:
        return ""
    return tag_page(slug, readers) if kind == "tag" else author_page(slug, readers)


def _group_by_name(names: Mapping[int, Sequence[str]]) -> list[tuple[str, list[int]]]:
    """Each name as it is written first, ordered by address, and the numbers of the stories that have it."""
    found: dict[str, tuple[str, list[int]]] = {}
    for number, own in names.items():
        for name in own:
            slug = make_slug(name)
            numbers = found.setdefault(slug, (name, []))[1]
            if not numbers or numbers[-1] != number:
                numbers.append(number)
    return [found[slug] for slug in sorted(found) if slug]


def _make_list(kind: ListKind, title: str, first: str, entries: Sequence[Listed], numbers: Sequence[int]) -> StoryList:
    return _lead_list(kind, title, first, numbers, _find_lead([entries[number] for number in numbers]))


def _lead_list(kind: ListKind, title: str, first: str, numbers: Sequence[int], lead: int | None) -> StoryList:
    """The list of `numbers` in which the one at `lead` stands first."""
    if lead is None:
        return StoryList(kind, title, first, tuple(numbers), leads=False)
    others = (number for at, number in enumerate(numbers) if at != lead)
    return StoryList(kind, title, first, (numbers[lead], *others), leads=True)


def _find_lead(stories: Sequence[Listed]) -> int | None:
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
