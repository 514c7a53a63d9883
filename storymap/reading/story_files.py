"""Which files are stories: the Markdown in `stories/` and in its folders."""

from __future__ import annotations

from pathlib import Path

from storymap.language.tags import split_language


def list_story_files(folder: Path) -> list[Path]:
    """The files of stories in `folder` and in the folders in it, in the order of their paths.

    What begins with a dot or ~ was left by a system or an editor, as in geo/; a README is for who works on the stories.
    """
    told = folder.rglob("*.md") if folder.is_dir() else ()
    found = (file for file in told if split_language(file.stem)[0].lower() != "readme")
    shown = (file for file in found if not any(part[0] in ".~" for part in file.relative_to(folder).parts))
    return sorted(shown)
