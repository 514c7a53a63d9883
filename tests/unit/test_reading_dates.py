"""Dates are read from ISO 8601 and EDTF, said for people, and refused with what to write instead."""

from __future__ import annotations

import re

import pytest

from storymap.errors import Report
from storymap.language.dates import say_when
from storymap.reading.date_notations import tidy_date
from storymap.reading.dates import DAY_PATTERN, DateError, read_date
from storymap.reading.story import read_story
from storymap.reading.text import TextSource


@pytest.mark.parametrize(
    ("written", "first", "last", "text"),
    [
        ("2020-05-06", "2020-05-06", "2020-05-06", "6 May 2020"),
        (" 2020-05-06 ", "2020-05-06", "2020-05-06", "6 May 2020"),
        ("2020-05-05/2020-05-06", "2020-05-05", "2020-05-06", "5–6 May 2020"),
        ("2019-05-30/2019-06-02", "2019-05-30", "2019-06-02", "30 May – 2 June 2019"),
        ("2019-12-30/2020-01-02", "2019-12-30", "2020-01-02", "30 December 2019 – 2 January 2020"),
        ("2018-12", "2018-12-01", "2018-12-31", "December 2018"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2019-05/2019-08", "2019-05-01", "2019-08-31", "May–August 2019"),
        ("1914/1918", "1914-01-01", "1918-12-31", "1914–1918"),
        ("1900~", "1900-01-01", "1900-12-31", "about 1900"),
        ("2018?", "2018-01-01", "2018-12-31", "2018 (uncertain)"),
        ("2018%", "2018-01-01", "2018-12-31", "about 2018 (uncertain)"),
        ("2020/..", "2020-01-01", "..", "since 2020"),
        ("2020-05/", "2020-05-01", "..", "since May 2020"),
        ("../2020", "..", "2020-12-31", "until 2020"),
        ("156X", "1560-01-01", "1569-12-31", "1560s"),
        ("19XX", "1900-01-01", "1999-12-31", "1900–1999"),
        ("2020-21", "2020-03-01", "2020-05-31", "spring 2020"),
        ("2020-24", "2020-12-01", "2021-02-28", "winter 2020"),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15", "15 March 44 BCE"),
        ("0000", "0000-01-01", "0000-12-31", "1 BCE"),
        ("Y-10000", "-10000-01-01", "-10000-12-31", "10001 BCE"),
        ("2020-05-06T14:30", "2020-05-06", "2020-05-06", "6 May 2020, 14:30"),
        ("2020/2020", "2020-01-01", "2020-12-31", "2020"),
    ],
)
def test_dates_are_read(written, first, last, text):
    when = read_date(written)
    assert (when.edtf, when.first, when.last, say_when(when, "en")) == (written.strip(), first, last, text)


@pytest.mark.parametrize(
    ("written", "message", "help"),
    [
        ("2024-02-30", "February 2024 has 29 days", ""),
        ("1900-02-29", "February 1900 has 28 days", ""),
        ("2020-13", "no month 13", ""),
        ("2020-05-06T25:00", "no such time", ""),
        ("2020-05-06/2020-05-05", "ends before it begins", "2020-05-05/2020-05-06"),
        ("2020/2019/2018", "not a date", ""),
        ("/", "neither", ""),
        ("", "empty", ""),
        ("6.5.2020", "not a date", "2020-05-06"),
        ("6. 5. 2020", "not a date", "2020-05-06"),
        ("2020-5-6", "not a date", "2020-05-06"),
        ("1914-1918", "not a date", "1914/1918"),
        ("ca. 1900", "not a date", "1900~"),
        ("476", "not a date", "0476"),
        ("12:30", "not a date", "2020-05-06"),
        ("٢٠٢٠", "not a date", ""),
        ("19XX-05", "month of an unknown year", ""),
        ("20 May 1515", '"20 May 1515" is not a date that storymap reads', "write 1515-05-20"),
        ("20th of May, 1515", "not a date", "write 1515-05-20"),
        ("May 20th, 1515", "not a date", "write 1515-05-20"),
        ("20-May-1515", "not a date", "write 1515-05-20"),
        ("May 1515", "not a date", "write 1515-05"),
        ("Sept. 1515", "not a date", "write 1515-09"),
        ("summer 1515", "not a date", "write 1515-22"),
        ("20. května 1515", "not a date", "write 1515-05-20"),
        ("3. März 1515", "not a date", "write 1515-03-03"),
        ("~1515", "not a date", "write 1515~"),
        ("about 1516", "not a date", "write 1516~"),
        ("about January 1516", "not a date", "write 1516-01~"),
        ("circa 1515", "not a date", "write 1515~"),
        ("Easter 1421", "not a date", "write 1421-03-23"),
        ("Velikonoce 2024", "not a date", "write 2024-03-31"),
        ("Whitsun 1620", "not a date", "write 1620-06-07"),
        ("Michaelmas, 1305", "not a date", "write 1305-09-29"),
        ("the feast of All Saints, 1415", "not a date", "write 1415-11-01"),
        ("MDCXX", "not a date", "write 1620"),
        ("1620 or 1621", "not a date", "write a span with a slash: 1620/1621"),
        ("Anno Domini 1348", "not a date", "write 1348"),
        ("c. 1515?", "not a date", "write 1515%"),
        ("May 1515?", "not a date", "write 1515-05?"),
        ("perhaps 1515", "not a date", "write 1515?"),
        ("5/20/1515", '"5/20/1515" is not', "year, month, day: 1515-05-20"),
        ("5/6/1515", "not a date", "year, month, day: 1515-05-06 or 1515-06-05"),
        ("1515/5/6", "not a date", "write 1515-05-06"),
        ("20 May 1515 – 3 June 1515", "not a date", "a slash: 1515-05-20/1515-06-03"),
        ("6–8 May 1515", "not a date", "a slash: 1515-05-06/1515-05-08"),
        ("6.–8. Mai 1515", "not a date", "a slash: 1515-05-06/1515-05-08"),
        ("c1515", "not a date", "write 1515~"),
        ("44 BC", "not a date", "write -0043"),
        ("1510s", "not a date", "write 151X"),
        ("1500s", "not a date", "write 150X or 15XX"),
        ("2015-03-25 22:52:11 +0300", "not a date", "write 2015-03-25T22:52"),
        ("2020-02-09T13:50:14.098Z", "not a date", "write 2020-02-09T13:50"),
        ("Wed, 06 May 2020 14:30:00 GMT", "not a date", "write 2020-05-06T14:30"),
        ("6 May 2020, 2:30 p.m.", "not a date", "write 2020-05-06T14:30"),
        ("1588773000", "not a date", "write 2020-05-06T13:50"),
        ("1588773000000", "not a date", "write 2020-05-06T13:50"),
        ("20200506", "not a date", "write 2020-05-06"),
        ("2020-W19", "not a date", "2020-05-04/2020-05-10"),
        ("18th century", "not a date", "write 17XX"),
        ("the late 18th century", "not a date", "write 17XX"),
        ("18. století", "not a date", "write 17XX"),
        ("5th century BC", "not a date", "write -04XX"),
        ("19th–20th century", "not a date", "a slash: 18XX/19XX"),
        ("5/2020", "not a date", "write 2020-05"),
        ("05.2020", "not a date", "write 2020-05"),
        ("spring of 2020", "not a date", "write 2020-21"),
        ("the 1920s", "not a date", "write 192X"),
        ("5. V. 1945", "not a date", "write 1945-05-05"),
        ("2020年5月6日", "not a date", "write 2020-05-06"),
        ("AD 79", "not a date", "write 0079"),
        ("-44", "not a date", "for 44 BC write -0043"),
        ("44 př. n. l.", "not a date", "write -0043"),
        ("58–50 BC", "not a date", "a slash: -0057/-0049"),
        ("before 1920", "not a date", "a slash: ../1920"),
        ("1914–present", "not a date", "a slash: 1914/.."),
        ("between 1914 and 1918", "not a date", "a slash: 1914/1918"),
        ("1914-18", "no month 18", "a slash: 1914/1918"),
        ("1905–12", "not a date", "write 1905-12 or 1905/1912"),
        ("99/99/9999", "not a date", "such as 2020-05-06"),
        ("2020-05-06 25:00", "not a date", "such as 2020-05-06"),
        ("9" * 400, "not a date", "such as 2020-05-06"),
        ("May 1515/1516", "not a date", "a slash: 1515-05/1516"),
        ("15 March 44 BC", "not a date", "write -0043-03-15"),
        ("44 BC, March 15", "not a date", "write -0043-03-15"),
        ("March 44 BCE", "not a date", "write -0043-03"),
        ("10000 BC", "not a date", "write -9999"),
        ("500,000 BC", "not a date", "write Y-499999"),
        ("12000", "not a date", "write Y12000"),
        ("196x", "not a date", "write 196X"),
        ("Q3 2020", "not a date", "a slash: 2020-07/2020-09"),
        ("1er mai 1968", "not a date", "write 1968-05-01"),
        ("early 1900s", "not a date", "write 190X or 19XX"),
        ("5/3/24", "not a date", "four digits and stands first: 2024-05-03 or 2024-03-05"),
        ("24-05-20", "not a date", "stands first: 2024-05-20"),
        ("okolo 1348", "not a date", "write 1348~"),
        ("v roce 1945", "not a date", "write 1945"),
        ("[1348]", "not a date", "write 1348?"),
        ("1348 (?)", "not a date", "write 1348?"),
        ("2nd half of the 19th century", "not a date", "1851/1900"),
        ("2. polovina 14. století", "not a date", "1351/1400"),
        ("5-9 May 1945", "not a date", "1945-05-05/1945-05-09"),
        ("1945-05-05..1945-05-09", "not a date", "1945-05-05/1945-05-09"),
        ("–1990", "not a date", "../1990"),
        ("25 October 1917 (Julian)", "not a date", "write 1917-11-07"),
        ("30 January 1649 O.S.", "not a date", "write 1649-02-09"),
        ("1900-02-29 (Julian)", "not a date", "write 1900-03-13"),
        ("4 October 1582, old style", "not a date", "write 1582-10-14"),
        ("1945 Jul.", "not a date", "write 1945-07"),
        ("n.d.", "not a date", "delete it"),
        ("31 February 1515", "not a date", "such as 2020-05-06"),
        ("some day in May 1515", "not a date", "such as 2020-05-06"),
        ("1515–1516–1517", "not a date", "such as 2020-05-06"),
    ],
)
def test_what_is_no_date_says_why_and_what_to_write(written, message, help):
    with pytest.raises(DateError) as caught:
        read_date(written)
    assert message in str(caught.value)
    assert help in caught.value.help
    assert caught.value.help


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("1945–05–05", "1945-05-05"),
        ("1945‑05‑05", "1945-05-05"),
        ("−0043", "-0043"),
        ("２０２０-05-06", "2020-05-06"),
        ("٢٠٢٠", "2020"),
        ("\u200e2020-05-06\ufeff", "2020-05-06"),
        ("1914–1918", "1914–1918"),
        ("2020-05", "2020-05"),
    ],
)
def test_digits_and_hyphens_of_other_programs_are_plain_ones(written, tidy):
    assert tidy_date(written) == tidy


def test_dates_stand_in_the_order_of_time():
    dates = [
        "Y-10000",
        "-0499",
        "-0043-03-15",
        "-0043-03-15T09:00",
        "-0043-03-15T14:30",
        "-0043-04",
        "0000",
        "0476",
        "1900",
        "1914/..",
        "../1918",
        "1920",
        "Y12000",
    ]
    assert [when.edtf for when in sorted(map(read_date, dates[1::2] + dates[::2]))] == dates


def test_dates_that_are_written_alike_are_one():
    assert read_date(" 2020-05 ") == read_date("2020-05")
    assert len({read_date("2020-05"), read_date("2020-05"), read_date("2020-05~")}) == 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-27", "2026-11-27"),
        (" 2024-02-29 ", "2024-02-29"),
        ("0001-01-01", "0001-01-01"),
        *(
            (text, "")
            for text in (
                "2026",
                "2026-11",
                "2026-11-27~",
                "2026-11-27/2026-11-28",
                "2026-11-27/..",
                "2026-11-27T10:00",
                "2026-11-31",
                "2023-02-29",
                "0000-01-01",
                "-0043-03-15",
                "Y12000-01-01",
                "yesterday",
                "",
            )
        ),
    ],
)
def test_a_day_of_publication_is_a_whole_day_to_the_reader_and_to_the_schema(text: str, day: str) -> None:
    assert (re.search(DAY_PATTERN, text) is not None) == bool(day)
    report = Report()
    written = f'---\ntitle: A\npublished: "{text}"\n---\n## B\n\nC.\n'
    source = read_story(TextSource("stories/a.md", written, tuple(written.split("\n"))), report)
    assert source is not None
    assert [problem.at.line for problem in report.errors] == ([] if day else [3])
    assert (source.front.published or "") == day
