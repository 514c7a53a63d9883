"""Tell by the letters of languages in which encoding bytes are that do not say it → readings, the likely ones.

A word is likely where all of its letters are those of one language, and of two readings that one is better of which one
language has more words. Where two are equally good, nobody can tell without knowing the language.

Libraries for this (chardet, charset-normalizer) want sentences: of tables with three to twelve names of towns they read
French as Big5 or most Polish wrongly, and never say that two readings are as good.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

_LATIN = {
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "pl": "ąćęłńóśźż",
    "hu": "áéíóöőúüű",
    "ro": "ăâîşţ",
    "hr": "čćđšž",
    "de": "äöüß",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "es": "áéíñóúü",
    "ca": "àçèéíïòóúü·",
    "pt": "àáâãçéêíóôõúü",
    "it": "àèéìòù",
    "da": "æøåé",
    "sv": "åäöé",
    "is": "áðéíóúýþæö",
    "nl": "áéëèïóöü",
    "sq": "ëç",
    "et": "äõöüšž",
    "lv": "āčēģīķļņšūž",
    "lt": "ąčęėįšųūž",
    "tr": "çğıöşüâîû",
}
_OTHERS = {
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    "el": "αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ",
    "he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىي",
    "th": "".join(chr(code) for code in range(0x0E01, 0x0E5C) if chr(code).isprintable()),
}
"""The letters of languages beyond a to z, in small letters; those of the second kind do without a to z."""

_NEVER = {
    "it": re.compile("[àèéìòù](?=.)"),
    "pt": re.compile("õ(?!e)|ç(?![aáãâoóõu])"),
    "ca": re.compile("ç[^aàoóu]"),
    "fr": re.compile("ù(?=.)|ç(?![aâou])"),
    "el": re.compile("ς(?=.)"),
    "he": re.compile("[ךםןףץ](?=.)"),
}
"""Where letters of a language do not stand: in Italian, within a word."""

_USUAL = {
    "windows-1250": ("cs", "sk", "pl", "hu", "ro", "hr", "de", "sq"),
    "windows-1252": ("de", "fr", "es", "ca", "pt", "it", "da", "sv", "is", "nl"),
    "windows-1251": ("ru", "uk", "be", "bg", "sr", "mk"),
    "windows-1253": ("el",),
    "windows-1254": ("tr", "de"),
    "windows-1257": ("et", "lv", "lt"),
    "windows-1255": ("he",),
    "windows-1256": ("ar",),
    "cp874": ("th",),
}
_RARE = {
    "iso-8859-2": _USUAL["windows-1250"],
    "mac-roman": _USUAL["windows-1252"],
    "mac-latin2": _USUAL["windows-1250"],
    "mac-cyrillic": _USUAL["windows-1251"],
    "cp852": _USUAL["windows-1250"],
    "cp850": _USUAL["windows-1252"],
    "cp866": _USUAL["windows-1251"],
    "koi8-r": ("ru", "bg"),
    "koi8-u": ("uk",),
}
"""What programs write on Windows, for which languages; and elsewhere, or where Excel is told "MS-DOS"."""

_EASTERN = {
    "euc-jp": rb"(?:[\xa1-\xa8\xb0-\xf4][\xa1-\xfe]|\x8e[\xa1-\xdf])",
    "euc-kr": rb"[\xb0-\xc8][\xa1-\xfe]",
    "shift_jis": rb"(?:[\x81-\x97][\x40-\x7e\x80-\xfc]|[\xa6-\xdf])",
    "gb18030": rb"[\xa1-\xa3\xb0-\xf7][\xa1-\xfe]",
    "big5": rb"[\xa1-\xc6\xc9-\xf9][\x40-\x7e\xa1-\xfe]",
}
"""How programs write signs and letters of Japanese, Korean and Chinese.

Korean stands before Chinese because its letters are all among those of it.
"""

_USUAL_LETTERS = {"gb18030": rb"[\xb0-\xd7][\xa1-\xfe]", "big5": rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]"}
"""Of Chinese letters those that texts are mostly made of; a name of a town may hold another."""

_MOSTLY = 0.8
"""The share of usual letters that a Chinese text has at least."""

_KANA = re.compile(rb"(?:[\xa4\xa5][\xa1-\xf6]){2}")
"""Two letters of a syllable each, as Japanese text in EUC has; without any, the same bytes are rather Korean."""

_SAMPLE = 20_000
"""Bytes of words beyond ASCII that are looked at."""

_FEWEST = 2
"""Different bytes beyond ASCII that do not tell one of the rare encodings from damage."""

_SIGNS = frozenset("\u00a0–—„“”‚‘’«»‹›…°§€£²³½¼¾ª·¿¡©®×†•‰\u200e\u200f´`")
"""What texts hold besides letters."""

_NOT_BEFORE_A_LETTER = re.compile(r"[©®×†•‰§²³½¼¾][^\W\d_]")

_BETWEEN = re.compile(rb"[,;\t\r\n\"<>=]+")
"""Bytes between texts, none of which is part of a letter in the encodings of eastern Asia."""


def list_readings(data: bytes) -> dict[str, str]:
    """How the words of `data` beyond ASCII read in the likeliest encodings: one where it is clear, none if none fits.

    Two encodings in which they read the same are one.
    """
    sample = b"\n".join(_sample_cells(data))
    if not sample:
        return {}
    if eastern := _find_eastern(sample):
        return {eastern: sample.decode(eastern, "replace")}
    for usage in (_USUAL, _RARE) if len({byte for byte in sample if byte > 127}) > _FEWEST else (_USUAL,):
        rated: dict[str, tuple[int, str]] = {}
        for encoding, languages in usage.items():
            text = sample.decode(encoding, "replace")
            strange = _count_strange(text, languages)
            if strange is not None and text not in {read for _, read in rated.values()}:
                rated[encoding] = strange, text
        least = min((strange for strange, _ in rated.values()), default=0)
        if best := {encoding: text for encoding, (strange, text) in rated.items() if strange == least}:
            return best
    return {}


def find_utf16(data: bytes) -> str:
    """The encoding of a text in UTF-16 with or without its mark; empty where `data` is none."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    even, odd = data[:400:2], data[1:400:2]
    if len(odd) > 3 and odd.count(0) > 0.7 * len(odd) and 0 not in even:
        return "utf-16-le"
    if len(odd) > 3 and even.count(0) > 0.7 * len(even) and 0 not in odd:
        return "utf-16-be"
    return ""


def _sample_cells(data: bytes) -> list[bytes]:
    """The values of a text that are not ASCII, each once, as many as are looked at."""
    cells: dict[bytes, None] = {}
    size = 0
    for line in data.splitlines():
        if line.isascii():
            continue
        for cell in _BETWEEN.split(line):
            if not cell.isascii() and cell not in cells:
                cells[cell.strip()] = None
                size += len(cell)
        if size > _SAMPLE:
            break
    return list(cells)


def _find_eastern(sample: bytes) -> str:
    """The encoding of eastern Asia in which all of `sample` is, if few of its letters are Latin; or empty."""
    joined = sample.replace(b"\n", b" ")
    for encoding, letter in _EASTERN.items():
        if encoding == "euc-jp" and not _KANA.search(joined):
            continue
        if not re.fullmatch(rb"(?:[\x20-\x7e]|%b)+" % letter, joined):
            continue
        if usual := _USUAL_LETTERS.get(encoding):
            letters = re.findall(letter, joined)
            if sum(bool(re.fullmatch(usual, one)) for one in letters) < _MOSTLY * len(letters):
                continue
        try:
            text = joined.decode(encoding)
        except UnicodeDecodeError:
            continue
        latin = sum(character.isascii() and character.isalpha() for character in text)
        if sum(not character.isascii() for character in text) > latin:
            return encoding
    return ""


def _count_strange(text: str, languages: Sequence[str]) -> int | None:
    """How many words of `text` that one of `languages` does not have that has most of them; None if it is no text."""
    parts = {c: unicodedata.category(c)[0] for c in set(text)}
    if any(not (c.isascii() or c in _SIGNS or kind in "LM") for c, kind in parts.items()):
        return None
    if _NOT_BEFORE_A_LETTER.search(text):
        return None
    written = "".join(c if parts[c] in "LM" else " " for c in text).split()
    words = {word for word in written if not word.isascii()}
    spoken: Counter[str] = Counter()
    for word in words:
        having = _list_languages(word, languages)
        if not having:
            return None
        spoken.update(having)
    never_large = not any(word[0].isupper() for word in written) and any(word[0].islower() for word in words)
    return len(words) - max(spoken.values(), default=0) + never_large


def _list_languages(word: str, languages: Sequence[str]) -> list[str]:
    """Those of `languages` that have all letters of `word` where they stand; none if a capital follows a small one."""
    if word[1:] != word[1:].lower() and word != word.upper():
        return []
    small = word.replace("İ", "i").lower()
    letters = frozenset(c for c in small if not c.isascii())
    is_latin = any(c.isascii() for c in small)
    return [
        language
        for language in languages
        if letters <= _alphabet(language)
        and not (is_latin and language in _OTHERS)
        and not (language in _NEVER and _NEVER[language].search(small))
    ]


@cache
def _alphabet(language: str) -> frozenset[str]:
    return frozenset((_LATIN | _OTHERS)[language])
