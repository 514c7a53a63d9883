"""Dates said in a language: patterns and names of CLDR (Babel), and the words for what is about, before or since.

CLDR's patterns are filled by their fields, not by `datetime`, which knows no year before 1 or after 9999.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, tokenize_pattern, untokenize_pattern
from msgspec.structs import replace

from storymap.language.tags import find_locale, primary_language
from storymap.language.words import interface_words
from storymap.model.time import SEASONS, PartialDate, When

_LEAP_YEAR = 2000
"""Any leap year: only month and day of a date are asked of `datetime`."""

_Token = tuple[str, str | tuple[str, int]]


@lru_cache(maxsize=4096)
def say_when(when: When, lang: str) -> str:
    """A date or a span in the language `lang` (BCP 47): "5–6 May 2020", "od května 2020"."""
    return say_interval(when.start, when.end, lang)


def say_date(day: PartialDate, lang: str) -> str:
    """A date: "6 May 2020", "spring 2020", "about 1900", "44 BCE"."""
    said = _say_in_phrase("about", day, lang) if day.mark in ("~", "%") else _say_plain(day, lang)
    return interface_words(lang).date["perhaps"].format(date=said) if day.mark in ("?", "%") else said


def say_interval(start: PartialDate | None, end: PartialDate | None, lang: str) -> str:
    """A span of time, one end of which may be open or unknown (None): "5–6 May 2020", "since May 2020"."""
    if start is None or end is None:
        only = start or end
        assert only is not None
        return _say_in_phrase("since" if start else "until", only, lang)
    if start == end:
        return say_date(start, lang)
    return _say_short_interval(start, end, lang) or _join(say_date(start, lang), say_date(end, lang), lang)


def say_briefly(day: PartialDate, lang: str, *, in_year: bool) -> str:
    """A date in the margin: its year alone, or where all are `in_year` the month with the day, short: "6 May"."""
    if day.is_span or not in_year or not day.month or day.month in SEASONS:
        return say_date(replace(day, month=0, day=0, time="", mark=""), lang)
    locale = find_locale(lang)
    if locale is None:
        return f"{day.month:02d}-{day.day:02d}" if day.day else f"{day.month:02d}"
    known = date(_LEAP_YEAR, day.month, day.day or 1)
    return str(format_skeleton("MMMd", known, locale=locale) if day.day else format_date(known, "LLL", locale=locale))


def name_months(lang: str) -> tuple[tuple[str, int], ...]:
    """Every name of a month that CLDR knows in `lang`, whole and short, with its number."""
    locale = find_locale(lang)
    forms = (
        [locale.months[use][width] for use in ("format", "stand-alone") for width in ("abbreviated", "wide")]
        if locale
        else []
    )
    return tuple((str(name), number) for form in forms for number, name in form.items() if not str(name).isdigit())


def _say_in_phrase(phrase: str, day: PartialDate, lang: str) -> str:
    """A date after `since`, `until` or `about`: "od května 2020", "jusqu’au 11 novembre 1918".

    A language that has a phrase of its own for the kind of date (`until_day`) puts the date into it as it stands alone;
    else the date takes the form that it has within phrases.
    """
    words, kind = interface_words(lang).date, _kind_of(day)
    own = words.get(f"{phrase}_{kind}")
    marked = phrase != "about" and day.mark
    said = say_date(day, lang) if marked else _say_plain(day, lang, within=own is None)
    return (own or words[phrase]).format(date=said)


def _kind_of(day: PartialDate) -> str:
    """What the names of the words for such a date have at their ends."""
    if day.is_span:
        return "decade" if day.last_day[0] - day.first_day[0] < 10 else "century"
    if day.day:
        return "day"
    if day.month:
        return f"season_{day.month}" if day.month in SEASONS else "month"
    return "year"


def _say_plain(day: PartialDate, lang: str, *, within: bool = False) -> str:
    """The date without its mark; `within` a phrase, where some languages decline it (Czech `od května`, `od jara`)."""
    words, locale, kind = interface_words(lang).date, find_locale(lang), _kind_of(day)
    frame = (within and words.get(f"{kind}_within")) or "{date}"
    if day.is_span:
        first, last = day.first_day[0], day.last_day[0]
        if first <= 0:
            return frame.format(date=_fill_years(f"{1 - first}–{1 - last}", lang))
        return frame.format(date=words[kind].format(first=first, last=last))
    if kind == "year":
        return frame.format(date=_fill(_pattern(locale, "y"), day, lang))
    if kind == "month":
        pattern = _pattern(locale, "yMMMM")
        return frame.format(date=_fill(pattern.replace("LLLL", "MMMM") if within else pattern, day, lang))
    if kind != "day":
        year = _say_year(day, lang)
        named = words.get(kind)
        if named:
            return (frame if frame != "{date}" else named).format(year=year, date=named.format(year=year))
        start, end = (PartialDate.of_month(*edge[:2]) for edge in (day.first_day, day.last_day))
        return say_interval(start, end, lang)
    said = frame.format(date=_fill(_pattern(locale, "yMMMMd"), day, lang))
    if not day.time:
        return said
    joined = str(locale.datetime_formats["medium"]) if locale else "{1} {0}"
    if joined == "{1} {0}" and said[-1].isdigit() and locale:
        joined = "{1}, {0}"  # a year and an hour would run into one another
    return joined.replace("{1}", said).replace("{0}", day.time)


def _say_short_interval(start: PartialDate, end: PartialDate, lang: str) -> str:
    """An interval in which what both ends share is said once; empty where they share nothing."""
    locale = find_locale(lang)
    exact = not (start.mark or end.mark or start.time or end.time or start.is_span or end.is_span)
    if not exact or locale is None or {start.month, end.month} & SEASONS.keys():
        return ""
    if not start.month and not end.month:
        if end.year <= 0:
            return _fill_years(f"{1 - start.year}–{1 - end.year}", lang)
        return _fill_both(locale, "y", "y", start, end, lang) if start.year > 0 else ""
    if start.year != end.year or not (start.month and end.month) or bool(start.day) != bool(end.day):
        return ""
    if not start.day:
        return _fill_both(locale, "yMMMM", "M", start, end, lang)
    field = "d" if start.month == end.month else "M"
    said = _fill_both(locale, "yMMMMd", field, start, end, lang)
    if said:
        return said
    # CLDR has only numbers for it: what the ends share is left out of the first.
    tokens = _tokens(_pattern(locale, "MMMMd"))
    if field == "d" and tokens[0][0] == "field" and tokens[0][1][0] == "d":
        month = next(number for number, token in enumerate(tokens) if token[0] == "field" and token[1][0] in "ML")
        return _fill(_write(tokens[:month]), start, lang).strip() + "–" + _say_plain(end, lang)
    return _join(_fill(_write(tokens), start, lang), _say_plain(end, lang), lang)


def _fill_both(locale: Locale, skeleton: str, field: str, start: PartialDate, end: PartialDate, lang: str) -> str:
    """Write an interval by CLDR's own pattern; empty where CLDR writes it in numbers only."""
    pattern = _interval_pattern(locale, skeleton, field)
    if pattern is None:
        return ""
    first, last = (_fill(half, day, lang) for half, day in zip(pattern, (start, end), strict=True))
    word = first.removesuffix(" – ")
    # CLDR sets the dash with blanks in any case; between two single words it stands without.
    return f"{first if ' ' in word else word + '–' * (word != first)}{last}"


@lru_cache(maxsize=256)
def _interval_pattern(locale: Locale, skeleton: str, field: str) -> tuple[str, str] | None:
    """The halves of CLDR's pattern for an interval whose ends differ in `field`, with the months' whole names."""
    formats = locale.interval_formats
    halves = None
    for key in (skeleton, skeleton.replace("MMMM", "MMM")):
        halves = halves or dict(formats.get(key, {})).get(field)
    if not halves or len(halves) != 2:
        return None
    in_words = any(letter in "ML" and width == 4 for letter, width in _fields(_pattern(locale, skeleton)))
    found = []
    for half in halves:
        tokens = _tokens(half.replace("\u2009", " "))  # no other text of a page has thin spaces
        for number, (kind, token) in enumerate(tokens):
            if kind == "field" and token[0] in "ML":
                if in_words and token[1] < 3:  # type: ignore[operator] # a field's token is a letter and a width
                    return None
                if in_words:
                    tokens[number] = ("field", (str(token[0]), 4))
        found.append(_write(tokens))
    return found[0], found[1]


def _pattern(locale: Locale | None, skeleton: str) -> str:
    """CLDR's pattern for a date of just these fields; as ISO 8601 writes it in a language that CLDR does not know."""
    if locale is None:
        return {"y": "y", "yMMMM": "y-MM", "yMMMMd": "y-MM-dd"}[skeleton]
    known = locale.datetime_skeletons
    found = known.get(skeleton) or known.get(skeleton.replace("MMMM", "MMM"))
    return str(found.pattern if found else locale.date_formats["long"].pattern)


def _fill(pattern: str, day: PartialDate, lang: str) -> str:
    """`pattern` with the year as it is said, and CLDR's names of months."""
    before = day.year <= 0
    tokens = _put_year(_tokens(pattern), str(1 - day.year if before else day.year), lang, before=before)
    shown = date(_LEAP_YEAR, day.month if 1 <= day.month <= 12 else 1, day.day or 1)
    said = str(format_date(shown, format=_write(tokens), locale=find_locale(lang) or "en_001"))
    # French numbers the first day of a month, and only that, by its order; CLDR does not.
    return re.sub(r"^1(?= \D)", "1er", said) if day.day == 1 and primary_language(lang) == "fr" else said


def _fill_years(years: str, lang: str) -> str:
    """Years before our era as a date of nothing else: "51–44 BCE"."""
    pattern = _pattern(find_locale(lang), "y")
    return "".join(str(token) for _, token in _put_year(_tokens(pattern), years, lang, before=True))


def _put_year(tokens: list[_Token], years: str, lang: str, *, before: bool) -> list[_Token]:
    """`tokens` with `years` in place of the year; the era, if it is `before` ours, encloses what belongs to them.

    That is the sign or abbreviation for a year right after it: "公元前44年", "44 р. до н. е.".
    """
    kept = _merge([token for token in tokens if not (token[0] == "field" and token[1][0] == "G")])
    at = next((number for number, (kind, token) in enumerate(kept) if kind == "field" and token[0] in "yu"), None)
    if at is None:
        return kept
    after = str(kept[at + 1][1]) if before and at + 1 < len(kept) and kept[at + 1][0] == "chars" else ""
    own = after.rstrip()
    said = _say_era(years + own, lang) if before else years
    kept[at : at + 1 + bool(after)] = [("chars", said + after[len(own) :])]
    return _merge(kept)


def _merge(tokens: list[_Token]) -> list[_Token]:
    """`tokens` without two texts side by side: each would be quoted alone, and two quotes mean an apostrophe."""
    merged: list[_Token] = []
    for kind, token in tokens:
        if kind == "chars" and merged and merged[-1][0] == "chars":
            merged[-1] = ("chars", str(merged[-1][1]) + str(token))
        else:
            merged.append((kind, token))
    return merged


def _say_year(day: PartialDate, lang: str) -> str:
    return _say_era(str(1 - day.year), lang) if day.year <= 0 else str(day.year)


def _say_era(years: str, lang: str) -> str:
    """Years before our era: "44 BCE"; with CLDR's sign for the era where the interface has no words."""
    pattern = interface_words(lang).date.get("before")
    if pattern:
        return pattern.format(years=years)
    locale = find_locale(lang)
    return f"{years} {locale.eras['abbreviated'][0]}" if locale else f"−{years}"


def _join(first: str, last: str, lang: str) -> str:
    locale = find_locale(lang)
    pattern = str(locale.interval_formats.get(None, "{0} – {1}")).replace("\u2009", " ") if locale else "{0} – {1}"
    if " " not in first + last:
        pattern = pattern.replace(" – ", "–")
    return pattern.replace("{0}", first).replace("{1}", last)


def _tokens(pattern: str) -> list[_Token]:
    return list(tokenize_pattern(pattern))


def _fields(pattern: str) -> list[tuple[str, int]]:
    return [(str(token[0]), int(token[1])) for kind, token in _tokens(pattern) if kind == "field"]


def _write(tokens: list[_Token]) -> str:
    return str(untokenize_pattern(tokens))
