"""Check what a build would write: what stands in its way in the folder for it, and which other hosts its pages ask."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from storymap.building.network import find_hosts
from storymap.building.output import check_output, report_unwritable
from storymap.checking.checked import CheckedProject
from storymap.errors import Report

_FRAME = re.compile(rb' data-frame="https://([^"/?#]+)')


def check_site_folder(checked: CheckedProject, report: Report) -> None:
    """Tell what the build would not write over, in the folder that it writes to unless another is named."""
    folder = checked.project.site_folder
    if not checked.site:
        return
    try:
        check_output(_Digests(checked.site), folder.resolve(), project=checked.project, report=report)
    except (OSError, RuntimeError) as error:
        report_unwritable(folder, error, report)


def list_asked(site: Mapping[str, bytes]) -> list[tuple[str, tuple[str, ...]]]:
    """The pages of `site` that ask other hosts for something, each with those hosts; none is the rule."""
    pages = (path for path in site if path.endswith(".html"))
    return [(path, hosts) for path in sorted(pages) if (hosts := find_hosts(site[path]))]


def list_pressed(site: Mapping[str, bytes]) -> list[tuple[str, tuple[str, ...]]]:
    """The pages of `site` that ask other hosts when a reader presses a card, each with those hosts."""
    pages = ((path, site[path]) for path in sorted(site) if path.endswith(".html"))
    found = ((path, {host.decode() for host in _FRAME.findall(page)}) for path, page in pages if b"data-frame" in page)
    return [(path, tuple(sorted(hosts))) for path, hosts in found if hosts]


class _Digests(Mapping[str, str]):
    """The SHA-256 of each file of a site, told when it is asked for: only of files that stand in the way."""

    def __init__(self, site: Mapping[str, bytes]) -> None:
        self._site = site

    def __getitem__(self, path: str) -> str:
        return hashlib.sha256(self._site[path]).hexdigest()

    def __contains__(self, path: object) -> bool:
        return path in self._site

    def __iter__(self) -> Iterator[str]:
        return iter(self._site)

    def __len__(self) -> int:
        return len(self._site)
