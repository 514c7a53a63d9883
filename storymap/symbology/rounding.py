"""Round numbers: the one with the fewest digits that lies between two others."""

from __future__ import annotations

import math
from decimal import Decimal

_STEPS = tuple(Decimal(step) for step in (10, 5))


def round_between(low: float, high: float, *, near: float) -> float:
    """The roundest number that is greater than `low` and at most `high`; of several, the one nearest to `near`.

    A multiple of a power of ten is rounder than one of its half. Where there is no room between the two, it is `high`.
    """
    if not low < high:
        return high
    above, below, wanted = Decimal(repr(low)), Decimal(repr(high)), Decimal(repr(min(max(near, low), high)))
    if above < 0 < below:
        return 0.0
    exponent = math.floor(math.log10(max(abs(low), abs(high))))
    for power in range(exponent, exponent - 17, -1):
        for step in _STEPS:
            unit = step.scaleb(power)
            nearest = (wanted / unit).to_integral_value() * unit
            last = (below / unit).to_integral_value(rounding="ROUND_FLOOR") * unit
            for number in (nearest, last):
                if above < number <= below:
                    return float(number)
    return high
