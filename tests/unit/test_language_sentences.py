"""Sentences side by side."""

from __future__ import annotations

import pytest

from storymap.language.sentences import join_sentences


@pytest.mark.parametrize(
    ("parts", "lang", "told"),
    [
        (["A map", "", "A line"], "en", "A map. A line"),
        (["14,42° v. d.", "Studna"], "cs", "14,42° v. d. Studna"),
        (["地图", "连线"], "zh", "地图。连线"),
        ([], "en", ""),
    ],
)
def test_sentences_have_one_full_stop_between_them(parts: list[str], lang: str, told: str) -> None:
    assert join_sentences(parts, lang) == told
