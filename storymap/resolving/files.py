"""The files that a story shows or links to: found beside it, inside the project, in the case it was written.

Pictures are measured: width and height go into the page, so that text does not move when one loads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from storymap.cleaning.damaged import find_damage
from storymap.cleaning.files import PICTURES, is_picture, is_published
from storymap.cleaning.heic import HEIC_ENDINGS, INSTALL
from storymap.cleaning.played import is_played
from storymap.errors import Location, Report
from storymap.project import Project
from storymap.reading.collection import CollectionSource
from storymap.reading.source import StorySource
from storymap.resolving.played import find_played
from storymap.resolving.story_file import StoryFile, look_at_picture
from storymap.text.relative_paths import STATIC, STORIES, mend_backslashes, path_in, resolve_path, write_path
from storymap.text.slugs import is_device
from storymap.text.suggesting import ask_nearest, find_nearest


def find_files(source: StorySource | CollectionSource, *, project: Project, report: Report) -> dict[str, StoryFile]:
    """Each picture and each linked file of a story, by its path as written.

    Paths are read from the story's own folder. What is missing, outside the stories folder, no picture, broken, or of a
    kind that is not published is reported and left out.
    """
    pictures = source.pictures
    if not (pictures or source.front.cover or source.file_links):
        return {}
    folder = project.stories_folder.resolve()
    finder = _Finder(folder, source.name, report)
    scaled = project.settings.pictures == "scaled"
    found: dict[str, StoryFile] = {}
    for picture in pictures:
        kind = "file" if is_played(picture.file) else "picture"
        path = finder.find(_list_spellings(picture.path), picture.at, kind=kind)
        if path:
            if not is_played(path):
                if not finder.is_whole(path, picture.at):
                    continue
                found[picture.path] = look_at_picture(folder, path, scaled=scaled)
            elif played := find_played(folder, path, picture.at, report, scaled=scaled):
                found[picture.path] = played
    if source.front.cover_file:
        cover, at = source.front.cover_file, source.front.where("cover", "file")
        path = finder.find((cover, unquote(cover)), at, kind="picture")
        if path and finder.is_whole(path, at):
            found.setdefault(cover, look_at_picture(folder, path, scaled=scaled))
    for link in source.file_links:
        spellings = _list_spellings(link.target)
        if finder.is_static(spellings[0]):
            if file := finder.find_static(spellings, link.at, project.static_folder):
                found.setdefault(link.target, file)
            continue
        path = finder.find(spellings, link.at, kind="file")
        if path:
            anchor = "".join(link.target.partition("#")[1:]) if path == finder.resolve(spellings[0]) else ""
            found.setdefault(link.target, StoryFile(path, anchor=anchor))
    return found


def _list_spellings(address: str) -> tuple[str, ...]:
    """The names of a file that an author may mean by `address`, the likeliest first.

    As a browser reads it, or else as the name of a file that has `%`, `#` or `?` in it.
    """
    return (unquote(address.partition("#")[0].partition("?")[0]), unquote(address), address)


class _Finder:
    """Finds the files that the story called `name` means, in `folder`, that of all stories."""

    def __init__(self, folder: Path, name: str, report: Report) -> None:
        self.folder = folder
        self.name = name
        self.report = report
        self.broken: set[str] = set()

    def resolve(self, written: str) -> str | None:
        """The path in the folder that `written` means; None where it leads out of that."""
        return path_in(STORIES, resolve_path(written, self.name))

    def find(self, spellings: Sequence[str], at: Location, *, kind: str) -> str | None:
        """The path of the file that is meant, in the folder; None, and a report, where it cannot be published."""
        written = spellings[0]
        try:
            written = next((one for one in spellings if self._is_true_name(one)), written)
            found = self._find_true(written, at, kind)
            if found:
                (self.folder / found).open("rb").close()
        except (OSError, RuntimeError, ValueError) as error:  # the last two: links in a circle, and a NUL in the name
            self.report.error(
                "unreadable-file",
                f'the {kind} "{written}" cannot be read: {getattr(error, "strerror", "") or error}',
                at,
                help="check its name, and that it may be read",
            )
            return None
        return found

    def is_whole(self, path: str, at: Location) -> bool:
        """Whether the picture at `path` can be seen; a warning, where it cannot, and pages leave it out."""
        damage = find_damage(self.folder / path)
        if damage and path not in self.broken:
            self.broken.add(path)
            message = f'"{path}" {damage[0]}; pages leave it out'
            self.report.warning("broken-picture", message, at, damage[1])
        return damage is None

    def is_static(self, written: str) -> bool:
        """Whether `written` leads into the folder of files that the site has as they are."""
        return path_in(STATIC, resolve_path(written, self.name)) is not None

    def find_static(self, spellings: Sequence[str], at: Location, folder: Path) -> StoryFile | None:
        """The file of `folder`, where the project keeps them, that is meant; None, and a report, where there is none.

        Of a folder it is the page that servers show for it.
        """
        meant = [path for one in spellings if (path := path_in(STATIC, resolve_path(one, self.name))) is not None]
        try:
            meant = [f"{path}/index.html".removeprefix("/") if (folder / path).is_dir() else path for path in meant]
            names = [(path, find_true_name(folder, PurePosixPath(path))) for path in meant]
        except (OSError, RuntimeError, ValueError) as error:  # the last two: links in a circle, and a NUL in the name
            reason = getattr(error, "strerror", "") or error
            help = "check its name, and that it may be read"
            self.report.error("unreadable-file", f'the file "{spellings[0]}" cannot be read: {reason}', at, help)
            return None
        path, name = next((one for one in names if one[0] == one[1]), names[0])
        if name is None:
            known = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
            near = find_nearest(path, known)
            better = write_path(f"{STATIC}{near}", self.name)
            help = f'did you mean "{better}"?' if near else f'put the file at "{STATIC}{path}"'
            self.report.error("missing-file", f'no file "{spellings[0]}"', at, help)
            return None
        if name != path:
            self._tell_case(spellings[0], (path, name), write_path(f"{STATIC}{name}", self.name), at, "file")
        anchor = "".join(spellings[-1].partition("#")[1:]) if path == meant[0] else ""
        return StoryFile(name, anchor=anchor, is_static=True)

    def _is_true_name(self, written: str) -> bool:
        path = self.resolve(written) if written else None
        return path is not None and find_true_name(self.folder, PurePosixPath(path)) == path

    def _write(self, path: str) -> str:
        """`path`, in the folder, as the story has to write it."""
        return write_path(f"{STORIES}{path}", self.name)

    def _find_true(self, written: str, at: Location, kind: str) -> str | None:
        """As `find`, of a file that may be read. Raises what looking for another one raises."""
        if better := mend_backslashes(written):
            self.report.error(f"missing-{kind}", f'"{written}" is written with backslashes', at, help=f"write {better}")
            return None
        found = self.resolve(written)
        if found is None or not (self.folder / found).resolve().is_relative_to(self.folder):
            self.report.error(
                "outside-project",
                f'"{written}" leads out of the stories folder',
                at,
                help=f"copy the {kind} beside the story",
            )
            return None
        path = PurePosixPath(found)
        if kind == "picture" and not is_picture(path.name):
            message = f'"{written}" is not a kind of picture that browsers show'
            self.report.error("not-a-picture", message, at, help=_advise_picture(written))
            return None
        true_name = find_true_name(self.folder, path)
        if true_name is None:
            help = _advise_page(PurePosixPath(written)) if path.suffix == ".html" else self._suggest(path)
            self.report.error(f"missing-{kind}", f'no {kind} "{written}"', at, help=help)
            return None
        if true_name != found:
            self._tell_case(written, (found, true_name), self._write(true_name), at, kind)
        if not is_published(true_name):
            message = f'the file "{true_name}" is of a kind that is not published'
            self.report.error("unpublished-kind", message, at, _advise(path))
            return None
        if device := next((part.partition(".")[0] for part in PurePosixPath(true_name).parts if is_device(part)), ""):
            self.report.error(
                "reserved-name",
                f'the {kind} "{true_name}" cannot be published: Windows keeps the name "{device}" for itself',
                at,
                help="rename the file",
            )
            return None
        return true_name

    def _tell_case(self, written: str, names: tuple[str, str], better: str, at: Location, kind: str) -> None:
        """Tell of a file that is named in other letters than it has, as `names` say; `better` is how to write it."""
        meant, true_name = (unicodedata.normalize("NFC", name) for name in names)
        alike = meant == true_name
        self.report.error(
            f"{kind}-case",
            f'the {kind} "{written}" is spelled '
            + ("with other characters on disk, which look the same" if alike else f'"{better}" on disk'),
            at,
            help="rename the file without accents, or type its name again: web servers tell these characters apart"
            if alike
            else f'write "{better}": most web servers tell capital letters apart',
        )

    def _suggest(self, path: PurePosixPath) -> str:
        files = sorted(
            self._write(file.relative_to(self.folder).as_posix())
            for file in self.folder.rglob("*")
            if file.suffix.lower() != ".md" and file.is_file()
        )
        wanted = self._write(path.as_posix())
        if _MAIL.fullmatch(path.name):
            return f"an address of mail begins with mailto: write mailto:{path.name}"
        if wanted.startswith("www."):
            return f"an address elsewhere begins with https://, so write https://{wanted}"
        return ask_nearest(wanted, files, otherwise=f'put the file at "{STORIES}{path}"')


_MAIL = re.compile(r"[^@\s/]+@[\w-]+(?:\.[\w-]+)+")


def _advise(path: PurePosixPath) -> str:
    """What to do with a file of a kind that is not published."""
    if path.suffix.lower() in (".html", ".htm", ".xhtml", ".mhtml", ".mht"):
        return (
            "a page could run in the name of the site: write it as a story, save it as PDF, or link to where it stands"
        )
    if path.suffix.lower() in HEIC_ENDINGS:
        return f"{INSTALL}; or save it as JPEG"
    if path.suffix.lower() in (".tif", ".tiff", ".bmp", ".svgz"):
        return "browsers do not show it: save it as JPEG, PNG or SVG"
    return "put it into a .zip, or save it as PDF, CSV or text; the guide lists what is published"


def find_true_name(folder: Path, path: PurePosixPath) -> str | None:
    """The path of the file as it is spelled on disk, however its letters are cased and composed; None for no file."""
    true = find_true_path(folder, path)
    return true if true is not None and (folder / true).is_file() else None


def find_true_path(folder: Path, path: PurePosixPath) -> str | None:
    """The same of a file or a folder; None where there is neither."""
    true = PurePosixPath()
    for part in path.parts:
        here = folder / true
        names = sorted(entry.name for entry in here.iterdir()) if here.is_dir() else []
        match = part if part in names else next((name for name in names if _fold(name) == _fold(part)), None)
        if match is None:
            return None
        true /= match
    return true.as_posix()


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _advise_picture(written: str) -> str:
    """What to do about a picture of another kind, or one with a size behind its name, as some dialects have it."""
    name, blank, size = written.rpartition(" ")
    if blank and re.fullmatch(r"=\d*%?x?\d*%?", size):
        return f"pages fit the size themselves: write {name}, without {size}"
    way = f"save it as JPEG or PNG; known are {', '.join(sorted(PICTURES))}"
    return f"{INSTALL}; or {way}" if PurePosixPath(written).suffix.lower() in HEIC_ENDINGS else way


def _advise_page(path: PurePosixPath) -> str:
    """What to write for a link to a page that the build makes: its address is not the author's to know."""
    if path.parent.name == "places":
        return f"link to a place by its name or id: place:{path.stem}"
    return f"link to a story by its file: {path.with_suffix('.md')}"
