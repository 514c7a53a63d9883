"""Which files are stories: the Markdown in `stories/` and in its folders; a `_collection.md` makes one a collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from storymap.cleaning.played import is_played
from storymap.errors import Location, Report
from storymap.language.tags import split_language
from storymap.text.relative_paths import STORIES, path_in

COLLECTION_FILE = "_collection.md"
"""The file that makes the stories of its folder a collection, and describes it."""


def list_story_files(folder: Path) -> list[Path]:
    """The files of stories in `folder` and in the folders in it, in the order of their paths.

    What begins with a dot or ~ was left by a system or an editor, as in geo/; a README is for who works on the stories.
    """
    return [file for file in _list_markdown(folder) if not is_collection_file(file.name)]


def list_collection_files(folder: Path, report: Report) -> list[Path]:
    """The files of collections: those of the folders in `folder`, that of all stories; one elsewhere is reported."""
    found = []
    for file in _list_markdown(folder):
        if not is_collection_file(file.name):
            continue
        path = file.relative_to(folder)
        if len(path.parts) == 2:
            found.append(file)
            continue
        if len(path.parts) == 1:
            where = "beside all stories"
            help = "put it into a folder with the stories that belong to it: stories/drought/_collection.md"
        else:
            where = f"in a folder within {path.parts[0]}/"
            help = f"a collection holds no other: move its folder, to stories/{path.parts[-2]}/"
        message = f'"{path.as_posix()}" makes no collection: it stands {where}'
        report.error("misplaced-collection", message, Location(f"{STORIES}{path.as_posix()}"), help=help)
    return found


def is_collection_file(name: str) -> bool:
    """Whether a file of this name describes a collection, in the language of the site or in that which it names."""
    return name.endswith(".md") and split_language(name.removesuffix(".md"))[0] == COLLECTION_FILE.removesuffix(".md")


def find_folder(story: str) -> str:
    """The folder in `stories/` that the story's file, a path in the project, lies in; empty for none."""
    inner = path_in(STORIES, story) or ""
    return inner.split("/")[0] if "/" in inner else ""


def is_transcript(file: Path, names: Collection[str]) -> bool:
    """Whether a Markdown file says what is said in a sound or film, one of the `names` in its folder.

    It has the name of that and no front matter: a story may be called like its film.
    """
    if not any(name.startswith(f"{file.stem}.") and is_played(name) for name in names):
        return False
    with file.open("rb") as opened:
        return not opened.read(16).removeprefix(b"\xef\xbb\xbf").startswith(b"---")


def _list_markdown(folder: Path) -> list[Path]:
    told = [file for file in folder.rglob("*") if file.suffix == ".md" or is_played(file.name)]
    beside: dict[Path, list[str]] = defaultdict(list)
    for file in told:
        if file.suffix != ".md":
            beside[file.parent].append(file.name)
    found = (file for file in told if file.suffix == ".md" and split_language(file.stem)[0].lower() != "readme")
    stories = (file for file in found if file.parent not in beside or not is_transcript(file, beside[file.parent]))
    return sorted(file for file in stories if not any(part[0] in ".~" for part in file.relative_to(folder).parts))
