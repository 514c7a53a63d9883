"""The order in which readers expect names: "9" before "10", "Čáslav" among the other names with C."""

from __future__ import annotations

import unicodedata
from typing import Any

from natsort import natsort_keygen

_by_numbers = natsort_keygen()


def order_naturally(name: str) -> Any:
    """What to sort `name` by: its words without case and accents, its numbers by value, then `name` as it is."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return _by_numbers(plain), name
