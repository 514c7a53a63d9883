"""What is known of a result without its content: what a cache tells at once, found out by whoever does the task."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from msgspec import Struct

from storymap.building.network import find_hosts, find_on_demand, find_refused
from storymap.errors import Report


class Record(Struct, frozen=True):
    """What is known of a result without its content.

    `digest` is the SHA-256 of the content in hexadecimal, `size` its bytes, `hosts` the other servers that it asks for
    something and `loads` the files on demand that it loads, where it is a page. `report` tells what was found in
    making it. `files` are the digests of each of several files that are in it. `refused` are those of `hosts` that the
    policy of the page does not let it ask.
    """

    digest: str
    size: int
    report: Report
    hosts: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @classmethod
    def of(cls, content: bytes, report: Report, *, is_page: bool = False, files: Sequence[bytes] = ()) -> Record:
        """The record of `content`, which is a page or not, and is one file or holds several."""
        digests = tuple(map(_digest, files))
        if not is_page:
            return cls(_digest(content), len(content), report, files=digests)
        hosts, loads = find_hosts(content), find_on_demand(content)
        refused = find_refused(content, hosts)
        return cls(_digest(content), len(content), report, hosts, loads, digests, refused)

    @property
    def digests(self) -> tuple[str, ...]:
        """Those of the files that the task makes, in the order of its paths."""
        return self.files or (self.digest,)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
