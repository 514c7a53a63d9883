"""A column is read as a whole: its numbers however people write them, its texts, and its unit."""

import datetime as dt

import pytest

from storymap.geodata.column_values import read_column, write_value


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["1", "2.5", "-3"], (1, 2.5, -3)),
        (["1,5", "2,25"], (1.5, 2.25)),
        (["1.234,5", "12"], (1234.5, 12)),
        (["1,234.5", "12"], (1234.5, 12)),
        (["1 234", "12\u00a0345", "1\u2009234\u202f567", "1'234"], (1234, 12345, 1234567, 1234)),
        (["\u22125", "3"], (-5, 3)),
        (["1.234.567", "2"], (1234567, 2)),
        (["0,123", "12,345"], (0.123, 12.345)),
        (["1,5", "2.5"], (1.5, 2.5)),
        (["1e3", "2"], (1000, 2)),
        ([5, 2.5, None, float("nan")], (5, 2.5, None, None)),
        ([5, "6"], (5, 6)),
        (["12 %", "7%"], (12, 7)),
        (["12 km", "1 234,5 km", "–"], (12, 1234.5, None)),
        (["1 200,- Kč", "85,–"], (1200, 85)),
    ],
)
def test_numbers_are_read_as_people_write_them(written, read) -> None:
    assert read_column("a", written).values == read


@pytest.mark.parametrize("nothing", ["", "-", "–", "…", "n/a", "N/A", "NaN", ":", "x"])
def test_what_stands_for_nothing_is_nothing_among_numbers(nothing) -> None:
    found = read_column("a", ["1", nothing, "2"])
    assert (found.values, found.unread) == ((1, None, 2), ())


def test_words_that_may_be_nothing_stay_among_texts() -> None:
    assert read_column("iso", ["CZ", "NA", "–"]).values == ("CZ", "NA", None)


@pytest.mark.parametrize(
    "written",
    [
        ["01", "02", "13"],
        ["12", "12a", *["3"] * 20],
        ["110 00", *["11000"] * 20],
        ["12345678901234567890", "1"],
        ["a", "b", "1"],
    ],
)
def test_keys_and_numbers_of_houses_are_texts(written) -> None:
    assert read_column("a", written).values == tuple(written)


def test_texts_among_numbers_are_left_out_and_told() -> None:
    found = read_column("a", [*map(str, range(20)), "see note", "see note"])
    assert found.values[-2:] == (None, None)
    assert found.unread == (("see note", 2),)


@pytest.mark.parametrize("mark", ["*", "¹", " 1)", " p", " bd", "[2]", " (a)", "†", " **"])
def test_marks_of_footnotes_and_flags_beside_numbers_are_left_out_and_told(mark) -> None:
    found = read_column("a", ["51 200,5", f"48 100,0{mark}", "3"])
    assert (found.values, found.unread, found.marked) == ((51200.5, 48100, 3), (), (f"48 100,0{mark}",))


def test_a_percent_sign_may_stand_before_the_mark() -> None:
    found = read_column("a", ["3,1 %*", "2 %"])
    assert (found.values, found.column.unit) == ((3.1, 2), "%")


def test_a_word_behind_all_numbers_is_their_unit_and_behind_some_is_none() -> None:
    assert read_column("a", ["12 km", "7 km"]).column.unit == "km"
    assert read_column("a", ["12 Rue", "7 Avenue", "9 Rue"]).values == ("12 Rue", "7 Avenue", "9 Rue")


def test_where_most_are_numbers_and_many_are_not_both_stay() -> None:
    found = read_column("a (t)", ["1", "2,5", "3", "n/a", "few"])
    assert (found.values, found.unread, found.column.unit) == ((1, 2.5, 3, None, "few"), (), "t")


def test_commas_before_three_digits_are_thousands_where_nothing_tells() -> None:
    found = read_column("a", ["1,234", "5"])
    assert (found.values, found.is_guessed) == ((1234, 5), True)
    assert not read_column("a", ["1,234", "5,5"]).is_guessed


@pytest.mark.parametrize(
    ("name", "written", "unit"),
    [
        ("Population (thousands)", ["1"], "thousands"),
        ("price [CZK/GJ]", ["1"], "CZK/GJ"),
        ("share", ["12 %", "7 %"], "%"),
        ("name (English)", ["Prague"], ""),
        ("price", ["1"], ""),
    ],
)
def test_the_unit_stands_in_the_name_or_beside_each_number(name, written, unit) -> None:
    column = read_column(name, written).column
    assert (column.name, column.unit) == (name, unit)


def test_what_is_no_text_and_no_number_is_written_as_text() -> None:
    written = [True, dt.date(2024, 1, 2), dt.datetime(2024, 1, 2, 3, 4, 5), ["a", 1], {"b": None}, "2024/01/02"]  # noqa: DTZ001
    assert read_column("a", written).values == (
        "true", "2024-01-02", "2024-01-02T03:04:05", '["a", 1]', '{"b": null}', "2024-01-02",
    )  # fmt: skip


def test_a_value_is_compared_as_text() -> None:
    assert [write_value(value) for value in (19, 19.0, " 19 ", 1.5, None, "–", 10**20)] == [
        "19", "19", "19", "1.5", "", "", "1" + "0" * 20,
    ]  # fmt: skip


def test_a_number_without_end_costs_nothing() -> None:
    assert read_column("a", ["9" * 100_000, "1e999", "1"]).values == ("9" * 100_000, "1e999", "1")


@pytest.mark.parametrize(
    ("written", "values", "unit"),
    [
        (["CZK 2 345", "CZK 1 000,5"], (2345, 1000.5), "CZK"),
        (["€ 7,5", "€ 8"], (7.5, 8), "€"),
        (["1 234 zł", "5 zł"], (1234, 5), "zł"),
        (["US$1,234.50", "US$5.00"], (1234.5, 5), "US$"),
        (["4,2-", "1.000,5-", "3"], (-4.2, -1000.5, 3), ""),
    ],
)
def test_currencies_stand_beside_numbers_and_a_minus_may_stand_behind(written, values, unit) -> None:
    found = read_column("a", written)
    assert (found.values, found.column.unit, found.unread) == (values, unit, ())
