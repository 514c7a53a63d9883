"""The style sheets of stills, as far as they go: which rule says what of an element.

Its rules are for a class or a tag, alone or within a class; more is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from storymap.drawing.beyond import BeyondError

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?:\.([\w-]+) )?(?:\.([\w-]+)|(\w+))")

Look = Mapping[str, str]
"""Properties by their names."""


class _Rule(Struct, frozen=True):
    """What holds for elements of the class `own` or the tag `tag`, within one of the class `around` if it names one."""

    around: str
    own: str
    tag: str
    look: tuple[tuple[str, str], ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Which of two rules wins: first that of more classes."""
        return bool(self.around) + bool(self.own), bool(self.tag)

    def holds(self, tag: str, own: tuple[str, ...], around: frozenset[str]) -> bool:
        """Whether it is for an element."""
        return (self.own in own if self.own else self.tag == tag) and (not self.around or self.around in around)


class Styles(Struct, frozen=True, eq=False):  # each is itself alone, so that what it says is found at once
    """The rules of a style sheet."""

    rules: tuple[_Rule, ...]

    def find(self, tag: str, own: tuple[str, ...], around: frozenset[str]) -> Look:
        """What they say of an element with the classes `own`, within others with the classes `around`."""
        return _find(self, tag, own, around)


@lru_cache(maxsize=8)
def read_styles(css: str) -> Styles:
    """The rules of `css`, the weakest first. Raises `BeyondError` for selectors that it does not know."""
    rules = []
    for selectors, declarations in _RULE.findall(css):
        look = tuple(_read_declarations(declarations).items())
        for selector in selectors.split(","):
            found = _SELECTOR.fullmatch(selector.strip())
            if not found:
                raise BeyondError(f"the selector {selector}")
            rules.append(_Rule(found[1] or "", found[2] or "", found[3] or "", look))
    return Styles(tuple(sorted(rules, key=lambda rule: rule.rank)))


def _read_declarations(text: str) -> dict[str, str]:
    """Properties as a style attribute has them."""
    pairs = (one.partition(":") for one in text.split(";") if one.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


read_declarations = lru_cache(maxsize=256)(_read_declarations)


@lru_cache(maxsize=1024)
def _find(styles: Styles, tag: str, own: tuple[str, ...], around: frozenset[str]) -> Look:
    return dict(pair for rule in styles.rules if rule.holds(tag, own, around) for pair in rule.look)
