"""What links are called, in several languages."""

from io import BytesIO

import pytest
from PIL import Image


def draw_picture():
    file = BytesIO()
    Image.new("1", (8, 8)).save(file, "PNG")
    return file.getvalue()


def codes(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "[The report](https://example.org)",
        "[here and there](https://example.org)",
        "<https://example.org/a>, in a footnote.",
        "`https://example.org/in-code`",
        "    https://example.org/in-a-block",
        '<a href="https://example.org">the report</a>',
        "[![The museum](museum.png)](https://example.org)",
        "[![The museum](museum.png)](place:Prague)",
        "[Prague](place:Prague) and [its castle](geo:50.09,14.40)",
        "[mail](mailto:jana@example.org)",
        "[zde](https://example.org)",  # Czech, and no word of English
        "See [the report][r].\n\n[r]: https://example.org/reference",
    ],
)
def test_a_link_that_says_where_it_leads_is_right(check, text):
    body = f"## A step\nplace: Prague\n\nText.[^1]\n\n{text}\n\n[^1]: See <https://example.org/source>.\n"
    found = check(body, files={"stories/museum.png": draw_picture()} if "museum.png" in text else {})
    expected = ["bare-link"] if text.startswith("<http") else []
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "click here"),
        ("en", "HERE!"),
        ("cs", "zde"),
        ("de", "hier"),
        ("de-AT", "Dieser Link"),
        ("fr", "ici"),
        ("de", "here"),
    ],
)
def test_a_link_that_says_here_is_told_in_its_language(check, lang, text):
    (problem,) = check(f"## A step\nplace: Prague\n\nSee [{text}](https://example.org).\n", front=f"lang: {lang}\n")
    assert problem.code == "vague-link"
    assert problem.at.excerpt[problem.at.column - 1 :].startswith(text)
    assert problem.at.length == len(text)


def test_the_second_of_two_equal_addresses_is_found_where_it_stands(check):
    body = "## A step\nplace: Prague\n\nhttps://example.org/a\n\nText.\n\nhttps://example.org/a\n"
    assert [(problem.code, problem.at.line) for problem in check(body)] == [
        ("bare-link", 8),
        ("bare-link", 12),
    ]


def test_an_address_in_a_reference_is_no_text(check):
    body = "## A step\nplace: Prague\n\n[The report] says so.\n\n[The report]: https://example.org/r\n"
    assert check(body) == []


def test_the_title_of_a_story_is_offered_as_the_text_of_a_link_to_it(check):
    other = "---\ntitle: The reply\n---\n\n## A step\nplace: Prague\n\nText.\n"
    (problem,) = check("## A step\nplace: Prague\n\n[Here](other.md#a-step).\n", files={"stories/other.md": other})
    assert "[The reply](other.md#a-step)" in problem.help
