"""Date the feasts of the church by which chronicles date: "Easter 1421", "Michaelmas 1305" → year, month and day.

Easter is that of the calendar of its time: the Julian one before 1583, the Gregorian one since (Meeus, Astronomical
Algorithms, chapter 8).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from storymap.text.names import normalize_names

_FIRST_GREGORIAN = 1583

_MOVABLE = {
    0: (
        "Easter",
        "Easter Sunday",
        "Velikonoce",
        "Velká noc",
        "Ostern",
        "Pâques",
        "Pascua",
        "Pasqua",
        "Wielkanoc",
        "Húsvét",
    ),
    1: ("Easter Monday", "velikonoční pondělí", "Ostermontag"),
    -2: ("Good Friday", "Velký pátek", "Karfreitag", "Vendredi saint", "Wielki Piątek"),
    -7: ("Palm Sunday", "Květná neděle", "Palmsonntag", "Niedziela Palmowa"),
    -46: ("Ash Wednesday", "Popeleční středa", "Aschermittwoch"),
    39: ("Ascension", "Ascension Day", "Nanebevstoupení Páně", "Christi Himmelfahrt", "Himmelfahrt"),
    49: ("Pentecost", "Whitsun", "Whitsunday", "Whit Sunday", "Letnice", "svatodušní svátky", "Pfingsten", "Pentecôte"),
    60: ("Corpus Christi", "Boží tělo", "Fronleichnam", "Boże Ciało"),
}
"""Days after Easter, and what these feasts are called."""

_FIXED = {
    (1, 1): ("New Year", "New Year's Day", "Nový rok", "Neujahr"),
    (1, 6): ("Epiphany", "Tři králové", "Dreikönig", "Dreikönigstag"),
    (2, 2): ("Candlemas", "Hromnice", "Lichtmess", "Mariä Lichtmess"),
    (3, 25): ("Lady Day", "Annunciation", "Zvěstování"),
    (6, 24): ("Midsummer Day", "St John's Day", "Johannistag", "sv. Jana Křtitele", "Johanni"),
    (8, 15): ("Assumption", "Nanebevzetí Panny Marie", "Mariä Himmelfahrt"),
    (9, 28): ("St Wenceslas", "St Wenceslas' Day", "sv. Václava", "Wenzelstag"),
    (9, 29): ("Michaelmas", "sv. Michala", "Michaelis", "Michaeli"),
    (11, 1): ("All Saints", "All Saints' Day", "All Hallows", "Všech svatých", "Allerheiligen", "Toussaint"),
    (11, 2): ("All Souls", "All Souls' Day", "Dušičky", "Allerseelen"),
    (11, 11): ("Martinmas", "sv. Martina", "Martini", "Martinstag"),
    (12, 24): ("Christmas Eve", "Štědrý den", "Heiligabend"),
    (12, 25): ("Christmas", "Christmas Day", "Vánoce", "Boží hod vánoční", "Weihnachten", "Noël", "Navidad", "Natale"),
}
_DAYS_OF = {name: days for days, names in _MOVABLE.items() for name in normalize_names(*names)}
_DAY_OF = {name: day for day, names in _FIXED.items() for name in normalize_names(*names)}


def date_feast(text: str) -> str:
    """The day of a feast with its year, in ISO 8601; empty where the text is none."""
    found = re.fullmatch(
        r"(?:the\s+)?(?:feast\s+of\s+|day\s+of\s+)?(\D{4,40}?)[\s,]+(?:of\s+|in\s+)?(\d{3,4})", text, re.IGNORECASE
    )
    if not found or int(found[2]) < 326:  # it was settled at Nicaea when Easter is
        return ""
    (name,), year = normalize_names(found[1]), int(found[2])
    if day := _DAY_OF.get(name):
        return f"{year:04d}-{day[0]:02d}-{day[1]:02d}"
    return (find_easter(year) + timedelta(days=_DAYS_OF[name])).isoformat() if name in _DAYS_OF else ""


def find_easter(year: int) -> date:
    """Easter Sunday, by the day that the calendar of its time showed."""
    golden = year % 19
    if year < _FIRST_GREGORIAN:
        moon = (19 * golden + 15) % 30
        sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
        month, day = divmod(moon + sunday + 114, 31)
        return date(year, month, day + 1)
    century, rest = divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
