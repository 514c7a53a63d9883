"""Write a date of another notation in EDTF, where what it means is certain: what the help of a wrong date suggests.

Takes what people write: "20 May 1515", "May 20th, 1515", "20. 5. 1515", "about May 1515", "c. 1515", "1515–1516".
Months and seasons come as numbers from whoever knows the words; seasons are 21 to 24, as in EDTF.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ABOUT = re.compile(
    r"(?:~|(?:c|ca|approx|circa|about|around|approximately|roughly|um|etwa|asi|kolem)(?:\.|\b|(?=\d)))\s*",
    re.IGNORECASE,
)
_PERHAPS = re.compile(r"(?:perhaps|possibly|probably|maybe)\s+|\s*\?$", re.IGNORECASE)
_WORD = r"(?P<month>[^\W\d_]{3,})\.?"
_DAY = r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_IN_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}[\s-]*(?:of\s+)?{_WORD}[\s,-]*{_YEAR}",
        rf"{_WORD}\s*{_DAY}(?:\s*,\s*|\s+){_YEAR}",
        rf"{_WORD}(?:[\s,-]+|\s+of\s+){_YEAR}",
        rf"{_YEAR}[\s,-]+{_WORD}(?:[\s-]+{_DAY})?",
    )
)
_LONGEST = 60
"""Letters of a date in words, or of two; what is longer is prose."""

_SPAN = re.compile(r"\s*(?:[–—/]|\s-\s|\bto\b|\bbis\b|(?<=\d{4})-(?=\d{4}$))\s*")


def rewrite_date(text: str, months: Mapping[str, int]) -> str:
    """`text` in EDTF; empty where it is no date, or could be several. Whether it has such a day is not looked at.

    `months` are the numbers of months and seasons by their names in small letters.
    """
    if len(text) > _LONGEST:
        return ""
    if alone := _rewrite_one(text, months):
        return alone
    parts = _SPAN.split(text)
    if len(parts) == 2 and re.fullmatch(r"\d{1,2}\.?", parts[0]):  # 6–8 May 1515
        parts[0] += re.sub(r"^\d{1,2}\.?", "", parts[1])
    ends = [_rewrite_one(part, months) for part in parts]
    return "/".join(ends) if len(parts) == 2 and all(ends) else ""


def list_orders(text: str) -> tuple[str, ...]:
    """What `5/6/1515` may mean in EDTF: a day of May or of June, or one of them where the other has no such month."""
    match = re.fullmatch(r"(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})", text)
    if not match:
        return ()
    first, second, year = (int(group) for group in match.groups())
    pairs = dict.fromkeys(((first, second), (second, first)))
    return tuple(f"{year:04d}-{month:02d}-{day:02d}" for month, day in pairs if 1 <= month <= 12 and 1 <= day <= 31)


def _rewrite_one(text: str, months: Mapping[str, int]) -> str:
    """One date, with its marks for "about" and "perhaps"."""
    plain, perhaps = _PERHAPS.subn("", text.strip())
    about = _ABOUT.match(plain)
    if about:
        plain = plain[about.end() :]
    date = _rewrite_plain(plain.strip(), months)
    mark = "%" if about and perhaps else "~" if about else "?" if perhaps else ""
    return f"{date}{mark}" if date else ""


def _rewrite_plain(text: str, months: Mapping[str, int]) -> str:
    if match := re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", text):
        return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    if match := re.fullmatch(r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?", text):
        return "-".join(f"{int(group):02d}" for group in match.groups() if group)
    if match := re.fullmatch(r"(\d{1,4})\s*(?:BCE?|B\.C\.(?:E\.)?)", text):
        return f"{'-' if int(match[1]) > 1 else ''}{int(match[1]) - 1:04d}"
    if match := re.fullmatch(r"(\d{2}[1-9])0s", text):  # the 1900s may be ten years or a hundred
        return f"{int(match[1]):03d}X"
    for pattern in _IN_WORDS:
        match = pattern.fullmatch(text)
        month = months.get(match["month"].casefold(), 0) if match else 0
        if match and month:
            day = match.groupdict().get("day")
            return f"{int(match['year']):04d}-{month:02d}" + (f"-{int(day):02d}" if day else "")
    return ""
