"""Colours as authors write them → `#rrggbb`."""

from __future__ import annotations

import re

from storymap.errors import Location, Report

_SHORT = re.compile(r"#[0-9a-fA-F]{3}")
_LONG = re.compile(r"#[0-9a-fA-F]{6}")


def read_color(written: str, at: Location, report: Report) -> str:
    """What `written` names, `#rgb`, `#rrggbb` or a colour of CSS, as `#rrggbb`; empty, and told, for anything else."""
    text = written.strip()
    if _SHORT.fullmatch(text):
        text = "#" + "".join(2 * letter for letter in text[1:])
    if _LONG.fullmatch(text):
        return text.lower()
    if text.isalpha():
        from branca.colormap import LinearColormap

        try:
            return LinearColormap([text, text]).rgb_hex_str(0.0).lower()
        except ValueError:
            pass
    report.error(
        "bad-color",
        f'"{written}" is no colour',
        at,
        help='write it as "#b3541e", in quotation marks, or by its name, such as firebrick',
    )
    return ""
