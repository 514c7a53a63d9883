"""Where no line may end, by the habits of a language, a space does not break; nothing else of a text changes."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from storymap.language.hyphens import soften


@pytest.mark.parametrize(
    ("lang", "text", "bound"),
    [
        ("cs", "V Praze a v Brně, k lesu", "V~Praze a~v~Brně, k~lesu"),
        ("cs", "dne 6. května, v roce 2020. Potom 12. ledna", "dne 6.~května, v~roce 2020. Potom 12.~ledna"),
        ("cs", "v\nBrně 10 000 lidí, 12 345 678, tj. 20 %", "v~Brně 10~000 lidí, 12~345~678, tj. 20~%"),
        ("cs", "Kdo s tím (s tím), „o tom“ – i tak", "Kdo s~tím (s~tím), „o~tom“ – i~tak"),
        ("cs", "les a", "les a"),
        ("cs-CZ", "NATO ve Washingtonu, rok 1968 105 lidí", "NATO ve Washingtonu, rok 1968~105 lidí"),
        ("pl", "W Gdańsku i w Łodzi", "W~Gdańsku i~w~Łodzi"),
        ("uk", "у Києві й в Одесі", "у~Києві й~в~Одесі"),
        ("fr", "Qui ? « Lui » : oui !", "Qui~? «~Lui~»~: oui~!"),
        ("fr-CA", "Qui? 10:30", "Qui? 10:30"),
        ("en", "I saw a house, 10 000 of them", "I saw a house, 10 000 of them"),
        ("zh", "a b", "a b"),
    ],
)
def test_a_space_at_which_no_line_may_end_does_not_break(lang: str, text: str, bound: str) -> None:
    assert soften(text, lang) == bound.replace("~", "\N{NO-BREAK SPACE}")


def test_tags_and_code_stay_as_they_are() -> None:
    markup = '<a title="v Praze">v Praze</a> <code>v Praze</code> k <em>lesu</em>'
    assert soften(
        Markup(markup), "cs"
    ) == '<a title="v Praze">v~Praze</a> <code>v Praze</code> k~<em>lesu</em>'.replace("~", "\N{NO-BREAK SPACE}")
