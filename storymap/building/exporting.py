"""Export stories: their places and tracks in a format of others, as one value of bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath

from storymap.addresses import licence_file, split_edition, story_page
from storymap.building.content import Content, read_content
from storymap.building.ready_stories import ReadyStory
from storymap.building.runner import Runner
from storymap.errors import Report
from storymap.exchange.formats import PLACE_FORMATS
from storymap.model.story import Story
from storymap.outputs.single_page import Notice
from storymap.prepared import read_static
from storymap.project import Project
from storymap.text.suggesting import ask_nearest


class ExportError(Exception):
    """A reason why what was asked for cannot be exported; `help` is what to do about it."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


def export_places(project: Project, form: str, report: Report, *, story: str = "", drafts: bool = False) -> bytes:
    """The places and tracks of a story, or of all stories in their first language, in the format with the id `form`.

    `story` is the id of one, or the name of its file; `drafts` says whether those marked as drafts count. Mistakes go
    to `report`. Raises `StorymapError` with the mistakes of the project, and `ExportError`.
    """
    from storymap.exchange.records import record_story

    content, runner = read_stories(project, report, drafts=drafts)
    # An edition in another language has the steps of its original once more.
    originals = [one for one in content.ready if not split_edition(one.outline.id)[1]]
    chosen = [find_story(content, story, report)] if story else originals
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


def find_story(content: Content, name: str, report: Report) -> ReadyStory:
    """The story that is called `name`: its id, or its file. Raises `ExportError` with a suggestion.

    `report` knows of the drafts that were left out.
    """
    wanted = PurePath(name).stem if name.endswith((".md", ".html")) else name
    for story in content.ready:
        if wanted in {story.outline.id, PurePath(story.outline.at.path).stem}:
            return story
    if any(one.code == "draft" and PurePath(one.at.path).stem == wanted for one in report.problems):
        raise ExportError(f'"{name}" is a draft', "add --drafts, which exports it as it is")
    known = [story.outline.id for story in content.ready]
    listed = f"the stories are {_list_names(known)}"
    raise ExportError(f'there is no story "{name}"', ask_nearest(wanted, known, otherwise=listed))


def load_story(ready: ReadyStory, runner: Runner) -> Story:
    """All of a story."""
    story: Story = runner.load(ready.whole)
    return story


def _list_names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:8])
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown


def export_page(project: Project, story: str, report: Report, *, drafts: bool = False) -> tuple[bytes, tuple[str, ...]]:
    """The page of a story as a single HTML file, and the hosts that its map asks, where the site opted in to any.

    Arguments and errors are as in `export_places`.
    """
    from storymap.building.build import LazySite
    from storymap.building.plan import plan_site
    from storymap.outputs.single_page import make_single_page

    runner = Runner()
    plan = plan_site(project, report, drafts=drafts, runner=runner)
    report.raise_errors()
    here = story_page(find_story(plan.content, story, report).outline.id)
    site = LazySite(plan.tasks, runner)
    html = site[here].decode()
    record = runner.look(next(task for task in plan.tasks if task.path == here))
    notices = list_notices(plugins=bool(record and record.loads))
    page = make_single_page(html, here, site, url=project.settings.url, notices=notices)
    site.tell(report)
    report.raise_errors()
    return page.encode(), tuple(sorted(record.hosts)) if record else ()


def export_print(project: Project, story: str, report: Report, *, paper: str = "a4", drafts: bool = False) -> bytes:
    """The page of a story as a PDF on `paper`, printed by a Chromium. All else is as in `export_places`."""
    from storymap.exchange.chromium import PrintError, find_chromium, print_page

    try:
        program = find_chromium()  # before anything is made in vain
        page, _ = export_page(project, story, report, drafts=drafts)
        return print_page(page, program=program, paper=paper)
    except PrintError as error:
        raise ExportError(str(error), error.help) from error


def export_book(project: Project, story: str, report: Report, *, drafts: bool = False) -> tuple[bytes, tuple[str, ...]]:
    """A story as an EPUB, and the pictures that it cannot have, whose texts stand there.

    Arguments and errors are as in `export_places`.
    """
    from storymap.addresses import media_file
    from storymap.building.build import LazySite
    from storymap.building.plan import plan_site
    from storymap.building.stories import map_story
    from storymap.exchange.epub import find_unshown, write_epub
    from storymap.exchange.epub_text import list_stills

    runner = Runner()
    plan = plan_site(project, report, drafts=drafts, runner=runner)
    report.raise_errors()
    told = load_story(find_story(plan.content, story, report), runner)
    site = LazySite(plan.tasks, runner)
    files = {path: site[path] for path in (*list_stills(told), *map(media_file, told.files)) if path in site}
    site.tell(report)
    report.raise_errors()
    settings = project.settings
    credits = map_story(told, None)["basemap"]["credits"]
    return write_epub(told, settings.title, files, url=settings.url, credits=credits), find_unshown(told)


def export_source(project: Project, story: str, report: Report, *, drafts: bool = False) -> dict[str, bytes]:
    """The files of a project that has this story alone. Arguments and errors are as in `export_places`."""
    from storymap.building.packing import pack_story

    content, _ = read_stories(project, report, drafts=drafts)
    return pack_story(project, content, find_story(content, story, report), report)


def list_notices(*, plugins: bool = False) -> tuple[Notice, ...]:
    """The licences of what a page of a site carries in itself, perhaps with `plugins` of Leaflet."""
    components = json.loads(read_static("licenses/index.json"))
    return tuple(
        Notice(f"{one['name']} {one['version']}".strip(), read_static(licence_file(one["text_file"])).decode())
        for one in components
        if one["text_file"] and (plugins or not one["is_plugin"])
    )
