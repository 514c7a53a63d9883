"""What cleaning a file gives, and what is raised where it cannot be cleaned."""

from __future__ import annotations

from msgspec import Struct


class Cleaned(Struct, frozen=True):
    """A file as it may be published.

    `private` names, in words, what it told of people and places and does not any more; `active` what could have run in
    a reader's browser, or asked other servers, and is gone. `orientation` is what is noted in `data` of how its pixels
    have to be turned (1 to 8, as in Exif; 1 is upright).
    """

    data: bytes
    private: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    orientation: int = 1


class UncleanError(Exception):
    """The file cannot be made fit to publish; the message says why, as a clause about the file."""
