"""Long words get soft hyphens, in the language of the story; everything else stays as it was typed."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from storymap.language.hyphens import soften

SHY = "\u00ad"


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("de", "Donaudampfschifffahrtsgesellschaft"),
        ("de-AT", "Donaudampfschifffahrtsgesellschaft"),
        ("cs", "nejneobhospodařovávatelnější"),
        ("en", "electroencephalographically"),
    ],
)
def test_a_long_word_may_break(lang: str, word: str) -> None:
    softened = soften(f"The {word}.", lang)
    assert SHY in softened
    assert softened.replace(SHY, "") == f"The {word}."


def test_short_words_and_other_languages_stay_as_they_are() -> None:
    assert soften("Washington, Constantinople", "en") == "Washington, Constantinople"
    assert soften("Donaudampfschifffahrtsgesellschaft", "zh") == "Donaudampfschifffahrtsgesellschaft"


def test_text_is_escaped_and_markup_keeps_its_tags_and_its_code() -> None:
    assert "<b>" not in soften("<b>electroencephalographically</b>", "en")
    word = "electroencephalographically"
    softened = soften(Markup(f'<a title="{word}">{word}</a> <code>{word}</code> {word}'), "en")
    assert softened.startswith(f'<a title="{word}">elec{SHY}tro')
    assert f"<code>{word}</code>" in softened
    assert softened.count(word) == 2
