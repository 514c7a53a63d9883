"""Check sounds and films: whether all readers can follow them, whether browsers play them, and how heavy they are."""

from __future__ import annotations

from pathlib import PurePosixPath

from storymap.checking.checked import CheckedProject
from storymap.cleaning.played import SELDOM_PLAYED, is_film, is_played
from storymap.errors import Location, Report
from storymap.model.prose import Html
from storymap.resolving.files import find_files

LARGEST = 100 * 1024 * 1024
"""Bytes that GitHub takes of a file."""

HEAVY = 25_000_000
"""Bytes that take a reader on a slow phone connection (1.6 Mbit/s) two minutes."""


def check_played(checked: CheckedProject, report: Report) -> None:
    """Tell of films without captions, of sounds without a transcript, and of files that few can load or play."""
    told: set[str] = set()
    for source in checked.sources:
        shown = [(prose, picture) for prose in source.prose for picture in prose.pictures if is_played(picture.file)]
        found = find_files(source, project=checked.project, report=Report()) if shown else {}
        for prose, picture in shown:
            file = found.get(picture.path)
            if file is None or file.path in told:
                continue
            told.add(file.path)
            _check_weight(checked, file.path, picture.at, report)
            has_fold = any(isinstance(piece, Html) and "<details" in piece.html for piece in prose.pieces)
            if not (file.captions or file.transcript or has_fold):
                _tell_unread(file.path, picture.at, report)


def _check_weight(checked: CheckedProject, path: str, at: Location, report: Report) -> None:
    size = (checked.project.stories_folder / path).stat().st_size
    kind = "film" if is_film(path) else "sound"
    if size > HEAVY:
        tail = ", which is more than GitHub takes (100 MB)" if size > LARGEST else ""
        help = "make it smaller or shorter, or put it onto a service for films and link to it in a paragraph of its own"
        report.warning("large-media", f'the {kind} "{path}" has {size / 1e6:,.0f} MB{tail}', at, help)
    if PurePosixPath(path).suffix.lower() in SELDOM_PLAYED:
        better = f"save it as .mp4 (H.264): ffmpeg -i {PurePosixPath(path).name} -c:v libx264 -c:a aac film.mp4"
        report.warning("seldom-played", f'the film "{path}" is of a kind that some browsers do not play', at, better)


def _tell_unread(path: str, at: Location, report: Report) -> None:
    """What is said in a sound or film can be heard alone."""
    stem = PurePosixPath(path).stem
    if is_film(path):
        message = f'what is said in the film "{path}" cannot be read'
        help = f'put captions beside it, "{stem}.vtt", or what is said in it, "{stem}.txt"'
    else:
        message = f'what is said in the sound "{path}" cannot be read'
        help = f'put what is said in it beside it, "{stem}.txt", or into a fold below it: ??? note "Transcript"'
    report.note("missing-captions", message, at, help)
