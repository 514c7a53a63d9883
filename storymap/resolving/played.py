"""Sounds and films of a story, with what lies beside them under the same name: a picture, captions, a transcript.

film.mp4  film.jpg  film.vtt  film.cs.vtt  film.txt or film.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from storymap.cleaning.captions import LARGEST, clean_captions
from storymap.cleaning.played import is_film, is_what_it_says, measure_film
from storymap.cleaning.transcripts import read_captions, read_markdown, read_text
from storymap.errors import Location, Report
from storymap.model.prose import Captions
from storymap.reading.story_files import is_transcript
from storymap.resolving.story_file import StoryFile, look_at_picture

POSTERS = (".jpg", ".jpeg", ".png", ".webp", ".avif")
"""Endings of the picture that stands in place of a film until it plays, the first that is there."""

_CAPTIONS = re.compile(r"(?:\.(?P<lang>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?\.(?:vtt|srt)")
_TRANSCRIPTS = {".txt": read_text, ".md": read_markdown, ".vtt": read_captions, ".srt": read_captions}
"""How a file with what is said is read, by its ending; the first that is there is taken."""

_LONGEST_TRANSCRIPT = 400_000
_MOST_FLAWS = 3


def find_played(folder: Path, path: str, at: Location, report: Report, *, scaled: bool) -> StoryFile | None:
    """The sound or film at `path` of the stories folder, with what belongs to it; None, and told, where it is none."""
    file = folder / path
    with file.open("rb") as opened:
        start = opened.read(64)
    if not is_what_it_says(path, start):
        kind = "film" if is_film(path) else "sound"
        report.error("not-playable", f'"{path}" is no {kind}, whatever its name says', at, _explain(start))
        return None
    above = PurePosixPath(path).parent
    stem, names = PurePosixPath(path).stem, sorted(entry.name for entry in file.parent.iterdir())
    poster = next((name for ending in POSTERS if (name := stem + ending) in names), "") if is_film(path) else ""
    captions = [*_read_captions(folder, above, stem, names, report)] if is_film(path) else []
    transcript = _find_transcript(file.parent, stem, names)
    beside = (
        *(caption.file for caption in captions),
        *((above / name).as_posix() for name in (poster, transcript) if name and not name.endswith(".md")),
    )
    shown = look_at_picture(folder, (above / poster).as_posix(), scaled=scaled) if poster else None
    width, height = measure_film(file) if is_film(path) else (0, 0)
    if shown and not (width and height):
        width, height = shown.width, shown.height
    return StoryFile(
        path,
        width,
        height,
        beside=beside,
        poster=shown,
        captions=tuple(captions),
        transcript=_read_transcript(file.parent / transcript) if transcript else (),
    )


def settle_languages(file: StoryFile, lang: str) -> tuple[Captions, ...]:
    """The captions of a film; those that do not name a language are in that of the story."""
    return tuple(replace(one, lang=one.lang or lang) for one in file.captions)


def _read_captions(
    folder: Path, above: PurePosixPath, stem: str, names: list[str], report: Report
) -> Iterator[Captions]:
    for name in names:
        found = _CAPTIONS.fullmatch(name.removeprefix(stem)) if name.startswith(stem) else None
        if not found:
            continue
        path = (above / name).as_posix()
        file = folder / path
        data = file.read_bytes() if file.is_file() and file.stat().st_size <= LARGEST else b""
        cleaned = clean_captions(data.decode("utf-8", "replace"))
        for line, flaw in cleaned.flaws[:_MOST_FLAWS]:
            help = "captions are WebVTT: the guide shows how they are written"
            report.warning("bad-captions", f"this {flaw}", Location(f"stories/{path}", line), help)
        if cleaned.count:
            yield Captions(path, found["lang"] or "", cleaned.text)


def _find_transcript(folder: Path, stem: str, names: list[str]) -> str:
    """The file with what is said in a sound or film; what it has captions of can be read in these, as well."""
    for ending in _TRANSCRIPTS:
        name = stem + ending
        if name in names and (ending != ".md" or is_transcript(folder / name, names)):
            return name
    return ""


def _read_transcript(file: Path) -> tuple[str, ...]:
    """The paragraphs of what is said, whichever sort of file it is."""
    text = file.read_bytes()[:_LONGEST_TRANSCRIPT].decode("utf-8", "replace")
    return _TRANSCRIPTS[file.suffix](text)


def _explain(start: bytes) -> str:
    if start.startswith(b"version https://"):
        return "it is a Git LFS pointer; run: git lfs pull"
    if start.lstrip().startswith(b"<"):
        return "it looks like a web page: save the film or sound itself again"
    return "open it in a player, and save it again as .mp4 or .mp3"
