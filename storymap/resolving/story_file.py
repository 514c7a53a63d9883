"""A file of a story, as far as a page has to know it: its size, its copies, and what lies beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from storymap.cleaning.files import is_readable_heic
from storymap.cleaning.heic import can_read_heic, is_heic, teach_pillow
from storymap.cleaning.scaling import LARGEST, can_scale, choose_widths
from storymap.model.prose import Captions, Credit, Picture, ScaledPicture
from storymap.photographs.credits import read_credit
from storymap.photographs.reading import ENDINGS


class StoryFile(Struct, frozen=True):
    """A file of a story: `path` relative to the stories folder; for a picture its size in pixels, 0 where unknown.

    `anchor` is what a link to it asks for in it, such as `#page=3`. `copies` are the widths in pixels of the smaller
    copies of a picture, and `noted` whose it is, as its file notes; where it `is_limited`, its published copy is one,
    too, if it is very large. `beside` are other files that belong to it; of a sound or film `poster` is one of these,
    `captions` and `transcript` what is in others. One that `is_static` stands in `static/`, and `path` is its path
    there.
    """

    path: str
    width: int = 0
    height: int = 0
    anchor: str = ""
    copies: tuple[int, ...] = ()
    noted: Credit | None = None
    is_limited: bool = False
    beside: tuple[str, ...] = ()
    poster: StoryFile | None = None
    captions: tuple[Captions, ...] = ()
    transcript: tuple[str, ...] = ()
    is_static: bool = False

    @property
    def published(self) -> tuple[str, ...]:
        """The files of the stories folder that are published for it."""
        return () if self.is_static else (self.path, *self.beside)

    def as_cover(self, alt: str = "") -> Picture:
        """The picture that it is, at a head or on a card."""
        return Picture(self.path, self.width, self.height, alt, copies=self.copies)


def look_at_picture(folder: Path, path: str, *, scaled: bool) -> StoryFile:
    """A picture of a story, which may have copies where pictures are `scaled`."""
    file = folder / path
    size = measure_picture(file)  # which has Pillow read HEIC, too
    noted = read_credit(file) if is_readable_heic(path) or file.suffix.lower() in ENDINGS else None
    if not scaled:
        return StoryFile(path, *size, noted=noted)
    with file.open("rb") as opened:
        start = opened.read(4096)
    copies = choose_widths(path, size, file.stat().st_size, start)
    is_limited = can_scale(path, size, start) and max(size) > LARGEST
    return StoryFile(path, *size, copies=copies, noted=noted, is_limited=is_limited)


def measure_picture(file: Path) -> tuple[int, int]:
    """Width and height of a picture in pixels, both 0 where they cannot be told."""
    import imagesize

    try:
        with file.open("rb") as opened:
            is_converted = is_heic(opened.read(128)) and can_read_heic()
        width, height = _measure_heic(file) if is_converted else imagesize.get(file)
    except Exception:  # noqa: BLE001 - whatever the library makes of a damaged picture
        return 0, 0
    return (int(width), int(height)) if width > 0 and height > 0 else (0, 0)


def _measure_heic(file: Path) -> tuple[int, int]:
    """Of the picture as it is shown: what the file says first may be a tile of it, and lie on its side."""
    from PIL import Image

    teach_pillow()
    with Image.open(file, formats=("HEIF",)) as picture:
        return picture.size


def list_scaled(files: Mapping[str, StoryFile]) -> tuple[ScaledPicture, ...]:
    """The pictures among `files` that are published smaller; one that is also linked to is as it was."""
    linked = {file.path for file in files.values() if not file.width}
    shown = [*files.values(), *(file.poster for file in files.values() if file.poster)]
    found = {file.path: file for file in shown if file.copies or file.is_limited}
    return tuple(
        ScaledPicture(path, file.copies, file.is_limited and path not in linked) for path, file in sorted(found.items())
    )
