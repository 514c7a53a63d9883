"""Write a new project, or a new story of one: whole or not at all, and over nothing that is there."""

from __future__ import annotations

import json
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from storymap.reading.story_files import COLLECTION_FILE, list_story_files
from storymap.starter.quoting import quote_yaml
from storymap.starter.steps import NewStep, StoryFiles, settle_files, write_steps
from storymap.text.shortening import shorten
from storymap.text.slugs import OWN_PREFIX, RESERVED_FOLDERS, RESERVED_STORIES, make_slug

DISTRIBUTION = "folium-storymap"
"""What the package is called where it is installed from."""

_STARTER = Path(__file__).with_name("project")

_NEEDS_AN_ADDRESS = frozenset({"requirements.txt", ".github/workflows/pages.yml", ".devcontainer/devcontainer.json"})
"""Files of use only where it is known from which address another machine can install this storymap."""

_IGNORED = frozenset({".git", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""What may lie in a folder that counts as empty: a repository without a commit, and what systems leave behind."""

_LONGEST_STEM = 240
"""Bytes of a file name before `.md`: file systems allow 255."""


class StartError(Exception):
    """Why nothing was written: a sentence for the author, and in `help` what to do."""

    def __init__(self, message: str, help: str = "") -> None:
        self.help = help
        super().__init__(message)


def write_project(folder: Path) -> None:
    """Write the starter project into `folder`, which must be empty or not exist; folders above it are made.

    All of it appears at once, or nothing does. Raises `StartError`.
    """
    try:
        _refuse_occupied(folder)
        with _making_parents(folder), _staged(folder) as staged:
            _copy_starter(staged)
            _move_in(staged, folder)
    except OSError as error:
        shown = shorten(str(folder), 100)
        raise StartError(f'"{shown}" cannot be made: {error.strerror or error}') from error


class BegunCollection(Struct, frozen=True):
    """The `folder` of a collection, the `file` that describes it, and whether that was written just now."""

    folder: Path
    file: Path
    is_new: bool


def begin_collection(stories: Path, name: str) -> BegunCollection:
    """The collection in the folder called `name` in `stories`, which is made if there is none. Raises `StartError`."""
    name = " ".join(name.split())
    folder = stories / name
    if not name or Path(name).name != name or name.startswith((".", "~")) or not folder.is_dir():
        slug = make_slug(name)
        if not slug or slug in RESERVED_FOLDERS or slug.startswith(OWN_PREFIX):
            raise StartError(f'a collection cannot be called "{name}"', "give it a name in words, such as drought")
        folder = stories / slug
    file = folder / COLLECTION_FILE
    if file.exists():
        return BegunCollection(folder, file, is_new=False)
    title = name[:1].upper() + name[1:] if " " in name or folder.name != name else name.replace("-", " ").capitalize()
    text = _read_starter("collection.md").replace("@TITLE@", quote_yaml(title))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except OSError as error:
        raise StartError(f'"{error.filename or file}" cannot be written: {error.strerror or error}') from error
    return BegunCollection(folder, file, is_new=True)


def write_story(stories: Path, title: str, steps: Sequence[NewStep] = (), *, folder: Path | None = None) -> Path:
    """Write a story called `title` into `folder` of the folder `stories`, or into that, and return its file.

    It has `steps`, or some that show what a step may say. The files of `steps` that stand elsewhere are copied into a
    folder beside it. Raises `StartError`.
    """
    title = " ".join(title.split())
    slug = name_story_file(title)
    folder = folder or stories
    file = folder / f"{slug}.md"
    taken = next((other for other in list_story_files(stories) if make_slug(other.stem) == slug), None)
    if taken:
        raise StartError(
            f'there is a story of this name: "stories/{taken.relative_to(stories).as_posix()}"',
            "give the new one another title; it can be changed later",
        )
    files = settle_files(steps, folder, slug)
    if steps:
        text = f"---\ntitle: {quote_yaml(title)}\n---\n{write_steps(steps, files.paths)}"
    else:
        text = _read_starter("story.md").replace("@TITLE@", quote_yaml(title))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _copied(files, folder / slug), file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except OSError as error:
        raise StartError(f'"{error.filename or file}" cannot be written: {error.strerror or error}') from error
    return file


def name_story_file(title: str) -> str:
    """The name, without `.md`, of the file for a story called `title`: its slug, clear of names the site needs."""
    if any(unicodedata.category(character) == "Cs" for character in title):
        raise StartError("the title is not UTF-8 text")
    slug = make_slug(title)
    if not slug:
        raise StartError(
            f'"{title}" has no letter or digit to make a file name of', "add a word; it can be changed later"
        )
    if slug in RESERVED_STORIES or slug.startswith(OWN_PREFIX):
        slug = make_slug(f"story-{slug}")
    return slug.encode()[:_LONGEST_STEM].decode(errors="ignore").strip("-")


def state_requirement() -> str:
    """The line of a requirements file that installs the storymap that is running now, on any machine.

    Installed from a repository at some address, it is that commit (PEP 610); from a registry, that release. Empty where
    it was installed from a folder or a file of this machine: a name alone would be looked up in a registry, where it
    may be somebody else's.
    """
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.parse import urlsplit, urlunsplit

    try:
        installed = distribution(DISTRIBUTION)
    except PackageNotFoundError:
        return ""
    written = installed.read_text("direct_url.json")
    if written is None:  # which installers leave of all that they were not asked for by name (PEP 610)
        return f"{DISTRIBUTION}=={installed.version}"
    origin = json.loads(written)
    revision = origin.get("vcs_info", {})
    address = urlsplit(origin.get("url", ""))
    if revision.get("commit_id") and address.scheme in {"https", "ssh"} and address.hostname:
        host = address.hostname + (f":{address.port}" if address.port else "")  # never a name or password
        user = "git@" if address.scheme == "ssh" else ""
        where = urlunsplit((address.scheme, user + host, address.path, "", ""))
        return f"{DISTRIBUTION} @ {revision['vcs']}+{where}@{revision['commit_id']}"
    return ""


def _refuse_occupied(folder: Path) -> None:
    if folder.is_symlink() and not folder.exists():
        raise StartError(f'"{folder}" is a link that leads nowhere', "name another folder")
    if folder.exists() and not folder.is_dir():
        raise StartError(f'"{folder}" is a file', "name another folder")
    above = next((parent for parent in folder.parents if parent.exists()), folder)
    if not above.is_dir():
        raise StartError(f'"{above}" is a file, so nothing can be put into it', "name another folder")
    if not folder.is_dir():
        return
    found = sorted(entry.name for entry in folder.iterdir() if entry.name not in _IGNORED)
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise StartError(
            f'"{folder}" is not empty: it holds "{found[0]}"{more}',
            'name a folder that does not exist yet; for a new story in this one: storymap new story "Title"',
        )


@contextmanager
def _making_parents(folder: Path) -> Iterator[None]:
    """Make the folders above `folder`, and take away again those made if what follows fails."""
    missing = [parent for parent in folder.parents if not parent.exists()]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for parent in missing:
            if parent.is_dir() and not any(parent.iterdir()):
                parent.rmdir()
        raise


@contextmanager
def _copied(files: StoryFiles, folder: Path) -> Iterator[None]:
    """Copy the files of a story that stand elsewhere into `folder`, and take it away again if what follows fails."""
    if not files.copied:
        yield
        return
    if folder.exists() or folder.is_symlink():
        raise StartError(
            f'there is a folder "stories/{folder.name}", into which the files would be copied',
            "give the story another title; it can be changed later",
        )
    with _staged(folder) as staged:
        for source in files.copied:
            shutil.copyfile(source, staged / source.name)
        staged.chmod(0o755)  # made for one's own eyes only
        staged.rename(folder)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder)
        raise


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """A folder on the same disk to write into first: within `folder` if that exists, beside it otherwise."""
    home = folder if folder.is_dir() else folder.parent
    staged = Path(tempfile.mkdtemp(prefix=".storymap-new-", dir=home))
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _copy_starter(target: Path) -> None:
    """Write every file of the starter project into `target`; what GitHub needs to build it only where it can."""
    requirement = state_requirement()
    for file in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        if not requirement and file.relative_to(_STARTER).as_posix() in _NEEDS_AN_ADDRESS:
            continue
        copy = target / file.relative_to(_STARTER)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())  # not a copy of its mode: a package may be read-only
    if requirement:
        requirements = target / "requirements.txt"
        text = requirements.read_text(encoding="utf-8").replace("@REQUIREMENT@", requirement)
        requirements.write_text(text, encoding="utf-8", newline="\n")


def _move_in(staged: Path, folder: Path) -> None:
    """Make what was staged the contents of `folder`; what was moved is taken back if the rest cannot be."""
    if not folder.is_dir():
        staged.chmod(0o755)  # made for one's own eyes only
        staged.rename(folder)
        return
    undo: list[Callable[[], object]] = []
    try:
        for entry in sorted(staged.iterdir()):
            target = folder / entry.name
            if target.exists():
                raise FileExistsError(17, f'"{entry.name}" has appeared in it')
            entry.rename(target)
            undo.append(lambda target=target, entry=entry: target.rename(entry))  # type: ignore[misc]
    except BaseException:
        for back in reversed(undo):
            back()
        raise


def _read_starter(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
