"""Tell which column of a layer is the name, where none is called so: taken where it is clear, else suggested."""

from __future__ import annotations

from collections.abc import Sequence

from storymap.text.names import normalize_name, normalize_names, split_column
from storymap.text.suggesting import find_nearest

_NAMES = normalize_names(
    *("name", "title", "label", "place", "named", "toponym", "placename", "nameplace", "itemlabel", "placelabel"),
    *("fullname", "longname", "geoname", "shapename", "nameascii", "displayname", "název", "názov", "jméno", "meno"),
    *("nombre", "nom", "nome", "naam", "namn", "navn", "nafn", "nimi", "nimetus", "nazwa", "naziv", "ime", "nume"),
    *("denumire", "név", "megnevezés", "isim", "adı", "emri", "izena", "pavadinimas", "nosaukums", "ainm", "enw"),
    *("titel", "titre", "título", "titolo", "tytuł", "titul", "cím", "tittel", "bezeichnung", "ortsname", "etikett"),
    *("name1", "libelle", "toponyme", "toponimo", "topónimo", "имя", "название", "наименование", "назва", "име"),
    *("назив", "όνομα", "ονομασία", "名称", "名稱", "名前", "地名", "名字", "名", "이름", "명칭", "지명"),
    *("ort", "lieu", "lugar", "luogo", "plaats", "místo", "miesto", "miejsce", "hely", "sted", "plats", "paikka"),
    "yer",
    *("الاسم", "اسم", "نام", "שם", "नाम", "ชื่อ", "tên", "nama", "jina"),
)
"""What the column of names is called, in the languages of those who make data."""

_BESIDES = frozenset(
    normalize_names(
        *("place", "feature", "site", "item", "full", "long", "official", "local", "common", "display", "geo", "gnis"),
        *("main", "primary", "poi", "object", "point", "en", "eng", "english", "int", "cs", "cz", "cze", "sk", "de"),
        *("ger", "fr", "fra", "es", "spa", "it", "pl", "pt", "nl", "hu", "ru", "uk", "ja", "zh", "ko", "ar", "latin"),
        *("ascii", "místa", "lugar", "lieu", "des ortes", "of", "the", "du", "del"),
    )
)
"""Words beside such a name that leave it what it is: "NAME_EN", "site name"."""


def choose_name_column(columns: Sequence[str]) -> str:
    """The one of `columns` that is plainly the name, though it is called otherwise; empty where none is."""
    plain = {column: normalize_name(column) for column in columns}
    exact = (column for name in _NAMES for column in columns if plain[column] == name)
    return next(exact, "") or next((column for column in columns if _says_name(column)), "")


def suggest_name_column(columns: Sequence[str], *, surely: bool = False) -> str:
    """The one of `columns`, which hold words, that is most likely the name; empty where there is none.

    `surely` leaves out one that is not called nearly as names are.
    """
    for column in columns:
        if any(word in _NAMES for word in split_column(column)):
            return column
    for column in columns:
        if find_nearest(normalize_name(column), _NAMES, likeness=75, parts=False):
            return column
    return "" if surely else next(iter(columns), "")


def _says_name(column: str) -> bool:
    words = split_column(column)
    names = [word for word in words if word in _NAMES and word != "place"]
    return len(names) == 1 and all(word in _BESIDES for word in words if word not in names)
