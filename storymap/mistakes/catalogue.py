"""Read the catalogue of mistakes: what stands in the TOML files beside this module, one file per stage.

Asked by whoever must know a code before it is found: the settings, comments that silence one, `storymap explain`, the
machine-readable formats and the guide. Nothing is read until then.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from storymap.errors import Severity
from storymap.text.suggesting import find_nearest

STAGES = ("reading", "places", "tracks", "stories", "layers", "settings", "publishing", "checks")
"""Where a mistake is found, in the order in which a site is made; each is a file of the catalogue."""


class Mistake(Struct, frozen=True):
    """One code and what an author should know about it; all texts are Markdown.

    `title` names the mistake in a few words, `why` says what goes wrong because of it, `mend` what to do. `wrong` and
    `right` are excerpts of a file, or of a command line, with the mistake and without. `level` is the worst severity
    that it is found with, and `lowerable` whether settings and comments may make less of it: an error that leaves
    nothing to build with is not.
    """

    code: str
    stage: str
    level: Severity
    title: str
    why: str
    mend: str
    wrong: str
    right: str
    lowerable: bool


@cache
def load_mistakes() -> Mapping[str, Mistake]:
    """Every mistake by its code, in the order of the stages and then of the alphabet."""
    return MappingProxyType({mistake.code: mistake for stage in STAGES for mistake in _read_stage(stage)})


def suggest_code(written: str) -> str:
    """The code that `written` most likely means, empty where none is near."""
    plain = written.strip().lower().replace("_", "-").replace(" ", "-")
    return find_nearest(plain, sorted(load_mistakes()), parts=False)


def advise_code(written: str) -> str:
    """What to say of a code that there is none of: which one was meant, or else where all of them are listed."""
    near = suggest_code(written)
    return f'did you mean "{near}"?' if near else "storymap explain lists all codes"


def _read_stage(stage: str) -> list[Mistake]:
    entries = tomllib.loads(Path(__file__).with_name(f"{stage}.toml").read_text(encoding="utf-8"))
    return [_read_entry(code, stage, entry) for code, entry in sorted(entries.items())]


def _read_entry(code: str, stage: str, entry: Mapping[str, str | bool]) -> Mistake:
    level = Severity(str(entry["level"]))
    return Mistake(
        code=code,
        stage=stage,
        level=level,
        title=str(entry["title"]),
        why=str(entry["why"]),
        mend=str(entry["mend"]),
        wrong=str(entry["wrong"]).strip("\n"),
        right=str(entry["right"]).strip("\n"),
        lowerable=level is not Severity.ERROR or entry.get("lowerable") is True,
    )
