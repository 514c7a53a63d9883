"""What is written to name tiles: whether it is tiles of the project, and which folder or archive it means.

Nothing is looked for on the disk, and nothing heavy is loaded: it is asked before every build.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from storymap.tilesets.reading import ARCHIVES

_SCHEME = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")


def names_own_tiles(text: str) -> bool:
    """Whether what is written names tiles in the project: it leads somewhere, and to no server."""
    if _SCHEME.match(text):
        return False
    return "/" in text or "{" in text or PurePosixPath(text.strip()).suffix.lower() in ARCHIVES


def names_tiles_of_picture(text: str) -> bool:
    """Whether a picture on the ground is tiles: the pattern of a folder, or an archive."""
    return not _SCHEME.match(text) and ("{" in text or PurePosixPath(text.strip()).suffix.lower() in ARCHIVES)


def split_pattern(text: str) -> tuple[PurePosixPath, str]:
    """The path of the folder or the archive that is written, and how files below a folder are named, empty for all."""
    parts = PurePosixPath(text.strip()).parts
    first = next((number for number, part in enumerate(parts) if "{" in part), len(parts))
    return PurePosixPath(*parts[:first]), "/".join(parts[first:])
