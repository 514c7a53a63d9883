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
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from storymap.bundling.atlas import find_capitals, read_country_table, read_towns
from storymap.bundling.pinyin import Readings

TABLE = "city_names.txt"
LATIN = ("cs", "de", "es", "fr", "pl")
"""The columns of `TABLE` after country and name."""

SMALLEST = 50_000
"""Inhabitants from which a town is named in a language of elsewhere; a capital always is."""

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

SPELLED_OUT = 0.5
"""How sure it must be that characters are those of a Chinese name, for Japanese to take them over."""

_JAPANESE_LETTERS = str.maketrans(
    "寶廣區縣齊澤濱臺國灣鐵鄉豐黑德樂瀧莊壽圓鹽濟爾綠來榮關櫻會萬廳濕團學氣眞增淺",
    "宝広区県斉沢浜台国湾鉄郷豊黒徳楽滝荘寿円塩済爾緑来栄関桜会万庁湿団学気真増浅",
)
"""Characters that Japanese writes otherwise than Chinese does where it keeps the old ones."""

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
    capitals = find_capitals(towns, read_country_table())
    for lang, choose in _CHOOSE.items():
        named = [
            town
            for town in towns
            if town["population"] >= SMALLEST or town["countrycode"] in _HOMES[lang] or town["geonameid"] in capitals
        ]
        _choose(named, choose, found[lang])
    for lang, names in sorted(found.items()):
        text = json.dumps(names, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        (folder / f"{lang}.json").write_text(text + "\n", encoding="utf-8")
    known = {"listed": LATIN, "chosen": sorted(_CHOOSE)}
    (folder / "languages.json").write_text(json.dumps(known) + "\n", encoding="utf-8")


def _choose(towns: Iterable[Town], choose: Callable[[Town], str], names: _Names) -> None:
    """Add to `names` what their script tells; what is there already comes first."""
    for town in towns:
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
    found = _list_written(town, r"[ء-غف-ي][ء-غف-ي -]*", without=r"ى.|سابقا|^ئ")
    faults = r"(?:^|\s)ا(?!ل)|[يى]ى$|.آ"
    arabic = [name for name in found if not re.search("[^اوي]ه$", name)]  # so ends what Persian writes, and Pune
    if town["countrycode"] in _HOMES["ar"]:
        found = [re.sub("(?<!الل)ه(?= |$)", "ة", name) for name in found]
    least = 0.0 if arabic else 0.6
    return _sound_like(town, arabic or found, "ar", lambda name: len(re.findall(faults, name)), least=least)


def _choose_ukrainian(town: Town) -> str:
    """A name that follows Ukrainian spelling: и after д т з с ц ж ш ч р before consonants, і after the others.

    In Ukraine it is the one whose romanisation GeoNames has. Elsewhere a name must keep to all rules to be taken:
    Russian, Serbian, Bulgarian and Belarusian ones are written with the same letters. Of a town beyond the Slavic
    countries the Russian name, where it is all that there is, is spelled as these rules want it.
    """
    found = _list_written(town, r"[А-ЩЬЮЯЄІЇҐ][а-щьюяєіїґА-ЩЬЮЯЄІЇҐ '’-]*", without=r"дзь|цьц| хот$")
    if town["countrycode"] in _HOMES["uk"]:
        return _sound_like(town, found, "uk", lambda name: len(re.findall(r"[сц]к$|[сц]к[аи]?й?$", name)))
    foreign = town["countrycode"] not in _SLAVIC
    consonant = "[бвгґджзклмнпрстфхцчшщ]"
    wrong = [rf"[дтзсцжшчр]і{consonant}", r"и[аеєоуюя]", r"[аеєоуюя]и", r"(?<![цс]ь)[^ь]ск(ий)?$"]
    wrong += [rf"[бвгґклмнпфх]и{consonant}", r"[бвгґджзклмнпрстфхцчшщ]и$"] if foreign else []

    def choose(names: Iterable[str]) -> str:
        right = [name for name in names if not any(re.search(rule, name.lower()) for rule in wrong)]
        return _sound_like(town, right, "uk", lambda name: name.count(" "), least=0.7)

    return choose(found) or (choose(_spell_ukrainian(name) for name in _list_russian(town)) if foreign else "")


def _list_russian(town: Town) -> list[str]:
    return _list_written(town, r"[А-ЯЁ][а-яёА-ЯЁ '’-]*", without=r"дзь|цьц| хот$|[Ъъ]")


def _spell_ukrainian(name: str) -> str:
    """A Russian name of a town abroad with the letters that Ukrainian has for its sounds."""
    lower = name.translate(str.maketrans("эЭыЫ", "еЕиИ")).replace("ё", "ьо").replace("ньь", "нь")
    after = re.sub(r"(?<=[аеєоуюя])и", "ї", lower)
    after = re.sub(r"(?<![дтзсцжшчрДТЗСЦЖШЧР])и|и(?=[аеєоуюяй]|$|[ -])", "і", after)
    return re.sub("^И|(?<=[ -])И", "І", after)


def _choose_chinese(town: Town) -> str:
    """A name of simplified characters, those with which sounds are written; without what says that it is a city."""
    found = {
        re.sub("(?<=..)[市县]$", "", name)
        for name in _list_written(town, r"[一-鿿·]{2,}")
        if _is_encodable(name.replace("·", ""), "gb2312")
    }
    if town["countrycode"] in _CHINESE_LETTERS:
        readings = _learn_readings()
        return min(
            sorted(found), key=lambda name: (-round(readings.rate(town["name"], name), 1), len(name)), default=""
        )
    fits = {name: sum(letter not in _BY_SOUND for letter in name) for name in found}
    return min(sorted(found), key=lambda name: (fits[name], abs(len(name) - len(town["name"]) / 2.4)), default="")


def _choose_japanese(town: Town) -> str:
    """A name of Katakana, which only Japanese has; in Japan and in China one of its characters."""
    if town["countrycode"] in {*_HOMES["ja"], "CN", "TW"}:
        found = [name for name in _list_written(town, r"[一-鿿々ヶ]{2,}") if _is_encodable(name, "shift_jis")]
        written = sorted({re.sub("(?<=..)[市区區町村縣县]$", "", name).translate(_JAPANESE_LETTERS) for name in found})
        if town["countrycode"] in _HOMES["ja"]:
            return min(written, key=len, default="")
        # Those that are not spelled out, such as Lhasa and Harbin, have their names by sound.
        likely = {name: round(_learn_readings().rate(town["name"], name), 1) for name in written}
        sounding = [name for name in written if likely[name] >= SPELLED_OUT]
        if sounding:
            return min(sounding, key=lambda name: (-likely[name], len(name)))
    return min(_list_written(town, r"[゠-ヿ][゠-ヿ＝-]*"), key=len, default="")


@lru_cache(maxsize=1)
def _learn_readings() -> Readings:
    """How the characters in names of Chinese towns are read, as they are written there and elsewhere."""
    towns = (town for town in read_towns() if town["countrycode"] in {"CN", "TW"})
    return Readings((town["name"], _list_written(town, "[一-鿿]{2,6}")) for town in towns)


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
    heard = _respell(wanted, _list_spellings(lang, town["countrycode"]))

    def rate(name: str) -> tuple[int, float, float, str]:
        sounds = _write_sounds(name, lang)
        as_spelled, as_heard = _compare(wanted, sounds), _compare(heard, sounds)
        return faults(name), -max(as_spelled, as_heard), -as_spelled, name

    _, likeness, _, chosen = min(map(rate, names), default=(0, 0.0, 0.0, ""))
    return chosen if -likeness >= least else ""


def _compare(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.casefold())
    return re.sub(r"[^a-z]", "", plain.replace("ł", "l").replace("ß", "ss").replace("ø", "o"))


def _list_spellings(lang: str, country: str) -> Sequence[tuple[str, str]]:
    """How letters are read for which a language has others: those of China by pinyin, others by English.

    Names of Slavic countries are romanised as they are heard.
    """
    if lang == "ar":
        return _ARABIC
    if country in _SLAVIC:
        return ()
    return _PINYIN if country in {"CN", "TW"} else _ENGLISH


def _respell(folded: str, rules: Iterable[tuple[str, str]]) -> str:
    """A name about as other languages spell what is heard."""
    for spelled, heard in rules:
        folded = re.sub(spelled, heard, folded)
    return folded


_ARABIC = (
    ("v", "f"),
    ("p", "b"),
    ("j", "g"),
    ("c(?=[eiy])", "s"),
    ("c(?!h)", "k"),
    ("ch", "tsh"),
    ("e", ""),
    ("y", "i"),
)

_PINYIN = (
    *(("zh", "chzh"), ("^j|(?<=[aeioung])j", "tsz"), ("q", "ts"), ("c(?!h)", "ts"), ("x", "s"), ("ng", "n")),
    *(("^r", "zh"), ("w(?=u)", ""), ("w", "v"), ("y(?=i)", ""), ("y", "i")),
)

_ENGLISH = (
    *(("j", "dzh"), ("ph", "f"), ("qu", "k"), ("q", "k"), ("ck", "k"), ("c(?=[eiy])", "s"), ("c(?!h)", "k")),
    *(("w", "v"), ("x", "ks"), ("oo|ou", "u"), ("y", "i")),
)


def _write_sounds(name: str, lang: str) -> str:
    sounds = _SOUNDS[lang]
    return "".join(sounds.get(letter, "") for letter in name.casefold()).replace("-", "")
