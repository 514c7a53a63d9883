"""A still for programs that know no custom properties: its colours written out, in one scheme, and its fonts named.

Renderers, vector editors and the programs of a print shop read this; pages have the still as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

Scheme = Literal["light", "dark"]

_DARK_RULES = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_DECLARATION = re.compile(r"--([\w-]+):\s*([^;}]+?)\s*(?=[;}])")
_VARIABLE = re.compile(r"var\(--([\w-]+)(?:,([^()]*))?\)")
_FONT = re.compile(r"font:(?:(\d+) )?([\d.]+)px ([^;}]+)")
_SIGNED = re.compile(
    r'<g class="signed" style="--light:([^;"]*);--light-ink:([^;"]*);--dark:([^;"]*);--dark-ink:([^;"]*)">(.*?)</g>',
    re.DOTALL,
)
_INKED = re.compile(r'class="inked" style="--light:([^;"]*);--dark:([^;"]*)"')
_PLATE = re.compile(r'<rect class="s-plate"[^>]*/><text class="s-place"[^>]*>([^<]*)</text>')
_TEXT = re.compile(r"<text\b[^>]*>([^<]*)</text>")
_SYSTEM_FONT = 'font-family="system-ui,sans-serif"'

SANS = "Noto Sans,Arial,Helvetica,sans-serif"
"""The families that names on a flat still are set in, the first that a program has."""


@lru_cache(maxsize=8)
def read_palette(css: str, scheme: Scheme = "light") -> dict[str, str]:
    """The colours of the stylesheet `css` by their names, without the dashes."""
    begin = _DARK_RULES.search(css)
    first, rest = (css[: begin.start()], css[begin.end() :]) if begin else (css, "")
    colours = dict(_DECLARATION.findall(first))
    return colours | dict(_DECLARATION.findall(rest)) if scheme == "dark" else colours


def flatten_still(svg: str, palette: str, scheme: Scheme = "light") -> str:
    """`svg`, a still drawn without colours, in those that the stylesheet `palette` has in `scheme`."""
    svg = _SIGNED.sub(lambda found: _dress(found, scheme), svg)
    svg = _INKED.sub(lambda found: f'style="stroke:{found[1 if scheme == "light" else 2]}"', svg)
    svg = svg.replace(_SYSTEM_FONT, f'font-family="{SANS}"')
    return _STYLE.sub(lambda found: f"<style>{_flatten_rules(found[1], palette, scheme)}</style>", svg)


def leave_out(svg: str, can_write: Callable[[str], bool]) -> str:
    """A still without the names whose letters cannot be written."""

    def keep(found: re.Match[str]) -> str:
        return found[0] if can_write(found[1]) else ""

    return _TEXT.sub(keep, _PLATE.sub(keep, svg))


@lru_cache(maxsize=8)
def _flatten_rules(rules: str, palette: str, scheme: Scheme) -> str:
    """The rules of a still's stylesheet without custom properties, queries and shorthands."""
    rules = re.sub(r"\.(?:signed|inked)\{[^{}]*\}", "", rules)
    # What is left may declare colours of its own, as the rules of streets do.
    colours = read_palette(palette, scheme) | read_palette(rules, scheme) | {"sans": SANS, "serif": SANS}
    rules = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", rules)
    rules = _VARIABLE.sub(lambda found: colours.get(found[1], found[2] or "none"), rules)
    # A whole that is let through takes a picture of its own to draw; its fill and its line alone do not.
    rules = re.sub(r"(?<=[;{])opacity:([^;}]+)", r"fill-opacity:\1;stroke-opacity:\1", rules)
    return _FONT.sub(_spell_font, rules)


def _spell_font(found: re.Match[str]) -> str:
    """A font shorthand in three properties; weights between those that fonts have are not known everywhere."""
    weight = f"font-weight:{round(int(found[1]), -2)};" if found[1] else ""
    return f"{weight}font-size:{found[2]}px;font-family:{found[3]}"


def _dress(found: re.Match[str], scheme: Scheme) -> str:
    """The marker of a category, whose colours stand at each of its parts."""
    fill, ink = (found[1], found[2]) if scheme == "light" else (found[3], found[4])
    drawn = found[5]
    for name, colour in (("s-pin", fill), ("s-symbol", ink), ("s-pin-text", ink)):
        drawn = drawn.replace(f'class="{name}"', f'class="{name}" style="fill:{colour}"')
    return f"<g>{drawn}</g>"
