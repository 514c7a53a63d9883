"""The published copies of what lies beside stories: files as they are, and pictures in the sizes that screens show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storymap.addresses import media_file, picture_copy
from storymap.building.look import Look
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.building.tasks import Task, join
from storymap.cleaning.cleaned import UncleanError
from storymap.cleaning.files import clean_file
from storymap.cleaning.scaling import limit_picture, scale_picture
from storymap.errors import Location, Report
from storymap.model.prose import ScaledPicture
from storymap.pages.credits import make_credits_page, render_credits
from storymap.project import Project
from storymap.resolving.collections import Listed


def media_files(
    stories: Iterable[Listed], project: Project, files: ProjectFiles, runner: Runner, report: Report
) -> Iterator[Task]:
    """The published copies of the files of `stories`. A file that went since its story was read is told in `report`."""
    stories = tuple(stories)
    scaled = _merge(stories)
    for file in sorted({file for story in stories for file in story.files}):
        try:
            data = files.read(project.stories_folder / file)
        except OSError as error:
            reason = f'the file "{file}" cannot be read: {error.strerror or error}'
            report.error("unreadable-file", reason, Location(f"stories/{file}"), "check that it exists and may be read")
            continue
        picture = scaled.get(file)
        yield runner.task(media_file(file), make_copy, file, data, *([True] if picture and picture.is_limited else ()))
        if picture and picture.copies:
            copies = tuple(picture_copy(file, width) for width in picture.copies)
            yield runner.task(copies[0], make_copies, file, data, picture.copies, files=copies)


def make_credits(
    look: Look,
    lang: str,
    stories: tuple[Listed, ...],
    *,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The page with whose everything is that `stories` show, for readers of `lang`."""
    page = make_credits_page(look.site.speak(lang), stories, css=look.theme.style_page(lang))
    return render_credits(page, look.theme).encode()


def _merge(stories: Iterable[Listed]) -> dict[str, ScaledPicture]:
    """What several stories show, as all of them need it: one that links to the file wants all of it."""
    merged: dict[str, ScaledPicture] = {}
    whole: set[str] = set()
    for story in stories:
        shown = {picture.file: picture for picture in story.scaled}
        whole |= {file for file in story.files if file not in shown or not shown[file].is_limited}
        merged |= shown
    return {file: ScaledPicture(file, one.copies, one.is_limited and file not in whole) for file, one in merged.items()}


def make_copy(
    file: str,
    data: bytes,
    is_limited: bool = False,  # noqa: FBT001, FBT002 - an input among others
    *,
    report: Report,
) -> bytes:
    """The published copy of `file` of the stories folder; nothing, and a report, where there can be none.

    A picture that `is_limited` is no larger than screens are.
    """
    at = Location(f"stories/{file}")
    try:
        cleaned = clean_file(file, data)
        published = limit_picture(file, cleaned.data) if is_limited else cleaned.data
    except UncleanError as error:
        help = "open it in the program that made it, and save it again"
        report.error("uncleanable-file", f'"{file}" {error}', at, help)
        return b""
    if cleaned.active:
        report.warning(
            "active-content",
            f'the published copy of "{file}" is without {", ".join(cleaned.active[:5])}',
            at,
            help="it could run in the name of the site, or ask other servers, where a reader opens the file by itself",
        )
    return published


def make_copies(file: str, data: bytes, widths: tuple[int, ...], *, report: Report) -> bytes:
    """Smaller copies of the picture `file`; the whole one in their place, and a report, where there can be none."""
    try:
        return join(scale_picture(clean_file(file, data).data, widths))
    except UncleanError as error:
        help = "open it in a picture viewer, and save it again"
        report.error("uncleanable-file", f'"{file}" {error}', Location(f"stories/{file}"), help)
        return join(b"" for _ in widths)
