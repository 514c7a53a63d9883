"""What counts as asking another host for something, and what does not."""

from __future__ import annotations

import pytest

from storymap.drawing.elsewhere import lead_elsewhere, list_elsewhere, list_hosts

A = "https://cdn.example/a.js"


@pytest.mark.parametrize(
    "text",
    [
        f'<script src="{A}"></script>',
        f"<img alt='' src={A}>",
        f'<link rel="stylesheet" href="{A}"/>',
        f"b {{ background: url({A}) }}",
        f"b {{ background: url('{A}') }}",
        f'@import "{A}";',
        f'L.imageOverlay("{A}", [])',
        f'L.icon({{"iconUrl": "{A}"}})',
        f"var image = '{A}';",
        f'popup.setContent(`<img src=\\"{A}\\">`)',
    ],
)
def test_what_is_loaded_is_found(text: str) -> None:
    assert list_elsewhere(text) == (A,)


@pytest.mark.parametrize(
    "text",
    [
        f'<a href="{A}">a link</a>',
        f'{{"attribution": "by <a href=\\"{A}\\">them</a>"}}',
        f'{{"properties": {{"website": "{A}"}}}}',
        'document.createElementNS("http://www.w3.org/2000/svg", "svg")',
        '<svg xmlns="http://www.w3.org/2000/svg">',
        "x = 1; //comment",
        f"// see {A}",
        '<script src="data:text/javascript;base64,Ly9leGFtcGxlLm9yZy9hLmpz"></script>',
        '<script src="assets/hook/a.js"></script>',
    ],
)
def test_what_is_not_loaded_is_not(text: str) -> None:
    assert list_elsewhere(text) == ()


def test_an_address_without_a_scheme_and_one_that_a_script_escaped_are_found() -> None:
    assert list_elsewhere('<script src="//cdn.example/a.js">') == ("//cdn.example/a.js",)
    assert list_elsewhere('L.imageOverlay("https://x.example/?a=1\\u0026b=2")') == ("https://x.example/?a=1&b=2",)


def test_each_is_led_to_its_own_copy_also_where_one_begins_as_another_does() -> None:
    text = f'<script src="{A}"></script><script src="{A}?v=1&w=2"></script>'
    assert (
        lead_elsewhere(text, {A: "one", f"{A}?v=1&w=2": "two"})
        == '<script src="one"></script><script src="two"></script>'
    )


def test_hosts_are_named_once() -> None:
    assert list_hosts([A, A + "b", "//tiles.example:80/{z}"]) == ("cdn.example", "tiles.example:80")
