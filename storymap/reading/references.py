"""Check what the prose of a story refers to within itself: footnotes, anchors, pictures without a description."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from storymap.cleaning.played import is_film, is_played
from storymap.errors import Report
from storymap.reading.fields import FrontMatter
from storymap.reading.finding import TargetFinder
from storymap.reading.lines import Lines
from storymap.reading.plain import PlainText
from storymap.reading.prose import StoryProse
from storymap.reading.written import WrittenProse
from storymap.text.shortening import shorten
from storymap.text.suggesting import find_nearest


def check_pictures(prose: Iterable[WrittenProse], report: Report) -> None:
    """Report pictures without alternative text, and those from other servers."""
    for part in prose:
        for remote in part.remote_pictures:
            report.error(
                "remote-picture",
                f'the picture "{shorten(remote.target, 80)}" is on another server',
                remote.at,
                "every reader's browser would ask that server: save the picture beside the story",
            )
        for picture in part.pictures:
            if not picture.alt.strip():
                kind = "picture"
                if is_played(picture.file):
                    kind = "film" if is_film(picture.file) else "sound"
                report.warning(
                    "missing-alt",
                    f'the {kind} "{shorten(picture.path, 80)}" has no description',
                    picture.at,
                    "say what it shows for those who cannot see it: ![the museum at night](museum.jpg)"
                    if kind == "picture"
                    else f"say what it is: ![the bells of the museum]({picture.path})",
                )


def check_cover(front: FrontMatter, report: Report) -> None:
    """Report a picture at the head of a story that does not say what it shows."""
    if front.cover and front.cover.is_shown and not front.cover.alt:
        help = f'say what it shows for those who cannot see it: cover: {{file: {front.cover.file}, alt: "…"}}'
        message = f'the picture "{shorten(front.cover.file, 80)}" has no description'
        report.warning("missing-alt", message, front.where("cover"), help)


def check_notes(plain: PlainText, prose: StoryProse, notes: WrittenProse, report: Report) -> None:
    """Footnotes that are referred to and not written, or the other way round."""
    finder = TargetFinder(plain, Lines(1, len(plain.source.lines)))
    written = [*prose.unused_notes, *(name.partition(":")[2] for name in notes.ids if name.startswith("fn:"))]
    meant: dict[str, int] = {}  # notes that nothing refers to, and the line of each
    for name in prose.unknown_notes:
        near = find_nearest(name, written)
        help = f'did you mean "[^{near}]"?' if near else f"write it on a line of its own: [^{name}]: the note"
        if near in prose.unused_notes:  # either of the two may be the misspelt one
            if near not in meant:
                meant[near] = finder.find(near, before=r"^ {0,3}\[\^").line
            help = f'the note is written "[^{near}]" in line {meant[near]}: make them the same'
        report.error(
            "unknown-footnote",
            f'no footnote "{name}"',
            finder.find(name, before=r"\[\^"),
            help,
        )
    for name in prose.unused_notes:
        if name in meant:
            continue
        report.warning(
            "unused-footnote",
            f'nothing refers to the footnote "{name}", so it is left out',
            finder.find(name, before=r"^ {0,3}\[\^"),
            f"put [^{name}] where it belongs, or delete it",
        )


def check_anchors(ids: Sequence[str], bodies: Sequence[tuple[WrittenProse, TargetFinder]], report: Report) -> None:
    """Links to `#…` in this story that lead nowhere, and headings that take the address of another."""
    seen = dict.fromkeys(ids, "step")
    for prose, finder in bodies:
        for name in prose.ids:
            if name in seen:
                report.error(
                    "duplicate-id",
                    f'the id "{name}" is that of {"a step" if seen[name] == "step" else "another heading"}',
                    finder.find(name, before=r"#|id\s*=\s*[\"']?"),
                    f"give this heading another, such as {{#{name}-2}}",
                )
            seen[name] = "prose"
    for prose, _ in bodies:
        for link in prose.links:
            name = unicodedata.normalize("NFC", unquote(link.target[1:])) if link.target.startswith("#") else ""
            if name and name not in seen and not name.startswith(("fn:", "fnref")):
                report.error(
                    "unknown-anchor",
                    f'no step "{shorten(name, 80)}" in this story',
                    link.at,
                    _suggest(name, list(seen)),
                )


def _suggest(name: str, ids: Sequence[str]) -> str:
    if near := find_nearest(name, ids):
        return f'did you mean "#{near}"?'
    return f"its steps are {', '.join('#' + one for one in ids)}" if ids else ""
