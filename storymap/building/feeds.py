"""The feeds of a site that knows its address: of all its stories and of those of each collection, tag and author.

Those of all stories and of collections are there by language, too. A tag or an author has one beside each of its pages,
for the readers of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from storymap.addresses import collection_folder, feed_file, name_feed, story_page, whole_address
from storymap.building.collections import ReadyCollection
from storymap.building.look import Look
from storymap.building.ready_stories import ReadyStory
from storymap.building.runner import Runner
from storymap.building.tasks import Part, Task
from storymap.errors import Report
from storymap.language.tags import name_language, primary_language
from storymap.model.story import Story
from storymap.outputs.feed import Feed, FeedEntry, write_feed
from storymap.outputs.feed_text import write_story
from storymap.pages.feed_links import FeedLink, title_feed
from storymap.pages.first_sentences import describe_by_summary
from storymap.pages.frame import Site
from storymap.resolving.collections import CollectionOutline
from storymap.resolving.editions import choose_editions
from storymap.resolving.outline import StoryOutline
from storymap.resolving.story_lists import list_stories, list_told
from storymap.settings.model import Settings

_NAMED = ("tag", "author")
"""The lists that have a feed of their own beside each of their pages."""

NEWEST = 30
"""Stories in a feed: who reads one has seen the earlier ones."""

NEWEST_OF_NAME = 10
"""Stories in the feed of a tag or an author, of which a site may have hundreds."""

EARLIEST = "1970-01-01"
"""The day of a story that no day is known of, or only one so early that readers of feeds do not know it."""


class About(NamedTuple):
    """What a feed tells of that is not the site: what it is about, its language, and its page; empty for the site."""

    description: str = ""
    lang: str = ""
    page: str = ""


def list_feeds(
    stories: Sequence[StoryOutline], settings: Settings, collections: Sequence[CollectionOutline] = ()
) -> tuple[FeedLink, ...]:
    """The feeds of a site; none where it does not know its address, or where there is nothing to tell."""
    called = {primary_language(lang): said.title for lang, said in settings.languages.items() if said.title}
    told = [story for story in stories if not story.draft]
    if not settings.url or not told:
        return ()
    feeds = list(_list_by_language(told, settings.title, called))
    for folder, editions in _group(collections).items():
        own = [story for story in told if story.id in editions[0].members]
        titles = {primary_language(one.lang): one.title for one in editions}
        feeds += _list_by_language(own, title_feed(editions[0].title, settings.title), titles, folder)
    return tuple(feeds)


def _group(collections: Sequence[CollectionOutline]) -> dict[str, list[CollectionOutline]]:
    """The editions of each collection, the original first, by its folder."""
    groups: dict[str, list[CollectionOutline]] = {}
    for collection in sorted(collections, key=lambda one: one.id):
        groups.setdefault(collection_folder(collection.id), []).append(collection)
    return groups


def _list_by_language(
    stories: Sequence[StoryOutline], title: str, called: Mapping[str, str], folder: str = ""
) -> Iterator[FeedLink]:
    """The feed of `stories`, and one of each language where they have several; none of no stories.

    `called` are the titles in some languages, `folder` is that of a collection.
    """
    languages = sorted({primary_language(story.lang) for story in stories})
    if languages:
        yield FeedLink(feed_file("", folder), title, "", folder)
    for language in languages if len(languages) > 1 else ():
        own = called.get(language) or f"{title} ({name_language(language)})"
        yield FeedLink(feed_file(language, folder), own, language, folder)


def feed_files(
    ready: Sequence[ReadyStory],
    feeds: Sequence[FeedLink],
    lang: str,
    look: Part,
    runner: Runner,
    collections: Sequence[ReadyCollection] = (),
) -> Iterator[Task]:
    """The files of `feeds`, as `list_feeds` gave them for the stories `ready`; `look` names a `Look`.

    One of stories in any language has each once: in `lang`, the language of the site, if it can.
    """
    groups = _group([collection.outline for collection in collections])
    told = _sort_newest(story for story in ready if not story.outline.draft)
    once = {told[number].outline.id for number in choose_editions([story.outline for story in told], lang)}
    for feed in feeds:
        editions = groups.get(feed.collection, [])
        group = min(editions, key=lambda one: primary_language(one.lang) != feed.language, default=None)
        own = [
            story
            for story in told
            if (primary_language(story.outline.lang) == feed.language if feed.language else story.outline.id in once)
            and (group is None or story.outline.id in group.members)
        ][:NEWEST]
        days = tuple(date_entry(story.outline) for story in own)
        about = About(group.summary, group.lang, story_page(group.id)) if group else About()
        yield runner.task(feed.path, make_feed, feed, about, look, days, *(story.whole for story in own))


def name_feed_files(
    ready: Sequence[ReadyStory], collections: Sequence[ReadyCollection], site: Site, look: Part, runner: Runner
) -> Iterator[Task]:
    """The feeds of tags and authors, each of the stories of their pages; `look` names a `Look`."""
    outlines = tuple(story.outline for story in ready)
    grouped = tuple(collection.outline for collection in collections)
    others = tuple(other.lang for other in site.others)
    key = (outlines, site.lang, others, grouped)
    lists = runner.recall("lists", key, lambda: list_stories(outlines, site.lang, others, grouped))
    for one in lists:
        own = _sort_newest(ready[number] for number in list_told(one, outlines)) if one.kind in _NAMED else []
        if own := own[:NEWEST_OF_NAME]:
            title = title_feed(one.title, (site.speak(one.lang) if one.lang else site).title)
            feed = FeedLink(name_feed(one.first), title, one.lang)
            about, days = About("", site.lang, one.first), tuple(date_entry(story.outline) for story in own)
            yield runner.task(feed.path, make_feed, feed, about, look, days, *(story.whole for story in own))


def _sort_newest(stories: Iterable[ReadyStory]) -> list[ReadyStory]:
    """`stories` as feeds have them."""
    by_id = sorted(stories, key=lambda story: story.outline.id)
    return sorted(by_id, key=lambda story: date_entry(story.outline), reverse=True)


def make_feed(
    feed: FeedLink,
    about: About,
    look: Look,
    days: tuple[str, ...],
    *stories: Story,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """A feed of `stories`, each dated by one of `days`."""
    site = look.site.speak(feed.language) if feed.language else look.site
    description, lang, page = about if about.page else About(site.description, site.lang, site.home)
    entries = (_tell(story, day, look.site.speak(story.lang)) for story, day in zip(stories, days, strict=True))
    return write_feed(
        Feed(
            url=whole_address(site.url, feed.path),
            home=whole_address(site.url, page),
            title=feed.title,
            description=description,
            lang=feed.language or lang,
            site=site.title,
            entries=tuple(entries),
        )
    )


def date_entry(story: StoryOutline) -> str:
    """The day by which a feed dates a story, which Atom asks of each: that of its last change.

    Of a story whose author does not tell it, it is the day when what it tells of was over, as far as it is known.
    """
    if story.last_change:
        return story.last_change
    when = story.when
    day = (when.last if when.end else when.first) if when else ""
    return day if EARLIEST < day < "9999" else EARLIEST  # another year than of four digits has a sign, which is less


def _tell(story: Story, day: str, site: Site) -> FeedEntry:
    """The entry of `story` in a feed of `site`, which speaks its language if it can."""
    url = site.url
    first = story.aliases[0] if story.aliases else story.id
    points = () if story.picture else tuple(place.point for place in story.places)
    return FeedEntry(
        id=whole_address(url, story_page(first)),
        url=whole_address(url, story_page(story.id)),
        title=story.title,
        lang=story.lang,
        authors=story.authors,
        published=story.published,
        updated=day,
        summary=describe_by_summary(story),
        html=write_story(story, url, site.readers),
        points=points,
    )
