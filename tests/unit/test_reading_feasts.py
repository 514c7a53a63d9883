"""Feasts of the church by which chronicles date."""

import pytest

from storymap.reading.feasts import date_feast, find_easter


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (326, "0326-04-03"), (1066, "1066-04-16"), (1421, "1421-03-23"), (1582, "1582-04-15"),  # Julian
        (1583, "1583-04-10"), (1818, "1818-03-22"), (1943, "1943-04-25"), (1954, "1954-04-18"), (2024, "2024-03-31"),
    ],
)  # fmt: skip
def test_easter_is_that_of_the_calendar_of_its_time(year, day):
    assert find_easter(year).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Good Friday 1421", "1421-03-21"),
        ("Ash Wednesday 2024", "2024-02-14"),
        ("Boží tělo 2024", "2024-05-30"),
        ("Christmas Eve 800", "0800-12-24"),
        ("Easter 100", ""),
        ("Easter", ""),
        ("Easter Island 1722", ""),
        ("May 1515", ""),
    ],
)
def test_a_feast_with_its_year_is_a_day(text, day):
    assert date_feast(text) == day
