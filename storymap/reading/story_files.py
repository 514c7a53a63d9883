"""Which files are stories: the Markdown in `stories/` and in its folders."""

from __future__ import annotations

from pathlib import Path


def list_story_files(folder: Path) -> list[Path]:
    """The files of stories in `folder` and in the folders in it, in the order of their paths.

    What begins with a dot or ~ was left by a system or an editor, as in geo/; a README is for who works on the stories.
    """
    found = (file for file in folder.rglob("*.md") if file.stem.lower() != "readme") if folder.is_dir() else ()
    shown = (file for file in found if not any(part[0] in ".~" for part in file.relative_to(folder).parts))
    return sorted(shown)
