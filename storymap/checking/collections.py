"""Check the folders of stories: those that are no collection."""

from __future__ import annotations

from storymap.checking.checked import CheckedProject
from storymap.errors import Location, Report
from storymap.reading.story_files import COLLECTION_FILE, find_folder


def check_collections(checked: CheckedProject, report: Report) -> None:
    """Tell of folders with stories that stand on the atlas one by one, and what would make a collection of them."""
    described = {find_folder(collection.name) for collection in checked.described}
    folders = dict.fromkeys(find_folder(source.name) for source in checked.sources)
    for folder in folders:
        if folder and folder not in described:
            title = folder.replace("-", " ").replace("_", " ").capitalize()
            report.note(
                "no-collection",
                f'the stories in "{folder}/" stand on the atlas one by one',
                Location(f"stories/{folder}"),
                help=f"to give them a front page and a feed, write stories/{folder}/{COLLECTION_FILE}, with "
                f"title: {title} between two lines of ---",
            )
