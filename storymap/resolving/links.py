"""Find what leads from one story to another: links in prose, and addresses that a story once had."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from storymap.errors import Location, Report
from storymap.reading.outline import SourceOutline
from storymap.reading.source import StorySource
from storymap.reading.written import WrittenStoryLink
from storymap.text.relative_paths import resolve_path, write_path
from storymap.text.slugs import RESERVED_STORIES, is_device, is_slug, make_slug
from storymap.text.suggesting import ask_nearest


@dataclass(frozen=True, slots=True)
class LinkedStep:
    """Where a link to a story leads: the story's id, and that of a step or heading in it, which may be empty."""

    story: str
    step: str


@dataclass(frozen=True, slots=True)
class StoryIndex:
    """Every address that a link between stories may lead to: by story id, the ids of its steps and headings.

    `drafts` are the ids of stories that are left out of the site. `files` has the id of each of both, by the path of
    its file without the ending, as `name_file` gives it.
    """

    steps: dict[str, frozenset[str]]
    drafts: frozenset[str]
    files: dict[str, str]

    @classmethod
    def of(cls, stories: Iterable[SourceOutline], drafts: Iterable[SourceOutline] = ()) -> StoryIndex:
        """The index of the stories of a site, and of those that are left out of it."""
        stories, drafts = tuple(stories), tuple(drafts)
        steps = {story.id: frozenset(story.anchors) for story in stories}
        files = {name_file(story.name): story.id for story in (*drafts, *stories)}
        return cls(steps, frozenset(story.id for story in drafts), files)

    def find(self, link: WrittenStoryLink, beside: str) -> str:
        """The id of the story that a link in the file `beside` means; empty where there is none."""
        return next((self.files[file] for file in _list_files(link, beside) if file in self.files), "")


def name_file(path: str) -> str:
    """The path of a story's file, of the project, as links may write it: in any letters that make the same address."""
    folder, name = posixpath.split(path)
    return f"{folder}/{make_slug(PurePosixPath(name).stem)}"


def find_story_links(source: StorySource, index: StoryIndex, report: Report) -> dict[str, LinkedStep]:
    """Where each link of prose to a story leads, by its target as written.

    A link to a story or a step that does not exist is reported and left out.
    """
    found: dict[str, LinkedStep] = {}
    for link in source.story_links:
        story = index.find(link, source.name)
        if story in index.drafts:
            report.error(*_tell_draft(link))
        elif not story:
            help = _suggest_story(link, source.name, index)
            report.error("unknown-story", f'no story "{link.file}"', link.at, help)
        elif link.step and link.step not in index.steps[story]:
            help = _suggest(link.step, index.steps[story], "")
            report.error("unknown-step", f'no step "{link.step}" in "{link.file}"', link.at, help)
        else:
            found[link.target] = LinkedStep(story, link.step)
    return found


def check_draft_links(sources: Iterable[StorySource], report: Report) -> None:
    """Report every link to a draft from a story that is none, as `find_story_links` does where drafts are left out."""
    sources = tuple(sources)
    drafts = {name_file(source.name) for source in sources if source.front.draft}
    for source in sources:
        for link in source.story_links if not source.front.draft else ():
            if any(file in drafts for file in _list_files(link, source.name)):
                report.error(*_tell_draft(link))


def _list_files(link: WrittenStoryLink, beside: str) -> Iterator[str]:
    """The files that a link may mean: its name with percent-escapes resolved, or else as it stands."""
    for file in (link.file, link.target.partition("#")[0].partition("?")[0]):
        if path := resolve_path(file, beside):
            yield name_file(path)


def _tell_draft(link: WrittenStoryLink) -> tuple[str, str, Location, str]:
    return (
        "link-to-draft",
        f'"{link.file}" is a draft, so the site has no page of it',
        link.at,
        "finish that story and take draft: true out of it, or leave the link out; build --drafts builds both",
    )


def find_aliases(source: StorySource, index: StoryIndex, report: Report) -> tuple[str, ...]:
    """Earlier ids of the story; one that is no id, or that a story has now, is reported."""
    aliases = []
    for number, written in enumerate(source.front.aliases or ()):
        alias = written.removesuffix(".html")
        at = source.front.where("aliases", number)
        if is_device(alias):
            report.error("bad-alias", f'"{written}" is a name that Windows keeps for itself', at, help="leave it out")
        elif not is_slug(alias):
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


def _suggest_story(link: WrittenStoryLink, beside: str, index: StoryIndex) -> str:
    """The file that may be meant: one of that name in another folder, or else the likeliest."""
    meant = make_slug(PurePosixPath(link.file).stem)
    ways = {file: write_path(file, beside) for file, story in index.files.items() if story in index.steps}
    if elsewhere := next((way for file, way in ways.items() if posixpath.basename(file) == meant), ""):
        return f'did you mean "{elsewhere}.md"?'
    folder = posixpath.dirname(link.file)
    return _suggest(f"{folder}/{meant}.md" if folder else f"{meant}.md", ways.values(), ".md")


def _suggest(name: str, known: Iterable[str], suffix: str) -> str:
    names = sorted(f"{entry}{suffix}" for entry in known)
    all_of_them = f"known are: {', '.join(names[:12])}" if names else "there is none"
    return ask_nearest(name, names, otherwise=all_of_them, likeness=55)
