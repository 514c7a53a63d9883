"""Export stories: their places and tracks in a format of others, as one value of bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from storymap.building.content import Content, ReadyStory, read_content
from storymap.building.runner import Runner
from storymap.errors import Report
from storymap.exchange.formats import PLACE_FORMATS
from storymap.model.story import Story
from storymap.project import Project
from storymap.text.suggesting import ask_nearest


class ExportError(Exception):
    """A reason why what was asked for cannot be exported; `help` is what to do about it."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


def export_places(project: Project, form: str, report: Report, *, story: str = "", drafts: bool = False) -> bytes:
    """The places and tracks of a story, or of all stories, in the format with the id `form`.

    `story` is the id of one, or the name of its file; `drafts` says whether those marked as drafts count. Mistakes go
    to `report`. Raises `StorymapError` with the mistakes of the project, and `ExportError`.
    """
    from storymap.exchange.records import record_story

    content, runner = read_stories(project, report, drafts=drafts)
    chosen = [find_story(content, story)] if story else content.ready
    stories = [told for one in chosen if not (told := load_story(one, runner)).picture]
    if not stories:
        raise ExportError(
            "there is no place of the earth to export: what is told on a picture is nowhere on a map",
            "a story on a picture can be handed on as html, epub, pdf or source",
        )
    url = project.settings.url
    records = [record_story(one, url=url) for one in stories]
    return PLACE_FORMATS[form].write(records, url)


def read_stories(project: Project, report: Report, *, drafts: bool) -> tuple[Content, Runner]:
    """The stories of `project`, and what knows them whole. Raises `StorymapError` with its mistakes."""
    runner = Runner()
    content = read_content(project, report, drafts=drafts, runner=runner)
    report.raise_errors()
    return content, runner


def find_story(content: Content, name: str) -> ReadyStory:
    """The story that is called `name`: its id, or its file. Raises `ExportError` with a suggestion."""
    wanted = PurePath(name).stem if name.endswith((".md", ".html")) else name
    for story in content.ready:
        if wanted in {story.outline.id, PurePath(story.outline.at.path).stem}:
            return story
    known = [story.outline.id for story in content.ready]
    listed = f"the stories are {_list_names(known)}; a draft is found with --drafts"
    raise ExportError(f'there is no story "{name}"', ask_nearest(wanted, known, otherwise=listed))


def load_story(ready: ReadyStory, runner: Runner) -> Story:
    """All of a story."""
    story: Story = runner.load(ready.whole)
    return story


def _list_names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:8])
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown
