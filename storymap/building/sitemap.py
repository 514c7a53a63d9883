"""What leads search engines through a site that knows its address: `sitemap.xml` and `robots.txt`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from functools import partial

from storymap.addresses import NOT_FOUND, ROBOTS, SITEMAP, for_readers, sitemap_part, split_home, story_page
from storymap.building import places, stories
from storymap.building.runner import Runner
from storymap.building.tasks import Task
from storymap.errors import Report
from storymap.outputs.sitemap import MOST_PAGES, ListedPage, write_index, write_robots, write_sitemap
from storymap.resolving.collections import Listed
from storymap.resolving.editions import group_editions

_MOVED = (places.make_moved, stories.make_moved, stories.make_moved_front)
"""What makes pages at earlier addresses."""


def sitemap_files(
    tasks: Iterable[Task],
    outlines: Sequence[Listed],
    homes: Sequence[tuple[str, str]],
    url: str,
    runner: Runner,
    *,
    robots: bool,
) -> Iterator[Task]:
    """The files that name the pages of the site at `url`, all of which `tasks` make; none where that is empty.

    `homes` are the languages in which it has a first page and their paths, its own first. `robots` says whether
    `robots.txt` is among the files.
    """
    if url:
        pages = list_pages(tasks, outlines, homes)
        parts = [pages[begin : begin + MOST_PAGES] for begin in range(0, len(pages), MOST_PAGES)]
        files = tuple(map(sitemap_part, range(1, len(parts) + 1)))
        if len(parts) < 2:
            yield runner.task(SITEMAP, make_sitemap, pages, url)
        else:
            yield runner.task(SITEMAP, make_index, files, url)
            for file, part in zip(files, parts, strict=True):
                yield runner.task(file, make_sitemap, part, url)
    if url and robots:
        yield runner.task(ROBOTS, make_robots, url)


def list_pages(
    tasks: Iterable[Task], outlines: Sequence[Listed], homes: Sequence[tuple[str, str]] = ()
) -> tuple[ListedPage, ...]:
    """The pages that readers may come to: not drafts, earlier addresses, and the page for those that do not exist."""
    told = {story_page(one.id): one for one in outlines}
    hidden = {NOT_FOUND, *(path for path, story in told.items() if story.draft)}
    editions: dict[str, tuple[tuple[str, str], ...]] = {path: tuple(homes) for _, path in homes if len(homes) > 1}
    for story, group in group_editions(story for story in outlines if not story.draft).items():
        editions[story_page(story)] = tuple((edition.lang, story_page(edition.id)) for edition in group)
    paths = [path for task in tasks if task.make not in _MOVED for path in task.paths]
    editions |= _find_languages({*paths} - hidden - told.keys(), homes)
    return tuple(
        ListedPage(path, told[path].last_change if path in told else "", editions.get(path, ()))
        for path in sorted(paths, key=partial(_rank, told))
        if path.endswith(".html") and path not in hidden
    )


def _find_languages(
    paths: AbstractSet[str], homes: Sequence[tuple[str, str]]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """By path, the languages and paths of pages that readers of several languages have, but for those of stories."""
    folders = tuple((lang, split_home(home)) for lang, home in homes)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for path in paths:
        own = next((readers for _, readers in folders if readers and path.startswith(f"{readers}/")), "")
        page = path.removeprefix(f"{own}/") if own else path
        there = tuple((lang, way) for lang, readers in folders if (way := for_readers(readers, page)) in paths)
        if len(there) > 1:
            found[path] = there
    return found


def make_sitemap(pages: tuple[ListedPage, ...], url: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """`sitemap.xml`, or one of several that name `pages`."""
    return write_sitemap(pages, url)


def make_index(files: tuple[str, ...], url: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """`sitemap.xml` of a site with more pages than one of `files` may name."""
    return write_index(files, url)


def make_robots(url: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """`robots.txt`."""
    return write_robots(url)


def _rank(stories: Mapping[str, Listed], path: str) -> tuple[bool, bool, str]:
    """The first page, the stories, all else."""
    return path != "index.html", path not in stories, path
