"""Bring names into one form, so that "Plzeň", "plzen" and "PLZEŇ" meet: gazetteer lookups and ids lean on it.

Imports nothing but the standard library and slugs, because the package build uses it to write the built-in gazetteer.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from storymap.text.slugs import make_slug

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ŋ": "n", "ß": "ss"}
)
"""Letters that carry their stroke or ligature in themselves, which no Unicode decomposition takes off."""

_DROPPED = re.compile("[\u0300-\u036f.'’‘ʻʼʹʾʿ`´\"“”„\u00ad\u200b-\u200f\u2060\ufeff]")
_ASCII_WORDS = re.compile("[a-z0-9]+")
_LONGEST_NAME = 200


def normalize_name(name: str) -> str:
    """The form in which names are compared: case folded, accents off, punctuation as single spaces.

    Apostrophes and full stops vanish ("Washington, D.C." → "washington dc"). Only the diacritics of Latin, Greek and
    Cyrillic are taken off: in other scripts such marks are letters.
    """
    if name.isascii():  # nearly always, and then nothing has to be taken apart
        return " ".join(_ASCII_WORDS.findall(_DROPPED.sub("", name[:_LONGEST_NAME].lower())))
    folded = unicodedata.normalize("NFKD", name[:_LONGEST_NAME]).casefold().translate(_LETTERS)
    kept = unicodedata.normalize("NFC", _DROPPED.sub("", unicodedata.normalize("NFKD", folded)))
    return " ".join(part for part in _split_words(kept) if part)


def normalize_names(*names: str) -> tuple[str, ...]:
    """Each of `names` in that form, once."""
    return tuple(dict.fromkeys(map(normalize_name, names)))


def split_column(column: str) -> list[str]:
    """The words in the name of a table's column, in that form: "placeName" and "place.name" have two."""
    return normalize_name(re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_]{2})\.(?=[^\W\d_]{2})", " ", column)).split()


def join_words(key: str) -> str:
    """A normalised name without its blanks: "porto venere" and "portovenere" are the same so."""
    return key.replace(" ", "")


@lru_cache(maxsize=4096)
def slugify_name(name: str) -> str:
    """`name` as an id for addresses: small letters and digits of any script, joined by hyphens; empty where none are.

    Latin letters lose their accents, which addresses do not show everywhere; of other scripts each letter stays.
    """
    if not name:
        return ""
    folded = unicodedata.normalize("NFKC", name[:_LONGEST_NAME]).casefold().translate(_LETTERS)
    plain = "".join(map(_bare_latin, unicodedata.normalize("NFC", folded)))
    return make_slug(" ".join(_split_words(_DROPPED.sub("", plain))))


def _bare_latin(character: str) -> str:
    """A Latin letter without its accents, and any other character as it is."""
    first = unicodedata.normalize("NFKD", character)[0]
    return first if first.isascii() and first.isalpha() else character


def _split_words(text: str) -> list[str]:
    """Words of `text`; vowel signs (category M) belong to their word, though Python does not count them as letters."""
    spaced = "".join(
        character if character.isalnum() or unicodedata.category(character)[0] == "M" else " " for character in text
    )
    return spaced.split()
