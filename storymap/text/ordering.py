"""The order in which readers expect names: "9" before "10", "Čáslav" among the other names with C."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def order_naturally(name: str) -> Any:
    """What to sort `name` by: its words without case and accents, its numbers by value, then `name` as it is."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    if not any(map(str.isnumeric, plain)):
        return (plain,) if plain else (), name  # as natsort has it, which takes a while to load
    return _order_numbers()(plain), name


@lru_cache(maxsize=1)
def _order_numbers() -> Callable[[str], Any]:
    from natsort import natsort_keygen

    return natsort_keygen()
