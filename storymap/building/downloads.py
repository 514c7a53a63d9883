"""The files that a story's page offers: its places and tracks in the formats of others."""

from __future__ import annotations

from collections.abc import Iterator

from storymap.addresses import download_file, lead, story_page
from storymap.building.ready_stories import ReadyStory
from storymap.building.runner import Runner
from storymap.building.tasks import Task, join
from storymap.errors import Report
from storymap.exchange.formats import PLACE_FORMATS
from storymap.model.story import Story
from storymap.pages.story import Download


def download_files(own: ReadyStory, url: str, runner: Runner) -> Iterator[Task]:
    """The files of a story that offers any; `url` is where the site will stand, or empty."""
    if own.outline.downloads:
        files = tuple(download_file(own.outline.id, form.ending) for form in PLACE_FORMATS.values())
        yield runner.task(files[0], make_downloads, own.whole, url, files=files)


def list_downloads(story: Story) -> tuple[Download, ...]:
    """What the page of `story` offers."""
    here = story_page(story.id)
    return tuple(
        Download(form.title, lead(here, download_file(story.id, form.ending)))
        for form in PLACE_FORMATS.values()
        if story.downloads
    )


def make_downloads(story: Story, url: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The places and tracks of a story in each format. At what time somebody was where is not published."""
    from storymap.exchange.records import record_story

    stories = (record_story(story, url=url).without_times(),)
    return join(form.write(stories, url) for form in PLACE_FORMATS.values())
