"""Check the folder that the site is written to: what stands in the way there keeps the next build from writing."""

from __future__ import annotations

from storymap.building.output import check_output, report_unwritable
from storymap.checking.subject import Subject
from storymap.errors import Report


def check_site_folder(subject: Subject, report: Report) -> None:
    """Tell what the build would not write over, in the folder that it writes to unless another is named."""
    folder = subject.project.site_folder
    if not subject.site:
        return
    try:
        check_output(subject.site, folder.resolve(), project=subject.project, report=report)
    except (OSError, RuntimeError) as error:
        report_unwritable(folder, error, report)
