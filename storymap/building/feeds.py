"""The feeds of a site that knows its address: one of all its stories, and one for each of several languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storymap.addresses import feed_file, story_page, whole_address
from storymap.building.content import ReadyStory
from storymap.building.look import Look
from storymap.building.runner import Runner
from storymap.building.tasks import Part, Task
from storymap.errors import Report
from storymap.language.tags import name_language, primary_language
from storymap.model.story import Story
from storymap.outputs.feed import Feed, FeedEntry, write_feed
from storymap.outputs.feed_text import write_story
from storymap.pages.feed_links import FeedLink
from storymap.pages.first_sentences import describe_by_summary
from storymap.resolving.editions import choose_editions
from storymap.resolving.outline import StoryOutline
from storymap.settings.model import Settings

NEWEST = 30
"""Stories in a feed: who reads one has seen the earlier ones."""

EARLIEST = "1970-01-01"
"""The day of a story that no day is known of, or only one so early that readers of feeds do not know it."""


def list_feeds(stories: Sequence[StoryOutline], settings: Settings) -> tuple[FeedLink, ...]:
    """The feeds of a site; none where it does not know its address, or where there is nothing to tell."""
    title, url = settings.title, settings.url
    called = {primary_language(lang): said.title for lang, said in settings.languages.items() if said.title}
    languages = {primary_language(story.lang): story.lang for story in reversed(stories) if not story.draft}
    if not url or not languages:
        return ()
    own = sorted(languages) if len(languages) > 1 else []
    return (
        FeedLink(feed_file(), title, ""),
        *(
            FeedLink(feed_file(language), called.get(language) or f"{title} ({name_language(language)})", language)
            for language in own
        ),
    )


def feed_files(
    ready: Sequence[ReadyStory], feeds: Sequence[FeedLink], lang: str, look: Part, runner: Runner
) -> Iterator[Task]:
    """The files of `feeds`, as `list_feeds` gave them for the stories `ready`; `look` names a `Look`.

    That of all stories has each once: in `lang`, the language of the site, if it can.
    """
    told = [story for story in ready if not story.outline.draft]
    told.sort(key=lambda story: story.outline.id)
    told.sort(key=lambda story: date_entry(story.outline), reverse=True)
    once = {told[number].outline.id for number in choose_editions([story.outline for story in told], lang)}
    for feed in feeds:
        own = [
            story
            for story in told
            if (primary_language(story.outline.lang) == feed.language if feed.language else story.outline.id in once)
        ][:NEWEST]
        days = tuple(date_entry(story.outline) for story in own)
        yield runner.task(feed.path, make_feed, feed, look, days, *(story.whole for story in own))


def make_feed(
    feed: FeedLink,
    look: Look,
    days: tuple[str, ...],
    *stories: Story,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """A feed of `stories`, each dated by one of `days`."""
    site = look.site.speak(feed.language) if feed.language else look.site
    entries = (_tell(story, day, site.url) for story, day in zip(stories, days, strict=True))
    return write_feed(
        Feed(
            url=whole_address(site.url, feed.path),
            home=whole_address(site.url, site.home),
            title=feed.title,
            description=site.description,
            lang=feed.language or site.lang,
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


def _tell(story: Story, day: str, url: str) -> FeedEntry:
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
        html=write_story(story, url),
        points=points,
    )
