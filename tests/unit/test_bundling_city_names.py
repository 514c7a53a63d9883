"""Which of the names that GeoNames knows is that of a language."""

from __future__ import annotations

import pytest

from storymap.bundling.city_names import _choose_arabic, _choose_japanese, _choose_ukrainian, _spell_ukrainian
from storymap.bundling.pinyin import Readings, split_pinyin


def test_pinyin_is_split_into_as_many_syllables_as_a_name_has_characters() -> None:
    assert split_pinyin("Shenzhen", 2) == ("shen", "zhen")
    assert split_pinyin("Xi’an", 2) == ("xi", "an")
    assert split_pinyin("Harbin", 3) == ()
    assert split_pinyin("Lhasa", 2) == ()


def test_readings_tell_the_name_that_is_spelled_out() -> None:
    readings = Readings([("Baoding", ["保定"]), ("Bao'an", ["宝安"]), ("Zhenjiang", ["圳江"]), ("Shenze", ["深泽"])])
    assert readings.rate("Shenzhen", "深圳") == 1
    assert readings.rate("Shenzhen", "宝安") == 0


@pytest.mark.parametrize(
    ("russian", "ukrainian"),
    [("Кингстон", "Кінгстон"), ("Виктория", "Вікторія"), ("Алагоиньяс", "Алагоїньяс"), ("Чикаго", "Чикаго"),
     ("Нагасаки", "Нагасакі"), ("Эдинбург", "Единбург")],
)  # fmt: skip
def test_a_russian_name_is_spelled_by_the_rules_of_ukrainian(russian: str, ukrainian: str) -> None:
    assert _spell_ukrainian(russian) == ukrainian


def make_town(name: str, country: str, *others: str) -> dict[str, object]:
    return {"name": name, "countrycode": country, "alternatenames": list(others)}


def test_chinese_names_are_taken_over_by_japanese_where_they_are_spelled_out() -> None:
    assert _choose_japanese(make_town("Guangzhou", "CN", "廣州", "广州市")) == "広州"
    assert _choose_japanese(make_town("Lhasa", "CN", "拉薩", "ラサ")) == "ラサ"


def test_ukrainian_and_arabic_names_sound_like_the_town() -> None:
    assert _choose_ukrainian(make_town("Abuja", "NG", "Абуджа", "Абужа")) == "Абуджа"
    assert _choose_ukrainian(make_town("Wuxi", "CN", "Вуси", "Уси", "Усі")) == "Усі"
    assert _choose_arabic(make_town("Verona", "IT", "ورونا", "فيرونا")) == "فيرونا"
    assert _choose_arabic(make_town("Kobe", "JP", "كوبه")) == "كوبه"
    assert _choose_arabic(make_town("Buraydah", "SA", "بريده")) == "بريدة"
    assert _choose_arabic(make_town("Ramallah", "PS", "رام الله")) == "رام الله"
