"""Check the folder that the site is written to: what stands in the way there keeps the next build from writing."""

from __future__ import annotations

from storymap.building.output import check_output, report_unwritable
from storymap.checking.checked import CheckedProject
from storymap.errors import Report


def check_site_folder(checked: CheckedProject, report: Report) -> None:
    """Tell what the build would not write over, in the folder that it writes to unless another is named."""
    folder = checked.project.site_folder
    if not checked.site:
        return
    try:
        check_output(checked.site, folder.resolve(), project=checked.project, report=report)
    except (OSError, RuntimeError) as error:
        report_unwritable(folder, error, report)
