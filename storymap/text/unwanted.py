"""Refuse characters that nobody sees and that act on pages and terminals, however they were written.

Plain text may hold none of them (`storymap.reading.text`); a value whose format has escapes, such as YAML or TOML,
is looked at once more when they are resolved.
"""

from __future__ import annotations

import re

from storymap.errors import Location, Report

_FORBIDDEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
FORBIDDEN = re.compile(f"[{_FORBIDDEN}]")
"""C0 without tab and newline, DEL, C1 (NEL included), and the noncharacters, which later stages use as placeholders."""

DIRECTION_OVERRIDE = re.compile("[\u202d\u202e]")
"""What shows the text after it in another order than it is written."""

_CAUSES = {
    "\v": "it is a line break of a word processor: begin a new line instead",
    "\f": "it is a page break of a word processor: delete it",
}

_ESCAPABLE = re.compile(f"[{_FORBIDDEN}\ud800-\udfff]")
"""The forbidden ones, and the halves of pairs, which only an escape can write."""

_UNWANTED = re.compile(f"{_ESCAPABLE.pattern}|{DIRECTION_OVERRIDE.pattern}")


def refuse_escaped(text: str, at: Location, report: Report) -> str:
    """`text`, a value whose escapes are resolved, with U+FFFD for what must not be in it, which is told."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := DIRECTION_OVERRIDE.search(text):
        tell_override(found, at, report)
    if not (bad := _ESCAPABLE.search(text)):
        return text
    tell_control(bad, at, report)
    return _ESCAPABLE.sub("\ufffd", text)


def blot_out(text: str) -> str:
    """`text` with U+FFFD for each character that no file may hold, XML least of all."""
    return text if text.isprintable() else _ESCAPABLE.sub("\ufffd", text)


def find_unwanted(text: str) -> str:
    """Every character of `text` that an escape must not bring in, each once, in the order of the text."""
    return "" if text.isprintable() else "".join(dict.fromkeys(_UNWANTED.findall(text)))


def tell_control(found: re.Match[str], at: Location, report: Report, *, more: str = "") -> None:
    """Tell of a character that must not be there; `more` begins the help."""
    help = _CAUSES.get(found[0], "delete it; an editor may show it as a box or not at all")
    report.error("control-character", f"control character U+{ord(found[0]):04X}", at, more + help)


def tell_override(found: re.Match[str], at: Location, report: Report) -> None:
    """Tell of a character that hides what a line says."""
    report.warning(
        "direction-override",
        f"U+{ord(found[0]):04X} overrides the direction of the text after it",
        at,
        "delete it; right-to-left text needs no override, the browser orders it",
    )
