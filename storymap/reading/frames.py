"""Films and posts elsewhere that a page can show in a frame: which addresses those are, and what the frame loads.

Nothing is asked before a reader wants it; what is asked then is the version of each service that tells it least.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

from msgspec import Struct

_ID = re.compile(r"[\w-]{6,40}", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[1-9A-HJ-NP-Za-km-z]{22}")
_HOST = re.compile(r"(?=.{4,100}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_MASTODON = re.compile(r"/@([\w.-]+(?:@[\w.-]+)?)/(\d{6,25})(?:/embed)?/?", re.ASCII)
_PEERTUBE = re.compile(r"/(?:w|videos/(?:watch|embed))/([\w-]+)/?", re.ASCII)
_BLUESKY = re.compile(r"/profile/([\w.:-]+)/post/(\w+)/?", re.ASCII)
_VIMEO = re.compile(r"/(?:video/|channels/\w+/)?(\d{5,12})(?:/([0-9a-f]{6,20}))?/?", re.ASCII)
_SECONDS = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?")


class FrameSource(Struct, frozen=True):
    """What is shown elsewhere: its own page, the `frame` that shows it in another, and what the service is called."""

    address: str
    frame: str
    service: str
    is_post: bool = False

    @property
    def host(self) -> str:
        """The server that the frame asks."""
        return urlsplit(self.frame).hostname or ""


def find_frame(address: str) -> FrameSource | None:
    """What the `address` of a page, or of a frame that somebody copied, shows; None where it is no such address."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").removeprefix("www.").removeprefix("m."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or port or parts.username or not _HOST.fullmatch(host):
        return None
    find = _SERVICES.get(host, _find_elsewhere)
    return find(host, parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()})


def _find_youtube(host: str, path: str, query: dict[str, str]) -> FrameSource | None:
    begin, _, rest = path.strip("/").partition("/")
    known = ("embed", "shorts", "live", "v")
    name = begin if host == "youtu.be" else query.get("v", "") if begin == "watch" else rest if begin in known else ""
    if not _ID.fullmatch(name):
        return None
    time = query.get("start") or query.get("t") or ""
    seconds = _read_seconds(time)
    address = f"https://www.youtube.com/watch?v={name}" + (f"&t={seconds}s" if seconds else "")
    start = f"&start={seconds}" if seconds else ""
    return FrameSource(address, f"https://www.youtube-nocookie.com/embed/{name}?autoplay=1&rel=0{start}", "YouTube")


def _find_vimeo(host: str, path: str, query: dict[str, str]) -> FrameSource | None:  # noqa: ARG001 - as all are found
    found = _VIMEO.fullmatch(path)
    if not found:
        return None
    secret = found[2] or query.get("h", "")
    secret = secret if re.fullmatch(r"[0-9a-f]{6,20}", secret) else ""
    address = f"https://vimeo.com/{found[1]}" + (f"/{secret}" if secret else "")
    more = f"&h={secret}" if secret else ""
    return FrameSource(address, f"https://player.vimeo.com/video/{found[1]}?dnt=1&autoplay=1{more}", "Vimeo")


def _find_bluesky(host: str, path: str, query: dict[str, str]) -> FrameSource | None:  # noqa: ARG001 - the same
    found = _BLUESKY.fullmatch(path)
    if not found:
        return None
    who = quote(found[1], safe=":.-")
    frame = f"https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{found[2]}"
    return FrameSource(f"https://bsky.app/profile/{who}/post/{found[2]}", frame, "Bluesky", is_post=True)


def _find_elsewhere(host: str, path: str, query: dict[str, str]) -> FrameSource | None:  # noqa: ARG001 - the same
    """A film of PeerTube or a post of Mastodon, which stand on many servers, by the shape of their addresses."""
    if found := _MASTODON.fullmatch(path):
        address = f"https://{host}/@{found[1]}/{found[2]}"
        return FrameSource(address, f"{address}/embed", "Mastodon", is_post=True)
    if (found := _PEERTUBE.fullmatch(path)) and _UUID.fullmatch(found[1]):
        frame = f"https://{host}/videos/embed/{found[1]}?autoplay=1&p2p=0"
        return FrameSource(f"https://{host}/w/{found[1]}", frame, "PeerTube")
    return None


def _read_seconds(time: str) -> int:
    """Seconds of a time such as 90, 90s or 1m30s; 0 for none."""
    found = _SECONDS.fullmatch(time)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


_Find = Callable[[str, str, dict[str, str]], FrameSource | None]
_SERVICES: dict[str, _Find] = {
    **dict.fromkeys(("youtube.com", "youtu.be", "youtube-nocookie.com", "music.youtube.com"), _find_youtube),
    **dict.fromkeys(("vimeo.com", "player.vimeo.com"), _find_vimeo),
    "bsky.app": _find_bluesky,
}
