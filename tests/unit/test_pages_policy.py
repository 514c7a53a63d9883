"""The policy of a page allows what the page has: scripts and styles of ours, hosts that were granted, no word more."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from storymap.layers.tiles import list_servers
from storymap.model.prose import Html
from storymap.pages.frame import Site
from storymap.pages.not_found import make_not_found_page, render_not_found
from storymap.pages.permitting import render_with_policy
from storymap.pages.policy import Grant, Permits, allow_preview, allow_within, hash_inline, list_foreign
from storymap.pages.prose import grant_pictures
from storymap.pages.theme import make_environment
from storymap.pages.themes.builtin import builtin_theme

ALERT = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
"""The example of the standard: the hash of `alert(1)`."""


def render(template: str, page: object = None) -> str:
    """What `template` makes of `page`, with its policy for `content`."""
    text = f'<meta http-equiv="Content-Security-Policy" content="{{{{ [] | policy }}}}">{template}'
    return render_with_policy(make_environment((("page.html", text),)), "page.html", page)


def read_policy(page: str) -> dict[str, list[str]]:
    """The directives of a page's policy."""
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert found
    return {part.split()[0]: part.split()[1:] for part in found[1].split(";")}


def test_a_script_is_allowed_by_the_hash_that_the_standard_has_for_it() -> None:
    assert hash_inline("alert(1)") == ALERT
    assert read_policy(render("{% filter script %}alert(1){% endfilter %}"))["script-src"] == [ALERT]


def test_line_ends_are_hashed_as_a_browser_reads_them() -> None:
    assert hash_inline("a\r\nb\rc") == hash_inline("a\nb\nc")


def test_what_stands_in_a_page_and_was_not_said_to_be_ours_is_not_allowed() -> None:
    page = render(
        "{{ page }}", Markup('<script>alert(1)</script><style>p{}</style><img src="https://example.org/a.png">')
    )
    policy = read_policy(page)
    assert "script-src" not in policy
    assert "style-src" not in policy
    assert policy["default-src"] == ["'none'"]
    assert policy["img-src"] == ["'self'", "data:"]


def test_an_attribute_that_looks_like_a_script_allows_none() -> None:
    page = render("{% filter script %}ours(){% endfilter %}{{ page }}", Markup('<p title="<script>alert(1)</script>">'))
    assert read_policy(page)["script-src"] == [hash_inline("ours()")]


@pytest.mark.parametrize("name", ["script", "stylesheet", "drawing", "hooked"])
def test_plain_text_never_becomes_ours(name: str) -> None:
    with pytest.raises(TypeError):
        render(f"{{{{ page | {name} }}}}", "alert(1)")


def test_a_drawing_has_its_stylesheet_and_the_styles_of_its_elements() -> None:
    svg = Markup('<svg><style>.a&gt;b{fill:red}</style><g class="x" style="--light:#123456">a &lt; b</g></svg>')
    policy = read_policy(render("{{ page | drawing }}", svg))
    assert policy["style-src"] == [hash_inline(".a>b{fill:red}")]
    assert policy["style-src-attr"] == ["'unsafe-hashes'", hash_inline("--light:#123456")]


def test_a_page_without_a_map_loads_no_script() -> None:
    page = make_not_found_page(Site("Walks", "", "en"), css="p{}")
    policy = read_policy(render_not_found(page, builtin_theme()))
    first = r'document.documentElement.className=/[?&]embed\b/.test(location.search)?"js embed":"js"'
    assert policy["script-src"] == [hash_inline(first)]
    assert policy["style-src"] == [hash_inline("p{}")]
    assert {directive: policy[directive] for directive in ("connect-src", "base-uri", "form-action", "object-src")} == {
        directive: ["'none'"] for directive in ("connect-src", "base-uri", "form-action", "object-src")
    }


def test_a_page_that_search_engines_are_told_of_may_be_audited_from_within_and_a_file_of_its_own_may_not() -> None:
    page = (
        '<meta http-equiv="Content-Security-Policy" content="@policy@"><link rel="canonical" href="https://a.example/">'
    )
    page = page.replace("@policy@", Permits().write(page))
    assert read_policy(page)["connect-src"] == ["'self'"]
    assert "connect-src" not in read_policy(allow_within(page, scripts=(), styles=()))  # what default-src says holds


def test_the_policy_stands_before_what_an_author_wrote() -> None:
    page = make_not_found_page(Site('"><script>alert(1)</script>@policy@', "", "en"), css="p{}")
    text = render_not_found(page, builtin_theme())
    assert text.index("Content-Security-Policy") < text.index("<title>")
    assert text.count("Content-Security-Policy") == 1


@pytest.mark.parametrize(
    ("url", "servers"),
    [
        ("https://tile.example.org/{z}/{x}/{y}.png", ("https://tile.example.org",)),
        (
            "https://{s}.example.org:8080/{z}/{x}/{y}.png?a=b",
            ("https://a.example.org:8080", "https://b.example.org:8080"),
        ),
    ],
)
def test_tiles_come_from_their_servers_alone(url: str, servers: tuple[str, ...]) -> None:
    assert list_servers(url, "ab") == servers
    permits = Permits()
    for server in servers:
        permits.grant("img-src", server)
    assert f"img-src 'self' data: {' '.join(servers)};" in permits.write("")


def test_a_picture_elsewhere_is_granted_by_its_address_alone() -> None:
    prose = (Html('<p>a</p><img alt="b" src="https://example.org/a;b,c.png?q=1&amp;r=2">'), Html('<img src="own.png">'))
    assert grant_pictures(prose) == (Grant("img-src", "https://example.org/a;b,c.png?q=1&r=2"),)
    permits = Permits()
    permits.grant("img-src", "https://example.org/a;b,c.png?q=1&r=2")
    assert "data: https://example.org/a%3Bb%2Cc.png;" in permits.write("")


def test_a_host_that_would_write_into_the_policy_is_not_granted() -> None:
    permits = Permits()
    permits.grant("img-src", "https://a.example; script-src *")
    permits.grant("img-src", "https://a.example'/x")
    permits.grant("img-src", "https://žluťoučký.example/x")
    assert "img-src 'self' data: https://xn--luouk-uva4it5a4g.example/x;" in permits.write("")


HOOK = Markup(
    '<script data-map-hook src="https://cdn.example.org/lib@1/badge.js"></script>'
    '<link rel="stylesheet" href="https://cdn.example.org/badge.css">'
    '<script data-map-hook>\nL.tileLayer("https://{s}.tiles.example.org/{z}.png"); fetch("https://data.example.org/a.json")\n'
    "</script>"
)


def test_a_hook_may_load_what_it_names() -> None:
    policy = read_policy(render("{{ page | hooked }}", HOOK))
    assert {"https://cdn.example.org/lib@1/badge.js", "'unsafe-eval'"} <= set(policy["script-src"])
    assert "'unsafe-inline'" not in policy["script-src"]
    assert policy["style-src"] == ["'self'", "https://cdn.example.org/badge.css"]
    assert policy["style-src-attr"] == ["'unsafe-inline'"]
    assert {"https://*.tiles.example.org", "https://data.example.org/a.json"} <= set(policy["img-src"])
    assert "https://data.example.org/a.json" in policy["connect-src"]
    assert "script-src-attr" not in policy


def test_a_plugin_that_the_package_carries_makes_no_functions_of_texts_unless_it_must() -> None:
    for name, evaluates in (("leaflet.heat/leaflet_heat.js", False), ("leaflet-measure/leaflet-measure.js", True)):
        tag = Markup(f'<script data-map-hook src="../assets/plugins/{name}"></script>')
        policy = read_policy(render("{{ page | hooked }}", tag))
        assert policy["script-src"] == ["'self'", *(["'unsafe-eval'"] if evaluates else [])]


def test_the_preview_lets_its_script_in_and_leaves_the_rest() -> None:
    page = make_not_found_page(Site("Walks", "", "en"), css="p{}")
    text = render_not_found(page, builtin_theme())
    before, after = read_policy(text), read_policy(allow_preview(text.encode(), base=True).decode())
    assert after.pop("script-src") == ["'self'", *before.pop("script-src")]
    assert after.pop("connect-src") == ["'self'"]
    assert after.pop("base-uri") == ["'self'"]
    assert after == {name: sources for name, sources in before.items() if name in after}
    assert allow_preview(b"<p>no policy</p>") == b"<p>no policy</p>"


def test_the_hosts_of_a_page_are_those_of_its_policy() -> None:
    permits = Permits()
    permits.grant("img-src", "https://tile.example.org")
    page = (
        f'<meta http-equiv="Content-Security-Policy" content="{permits.write("")}"><img src="https://b.example/x.png">'
    )
    assert list_foreign(page.encode()) == ("tile.example.org",)
    assert list_foreign(b"<p>") == ()
