"""Build anew whenever something was saved, and keep the last good site to answer from.

Between `storymap.serving.watching`, which says when, and `storymap.serving.pages`, which says what is sent.
"""

from __future__ import annotations

import hashlib
import html
import re
import time
import traceback
from typing import Protocol

from msgspec import Struct

from storymap.addresses import ATLAS, follow
from storymap.errors import Problem, Severity, StorymapError, Told, sort_problems

_SOURCE = re.compile(r'\s(?:src|poster)="([^"]+)"')


class Site(Protocol):
    """A site by path. Its files may be made when they are first asked for, and fail then."""

    def __getitem__(self, path: str, /) -> bytes:
        """The bytes of a file."""

    def __contains__(self, path: object, /) -> bool:
        """Whether there is such a file."""

    def version(self, path: str) -> str:
        """A text that is another one when the file is, told without making it."""


class Built(Protocol):
    """What one build gave."""

    @property
    def site(self) -> Site:
        """Relative path to bytes; of no use where the build failed."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything to tell."""

    @property
    def failed(self) -> bool:
        """Whether there is no site."""


class Builder(Protocol):
    """Builds the site of one project again and again."""

    def build(self) -> Built:
        """Build it from what is on disk now."""


class Mistakes(Struct, frozen=True):
    """What is wrong with the newest state of the project; `bug` is a traceback where we are to blame ourselves."""

    problems: tuple[Problem, ...] = ()
    failed: bool = False
    bug: str = ""

    @property
    def told(self) -> tuple[tuple[Severity, Told], ...]:
        """How each is told, worst first and then as they are read; notes are for the terminal."""
        told = [
            (problem.severity, problem.tell())
            for problem in sorted(sort_problems(self.problems), key=_comes_later)
            if problem.severity is not Severity.NOTE
        ]
        if self.bug:
            bug = Told("This is a bug in storymap, not a mistake of yours.", help=("", *self.bug.split("\n")))
            told.insert(0, (Severity.ERROR, bug))
        return tuple(told)


class Rebuild(Struct, frozen=True):
    """One build, for whoever tells the author: how long it took and what it found."""

    seconds: float
    mistakes: Mistakes


class PageFailedError(Exception):
    """A single page could not be made; `mistakes` says why."""

    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        super().__init__("\n\n".join(str(told) for _, told in mistakes.told))


class Preview:
    """The last good site of a project. Not for more than one thread at a time."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._built: Built | None = None
        self._site: Site | None = None
        self._bug = ""

    @property
    def mistakes(self) -> Mistakes:
        """What is wrong with the newest state, as far as it is known: making a page may bring more to light."""
        if self._built is None or self._bug:
            return Mistakes(failed=True, bug=self._bug)
        return Mistakes(self._built.problems, failed=self._built.failed)

    @property
    def has_site(self) -> bool:
        """Whether a build has succeeded yet."""
        return self._site is not None

    def rebuild(self) -> Rebuild:
        """Build anew; the site before stays where that fails. Raises nothing: a bug of ours is told like a mistake."""
        begun = time.perf_counter()
        try:
            self._built, self._bug = self._builder.build(), ""
        except Exception:  # noqa: BLE001 - the preview must outlive whatever an edit, or an author's own code, brings up
            self._bug = traceback.format_exc()
        if self._built and not self._built.failed and not self._bug:
            self._site = self._built.site
        return Rebuild(time.perf_counter() - begun, self.mistakes)

    def find_path(self, address: str) -> str | None:
        """The file of the site that stands at `address` (decoded, beginning with a slash), None if none does.

        As on GitHub Pages a folder is its index page, and `.html` may be left out.
        """
        path = address.removeprefix("/")
        folder = f"{path}{ATLAS}"
        candidates = (folder,) if not path or path.endswith("/") else (path, f"{path}.html")
        return next((name for name in candidates if self._site is not None and name in self._site), None)

    def read(self, path: str) -> bytes:
        """The bytes of a file of the site. Raises `PageFailedError` where it cannot be made."""
        assert self._site is not None
        try:
            return self._site[path]
        except StorymapError as error:
            raise PageFailedError(Mistakes(error.problems, failed=True)) from error
        except Exception as error:  # an author's own code may have run for this page
            raise PageFailedError(Mistakes(failed=True, bug=traceback.format_exc())) from error

    def find_version(self, path: str) -> str:
        """A checksum over a page and what the pictures that stand in it are made of. Raises as `read` does."""
        assert self._site is not None
        content = self.read(path)
        found = hashlib.sha256(content)
        for source in _SOURCE.findall(content.decode()) if path.endswith(".html") else ():
            picture = follow(path, html.unescape(source))
            if picture in self._site:
                found.update(self._site.version(picture).encode())
        return found.hexdigest()[:16]


def _comes_later(problem: Problem) -> bool:
    return problem.severity is not Severity.ERROR
