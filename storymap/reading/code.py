"""Blank out the inline code of a line, in which nothing is markup, so that whoever looks for markup passes it over."""

from __future__ import annotations

import re

_BACKTICKS = re.compile("`+")


def blank_code(line: str) -> str:
    """`line` with a blank for each character of its inline code: columns stay what they were.

    As in CommonMark, code ends at the next run of exactly as many backticks as it began with.
    """
    if "`" not in line:
        return line
    runs = list(_BACKTICKS.finditer(line))
    partners: list[int] = [0] * len(runs)  # the next run of the same length; 0 where there is none
    following: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = len(runs[number][0])
        partners[number] = following.get(length, 0)
        following[length] = number
    pieces, end, number = [], 0, 0
    while number < len(runs):
        if closing := partners[number]:
            pieces += [line[end : runs[number].start()], " " * (runs[closing].end() - runs[number].start())]
            end, number = runs[closing].end(), closing
        number += 1
    return "".join([*pieces, line[end:]])
