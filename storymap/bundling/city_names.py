"""Prepare what cities are called in other languages: `static/city_names/`, a file of names for each language.

GeoNames knows many names of a city without saying in which language each is. For languages with letters of their own
the script decides, and what distinguishes the language from others that are written in it; where several names are
left, the one that sounds most like the name that the map has. For languages with Latin letters, which nothing tells
apart, `city_names.txt` has the names of well-known cities. What CLDR calls a city comes before what was chosen
(`storymap.language.map_names`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from storymap.bundling.atlas import read_towns

TABLE = "city_names.txt"
LATIN = ("cs", "de", "es", "fr", "pl")
"""The columns of `TABLE` after country and name."""

SMALLEST = 50_000
"""Inhabitants from which a town is named in a language of elsewhere."""

_HOMES = {
    "ar": frozenset(
        "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split()
    ),
    "he": frozenset({"IL", "PS"}),
    "ja": frozenset({"JP"}),
    "uk": frozenset({"UA"}),
    "zh": frozenset({"CN", "HK", "MO", "SG", "TW"}),
}  # fmt: skip
"""Countries where a language is spoken: every town has its name there."""

_CHINESE_LETTERS = frozenset({"CN", "HK", "JP", "KP", "KR", "MO", "SG", "TW"})
"""Countries whose names Chinese writes by their characters, not by their sound."""

_SLAVIC = frozenset({"BA", "BG", "BY", "CZ", "HR", "ME", "MK", "PL", "RS", "RU", "SI", "SK", "UA"})

_SOUNDS = {
    "ar": dict(
        zip(
            "بتثجحخدذرزسشصضطظعغفقكلمنهويةاأإآ",
            "b t th g h kh d d r z s sh s d t z a g f k k l m n h o i a a a a a".split(),
            strict=True,
        )
    ),
    "uk": dict(
        zip(
            "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
            "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia".split(),
            strict=True,
        )
    ),
}
"""About how letters sound; `-` is silent. For Ukrainian it is the official romanisation, which GeoNames has."""

_BY_SOUND = frozenset(
    "阿埃艾爱安昂奥巴白拜班邦堡保北贝本比彼边别宾波伯博布采查昌达大戴丹道得德登迪底蒂丁东杜敦顿多厄恩尔法凡菲费芬丰佛夫"
    "弗福富盖甘冈高戈哥格根贡古瓜圭果哈海汉豪赫黑亨洪侯胡华怀惠霍基吉加佳贾简杰金京久居喀卡开凯坎康考柯科可克肯孔库奎坤"
    "拉莱赖兰朗劳勒雷黎里利莉历立连良列林龙卢鲁路伦罗洛马玛迈麦曼芒毛梅门蒙米密敏明摩莫墨默姆穆木拿那纳奈南内尼宁纽努诺"
    "欧帕派潘庞佩彭皮平坡珀普齐奇恰乔切琴丘曲瓦日瑞若萨塞赛桑森沙山尚绍舍申圣施什舒朔斯松苏索塔台泰坦汤唐特腾提廷图土托"
    "万旺威维韦魏温文翁沃乌武西希锡夏香肖谢辛兴雄休许雅亚延扬耶叶伊以因英永尤于约泽扎詹张者真芝治州朱佐兹子尊"
)
"""The characters with which Chinese writes the sounds of foreign names."""

Town = Mapping[str, Any]
_Names = defaultdict[str, list[float | str]]
"""Longitude, latitude and name, repeated for namesakes, by the name in GeoNames."""


def prepare_city_names(package: Path, *, out: Path) -> None:
    """Write `out/city_names/LANGUAGE.json`: name in GeoNames → longitude, latitude, name, repeated for namesakes.

    `languages.json` lists the languages whose names are those of the table alone, and those whose names were chosen.
    """
    folder = out / "city_names"
    folder.mkdir(parents=True, exist_ok=True)
    towns = sorted(read_towns(), key=lambda town: (-town["population"], town["geonameid"]))
    found = _read_table((package / "bundling" / TABLE).read_text(encoding="utf-8"), towns)
    for lang, choose in _CHOOSE.items():
        _choose(towns, lang, choose, found[lang])
    for lang, names in sorted(found.items()):
        text = json.dumps(names, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        (folder / f"{lang}.json").write_text(text + "\n", encoding="utf-8")
    known = {"listed": LATIN, "chosen": sorted(_CHOOSE)}
    (folder / "languages.json").write_text(json.dumps(known) + "\n", encoding="utf-8")


def _choose(towns: Iterable[Town], lang: str, choose: Callable[[Town], str], names: _Names) -> None:
    """Add to `names` what their script tells; what is there already comes first."""
    for town in towns:
        if town["population"] >= SMALLEST or town["countrycode"] in _HOMES[lang]:
            name = choose(town)
            if name and name != town["name"]:
                names[town["name"]] += [*_round(town), name]


def _read_table(text: str, towns: Iterable[Town]) -> dict[str, _Names]:
    """The names of the table by language; of several towns in a country that are called the same it means the largest.

    Raises `ValueError` where a line is none, or GeoNames has no such town.
    """
    by_name: dict[tuple[str, str], Town] = {}
    for town in towns:
        by_name.setdefault((town["countrycode"], town["name"]), town)
    found: dict[str, _Names] = {lang: defaultdict(list) for lang in (*LATIN, *_CHOOSE)}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        parts = [part.strip() for part in line.split("|")]
        if parts[0] in found:
            key, others = (parts[1], parts[2]), {parts[0]: parts[3]}
        else:
            key, others = (parts[0], parts[1]), dict(zip(LATIN, parts[2:], strict=True))
        known = by_name.get(key)
        if known is None:
            raise ValueError(f"{TABLE}: {line}")
        for lang, other in others.items():
            if other and other != known["name"]:
                found[lang][known["name"]] += [*_round(known), other]
    return found


def _round(town: Town) -> tuple[float, float]:
    return round(town["longitude"], 1), round(town["latitude"], 1)


def _choose_hebrew(town: Town) -> str:
    """A name of Hebrew letters without what only Yiddish has; Hebrew writes few vowels with א and ע."""
    found = _list_written(town, r"[א-ת][א-ת '\"׳״־-]*", without=r"[װ-ײ]|זש|טש")
    chosen = min(found, key=lambda name: (sum(name[1:].count(letter) for letter in "אעע"), -len(name)), default="")
    return chosen.replace("'", "׳").replace('"', "״")


def _choose_arabic(town: Town) -> str:
    """A name of the letters of Arabic alone, which Persian, Urdu and Uyghur, written with more, rarely have."""
    found = _list_written(town, r"[ء-غف-ي][ء-غف-ي -]*", without=r"ى.|[^اوي]ه$|سابقا")
    return _sound_like(town, found, "ar", lambda name: len(re.findall(r"(?:^|\s)ا(?!ل)|[يى]ى$|.آ", name)))


def _choose_ukrainian(town: Town) -> str:
    """A name that follows Ukrainian spelling: и after д т з с ц ж ш ч р before consonants, і after the others.

    In Ukraine it is the one whose romanisation GeoNames has. Elsewhere a name must keep to all rules to be taken:
    Russian, Serbian, Bulgarian and Belarusian ones are written with the same letters.
    """
    found = _list_written(town, r"[А-ЩЬЮЯЄІЇҐ][а-щьюяєіїґА-ЩЬЮЯЄІЇҐ '’-]*", without=r"дзь|цьц| хот$")
    if town["countrycode"] in _HOMES["uk"]:
        return _sound_like(town, found, "uk", lambda name: len(re.findall(r"[сц]к$|[сц]к[аи]?й?$", name)))
    foreign = town["countrycode"] not in _SLAVIC
    consonant = "[бвгґджзклмнпрстфхцчшщ]"
    wrong = [rf"[дтзсцжшчр]і{consonant}", r"и[аеєо]", r"[аеєо]и$", r"(?<![цс]ь)[^ь]ск(ий)?$"]
    wrong += [rf"[бвгґклмнпфх]и{consonant}", r"[бвгґклмнпфх]и$"] if foreign else []
    right = [name for name in found if not any(re.search(rule, name.lower()) for rule in wrong)]
    return _sound_like(town, right, "uk", lambda name: name.count(" "), least=0.75)


def _choose_chinese(town: Town) -> str:
    """A name of simplified characters, those with which sounds are written; without what says that it is a city."""
    found = {
        re.sub("(?<=..)[市县]$", "", name)
        for name in _list_written(town, r"[一-鿿·]{2,}")
        if _is_encodable(name.replace("·", ""), "gb2312")
    }
    if town["countrycode"] in _CHINESE_LETTERS:
        return min(sorted(found), key=len, default="")
    fits = {name: sum(letter not in _BY_SOUND for letter in name) for name in found}
    return min(sorted(found), key=lambda name: (fits[name], abs(len(name) - len(town["name"]) / 2.4)), default="")


def _choose_japanese(town: Town) -> str:
    """A name of Katakana, which only Japanese has; in Japan one of its characters."""
    if town["countrycode"] in _HOMES["ja"]:
        found = [name for name in _list_written(town, r"[一-鿿々ヶ]{2,}") if _is_encodable(name, "shift_jis")]
        return min(sorted(re.sub("(?<=..)[市区町村]$", "", name) for name in found), key=len, default="")
    return min(_list_written(town, r"[゠-ヿ][゠-ヿ＝-]*"), key=len, default="")


_CHOOSE: dict[str, Callable[[Town], str]] = {
    "ar": _choose_arabic,
    "he": _choose_hebrew,
    "ja": _choose_japanese,
    "uk": _choose_ukrainian,
    "zh": _choose_chinese,
}


def _list_written(town: Town, pattern: str, *, without: str = "$^") -> list[str]:
    names = [unicodedata.normalize("NFC", name) for name in town["alternatenames"]]
    return sorted(name for name in names if re.fullmatch(pattern, name) and not re.search(without, name))


def _is_encodable(name: str, encoding: str) -> bool:
    try:
        name.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _sound_like(
    town: Town, names: Iterable[str], lang: str, faults: Callable[[str], int], *, least: float = 0.0
) -> str:
    """The one of `names` with the fewest faults that sounds most like the town's name; empty without any.

    `least` is how like it must sound, from 0 to 1.
    """
    wanted = _fold(town["name"])
    rated = [(faults(name), -_compare(wanted, _write_sounds(name, lang)), name) for name in names]
    _, likeness, chosen = min(rated, default=(0, 0.0, ""))
    return chosen if -likeness >= least else ""


def _compare(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.casefold())
    return re.sub(r"[^a-z]", "", plain.replace("ł", "l").replace("ß", "ss").replace("ø", "o"))


def _write_sounds(name: str, lang: str) -> str:
    sounds = _SOUNDS[lang]
    return "".join(sounds.get(letter, "") for letter in name.casefold()).replace("-", "")
