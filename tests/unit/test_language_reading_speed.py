"""How long a text takes to read."""

from __future__ import annotations

import pytest

from storymap.language.reading_speed import measure_minutes


@pytest.mark.parametrize(
    ("text", "lang", "minutes"),
    [
        ("", "en", 1),
        ("word " * 456, "en", 2),
        ("word " * 457, "en-GB", 3),
        ("slovo " * 184, "cs", 1),
        ("слово " * 185, "uk", 2),
        ("字" * 510, "zh-Hans", 2),
        ("文字 " * 179, "ja", 2),
    ],
)
def test_it_is_measured_by_the_words_of_the_language_or_by_its_characters(text: str, lang: str, minutes: int) -> None:
    assert measure_minutes(text, lang) == minutes
