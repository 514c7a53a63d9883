"""Choose one of the layers of a file, or of the sheets of a spreadsheet: the one named behind "#", or the first."""

from __future__ import annotations

from collections.abc import Sequence

from storymap.errors import Location, Report
from storymap.text.suggesting import ask_nearest

_SHOWN = 12
"""How many layers a message lists."""


def choose_layer(names: Sequence[str], wanted: str, kind: str, at: Location, report: Report) -> str:
    """The one of `names` that is `wanted`, in any letters, or the first; empty, and told, where it is not there.

    `kind` is what they are called: "layer" or "sheet". That there are several of which none is wanted is told, too.
    """
    folded = wanted.strip().casefold()
    found = next((name for name in names if name == wanted), "") or next(
        (name for name in names if name.casefold() == folded), ""
    )
    if found:
        return found
    listed = ", ".join(f'"{name[:40]}"' for name in names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    if wanted:
        otherwise = f"its {kind}s are {listed}" if names else f"leave out #{wanted}: it has no {kind}s with names"
        help = ask_nearest(wanted, names, otherwise=otherwise)
        report.error("unknown-file-layer", f'the file has no {kind} "{wanted[:80]}"', at, help)
        return ""
    if len(names) > 1:
        message = f'the file has {len(names):,} {kind}s, of which the first is read, "{names[0][:40]}"'
        help = f"name one of {listed}: {at.path.rpartition('/')[2]}#{names[0]}"
        report.warning("several-file-layers", message, at, help)
    return next(iter(names), "")
