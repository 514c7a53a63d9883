"""The files of the guide for authors, which a site has that asks for it: a page for each chapter, under `guide/`."""

from __future__ import annotations

from collections.abc import Iterator

from storymap.building.look import Look
from storymap.building.runner import Runner
from storymap.building.tasks import Part, Task
from storymap.errors import Report
from storymap.pages.guide import make_guide_page, render_guide
from storymap.reading.chapters import WrittenChapter, convert_chapter, list_chapters


def guide_files(look: Part, runner: Runner) -> Iterator[Task]:
    """The pages of the guide; `look` names a `Look`."""
    chapters = list_chapters()
    contents = tuple((chapter.path, chapter.title) for chapter in chapters)
    for chapter in chapters:
        yield runner.task(chapter.path, make_page, chapter, contents, look)


def make_page(
    chapter: WrittenChapter,
    contents: tuple[tuple[str, str], ...],
    look: Look,
    *,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """A chapter of the guide."""
    converted, css = convert_chapter(chapter), look.theme.style_page("en")
    page = make_guide_page(converted, look.site, here=chapter.path, contents=contents, css=css)
    return render_guide(page, look.theme).encode()
