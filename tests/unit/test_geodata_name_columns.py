"""Which column of a layer is the name."""

import pytest

from storymap.geodata.name_columns import choose_name_column, suggest_name_column


@pytest.mark.parametrize(
    "column",
    [
        "nazev",
        "Název",
        "NOMBRE",
        "itemLabel",
        "nameplace",
        "NAME_EN",
        "name:cs",
        "site name",
        "Jméno",
        "имя",
        "名称",
        "adı",
    ],
)
def test_a_word_for_name_in_any_language_is_taken(column):
    assert choose_name_column(["id", "population", column]) == column


@pytest.mark.parametrize("column", ["typeLabel", "nazev_kraje", "filename", "label_size", "named_by", "kind"])
def test_a_name_of_something_else_is_not_taken(column):
    assert choose_name_column(["id", column]) == ""


def test_a_column_called_place_in_another_language_is_the_name_where_none_says_so_better():
    assert choose_name_column(["Ort", "Breitengrad", "Längengrad"]) == "Ort"
    assert choose_name_column(["lieu", "nom"]) == "nom"


def test_of_several_the_plainest_is_taken():
    assert choose_name_column(["typeLabel", "name_de", "itemLabel", "nazev"]) == "itemLabel"


def test_the_nearest_is_suggested():
    assert suggest_name_column(["typ", "nazev_kraje", "popis"]) == "nazev_kraje"
    assert suggest_name_column(["typ", "nme"]) == "nme"
    assert suggest_name_column(["typ", "popis"]) == "typ"
    assert suggest_name_column(["typ", "popis"], surely=True) == ""
    assert suggest_name_column([]) == ""
