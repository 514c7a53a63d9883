"""Stories as they are written: every file of the folder read, each by a task of its own, in the order of the atlas."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from msgspec import Struct

from storymap.addresses import split_edition, story_page
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.building.tasks import Part, Task, pack
from storymap.errors import Location, Report
from storymap.project import Project
from storymap.reading.outline import SourceOutline, outline_source
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.story_files import list_story_files
from storymap.reading.text import decode_text, read_bytes
from storymap.reading.titles import find_story_id
from storymap.resolving.editions import check_editions
from storymap.resolving.links import find_alias


class WrittenStory(Struct, frozen=True):
    """A story as it is written: its outline, and the `whole` of it as what a task has read."""

    outline: SourceOutline
    whole: Part

    def load(self, runner: Runner) -> StorySource:
        """All of it, kept in memory for as long as each round asks for it."""
        source: StorySource = runner.recall(
            ("source", self.outline.name), self.whole.key, partial(runner.load, self.whole)
        )
        return source


def read_sources(project: Project, report: Report) -> list[StorySource]:
    """Every story as it is written, ordered by `order`, then date, then name."""
    runner = Runner()
    return [story.load(runner) for story in read_written(project, runner, ProjectFiles(), report)]


def read_written(project: Project, runner: Runner, files: ProjectFiles, report: Report) -> list[WrittenStory]:
    """Every story as it is written, in the order of the atlas."""
    folder = project.stories_folder
    paths = list_story_files(folder)
    if not paths:
        report.error(
            "no-stories",
            "there are no stories",
            Location("stories"),
            help="write one: stories/my-story.md, with a title in its front matter and a ## heading for each step",
        )
    tasks = []
    is_linked = folder.resolve() != folder  # and so is what stands in it
    texts: dict[str, bytes] = {}
    for file in paths:
        name = file.relative_to(project.root).as_posix()
        if (is_linked or file.is_symlink()) and not _stays_in(project.root, file):
            message = f'"{name}" leads out of the project'
            report.error("outside-project", message, Location(name), help="copy the file here")
        elif (data := read_bytes(file, name, report, read=files.read)) is not None:
            texts[name] = data
    originals = {(posixpath.dirname(name), find_story_id(name)): name for name in reversed(texts)}
    for name, data in texts.items():
        story, language = split_edition(find_story_id(name))
        of = originals.get((posixpath.dirname(name), story)) if language else None
        tasks.append(runner.task(name, parse_story, data, name, *((texts[of], of) if of else ())))
    for _, result in runner.run(tasks):
        report.include(result.record.report)
    if not runner.goes_on:  # nobody asks for what is in them again
        for file in paths:
            files.forget(file)
    outlines = ((_load_outline(task, runner), Part(task.key, 1, task.key)) for task in tasks)
    written = [WrittenStory(outline, part) for outline, part in outlines if outline is not None]
    _check_ids(written, runner, report)
    check_editions([story.outline for story in written], project.settings.lang, report)
    return sorted(written, key=lambda story: story.outline.order)


def parse_story(data: bytes, name: str, original: bytes = b"", of: str = "", *, report: Report) -> bytes:
    """The task of reading a story: the outline of its source and all of it, both None where the file is no text.

    Of an edition in another language `original` is what the file of its original holds, which is called `of`.
    """
    text, source = decode_text(data, name, report), None
    if text:
        whole = decode_text(original, of, Report()) if original else None  # told where the original is read
        source = read_story(text, report, original=read_story(whole, Report()) if whole else None)
    return pack(outline_source(source) if source else None, source)


def _load_outline(task: Task, runner: Runner) -> SourceOutline | None:
    """The outline of the source that a task has read."""
    outline: SourceOutline | None = runner.load(Part(task.key, 0, ""))
    return runner.settle(("outline", task.path), outline)


def _stays_in(root: Path, file: Path) -> bool:
    try:
        return file.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # links that lead in a circle
        return False


def _check_ids(written: Iterable[WrittenStory], runner: Runner, report: Report) -> None:
    """Report stories whose file names make the same address, or that say they once had the same."""
    names: dict[str, str] = {}
    earlier: dict[str, str] = {}
    for story in written:
        outline = story.outline
        other = names.setdefault(outline.id, outline.name)
        if other != outline.name:
            report.error(
                "duplicate-story-id",
                f'"{outline.name}" and "{other}" would have the same address, "{story_page(outline.id)}"',
                Location(outline.name),
                help="rename one of the files",
            )
        front = story.load(runner).front if outline.has_aliases else None
        for number, alias in enumerate(front.aliases or () if front else ()):
            first = earlier.setdefault(find_alias(alias, outline.id), outline.name)
            if front and first != outline.name:
                report.error(
                    "bad-alias",
                    f'"{alias}" is an earlier address of "{first}", too',
                    front.where("aliases", number),
                    help="leave it to the story that readers would look for there",
                )
