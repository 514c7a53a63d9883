"""Find what leads from one story to another: links in prose, and addresses that a story once had."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from msgspec import Struct

from storymap.addresses import edition_id, split_edition
from storymap.errors import Location, Report
from storymap.language.tags import primary_language, split_language
from storymap.reading.collection import CollectionSource
from storymap.reading.outline import SourceOutline, outline_source
from storymap.reading.source import StorySource
from storymap.reading.story_files import find_folder, is_collection_file
from storymap.reading.titles import find_story_id
from storymap.reading.written import WrittenStoryLink
from storymap.text.relative_paths import resolve_path, write_path
from storymap.text.slugs import RESERVED_STORIES, is_device, is_slug, make_slug
from storymap.text.suggesting import ask_nearest


class LinkedStep(Struct, frozen=True):
    """Where a link to a story leads: the story's id, and that of a step or heading in it, which may be empty.

    `lang` is the language of that story where it is another than that of the text with the link.
    """

    story: str
    step: str
    lang: str = ""


class StoryIndex(Struct, frozen=True):
    """Every address that a link between stories may lead to: by story id, the ids of its steps and headings.

    `drafts` are the ids of stories that are left out of the site, `langs` the languages of all that are not. `files`
    has the id of each, of the drafts too, by the path of its file without the ending, as `name_file` gives it.
    """

    steps: dict[str, frozenset[str]]
    drafts: frozenset[str]
    files: dict[str, str]
    langs: dict[str, str]

    @classmethod
    def of(
        cls,
        stories: Iterable[SourceOutline],
        drafts: Iterable[SourceOutline] = (),
        collections: Iterable[tuple[str, str, str]] = (),
        *,
        left_out: Iterable[tuple[str, str, str]] = (),
        lang: str = "",
    ) -> StoryIndex:
        """The index of the stories of a site, and of those that are left out of it; `lang` is the site's language.

        `collections` are the id of each collection, its file, and the language that it says or empty; those `left_out`
        are drafts.
        """
        stories, drafts = tuple(stories), tuple(drafts)
        collections, left_out = tuple(collections), tuple(left_out)
        steps = {story.id: frozenset(story.anchors) for story in stories}
        steps |= {page: frozenset() for page, *_ in collections}
        files = {name_file(story.name): story.id for story in (*drafts, *stories)}
        files |= {name_file(name): page for page, name, _ in (*left_out, *collections)}
        langs = {story.id: story.lang or lang for story in stories}
        langs |= {page: own or lang for page, _, own in collections}
        hidden = frozenset((*(story.id for story in drafts), *(page for page, *_ in left_out)))
        return cls(steps, hidden, files, langs)

    def find(self, link: WrittenStoryLink, beside: str) -> str:
        """The id of the story that a link in the file `beside` means; empty where there is none."""
        return next((self.files[file] for file in _list_files(link, beside) if file in self.files), "")

    def list_editions(self, story: str) -> tuple[str, ...]:
        """The ids of a story's original and of its editions, as far as the site has them."""
        return tuple(one for one in self.steps if split_edition(one)[0] == story)


def name_file(path: str) -> str:
    """The path of a story's file, of the project, as links may write it: in any letters that make the same address."""
    folder, name = posixpath.split(path)
    if is_collection_file(name):
        return f"{folder}/{'.'.join(filter(None, split_language(name.removesuffix('.md'))))}"
    return f"{folder}/{find_story_id(path)}"


def find_story_links(
    source: StorySource | CollectionSource, index: StoryIndex, report: Report
) -> dict[str, LinkedStep]:
    """Where each link of prose to a story leads, by its target as written.

    A link to a story leads to its edition in the language of `source`, where there is one that has the step; one to
    the file of an edition leads there, and so does one to the original of the edition that it stands in. A link to a
    story or a step that does not exist is reported and left out.
    """
    found: dict[str, LinkedStep] = {}
    for link in source.story_links:
        story = index.find(link, source.name)
        chosen = _choose_edition(source, story, link.step, index) if story else ""
        if not story:
            help = _suggest_story(link, source.name, index)
            report.error("unknown-story", f'no story "{link.file}"', link.at, help)
        elif not chosen:
            report.error(*_tell_draft(link))
        elif link.step and link.step not in index.steps[chosen]:
            help = _suggest(link.step, index.steps[chosen], "")
            report.error("unknown-step", f'no step "{link.step}" in "{link.file}"', link.at, help)
        else:
            lang = index.langs.get(chosen, "")
            own = index.langs.get(source.id, "")
            found[link.target] = LinkedStep(chosen, link.step, lang if lang != own else "")
    return found


def _choose_edition(source: StorySource | CollectionSource, story: str, step: str, index: StoryIndex) -> str:
    """The edition to which a link to `story` leads from `source`; empty where that is left out of the site."""
    named, tag = split_edition(story)
    if not tag and named != split_edition(source.id)[0]:
        own = index.langs.get(source.id, "")
        suited = [one for one in index.list_editions(story) if _suits(index.langs[one], own)]
        suited.sort(key=lambda one: (index.langs[one] != own, one != story, one))
        for one in suited:
            if not step or step in index.steps[one]:
                return one
    return story if story in index.steps else ""


def _suits(lang: str, own: str) -> bool:
    return primary_language(lang) == primary_language(own)


def check_draft_links(
    sources: Iterable[StorySource], collections: Iterable[CollectionSource], lang: str, report: Report
) -> None:
    """Report every link to a draft from a story that is none, as `find_story_links` does where drafts are left out.

    The stories of a draft among the `collections` are drafts, too. `lang` is the site's language.
    """
    sources, collections = tuple(sources), tuple(collections)
    folders = {find_folder(one.name) for one in collections if one.front.draft and not split_edition(one.id)[1]}
    hidden = {source.name for source in sources if source.front.draft or find_folder(source.name) in folders}
    if not (hidden or folders):
        return
    shown, drafts = (
        [outline_source(source) for source in sources if (source.name in hidden) is kept] for kept in (False, True)
    )
    left_out = [(one.id, one.name, one.lang) for one in collections if find_folder(one.name) in folders]
    index = StoryIndex.of(shown, drafts, left_out=left_out, lang=lang)
    pages = [one for one in collections if find_folder(one.name) not in folders]
    texts: tuple[StorySource | CollectionSource, ...] = (*sources, *pages)
    for source in texts:
        if source.name not in hidden:
            told = Report()
            find_story_links(source, index, told)
            for problem in told.problems:
                if problem.code == "link-to-draft":
                    report.add(problem)


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


def find_alias(written: str, story: str) -> str:
    """The id that the earlier address `written` of the story `story` had.

    It stood beside the present page; one that begins with a slash, at the top of the site.
    """
    name, language = written.removesuffix(".html"), split_edition(story)[1]
    if name.startswith("/"):
        return name.removeprefix("/")
    return edition_id(name, language) if language else name


def find_aliases(source: StorySource, index: StoryIndex, report: Report) -> tuple[str, ...]:
    """Earlier ids of the story; one that is no id, or that a story has now, is reported."""
    aliases = []
    for number, written in enumerate(source.front.aliases or ()):
        alias, at = written.removesuffix(".html").removeprefix("/"), source.front.where("aliases", number)
        former = find_alias(written, source.id)
        if is_device(alias):
            report.error("bad-alias", f'"{written}" is a name that Windows keeps for itself', at, help="leave it out")
        elif not is_slug(alias):
            better = make_slug(alias)
            help = f"write {better}" if better else "use lower-case letters, digits and hyphens"
            report.error("bad-alias", f'"{written}" cannot be the address of a story', at, help=help)
        elif former in index.steps:
            who = "this story has" if former == source.id else "another story has"
            report.error("bad-alias", f'"{written}" is the address that {who} now', at, help="leave it out")
        elif alias in RESERVED_STORIES:
            report.error(
                "bad-alias", f'"{written}" is the address of another page of the site', at, help="leave it out"
            )
        else:
            aliases.append(former)
    return tuple(dict.fromkeys(aliases))


def _suggest_story(link: WrittenStoryLink, beside: str, index: StoryIndex) -> str:
    """The file that may be meant: one of that name in another folder, or else the likeliest."""
    meant = find_story_id(link.file)
    ways = {file: write_path(file, beside) for file, story in index.files.items() if story in index.steps}
    if elsewhere := next((way for file, way in ways.items() if posixpath.basename(file) == meant), ""):
        return f'did you mean "{elsewhere}.md"?'
    folder = posixpath.dirname(link.file)
    return _suggest(f"{folder}/{meant}.md" if folder else f"{meant}.md", ways.values(), ".md")


def _suggest(name: str, known: Iterable[str], suffix: str) -> str:
    names = sorted(f"{entry}{suffix}" for entry in known)
    all_of_them = f"known are: {', '.join(names[:12])}" if names else "there is none"
    return ask_nearest(name, names, otherwise=all_of_them, likeness=55)
