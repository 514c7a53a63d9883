"""How Chinese characters are read, learned from the towns of China: which of several names is spelled out.

GeoNames calls a town by its pinyin and knows names in characters, some of them of its districts. Taken together the
towns show how each character is read, so that 深圳 is found for Shenzhen, and not 宝安, its oldest district.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_SYLLABLE = (
    "((?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|er|[aeiouü]))"
)


class Readings:
    """How often each character stands for each syllable."""

    def __init__(self, towns: Iterable[tuple[str, Sequence[str]]]) -> None:
        """`towns` are names in pinyin, each with the names in characters that the town may have."""
        self._pairs: Counter[tuple[str, str]] = Counter()
        for name, written in towns:
            for candidate in written:
                self._pairs.update(zip(candidate, split_pinyin(name, len(candidate)), strict=False))
        self._characters: Counter[str] = Counter()
        for (character, _), count in self._pairs.items():
            self._characters[character] += count

    def rate(self, name: str, candidate: str) -> float:
        """How well `candidate` spells `name`, from 0 to 1: the share of its characters' readings that are so."""
        syllables = split_pinyin(name, len(candidate))
        pairs = list(zip(candidate, syllables, strict=False))
        shares = [self._pairs[pair] / self._characters[pair[0]] for pair in pairs if self._characters[pair[0]]]
        return sum(shares) / len(candidate) if shares else 0.0


def split_pinyin(name: str, count: int) -> tuple[str, ...]:
    """`name` as so many syllables of pinyin; nothing where it has not as many."""
    plain = re.sub(r"[\s'’-]", "", name.casefold())
    found = re.fullmatch(_SYLLABLE * count, plain) if 0 < count < 7 else None
    return found.groups() if found else ()
