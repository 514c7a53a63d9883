"""Fetch what a map hook loads from elsewhere into the project: what `storymap assets add` does, when told.

A stylesheet is fetched with the fonts and pictures that it loads, and leads to their copies. With each copy it is
recorded what it was, and under which licence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from msgspec import Struct

from storymap.building.keeping import FOLDER, LOCK, KeptFile, digest, read_copy, read_lock, write_lock
from storymap.building.licensing import find_licence
from storymap.building.project_files import ProjectFiles
from storymap.drawing.elsewhere import is_elsewhere
from storymap.errors import Location, Report
from storymap.project import Project
from storymap.replacing import replace_file
from storymap.text.shortening import shorten

LARGEST_COPY = 20_000_000
"""Bytes of the largest file that is kept."""

MOST_COPIES = 300

_SECONDS_TO_WAIT = 20
_HEADERS = {"User-Agent": "folium-storymap (keeps what a map loads with the map)"}
_LOADS = re.compile(r"""url\(\s*(["']?)(?P<url>[^"')]+)\1\s*\)|@import\s+(["'])(?P<import>[^"']+)\3""", re.IGNORECASE)
_KINDS = {"javascript": ".js", "ecmascript": ".js", "css": ".css", "image/": "", "font": "", "video/": "", "audio/": ""}
_PLAIN = ("text/plain", "application/octet-stream", "binary/octet-stream", "")
"""What servers say of a file that they know nothing about; its name then decides."""

_SUFFIXES = frozenset(
    ".js .mjs .css .png .jpg .jpeg .gif .webp .avif .svg .ico .woff .woff2 .ttf .otf .eot .mp4 .webm .mp3 .ogg".split()
)


class NotKeptError(Exception):
    """Something cannot be kept, for the reason that the message gives."""


class Kept(Struct, frozen=True):
    """What a project keeps now, how many of them were fetched just now, and how many copies were removed."""

    files: tuple[KeptFile, ...]
    fetched: int
    removed: int


def keep_assets(
    project: Project,
    addresses: Iterable[str],
    report: Report,
    *,
    renew: bool = False,
    tell: Callable[[str], None] | None = None,
) -> Kept:
    """Keep a copy of everything at `addresses`, and of what it loads in its turn, and no other copies.

    What is kept already is not fetched again unless it is to `renew`. What cannot be kept is told in `report`. `tell`
    is told each address that is about to be fetched. Raises `OSError` where the project cannot be written.
    """
    at = project.where("map_hook")
    files, quiet = ProjectFiles(), Report()
    before = {file.address: file for file in read_lock(project.root, files, quiet)}
    found: dict[str, KeptFile] = {}
    fetched = 0

    @lru_cache  # many files are of the same package
    def ask(about: str) -> bytes:
        if tell:
            tell(about)
        return _download(about, "json")[0]

    waiting = list(dict.fromkeys(addresses))
    wanted = frozenset(waiting)
    while waiting and len(found) < MOST_COPIES:
        address = waiting.pop(0)
        if address in found:
            continue
        old = before.get(address)
        if old and not renew and read_copy(old, project.root, files, quiet) is not None:
            found[address] = old
        else:
            if tell:
                tell(address)
            try:
                found[address] = copy = _keep(address, project.root, ask, old)
            except NotKeptError as error:
                _refuse(address, str(error), at, report.error if address in wanted else report.warning)
                continue
            if address in wanted and is_elsewhere(address) and not copy.licence:
                report.note(
                    "unknown-licence",
                    f'nobody says under which licence "{shorten(address, 120)}" stands',
                    at,
                    f'look it up before you publish the site, and write it into {LOCK} as its "licence"',
                )
            fetched += 1
        waiting += found[address].parts
    for address in waiting:
        _refuse(address, f"there are more than {MOST_COPIES} files", at, report.error)
    gone = {file.path for file in before.values()} - {file.path for file in found.values()}
    for path in sorted(gone):
        (project.root / path).unlink(missing_ok=True)
    if found or before:
        replace_file(project.root / LOCK, write_lock(tuple(found.values())))
    return Kept(tuple(found.values()), fetched, len(gone))


def _refuse(address: str, reason: str, at: Location, tell: Callable[[str, str, Location, str], None]) -> None:
    tell(
        "asset-not-kept",
        f'"{shorten(address, 120)}" cannot be kept: {reason}',
        at,
        "try again later, or name another file in the map hook; a file of the project will do, too",
    )


def _keep(address: str, root: Path, ask: Callable[[str], bytes], old: KeptFile | None) -> KeptFile:
    """Fetch what stands at `address` and write it into the project in `root`; `ask` fetches what says its licence.

    Where nothing does, it is that of the `old` copy, which a person may have written. Raises `NotKeptError`.
    """
    data, kind = _download(address) if is_elsewhere(address) else (_read_own(address, root), "")
    name = _name_copy(address, kind)
    parts: tuple[str, ...] = ()
    if name.endswith(".css"):
        data, parts = _lead_to_copies(address, data)
    replace_file(root / FOLDER / name, data)
    licence = find_licence(address, ask) or (old.licence if old else "")
    return KeptFile(address, name, digest(data), parts, licence)


def _download(address: str, wanted: str = "") -> tuple[bytes, str]:
    """What a server has at `address`, and the suffix that belongs to what it says it is, unless that is `wanted`."""
    try:
        with requests.get(
            f"https:{address}" if address.startswith("//") else address,
            headers=_HEADERS,
            timeout=_SECONDS_TO_WAIT,
            stream=True,
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise NotKeptError(f"the server answers {answer.status_code}")
            said = answer.headers.get("Content-Type", "")
            kind = "" if wanted and wanted in said else _suffix_of(address, said)
            data = bytearray()
            for piece in answer.iter_content(1 << 16):
                data += piece
                if len(data) > LARGEST_COPY:
                    raise NotKeptError(f"it is larger than {LARGEST_COPY // 1_000_000} MB")
            return bytes(data), kind
    except requests.RequestException as error:
        raise NotKeptError(f"{urlsplit(address).netloc} does not answer ({type(error).__name__})") from error


def _suffix_of(address: str, content_type: str) -> str:
    """The suffix for what a server calls `content_type`, empty where its name has one. Raises `NotKeptError`."""
    said = content_type.partition(";")[0].strip().lower()
    suffix = PurePosixPath(urlsplit(address).path).suffix.lower()
    for kind, its_suffix in _KINDS.items():
        if kind in said:
            return its_suffix if suffix not in _SUFFIXES else ""
    if said in _PLAIN and suffix in _SUFFIXES:
        return ""
    raise NotKeptError(f"it is no script, stylesheet, picture or font but {said or 'something else'}")


def _read_own(path: str, root: Path) -> bytes:
    """The file of the project at `path`. Raises `NotKeptError`."""
    file = (root / urlsplit(path).path).resolve()
    if not file.is_relative_to(root):
        raise NotKeptError("it lies outside the project")
    try:
        if file.stat().st_size > LARGEST_COPY:
            raise NotKeptError(f"it is larger than {LARGEST_COPY // 1_000_000} MB")
        return file.read_bytes()
    except OSError as error:
        raise NotKeptError(f"the project has no such file ({error.strerror or error})") from error


def _name_copy(address: str, suffix: str) -> str:
    """The name of the copy: readable, and another one for each address."""
    base = re.sub(r"[^A-Za-z0-9._-]+", "-", PurePosixPath(urlsplit(address).path).name)[-60:].strip(".-")
    return f"{digest(address.encode())[:10]}-{base or 'file'}{suffix}"


def _lead_to_copies(address: str, data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A stylesheet that leads to the copies of what it loads, and the addresses of that."""
    text = data.decode("utf-8", errors="replace")
    parts = dict(_list_parts(address, text))

    def lead(found: re.Match[str]) -> str:
        part = parts.get(found["url"] or found["import"])
        if part is None:
            return found[0]
        name = _name_copy(part, "")
        return f'url("{name}")' if found["url"] else f'@import "{name}"'

    return _LOADS.sub(lead, text).encode(), tuple(dict.fromkeys(parts.values()))


def _list_parts(address: str, text: str) -> Iterator[tuple[str, str]]:
    """What a stylesheet at `address` loads: as it is written, and whole."""
    for found in _LOADS.finditer(text):
        written = found["url"] or found["import"]
        if not written.startswith(("data:", "#")):
            yield written, urldefrag(urljoin(address, written.strip())).url
