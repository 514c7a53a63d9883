"""Compare what is published with what would be built: which files are missing there, differ, or are there besides.

What is published stands in a folder, or at an address on the web, from which each file is asked for once. What else is
there at an address is known by the list of files, with their checksums, that every build leaves in a site.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from storymap import __version__
from storymap.addresses import ATLAS, CNAME
from storymap.building.output import MANIFEST, list_files
from storymap.building.output_files import OutputFiles
from storymap.errors import Location, Report
from storymap.text.shortening import shorten

if TYPE_CHECKING:
    import requests

AT_A_TIME = 8
"""Files that are asked for at a time."""

TIMEOUT = 10.0
"""Seconds without a sign from the server."""

LONGEST = 120.0
"""Seconds that one file may take."""

LARGEST = 512 * 1024 * 1024
"""Bytes of a file that are read."""

_FOR_HOSTS = frozenset({".nojekyll", CNAME})
"""Files that tell a host something, and that not every host shows to readers."""

_NO_PART = frozenset({".git", ".gitignore", ".DS_Store"})
"""What may stand at the top of a folder with a site, and belongs to whoever keeps it."""


class _There(Struct, frozen=True):
    """What stands there in place of a file: the SHA-256 of its bytes, empty for none, and then the reason."""

    digest: str
    reason: str = "is not there"


def is_address(published: str) -> bool:
    """Whether a site stands at an address on the web, and not in a folder."""
    return published.startswith(("http://", "https://"))


def compare_folder(site: Mapping[str, str], folder: Path, at: Location, report: Report) -> None:
    """Tell how the files in `folder` differ from those of `site`, which maps paths to the SHA-256 of their bytes."""
    files = OutputFiles(folder)
    there = {path: _read(files, path) for path in site}
    besides = (path for path in list_files(folder) if path not in site and path != MANIFEST)
    _tell(site, there, (path for path in besides if path.partition("/")[0] not in _NO_PART), str(folder), at, report)


def compare_address(
    site: Mapping[str, str],
    address: str,
    at: Location,
    report: Report,
    *,
    progress: Callable[[int, int, str], None] | None = None,
) -> None:
    """Tell how what stands at `address` differs from `site`, which maps paths to the SHA-256 of their bytes.

    `progress` is told how many files were asked for, of how many, and the last of them.
    """
    top = address.rstrip("/")
    sessions = _Sessions()
    first = _fetch(f"{top}/{ATLAS}", sessions)
    if not first.digest and first.reason != "is not there":
        message = f"{top}/ does not answer: {first.reason}"
        report.error("no-published-site", message, at, "check the address, and whether this machine is on the network")
        return
    asked = [path for path in sorted(site) if path not in _FOR_HOSTS]
    there: dict[str, _There] = {}
    with ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="published") as pool:
        found = pool.map(lambda path: _fetch(f"{top}/{quote(path)}", sessions), asked)
        for path, answer in zip(asked, found, strict=True):
            there[path] = answer
            if progress:
                progress(len(there), len(asked), path)
    listed = _fetch_list(f"{top}/{MANIFEST}", sessions)
    if listed is None:
        message = f"what else is at {top}/ is not known: it does not show the list that a build leaves, {MANIFEST}"
        report.note("published-besides", message, at, "some servers show no files whose names begin with a dot")
    _tell({path: site[path] for path in asked}, there, sorted({*(listed or ())} - site.keys()), f"{top}/", at, report)


def _tell(
    site: Mapping[str, str],
    there: Mapping[str, _There],
    besides: Iterable[str],
    where: str,
    at: Location,
    report: Report,
) -> None:
    where = shorten(where, 100)
    for path, digest in sorted(site.items()):
        found = there[path]
        if not found.digest:
            report.error("published-missing", f'"{path}" {found.reason} at {where}', at, "publish the site again")
        elif found.digest != digest:
            message = f'"{path}" at {where} is another than would be built now'
            help = "publish the site again, with this version of storymap; a host that changes pages does so every time"
            report.error("published-otherwise", message, at, help)
    for path in besides:
        message = f'"{path}" is at {where}, and not in the site'
        report.warning("published-besides", message, at, "delete it there if nobody needs it any more")


def _read(files: OutputFiles, path: str) -> _There:
    try:
        return _There(files.digest(path) or "")
    except OSError as error:
        return _There("", f"cannot be read ({error.strerror or error})")


class _Sessions(threading.local):
    """A session for each thread, with its connection kept open."""

    def __init__(self) -> None:
        import requests  # asked for by name, by few

        self.session = requests.Session()
        self.session.headers["User-Agent"] = (
            f"folium-storymap/{__version__} (compares a published site with its sources)"
        )
        self.session.headers["Cache-Control"] = "no-cache"


def _fetch(address: str, sessions: _Sessions) -> _There:
    """What stands at an address; asked for twice where no answer comes."""
    import requests

    reason = ""
    for _ in range(2):
        try:
            with sessions.session.get(address, timeout=TIMEOUT, stream=True) as answer:
                if answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
                    return _There("")
                if answer.status_code != HTTPStatus.OK:
                    return _There("", f"is answered with {answer.status_code} {answer.reason}".rstrip())
                digest = hashlib.sha256()
                for chunk in _list_chunks(answer):
                    digest.update(chunk)
                return _There(digest.hexdigest())
        except (requests.RequestException, TimeoutError) as error:
            reason = f"does not come ({_explain(error)})"
    return _There("", reason)


def _fetch_list(address: str, sessions: _Sessions) -> tuple[str, ...] | None:
    """The files that are listed at an address; None where no list is shown."""
    import requests

    try:
        with sessions.session.get(address, timeout=TIMEOUT, stream=True) as answer:
            if answer.status_code != HTTPStatus.OK:
                return None
            listed = json.loads(b"".join(_list_chunks(answer)))
    except (requests.RequestException, TimeoutError, ValueError, RecursionError):
        return None
    files = listed.get("files") if isinstance(listed, dict) else None
    return tuple(map(str, files)) if isinstance(files, dict) else None


def _list_chunks(answer: requests.Response) -> Iterator[bytes]:
    """What an answer has in it. Raises `TimeoutError` where that takes too long, or never ends."""
    end, size = time.monotonic() + LONGEST, 0
    for chunk in answer.iter_content(1 << 16):
        size += len(chunk)
        if time.monotonic() > end or size > LARGEST:
            raise TimeoutError("it takes too long" if size <= LARGEST else "it is too large")
        yield chunk


def _explain(error: Exception) -> str:
    """In a few words why no answer came."""
    import requests

    if isinstance(error, requests.Timeout):
        return "no sign of the server in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not right"
    if isinstance(error, requests.ConnectionError):
        return "there is no connection"
    return shorten(str(error), 80)
