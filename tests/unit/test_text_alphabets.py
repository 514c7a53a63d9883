"""In which encoding a text is that does not say it, told by the letters of languages."""

import pytest

from storymap.text.alphabets import find_utf16, list_readings


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("windows-1250", ["Žižkov", "Plzeň", "Děčín"]),
        ("windows-1250", ["ŽĎÁR NAD SÁZAVOU", "PŘÍBRAM"]),
        ("windows-1250", ["Łódź", "Gdańsk", "Częstochowa"]),
        ("windows-1250", ["Győr", "Hódmezővásárhely"]),
        ("windows-1250", ["Bucureşti", "Constanţa", "Târgu Mureş"]),
        ("windows-1250", ["„Výsluní“ – Žižkov", "10 °C", "Děčín"]),
        ("windows-1252", ["Orléans", "Besançon", "Angoulême", "Nîmes"]),
        ("windows-1252", ["São Paulo", "Maceió", "Goiânia"]),
        ("windows-1252", ["København", "Århus", "Sønderborg"]),
        ("windows-1252", ["Reykjavík", "Þingvellir", "Ísafjörður"]),
        ("windows-1252", ["¿Dónde está La Coruña?"]),
        ("windows-1251", ["Москва", "Санкт-Петербург"]),
        ("windows-1251", ["Київ", "Чернівці"]),
        ("windows-1253", ["Αθήνα", "Πάτρα"]),
        ("windows-1254", ["İstanbul", "Muğla", "Şanlıurfa", "Çanakkale"]),
        ("windows-1255", ["ירושלים", "תל אביב"]),
        ("windows-1256", ["القاهرة", "الإسكندرية"]),
        ("windows-1257", ["Šiauliai", "Panevėžys", "Klaipėda"]),
        ("cp874", ["กรุงเทพมหานคร", "เชียงใหม่"]),
        ("iso-8859-2", ["Žižkov", "Štětí"]),
        ("mac-roman", ["Orléans", "Besançon", "Nîmes"]),
        ("mac-latin2", ["Žižkov", "Příbram"]),
        ("cp852", ["Žižkov", "Příbram"]),
        ("cp850", ["Orléans", "Angoulême", "Nîmes"]),
        ("cp866", ["Москва", "Санкт-Петербург"]),
        ("koi8-r", ["Москва", "Санкт-Петербург"]),
        ("shift_jis", ["東京駅", "ﾀﾜｰ"]),
        ("euc-jp", ["東京駅前のひろば"]),
        ("euc-kr", ["서울", "부산"]),
        ("gb18030", ["北京市朝阳区"]),
        ("gb18030", ["北京", "深圳", "广州", "沈阳"]),
        ("big5", ["臺北車站", "高雄"]),
        ("big5", ["臺北", "嘉義", "鹿港", "埔里", "澎湖"]),
    ],
)
def test_words_of_one_language_have_one_reading(encoding, words):
    table = "name,lat\n" + "".join(f"{word},50\n" for word in words)
    beyond = [word for word in words if not word.isascii()]
    assert list_readings(table.encode(encoding)) == {encoding: "\n".join(beyond)}


@pytest.mark.parametrize(
    ("data", "readings"),
    [
        ("Plzeň".encode("cp1250"), {"windows-1250": "Plzeň", "windows-1252": "Plzeò", "windows-1257": "Plzeņ"}),
        ("Genève".encode("cp1252"), {"windows-1250": "Genčve", "windows-1252": "Genève"}),
        ("Köln, Straße".encode("cp1252"), {"windows-1250": "Köln\nStraße"}),
        (b"Mill", {}),
        (b"\x98\x98", {}),
        (bytes(range(128, 256)), {}),
    ],
)
def test_a_word_of_several_languages_has_several_readings_and_damage_none(data, readings):
    assert list_readings(data) == readings


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Žižkov".encode("utf-16"), "utf-16"),
        ("name,lat".encode("utf-16-le"), "utf-16-le"),
        ("name,lat".encode("utf-16-be"), "utf-16-be"),
        (b"name,lat", ""),
        (b"\0" * 40, ""),
        (b"", ""),
    ],
)
def test_utf_16_is_known_without_its_mark(data, encoding):
    assert find_utf16(data) == encoding
