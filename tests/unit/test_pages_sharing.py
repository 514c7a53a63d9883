"""What a page says of itself to search engines and to programs that show a link to it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from storymap.addresses import whole_address
from storymap.language.tags import write_locale
from storymap.model.prose import Html, Prose
from storymap.pages.first_sentences import take_sentences
from storymap.pages.frame import Site
from storymap.pages.moved import make_moved_page, render_moved
from storymap.pages.not_found import make_not_found_page, render_not_found
from storymap.pages.sharing import Sharing, share_page
from storymap.pages.themes.builtin import builtin_theme

SITE = Site("Walks & <rides>", "Over hills.", "cs", "https://example.org/walks")


def read_head(html: str) -> dict[str, str]:
    """What the head says, by `property`, `name` or `rel`."""
    found: dict[str, str] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            told = {name: value or "" for name, value in attrs}
            if tag == "meta" and "content" in told:
                found[told.get("property") or told.get("name", "")] = told["content"]
            if tag == "link":
                found[told["rel"]] = told["href"]

    Reader().feed(html)
    return found


def show(site: Site, sharing: Sharing) -> dict[str, str]:
    from msgspec.structs import replace

    page = make_not_found_page(site, css="")
    return read_head(render_not_found(replace(page, frame=replace(page.frame, sharing=sharing)), builtin_theme()))


def test_a_page_of_a_site_with_an_address_can_be_shared() -> None:
    sharing = share_page(
        SITE,
        here="a b.html",
        lang="cs",
        title='"A" & <b>',
        description="It's told.",
        kind="article",
        published="2026-11-01",
        updated="2026-11-02",
        authors=("Jana",),
        card="cards/a b.png",
        card_alt="A map",
    )
    told = show(SITE, sharing)
    assert (
        told
        | {
            "canonical": "https://example.org/walks/a%20b.html",
            "description": "It's told.",
            "author": "Jana",
            "og:title": '"A" & <b>',
            "og:description": "It's told.",
            "og:type": "article",
            "og:url": "https://example.org/walks/a%20b.html",
            "og:site_name": "Walks & <rides>",
            "og:locale": "cs_CZ",
            "og:image": "https://example.org/walks/cards/a%20b.png",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": "A map",
            "article:published_time": "2026-11-01",
            "article:modified_time": "2026-11-02",
            "twitter:card": "summary_large_image",
        }
        == told
    )


def test_without_an_address_only_the_description_is_left() -> None:
    site = Site("Walks", "Over hills.", "cs")
    told = show(site, share_page(site, here="a.html", lang="cs", title="A", description="Told.", card="cards/a.png"))
    assert told["description"] == "Told."
    assert not [name for name in told if name.startswith(("og:", "twitter:", "canonical"))]


def test_a_page_without_a_picture_is_a_small_card() -> None:
    told = show(SITE, share_page(SITE, here="index.html", lang="cs"))
    assert (told["twitter:card"], told["canonical"]) == ("summary", "https://example.org/walks/")
    assert "og:image" not in told
    assert (told["og:title"], told["og:description"]) == ("Walks & <rides>", "Over hills.")


def test_the_page_for_missing_addresses_has_none_of_its_own() -> None:
    told = read_head(render_not_found(make_not_found_page(SITE, css=""), builtin_theme()))
    assert "canonical" not in told
    assert "og:url" not in told


@pytest.mark.parametrize(
    ("site", "address"), [(SITE, "https://example.org/walks/new.html"), (Site("Walks", "", "en"), "new.html")]
)
def test_an_earlier_address_is_known_as_the_new_one(site: Site, address: str) -> None:
    page = make_moved_page("old", site, story="new", title="A", lang="en", css="")
    html = render_moved(page, builtin_theme())
    assert html.count('rel="canonical"') == 1
    assert read_head(html)["canonical"] == address


@pytest.mark.parametrize(
    ("there", "anchor", "address"),
    [
        ("index.html", "", "https://example.org/"),
        ("guide/index.html", "", "https://example.org/guide/"),
        ("places/brno.html", "", "https://example.org/places/brno.html"),
        ("příběh.html", "krok", "https://example.org/p%C5%99%C3%ADb%C4%9Bh.html#krok"),
    ],
)
def test_a_whole_address_begins_with_that_of_the_site(there: str, anchor: str, address: str) -> None:
    assert whole_address("https://example.org/", there, anchor) == address


@pytest.mark.parametrize(
    ("lang", "locale"),
    [
        ("cs", "cs_CZ"),
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("pt-BR", "pt_BR"),
        ("zh-Hant", "zh_TW"),
        ("ar", "ar_EG"),
        ("es-419", "es_ES"),
        ("qqq", ""),
    ],
)
def test_a_language_is_written_with_its_country(lang: str, locale: str) -> None:
    assert write_locale(lang) == locale


LONG = "This sentence has a few words. " * 9


@pytest.mark.parametrize(
    ("texts", "sentences"),
    [
        (["<p>One. Two.</p><p>Three.</p>"], "One. Two."),
        (["<h3>Heading</h3>", "<p>In a step.</p>"], "In a step."),
        (['<p>With <em>stress</em> &amp; a <code>&lt;b&gt;</code> note<sup id="fnref-1"><a>1</a></sup>.</p>'],
         "With stress & a <b> note."),
        ([f"<p>{LONG}</p>"], "This sentence has a few words. " * 6),
        ([f"<p>{'word ' * 60}</p>"], "word " * 39 + "word…"),
        (["<p>「東京。」そして京都。" + "長" * 300 + "</p>"], "「東京。」そして京都。"),
        (["<p></p><ul><li>Item</li></ul>"], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_a_story_without_a_summary_is_told_by_its_first_sentences(texts: list[str], sentences: str) -> None:
    prose: list[Prose] = [(Html(text),) for text in texts]
    assert take_sentences(prose) == sentences.strip()
