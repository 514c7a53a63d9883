"""How well names fit what was asked in a search: as a whole, at the beginning, as a word, within one, or nearly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.text.names import join_words, normalize_name

EXACT, EXACT_OTHER = 100.0, 96.0
_JOINED, _JOINED_OTHER = 92.0, 88.0
_BEGINNING, _BEGINNING_OTHER = 75.0, 66.0
_WORD, _WORD_OTHER = 62.0, 54.0
_ALL_WORDS, _INSIDE, _ALIKE, MENTIONED = 48.0, 40.0, 60.0, 25.0
"""How well a name answers a search: it is the name, another name, the name but for blanks, the beginning of one, and so
on. A name alike counts by its likeness. To this comes how well known the place is."""

_SHORTEST_INSIDE = 4
"""Letters that a part within a word must have: "gue" is in too many names to say anything."""

_FIRST_EAST_ASIAN = "\u2e80"


class Fit(NamedTuple):
    """How well a name fits, and the name; it is empty for a place's own one."""

    score: float
    found_by: str = ""


class FitName(Protocol):
    """Says how well a name fits what was asked; the score is 0 where it does not."""

    def __call__(self, key: str, name: str, *, is_other: bool) -> Fit:
        """How well `name` fits `key`; `is_other` where it is not the place's own name."""
        ...


def fit_name(key: str, name: str, *, is_other: bool) -> Fit:
    """How well `name` fits what was asked; the score is 0 where it does not."""
    whole = normalize_name(name)
    found_by = whole if is_other else ""
    if whole == key:
        return Fit(EXACT_OTHER if is_other else EXACT, found_by)
    if join_words(whole) == join_words(key):
        return Fit(_JOINED_OTHER if is_other else _JOINED, found_by)
    if whole.startswith(key):
        return Fit(_BEGINNING_OTHER if is_other else _BEGINNING, found_by)
    if f" {key}" in whole:
        return Fit(_WORD_OTHER if is_other else _WORD, found_by)
    if set(key.split()) <= set(whole.split()):
        return Fit(_ALL_WORDS, found_by)
    if _may_stand_within(key) and key in whole:
        return Fit(_INSIDE, found_by)
    return Fit(0.0)


def fit_alike(key: str, name: str, *, is_other: bool) -> Fit:
    """How well `name` fits if what was asked is misspelt."""
    from rapidfuzz.distance import OSA

    whole = normalize_name(name)
    slips = _count_slips(key)
    distance = OSA.distance(key, whole, score_cutoff=slips)
    if distance > slips or not slips:
        return Fit(0.0)
    score = _ALIKE * (1 - distance / max(len(key), len(whole)))
    return Fit(score * EXACT_OTHER / EXACT, whole) if is_other else Fit(score)


def fit_towns(key: str, builtin: BuiltinGazetteer) -> dict[int, Fit]:
    """Ids of the towns in whose names `key` stands: as a whole, at the beginning, as a word, within one."""
    fits = {town.id: Fit(EXACT_OTHER, key) for town in builtin.settlements_named(key)}
    fits.update((town.id, Fit(EXACT)) for town in builtin.settlements_named(key) if town.key == key)
    text = f"\n{builtin.settlement_keys}\n"
    joined = builtin.names_joined(key)
    own_keys = {town.id: town.key for town in builtin.settlements_with(number for _, number in joined)}
    for name, number in joined:
        _keep_best(fits, number, fit_name(key, name, is_other=name != own_keys[number]))
    for mark, score in (("\n", _BEGINNING), (" ", _WORD), ("", _INSIDE)):
        if mark or _may_stand_within(key):
            for number in _find_lines(text, mark + key):
                _keep_best(fits, number, Fit(score))
    if not fits and " " in key:
        longest = max(key.split(), key=len)
        names = text.split("\n")
        for number in _find_lines(text, longest):
            if set(key.split()) <= set(names[number].split()):
                _keep_best(fits, number, Fit(_ALL_WORDS))
    others = builtin.aliases_containing(key) if _may_stand_within(key) else builtin.aliases_beginning(key)
    for other, number in others:
        _keep_best(fits, number, fit_name(key, other, is_other=True))
    return fits


def fit_towns_alike(key: str, builtin: BuiltinGazetteer) -> dict[int, Fit]:
    """Ids of the towns whose names differ from `key` by a slip or two of the hand."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = _count_slips(key)
    if not slips:
        return {}
    fits: dict[int, Fit] = {}
    names = builtin.settlement_keys.split("\n")
    for name, distance, number in process.extract(key, names, scorer=OSA.distance, score_cutoff=slips, limit=None):
        _keep_best(fits, number + 1, Fit(_ALIKE * (1 - distance / max(len(key), len(name)))))
    others = builtin.aliases_beginning(key[0])
    found = process.extract(key, [other for other, _ in others], scorer=OSA.distance, score_cutoff=slips, limit=None)
    for other, distance, number in found:
        score = _ALIKE * EXACT_OTHER / EXACT * (1 - distance / max(len(key), len(other)))
        _keep_best(fits, others[number][1], Fit(score, other))
    return fits


def _may_stand_within(key: str) -> bool:
    """Whether a part of a word says something: one of a few letters, or of two signs that are words themselves."""
    return len(key) >= _SHORTEST_INSIDE or (len(key) > 1 and min(key) >= _FIRST_EAST_ASIAN)


def _count_slips(key: str) -> int:
    """How many letters of a name may be wrong, missing, too many or swapped: none in a name of two."""
    return 0 if len(key) < 3 else 1 if len(key) <= 4 else 2 if len(key) <= 9 else 3


def _find_lines(text: str, part: str) -> Iterator[int]:
    """The numbers of the lines of `text` in which `part` stands; `text` begins with a line end, which counts as 1."""
    number = counted = 0
    position = text.find(part)
    while position >= 0:
        end = position + len(part)
        number += text.count("\n", counted, end)
        counted = end
        yield number
        position = text.find(part, end)


def _keep_best(fits: dict[int, Fit], number: int, fit: Fit) -> None:
    if fit.score > fits.get(number, Fit(0.0)).score:
        fits[number] = fit
