"""Players that authors paste as HTML, before it is cleaned: what pages can show is written as Markdown would have it.

`<video src="film.mp4">` and `<audio>` of a file beside the story become that file shown; an `<iframe>` of a service
that pages know becomes a link alone in its paragraph. Everything else stays, is cleaned away and told.
"""

from __future__ import annotations

import re
from html import escape, unescape

from storymap.cleaning.played import is_played
from storymap.reading.frames import find_frame

_PLAYER = re.compile(
    r"(?P<p><p>\s*)?<(?P<tag>video|audio|iframe)\b(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*'){0,2000})>"
    r"(?P<inner>.{0,2000}?)</(?P=tag)\s*>(?P<end>\s*</p>)?",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([a-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.IGNORECASE)
_SOURCE = re.compile(r"<source\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_MARKS = ("<video", "<audio", "<iframe")


def replace_players(raw: str) -> str:
    """`raw`, HTML that is not cleaned, with the players in it that pages have another way to show."""
    lower = raw.lower()
    return _PLAYER.sub(_replace, raw) if any(mark in lower for mark in _MARKS) else raw


def _replace(player: re.Match[str]) -> str:
    values = _read(player["rest"])
    is_frame = player["tag"].lower() == "iframe"
    written = _write_frame(values) if is_frame else _write_file(values, player["inner"])
    if not written:
        return player[0]
    begin, end = player["p"] or "", player["end"] or ""
    if bool(begin) != bool(end):  # words stand beside it
        return f"{begin}{written}{end}"
    within = not begin and player.string.rfind("<p", 0, player.start()) > player.string.rfind("</p", 0, player.start())
    if within:
        return written
    return f"<p>{written}</p>" if written.startswith("<a") else f'<figure class="shown">{written}</figure>'


def _write_frame(values: dict[str, str]) -> str:
    source = values.get("src", "")
    found = find_frame(f"https:{source}" if source.startswith("//") else source)
    if not found:
        return ""
    return f'<a href="{escape(found.address)}">{escape(values.get("title") or found.address)}</a>'


def _write_file(values: dict[str, str], inner: str) -> str:
    sources = [values.get("src", ""), *(_read(found[1]).get("src", "") for found in _SOURCE.finditer(inner))]
    source = next((one for one in sources if one and not _ELSEWHERE.match(one) and is_played(one)), "")
    if not source:
        return ""
    said = " ".join(unescape(_TAGS.sub(" ", inner)).split())
    alt = values.get("aria-label") or values.get("title") or said
    return f'<img src="{escape(source)}" alt="{escape(alt)}">'


def _read(rest: str) -> dict[str, str]:
    return {found[1].lower(): unescape(found[2] or found[3] or found[4] or "") for found in _ATTRIBUTE.finditer(rest)}
