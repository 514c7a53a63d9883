"""Check the files beside the stories: what no story uses, pictures too large to load, pictures that are none.

A picture that is missing or spelled in other letters is an error when the story is resolved, wherever the file system
would forgive it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from storymap.addresses import media_file
from storymap.checking.checked import CheckedProject
from storymap.checking.shown_data import ShownData
from storymap.cleaning.cleaned import UncleanError
from storymap.cleaning.damaged import SIGNATURES
from storymap.cleaning.files import clean_file, is_kept_as_it_is, is_picture
from storymap.cleaning.scaling import choose_widths
from storymap.errors import Location, Report
from storymap.reading.collection import CollectionSource
from storymap.reading.source import StorySource
from storymap.reading.written import WrittenPicture
from storymap.resolving.files import find_files
from storymap.resolving.rights import names_maker
from storymap.resolving.story_file import StoryFile, measure_picture
from storymap.text.relative_paths import STORIES, path_in, resolve_path
from storymap.text.suggesting import ask_nearest

MAX_PICTURE_BYTES = 1_000_000
"""A larger picture takes a reader on a slow phone connection (1.6 Mbit/s) more than five seconds."""

MAX_PICTURE_PIXELS = 3_000
"""The column of text is 640 CSS pixels wide at most; screens show up to three pixels for each, and readers zoom."""

_KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WebP"}
_PHOTOGRAPHS = frozenset({".jpg", ".jpeg", ".webp", ".avif"})
_TILE = re.compile(r"(?:^|/)\d{1,2}/\d+/\d+(?:@2x)?\.(?:png|jpe?g|webp|avif)$", re.IGNORECASE)
"""How the file of a tile is named below the folder of all of them."""

_VAGUE_ALT = frozenset(
    "image picture photo photograph img pic screenshot figure illustration graphic "
    "obrázek obrazek fotka fotografie foto snímek bild grafik abbildung".split()
)
_FILE_NAME = re.compile(
    r"[\w-]+\.(?:jpe?g|png|gif|webp|avif|svg)|(?:img|dsc|dscn|dscf|pxl|screenshot)[ _-]?\d[\w-]*",
    re.IGNORECASE,
)


def check_pictures(checked: CheckedProject, report: Report) -> None:
    """Tell of files that no story uses, and of pictures that are too large, no pictures, or poorly described."""
    _check_unused(checked, report)
    told: set[str] = set()
    sources: tuple[StorySource | CollectionSource, ...] = (*checked.sources, *checked.described)
    for source in sources:
        found = find_files(source, project=checked.project, report=Report())
        for written, at in _list_written(source):
            file = found.get(written)
            if file and not file.is_static and file.path not in told:
                told.add(file.path)
                if is_picture(file.path):
                    is_scaled = checked.project.settings.pictures == "scaled"
                    _check_file(checked.project.stories_folder / file.path, file.path, at, report, is_scaled=is_scaled)
                _tell_cleaning(checked, file.path, at, report)
        for picture in source.pictures:
            _check_description(picture, report)
        _check_credits(source, found, report)
        _check_unused_credits(checked, source, found, report)


def _list_written(source: StorySource | CollectionSource) -> Iterator[tuple[str, Location]]:
    """The files of a story as it names them, and where: pictures, its cover, and what it links to."""
    yield from ((picture.path, picture.at) for picture in source.pictures)
    if cover := source.front.cover_file:
        yield cover, source.front.where("cover", "file")
    yield from ((link.target, link.at) for link in source.file_links)


def _tell_cleaning(checked: CheckedProject, file: str, at: Location, report: Report) -> None:
    """What the published copy of a file does not tell any more; of what is published as it is, that it may tell."""
    if is_kept_as_it_is(file):
        report.note(
            "uncleaned-file",
            f'"{file}" is published as it is, with what the camera or the program may have noted in it',
            at,
            "look into its properties for names and positions",
        )
        return
    try:
        private = clean_file(file, (checked.project.stories_folder / file).read_bytes()).private
    except (UncleanError, OSError):  # told when the site is made, which asks for the same
        private = ()
    if private:
        report.note(
            "private-data",
            f'the published copy of "{file}" has been freed of {_join(private)}',
            at,
            "credit the maker in a caption; the file beside the story stays as it is",
        )
    checked.site.get(media_file(file))  # making the copy tells what could run in it


def _join(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _check_unused(checked: CheckedProject, report: Report) -> None:
    """Files that nothing shows or links to, and stories that are not read because of their ending."""
    folder = checked.project.stories_folder
    used = {file for story in checked.stories for file in story.files}
    used |= {file for collection in checked.collections for file in collection.files}
    sources: tuple[StorySource | CollectionSource, ...] = (*checked.sources, *checked.described)
    for source in sources:  # what is left out, for it is broken, is used all the same
        named = (picture.file for picture in source.pictures)
        used |= {path_in(STORIES, resolve_path(one, source.name)) or "" for one in (*named, source.front.cover_file)}
    used |= {photograph.path for photograph in checked.names.photographs.values()}
    data = ShownData.of(checked)
    unsure = bool(_HIDES_USES & checked.mistaken)
    told_tiles: set[str] = set()
    if not unsure:
        data.tell_unused(checked.project, report)
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = file.relative_to(folder).as_posix()
        at = Location(f"stories/{name}")
        if file.is_symlink() and file.is_dir():
            report.warning("linked-folder", f'"{name}" is a linked folder, which is not read', at, "put the files here")
        if not _is_file(file) or any(part.startswith((".", "~")) for part in file.relative_to(folder).parts):
            continue
        if file.suffix.lower() in _MARKDOWN or (name not in used and _has_front_matter(file)):
            if file.stem.lower() != "readme" and file.suffix != ".md":
                better = file.relative_to(folder).with_suffix(".md").as_posix()
                report.warning(
                    "unread-story",
                    f'"{name}" is not read as a story',
                    at,
                    f'the names of stories end in .md: rename it to "stories/{better}"',
                )
        elif name not in used and file not in data and not unsure:
            if tile := _TILE.search(name):
                tiles = name[: tile.start()] or "stories"
                if tiles not in told_tiles:
                    told_tiles.add(tiles)
                    report.warning(
                        "unused-file",
                        f'no map shows the tiles in "{tiles}", so they are not published',
                        at,
                        f"lay them on a step, image: {tiles}/{{z}}/{{x}}/{{y}}{file.suffix}, or on all maps: "
                        f'tiles = "stories/{tiles}/{{z}}/{{x}}/{{y}}{file.suffix}" in the settings; or move them away',
                    )
                continue
            kind = "picture" if is_picture(file.name) else "file"
            report.warning(
                "unused-file",
                f'no story uses the {kind} "{name}", so it is not published',
                at,
                f"show it, ![what it shows]({name}), or move it out of stories/"
                if kind == "picture"
                else f"link to it, [what it is]({name}), or move it out of stories/",
            )


def _has_front_matter(file: Path) -> bool:
    """Whether a text that is not called Markdown begins as a story does."""
    if file.suffix.lower() not in {".txt", ".text", ""}:
        return False
    try:
        with file.open("rb") as opened:
            return opened.read(8).removeprefix(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r"))
    except OSError:
        return False


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a folder that may not be searched
        return False


_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"})
"""How the names of texts in Markdown end, here and in other programs."""

_HIDES_USES = frozenset(
    {
        "missing-picture",
        "missing-file",
        "no-position",
        "unreadable-picture",
        "unpublished-kind",
        "reserved-name",
        "picture-case",
        "file-case",
        "outside-project",
        "not-a-picture",
        "yaml-syntax",
    }
    | {"not-utf-8", "file-too-large", "line-too-long", "too-complex", "too-deep", "too-many-steps", "unreadable-file"}
    | {"unclosed-front-matter", "unclosed-comment", "unclosed-fence", "wrong-value", "unknown-key"}
)
"""Errors that may hide that a file is used: another warning would only repeat them."""


def _check_file(file: Path, name: str, at: Location, report: Report, *, is_scaled: bool) -> None:
    """A picture that is of another kind than its name says, or published larger than any page shows it."""
    suffix = file.suffix.lower()
    size = file.stat().st_size
    with file.open("rb") as opened:
        start = opened.read(4096)
    kind = next((_KINDS[one] for one, marks in SIGNATURES.items() if start.startswith(marks)), "")
    if kind and suffix in SIGNATURES and kind != _KINDS[suffix]:
        report.warning(
            "broken-picture",
            f'"{name}" is {kind}, not {_KINDS[suffix]} as its name says',
            at,
            f"rename it to end in {_ending(kind)}",
        )
        return
    width, height = measure_picture(file)
    if is_scaled and choose_widths(name, (width, height), size, start):
        return  # what is published is made smaller
    too_much = [f"{size / 1e6:,.1f} MB"] if size > MAX_PICTURE_BYTES else []
    if suffix != ".svg" and max(width, height) > MAX_PICTURE_PIXELS:
        too_much.append(f"{width:,} × {height:,} pixels")
    if too_much:
        scale = f": magick {file.name} -resize 2000x2000 {file.name}" if suffix != ".svg" else ""
        report.warning(
            "large-picture",
            f'"{name}" is large: {" and ".join(too_much)}',
            at,
            f"at most {MAX_PICTURE_BYTES / 1e6:.0f} MB and {MAX_PICTURE_PIXELS:,} pixels a side; scale it down{scale}",
        )


def _ending(kind: str) -> str:
    return next(suffix for suffix, name in _KINDS.items() if name == kind)


def _check_description(picture: WrittenPicture, report: Report) -> None:
    """An alternative text that is the name of the file or the word for any picture."""
    words = " ".join(picture.alt.split()).casefold().strip(".:")
    if words and (words in _VAGUE_ALT or _FILE_NAME.fullmatch(words)):
        report.warning(
            "vague-alt",
            f'"{picture.alt}" does not say what the picture shows',
            picture.at,
            "say it as you would on the telephone: ![the museum's lit front at night](museum.jpg)",
        )


def _check_unused_credits(
    checked: CheckedProject, source: StorySource | CollectionSource, found: Mapping[str, StoryFile], report: Report
) -> None:
    """Credits of files that are nowhere, whose names are misspelt."""
    credits = source.front.credits
    if not credits or _HIDES_USES & checked.mistaken:
        return
    folders = (checked.project.root / source.name).parent, checked.project.geo_folder, checked.project.data_folder
    known = [path for file in found.values() for path in (PurePosixPath(file.path).name, *file.beside)]
    for name in credits:
        if name not in known and not any((folder / name).is_file() for folder in folders):
            help = ask_nearest(name, known, otherwise="write the name of a file as the story does")
            report.warning(
                "unused-credit", f'no file "{name}" to credit', source.front.where_key("credits", name), help
            )


def _check_credits(source: StorySource | CollectionSource, found: Mapping[str, StoryFile], report: Report) -> None:
    """Photographs that name nobody: neither in a caption nor in the paragraph they stand in nor on hovering.

    What a file notes of itself is shown then, and told, because its author may not know what stands there.
    """
    credits = source.front.credits if isinstance(source, StorySource) else {}
    for picture in source.pictures:
        is_named = picture.is_credited or not {picture.path, picture.file}.isdisjoint(credits)
        file = found.get(picture.path)
        is_told = names_maker(picture) or not {picture.path, picture.file}.isdisjoint(credits)
        if not is_told and file and file.noted:
            said = ", ".join(filter(None, (file.noted.author, file.noted.licence)))
            report.note(
                "noted-credit",
                f'the credit of "{picture.file}" is what its file notes: {said}',
                picture.at,
                f"write it otherwise in the front matter: credits: {{{picture.file}: …}}",
            )
        elif not is_named and Path(picture.file).suffix.lower() in _PHOTOGRAPHS:
            report.note(
                "missing-credit",
                f'the photograph "{picture.file}" names neither its maker nor a licence',
                picture.at,
                f'add a caption: ![…]({picture.path} "Photo: Jana Nováková, CC BY 4.0")',
            )
