"""Read the values of a column → numbers where nearly all of them are, else texts or both; and the unit in its name.

Tables are written by people and spreadsheets: with decimal commas, blanks between thousands, and a dash or "n/a" for
what is not known.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from storymap.model.data import Column, Value

NEARLY_ALL = 0.9
"""The share of the values of a column that have to be numbers for it to be one of numbers."""

MOST = 0.5
"""The share from which on its numbers are numbers at least, among texts."""

_DASHES = frozenset({"", "-", "--", "–", "—", "−", "…", "...", "..", ".", "?"})
"""What stands for nothing in any column."""

_NOTHINGS = _DASHES | {
    ":",
    "*",
    "/",
    "x",
    "n/a",
    "na",
    "n.a.",
    "nan",
    "#n/a",
    "null",
    "none",
    "nil",
    "nd",
    "n.d.",
    "k. a.",
}
"""What stands for nothing among numbers; in small letters."""

_SIGNS = (
    *("%", "‰", "°C", "US$", "R$", "€", "$", "£", "¥", "₴", "₽", "₺", "₹", "₩", "Kč", "zł", "Ft", "lei", "kr.", "kr"),
    *("EUR", "USD", "GBP", "CHF", "CZK", "PLN", "HUF", "RON", "BGN", "SEK", "NOK", "DKK", "UAH", "JPY", "CNY", "INR"),
)
"""Units that stand beside a number in its cell."""

_MINUS_BEHIND = re.compile(r"(\d[\d.,]*)\s?[-\u2212]")
"""A number below nothing as some programs of accountants write it."""

_GROUPED = re.compile(r"(?<=\d)[\s\u00a0\u2007\u2009\u202f'’](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"[-+]?(?:\d[\d.,]*|[.,]\d+)(?:[eE][-+]?\d{1,3})?")
_MARKED = re.compile(
    r"(?P<number>.*\d(?:\s?[%‰€$£¥])?)"
    r"(?:\s*(?:[*†‡§¹²³⁰⁴-⁹]+|\[\w{1,3}\]|\(\w\))|\s+(?:\d{1,2}\)|[bcdefinprsuz]{1,2}))+"
)
"""A number with the mark of a footnote, or with a flag as statistical offices put it behind: "51,200*", "7.1 p"."""

_MEASURED = re.compile(r"[-+\u2212]?\d[\d\s.,'’]*\s([^\W\d_][^\s\d]{1,11}|m)")
"""A number with the word of its unit behind it: "12 km"."""

_NO_PENCE = re.compile(r"(?<=\d)[,.]\s?[-–—]{1,2}(?=\s*(?:Kč|€|Fr\.?)?$)")
"""What stands for no pence: "1 200,- Kč"."""

_LEADING_ZERO = re.compile(r"[-+]?0\d+")
_NUMBERED = re.compile(r"\d+(?:[^\W\d_]| \d+|[-/]\d+)|\d{16,}")
"""What is called by a number and no amount: the house 12a or 12/4, the postcode 110 00."""

_LONGEST_MARKED = 40
"""Characters of a number with what stands behind it."""

_MOST_DIGITS = 15
"""Digits of a whole number beyond which it is a key: a float would round it."""

_UNIT = re.compile(r".*\S\s*[(\[]([^()\[\]]{1,40})[)\]]\s*")
_SLASHED_DATE = re.compile(r"(\d{4})/(\d{2})/(\d{2})")
"""As GDAL writes a date of a spreadsheet."""


class ReadColumn(Struct, frozen=True):
    """A column with its values. `unread` are the texts among its numbers, once each, with how often they stand there.

    `is_guessed` says that commas before three digits are taken for thousands, for no other value tells. `marked` are
    the texts of which a number was read without the marks of footnotes beside it.
    """

    column: Column
    values: tuple[Value, ...]
    unread: tuple[tuple[str, int], ...] = ()
    is_guessed: bool = False
    marked: tuple[str, ...] = ()


def read_column(name: str, written: Sequence[Any]) -> ReadColumn:
    """The values of the column `name` as they are `written`: texts, numbers, dates, lists, or None."""
    plain = [_read_plain(value) for value in written]
    unit = _find_unit([value for value in plain if isinstance(value, str)])
    texts = [(value, *_split_sign(value, unit)) for value in plain if isinstance(value, str)]
    among_numbers = [one for one in texts if one[0].casefold() not in _NOTHINGS]
    mark, is_guessed = _find_decimal_mark([text for _, text, _ in among_numbers if _NUMBER.fullmatch(text)])
    parsed = {value: _parse_number(text, mark) for value, text, _ in texts}
    unread = Counter(value for value, _, _ in among_numbers if parsed[value] is None)
    numbers = sum(isinstance(value, float) for value in plain) + len(among_numbers) - unread.total()
    is_key = any(map(_LEADING_ZERO.fullmatch, parsed)) or any(map(_NUMBERED.fullmatch, unread))
    share = numbers / max(1, numbers + unread.total())
    if is_key or share < MOST:
        return ReadColumn(Column(name), tuple(_read_text(value) for value in plain))
    values: tuple[Value, ...] = tuple(parsed.get(value) if isinstance(value, str) else value for value in plain)
    if share < NEARLY_ALL:
        values = tuple(value if value in unread else number for value, number in zip(plain, values, strict=True))
        unread.clear()
    marked = tuple(value for value in parsed if parsed[value] is not None and _strip_marks(value) != value)
    signs = {sign for value, _, sign in among_numbers if parsed[value] is not None}
    unit = _read_unit(name) or (signs.pop() if len(signs) == 1 else "")
    return ReadColumn(Column(name, unit), values, tuple(unread.items()), is_guessed, marked)


def list_unread(column: ReadColumn, most: int) -> Iterable[str]:
    """The first `most` texts among the numbers of `column`, quoted."""
    return (f'"{text[:40]}"' for text, _ in column.unread[:most])


def write_value(value: Any) -> str:
    """A written value as text, as it is compared with others: a whole number without decimals, a date in ISO 8601."""
    return str(_read_text(_read_plain(value)) or "")


def _read_plain(value: Any) -> Value:
    """A written value as a text without blanks around it, as a number, or None."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case int() if abs(value) >= 10**_MOST_DIGITS:
            return str(value) if abs(value) < 10**100 else None
        case int() | float():
            return float(value) if math.isfinite(value) else None
        case str():
            text = value.strip()
            return "-".join(date.groups()) if (date := _SLASHED_DATE.fullmatch(text)) else text
        case dt.datetime():
            is_day = value.time() == dt.time()
            return value.date().isoformat() if is_day else value.isoformat(timespec="seconds")
        case dt.date() | dt.time():
            return value.isoformat()
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
    return _read_plain(value.tolist()) if hasattr(value, "tolist") else str(value)


def _read_text(value: Value) -> Value:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return None if value in _DASHES else value


def _find_unit(texts: Sequence[str]) -> str:
    """The word that stands behind nearly all numbers of a column, such as "km"; empty where there is none."""
    filled = [text for text in texts if text.casefold() not in _NOTHINGS]
    found = Counter(match[1] for text in filled if (match := _MEASURED.fullmatch(text)))
    unit, count = found.most_common(1)[0] if found else ("", 0)
    return unit if count > 1 and count >= NEARLY_ALL * len(filled) else ""


def _split_sign(text: str, unit: str) -> tuple[str, str]:
    """A number without blanks between its thousands and marks behind it, and the sign of a unit beside it.

    `unit` is the one that the whole column has.
    """
    if unit and text.endswith(f" {unit}"):
        return _GROUPED.sub("", text.removesuffix(unit).strip().replace("\u2212", "-")), unit
    text = _NO_PENCE.sub("", text)
    plain = _GROUPED.sub("", _strip_marks(text).replace("\u2212", "-"))
    sign = next((sign for sign in _SIGNS if plain.startswith(sign) or plain.endswith(sign)), "")
    bare = _GROUPED.sub("", plain.removesuffix(sign).removeprefix(sign).strip()) if sign else plain
    behind = _MINUS_BEHIND.fullmatch(bare)
    return f"-{behind[1]}" if behind else bare, sign


def _strip_marks(text: str) -> str:
    """A number without the marks of footnotes and flags behind it; any other text as it is."""
    found = _MARKED.fullmatch(text) if len(text) <= _LONGEST_MARKED and not text[-1:].isdecimal() else None
    return found["number"] if found else text


def _find_decimal_mark(texts: Sequence[str]) -> tuple[str, bool]:
    """What parts decimals in numbers, empty where both do; and whether that is only guessed."""
    marks = set()
    are_open = False
    for text in texts:
        comma, point = text.rfind(","), text.rfind(".")
        if comma >= 0 and point >= 0:
            marks.add(text[max(comma, point)])
        elif comma >= 0 or point >= 0:
            mark, other = (",", ".") if comma >= 0 else (".", ",")
            if text.count(mark) > 1:
                marks.add(other)
            elif not re.fullmatch(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", text):
                marks.add(mark)
            else:
                are_open = are_open or mark == ","
    if len(marks) == 1:
        return marks.pop(), False
    return ("", False) if marks else (".", are_open)


def _parse_number(text: str, mark: str) -> float | None:
    """The number that `text` is, whose decimals `mark` parts; None where it is none."""
    if not _NUMBER.fullmatch(text) or sum(map(str.isdigit, text)) > 40:
        return None
    other = {",": ".", ".": ","}.get(mark, "")
    text = (text.replace(other, "") if other else text).replace(",", ".")
    try:
        number = float(text)
    except ValueError:  # several decimal points
        return None
    is_key = "." not in text and len(text.lstrip("+-")) > _MOST_DIGITS
    return number if math.isfinite(number) and not is_key else None


def _read_unit(name: str) -> str:
    """The unit that stands in brackets at the end of a column's name; empty where none does."""
    found = _UNIT.fullmatch(name)
    return " ".join(found[1].split()) if found else ""
