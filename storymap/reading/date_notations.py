"""Write a date of another notation in EDTF, where what it means is certain: what the help of a wrong date suggests.

Takes what people write ("20 May 1515", "May 20th, 1515", "20. 5. 1515", "about May 1515", "1515–1516", "18th century",
"44 BC") and what programs write ("2015-03-25 22:52:11 +0300", "20200506", "1588723200"). Months and seasons come as
numbers from whoever knows the words; seasons are 21 to 24, as in EDTF.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from storymap.reading.characters import tidy
from storymap.reading.feasts import date_feast

_ABOUT = re.compile(
    r"(?:~|(?:c|ca|approx|circa|about|around|approximately|roughly|um|etwa|asi|kolem|okolo|přibližně|zhruba|około|ok|vers|"
    r"environ|hacia|alrededor de|verso|около|близько|приблизно|приблизительно)(?:\.|\b|(?=\d)))\s*",
    re.IGNORECASE,
)
_PERHAPS = re.compile(r"(?:perhaps|possibly|probably|maybe|snad|asi|vielleicht)\s+|\s*(?:\?|\(\?\))$", re.IGNORECASE)
_IN = re.compile(r"(?:in|im Jahre?|en|v roce|roku|anno|w roku|в|у)\s+(?=\d|the\b)", re.IGNORECASE)
_OLD_STYLE = re.compile(
    r"\s*[,(]?\s*(?:Julian(?: calendar)?|juli(?:ánsk|ansk|an)\w*(?: kal\w*)?|O\.\s?S\.|old style|"
    r"st\.\s?st\.|ст\.\s?ст\.|a\.\s?St\.)\s*\)?$",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?:the\s+)?(?P<part>1st|first|2nd|second|1\.|2\.)\s+(?:half|polovin[ay]|Hälfte)(?:\s+of|\s+des)?\s+(?:the\s+)?(?P<century>\d.*)",
    re.IGNORECASE,
)
_WORD = r"(?P<month>[^\W\d_]{3,})\.?"
_DAY = r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th|er|º|°)?"
_YEAR = r"(?P<year>\d{4})"
_IN_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}[\s-]*(?:of\s+)?{_WORD}[\s,-]*{_YEAR}",
        rf"{_WORD}\s*{_DAY}(?:\s*,\s*|\s+){_YEAR}",
        rf"{_WORD}(?:[\s,-]+|\s+of\s+){_YEAR}",
        rf"{_YEAR}[\s.,-]+{_WORD}(?:[\s-]+{_DAY})?",
    )
)
_LONGEST = 60
"""Letters of a date in words, or of two; what is longer is prose."""

_SPAN = re.compile(
    r"\s*(?:[–—/]|\s-\s|\bto\b|\bbis\b|\band\b|\bor\b|\bnebo\b|\boder\b|(?<=\d)(?:st|nd|rd|th)-|(?<=\d{4})-(?=\d{4}$))\s*"
)
_TIME = re.compile(
    r"(?:T|,?\s+(?:at\s+)?)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?:Z|[A-Z]{2,5}|(?:UTC|GMT)?[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"[^\W\d_]{2,9}\.?,\s*(?=.*\d{4})")
_PART = re.compile(r"(?:the\s+)?(?:(?:early|mid|late|beginning of|middle of|end of)[\s-]+)?(?:the\s+)?", re.IGNORECASE)
_CENTURY_WORD = re.compile(r"[\s-]*(?:centur(?:y|ies)|cent\.?|c\.|století|stol\.|Jahrhunderts?|Jh\.?)$", re.IGNORECASE)
_CENTURY = re.compile(rf"(?P<number>\d{{1,2}})(?:st|nd|rd|th|\.)?{_CENTURY_WORD.pattern}", re.IGNORECASE)
_BEFORE_CHRIST = re.compile(
    r"\s*(?:BCE?|B\.\s?C\.(?:\s?E\.)?|v\.\s?Chr\.|př\.\s?n\.\s?l\.|př\.\s?Kr\.|a\.\s?C\.|av\.\s?J\.-C\.)$",
    re.IGNORECASE,
)
_OUR_ERA = re.compile(
    r"(?:(?:A\.?D\.?|Anno Domini|léta Páně|l\.\s?P\.)\s*)?(\d{1,4})(?:\s*(?:A\.?D\.?|C\.?E\.?|n\.\s?l\.|n\.\s?Chr\.))?",
    re.IGNORECASE,
)
_OPEN_START = re.compile(r"(?:before|until|till|up to|bis|do|před)\s+", re.IGNORECASE)
_OPEN_END = re.compile(
    r"(?:after|since|from|seit|od|po)\s+|\s*(?:[–—-]|to|until|till)\s*(?:present|now|today|heute|dosud)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:between|from|od|von|zwischen)\s+", re.IGNORECASE)
_JULIAN_FIRST = 308
"""Days from 1 March of the year 0 in the Julian calendar to 1 January of the year 1 in the Gregorian one."""

_NUMERAL = r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_LEAST_NUMERAL = 1_000
"""The least year that is told from a name or an abbreviation: "MD", "CV"."""

_ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()


def _read_numeral(text: str) -> int:
    """The value of a Roman numeral."""
    values = ["IVXLCDM".index(letter) for letter in text]
    numbers = [(1, 5, 10, 50, 100, 500, 1000)[value] for value in values]
    return sum(-one if one < following else one for one, following in zip(numbers, [*numbers[1:], 0], strict=True))


def tidy_date(text: str) -> str:
    """`text` with plain digits and hyphens, where it has those of other scripts or of a word processor."""
    return re.sub(r"(?<!\d)(\d{4})[–—](\d{2})[–—](\d{2})(?!\d)", r"\1-\2-\3", tidy(text))


def rewrite_date(text: str, months: Mapping[str, int]) -> str:
    """`text` in EDTF; empty where it is no date, or could be several. Does not check that there is such a day.

    `months` are the numbers of months and seasons by their names in small letters.
    """
    if len(text) > _LONGEST:
        return ""
    text = _WEEKDAY.sub("", tidy_date(text), count=1) if _WEEKDAY.match(text) else tidy_date(text)
    text = _IN.sub("", text, count=1) if _IN.match(text) else text
    if feast := date_feast(text):
        return feast
    if re.fullmatch(_NUMERAL, text) and (year := _read_numeral(text)) >= _LEAST_NUMERAL:
        return f"{year:04d}"
    if bracketed := re.fullmatch(r"\[([^\[\]]+)\]", text):  # a date that its document does not bear
        date_within = rewrite_date(bracketed[1], months)
        return f"{date_within}?" if re.fullmatch(r"-?\d{4}(?:-\d\d){0,2}", date_within) else date_within
    if old := _OLD_STYLE.search(text):
        return _turn_to_new_style(_rewrite_one(text[: old.start()], months))
    if (half := _HALF.fullmatch(text)) and (century := _CENTURY.fullmatch(half["century"].strip())):
        begin = (int(century["number"]) - 1) * 100 + (1 if half["part"][0].casefold() in "1f" else 51)
        return f"{begin:04d}/{begin + 49:04d}"
    if (years := re.fullmatch(r"(\d{2})(\d{2})\s*[–—/-]\s*(\d{2})", text)) and years[2] < years[3]:  # 1914–18
        return f"{years[1]}{years[2]}/{years[1]}{years[3]}"
    if alone := _rewrite_one(text, months):
        return alone
    for pattern, written in ((_OPEN_START, "../{}"), (_OPEN_END, "{}/..")):
        rest, found = pattern.subn("", text, count=1)
        if found and (end := _rewrite_one(rest, months)):
            return written.format(end)
    text = _BETWEEN.sub("", text, count=1) if _BETWEEN.match(text) else text
    parts = _SPAN.split(text)
    for pattern in (_BEFORE_CHRIST, _CENTURY_WORD):  # 58–50 BC, 19th–20th century: both
        if len(parts) == 2 and (shared := pattern.search(parts[1])) and not pattern.search(parts[0]):
            parts[0] += shared[0]
    if len(parts) == 1 and (days := re.fullmatch(r"(\d{1,2})\.?-(\d{1,2}\.?\s*[^\W\d].*)", text)):  # 6-8 May 1515
        parts = [days[1], days[2]]
    if len(parts) == 1 and text.count("..") == 1:  # 1515..1516
        parts = text.split("..")
    if len(parts) == 2 and not parts[0].strip():  # –1516
        return f"../{end}" if (end := _rewrite_one(parts[1], months)) else ""
    if len(parts) == 2 and re.fullmatch(r"\d{1,2}\.?", parts[0]):  # 6–8 May 1515
        parts[0] += re.sub(r"^\d{1,2}\.?", "", parts[1])
    ends = [_rewrite_one(part, months) for part in parts]
    return "/".join(ends) if len(parts) == 2 and all(ends) else ""


def list_orders(text: str) -> tuple[str, ...]:
    """What `5/6/1515` may mean in EDTF: a day of May or of June, or one of them where the other has no such month."""
    text = tidy_date(text)
    if match := re.fullmatch(rf"{_PART.pattern}(\d{{2}})00'?s", text, re.IGNORECASE):  # ten years or a hundred
        return f"{match[1]}0X", f"{match[1]}XX"
    if match := re.fullmatch(r"(\d{2})(\d{2})[–—](\d{2})", text):
        first, last = match[1] + match[2], match[1] + match[3]
        return (f"{first}-{match[3]}", f"{first}/{last}") if match[2] < match[3] and 1 <= int(match[3]) <= 12 else ()
    match = re.fullmatch(r"(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})", text)
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
    if (time := _TIME.search(text)) and time.end() == len(text):
        when = _rewrite_plain(text[: time.start()], months)
        hour = int(time["hour"]) % 12 + 12 * (time["half"][0] in "pP") if time["half"] else int(time["hour"])
        return f"{when}T{hour:02d}:{time['minute']}" if re.fullmatch(r"-?\d{4}-\d{2}-\d{2}", when) else ""
    if number := _rewrite_number(text):
        return number
    text = text[_PART.match(text).end() :]  # type: ignore[union-attr]  # it matches the empty text, too
    if era := _rewrite_era(text) or _rewrite_day_before_christ(text, months):
        return era
    if match := re.fullmatch(r"(\d{1,2})\.\s*([IVX]+)\.?\s*(\d{4})", text):
        return f"{match[3]}-{_ROMAN.index(match[2]) + 1:02d}-{int(match[1]):02d}" if match[2] in _ROMAN else ""
    if match := re.fullmatch(r"(\d{4})[年년]\s*(?:(\d{1,2})[月월]\s*(?:(\d{1,2})[日일])?)?", text):
        return "-".join(f"{int(group):02d}" for group in match.groups() if group)
    if match := re.fullmatch(r"(\d{1,2})\s*[./-]\s*(\d{4})", text):
        return f"{match[2]}-{int(match[1]):02d}"
    if match := re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", text):
        return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    if match := re.fullmatch(r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?", text):
        return "-".join(f"{int(group):02d}" for group in match.groups() if group)
    if match := re.fullmatch(r"-?\d{3}x|-?\d{2}xx", text):
        return text.upper()
    if match := re.fullmatch(r"(?:Q([1-4])\s*[/-]?\s*(\d{4})|(\d{4})\s*[/-]?\s*Q([1-4]))", text, re.IGNORECASE):
        year, quarter = match[2] or match[3], int(match[1] or match[4])
        return f"{year}-{quarter * 3 - 2:02d}/{year}-{quarter * 3:02d}"
    if match := re.fullmatch(r"\d{5,9}", text):
        return f"Y{text}"
    if match := re.fullmatch(r"(\d{2}[1-9])0'?s", text):  # the 1900s may be ten years or a hundred
        return f"{int(match[1]):03d}X"
    for pattern in _IN_WORDS:
        match = pattern.fullmatch(text)
        month = months.get(match["month"].casefold(), 0) if match else 0
        if match and month:
            day = match.groupdict().get("day")
            return f"{int(match['year']):04d}-{month:02d}" + (f"-{int(day):02d}" if day else "")
    return ""


def _rewrite_number(text: str) -> str:
    """What programs write: a day without hyphens, a week, a day of the year, seconds or milliseconds since 1970."""
    if match := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text):
        return "-".join(match.groups())
    if match := re.fullmatch(r"(\d{4})-?W(\d{2})(?:-?([1-7]))?", text):
        try:
            first = date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1))
        except ValueError:
            return ""
        return f"{first}" if match[3] else f"{first}/{first + timedelta(days=6)}"
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return f"{datetime.fromtimestamp(int(text[:10]), UTC):%Y-%m-%dT%H:%M}"
    return ""


def _rewrite_day_before_christ(text: str, months: Mapping[str, int]) -> str:
    """A month or a day of a year BC, in words: "15 March 44 BC", "44 BC, March 15"."""
    text = re.sub(r"^(\d{1,4})\s*(B\.?\s?C\.?(?:\s?E\.?)?),\s*(.+)$", r"\3 \1 \2", text)
    plain, is_before = _BEFORE_CHRIST.subn("", text)
    found = re.fullmatch(r"(.*\D)(\d{1,4})", plain) if is_before else None
    if not found or not (year := _write_before_christ(int(found[2]))):
        return ""
    day = _rewrite_plain(f"{found[1]}2000", months)  # a leap year, for no calendar is known that would say which were
    return f"{year}{day[4:]}" if re.fullmatch(r"2000-\d{2}(?:-\d{2})?", day) else ""


def _write_before_christ(year: int) -> str:
    """The year of ISO 8601 in which 1 BC is the year 0; a Y stands before more than four digits, as in EDTF."""
    if not year:
        return ""
    return f"{'-' if year > 1 else ''}{year - 1:04d}" if year <= 10_000 else f"Y-{year - 1}"


def _rewrite_era(text: str) -> str:
    """A year BC, a year AD, and a century of either."""
    plain, is_before = _BEFORE_CHRIST.subn("", text)
    if match := _CENTURY.fullmatch(plain.strip()):
        number = int(match["number"])
        return f"{'-' if is_before else ''}{number - 1:02d}XX" if number else ""
    if is_before and (match := re.fullmatch(r"\d{1,9}|\d{1,3}(?:[,. ]\d{3}){1,2}", plain)):
        return _write_before_christ(int(re.sub(r"\D", "", plain)))
    match = _OUR_ERA.fullmatch(text)
    return f"{int(match[1]):04d}" if match and not text.isdecimal() else ""


def _turn_to_new_style(text: str) -> str:
    """The day of the Gregorian calendar that a day of the Julian one is; empty where it is no day of our era."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    if not found:
        return ""
    year, month, day = map(int, found.groups())
    # Days from 1 March of the year 0 of the Julian calendar, which lies two days before that of the Gregorian one.
    shifted, months = (year, month - 3) if month > 2 else (year - 1, month + 9)
    days = shifted * 365 + shifted // 4 + (153 * months + 2) // 5 + day - 1
    try:
        return (date(1, 1, 1) + timedelta(days=days - _JULIAN_FIRST)).isoformat()
    except OverflowError:
        return ""
