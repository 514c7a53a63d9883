"""Check what leads from one story to another: links in prose, and addresses that a story once had."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from storymap.errors import Report
from storymap.reading.source import StorySource, WrittenStoryLink
from storymap.slugs import RESERVED_STORIES, is_slug, make_slug
from storymap.suggesting import ask_nearest

_HEADING_ID = re.compile(r'<h[3-6][^>]* id="([^"]+)"')


@dataclass(frozen=True, slots=True)
class StoryIndex:
    """Every address that a link between stories may lead to: by story id, the ids of its steps and headings."""

    steps: dict[str, frozenset[str]]

    @classmethod
    def of(cls, sources: Iterable[StorySource]) -> StoryIndex:
        """The index of all stories of a site."""
        return cls({source.id: frozenset(_list_anchors(source)) for source in sources})


def check_story_links(links: Iterable[WrittenStoryLink], index: StoryIndex, report: Report) -> None:
    """Report every link of prose to a story or a step that does not exist."""
    for link in links:
        story = make_slug(PurePosixPath(link.file).stem)
        if story not in index.steps:
            report.error(
                "unknown-story", f'no story "{link.file}"', link.at, help=_suggest(f"{story}.md", index.steps, ".md")
            )
        elif link.step and link.step not in index.steps[story]:
            report.error(
                "unknown-step",
                f'no step "{link.step}" in "{link.file}"',
                link.at,
                help=_suggest(link.step, index.steps[story], ""),
            )


def find_aliases(source: StorySource, index: StoryIndex, report: Report) -> tuple[str, ...]:
    """Earlier ids of the story; one that is no id, or that a story has now, is reported."""
    aliases = []
    for number, written in enumerate(source.front.aliases or ()):
        alias = written.removesuffix(".html")
        at = source.front.where("aliases", number)
        if not is_slug(alias):
            better = make_slug(alias)
            help = f"write {better}" if better else "use lower-case letters, digits and hyphens"
            report.error("bad-alias", f'"{written}" cannot be the address of a story', at, help=help)
        elif alias in index.steps:
            who = "this story has" if alias == source.id else "another story has"
            report.error("bad-alias", f'"{written}" is the address that {who} now', at, help="leave it out")
        elif alias in RESERVED_STORIES:
            report.error(
                "bad-alias", f'"{written}" is the address of another page of the site', at, help="leave it out"
            )
        else:
            aliases.append(alias)
    return tuple(dict.fromkeys(aliases))


def _list_anchors(source: StorySource) -> Iterator[str]:
    """The ids of a story's steps, and of those headings within its text that have one."""
    yield from (step.id for step in source.steps)
    for body in (source.opening_html, *(step.html for step in source.steps)):
        yield from map(html.unescape, _HEADING_ID.findall(body))


def _suggest(name: str, known: Iterable[str], suffix: str) -> str:
    names = sorted(f"{entry}{suffix}" for entry in known)
    all_of_them = f"known are: {', '.join(names[:12])}" if names else "there is none"
    return ask_nearest(name, names, otherwise=all_of_them, likeness=55)
