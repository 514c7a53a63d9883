"""Suggest the name that a misspelt one most likely means: "did you mean …?", wherever a list of names is known.

Asked by every stage for the keys, files, ids, commands and codes that it knows; how names of places are compared is
`storymap.gazetteer.suggestions`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterable


def find_nearest(written: str, known: Iterable[str], *, likeness: int = 60, parts: bool = True) -> str:
    """The one of `known` most like `written`, the first of several; empty where none is like it.

    `likeness` is the least that counts, where 100 is the same; where nothing is, capitals do not matter. With `parts`
    a name is also like another that it is part of; without, letter by letter from end to end, as suits short words.
    """
    from rapidfuzz import fuzz, process

    names = list(known)
    scorer = fuzz.WRatio if parts else fuzz.ratio
    best = process.extractOne(written, names, scorer=scorer, score_cutoff=likeness) or process.extractOne(
        written.casefold(), [name.casefold() for name in names], scorer=scorer, score_cutoff=likeness
    )
    return names[best[2]] if best else ""


def ask_nearest(
    written: str, known: Iterable[str], *, otherwise: str = "", likeness: int = 60, parts: bool = True
) -> str:
    """The help for a misspelt name: whether the nearest of `known` was meant, or `otherwise` where none is near."""
    near = find_nearest(written, known, likeness=likeness, parts=parts)
    return f'did you mean "{near}"?' if near else otherwise
