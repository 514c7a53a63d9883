"""Check what links are called: a reader who meets a link alone, in a list or by ear, must know where it leads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec.structs import replace

from storymap.checking.checked import CheckedProject
from storymap.errors import Location, Report
from storymap.reading.collection import CollectionSource
from storymap.reading.source import StorySource
from storymap.reading.written import WrittenLink, WrittenLinks
from storymap.text.relative_paths import resolve_path
from storymap.text.shortening import shorten

_VAGUE = {
    "en": "here, click here, this, this link, link, this page, read more, more, see here, click, go, follow this link, "
    "this article, learn more, details",
    "cs": "zde, tady, klikněte zde, klikněte sem, odkaz, tento odkaz, více, číst více, sem, viz zde, tato stránka",
    "de": "hier, hier klicken, klicken sie hier, dieser link, link, mehr, weiterlesen, mehr lesen, siehe hier",
    "es": "aquí, haz clic aquí, haga clic aquí, este enlace, enlace, más, leer más, esta página, ver aquí",
    "fr": "ici, cliquez ici, ce lien, lien, lire la suite, en savoir plus, plus, cette page, voir ici",
    "it": "qui, clicca qui, questo link, link, leggi tutto, di più, questa pagina",
    "nl": "hier, klik hier, deze link, link, lees meer, meer, deze pagina",
    "pl": "tutaj, tu, kliknij tutaj, ten link, link, więcej, czytaj więcej, ta strona",
    "pt": "aqui, clique aqui, este link, link, leia mais, mais, saiba mais, esta página",
    "sk": "tu, kliknite sem, tento odkaz, odkaz, viac, čítať viac, táto stránka",
    "uk": "тут, натисніть тут, це посилання, посилання, більше, читати далі",
    "ru": "здесь, тут, нажмите здесь, эта ссылка, ссылка, подробнее, читать далее",
}
"""Texts that say nothing about where a link leads, by language; matched without case and outer punctuation."""

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'\])]+", re.IGNORECASE)
_PUNCTUATION = re.compile(r"^[\W_]+|(?<![\W_])[\W_]++$")


def check_link_texts(checked: CheckedProject, report: Report) -> None:
    """Tell links without a text, with one that says nothing, or with their address for one."""
    sources: tuple[StorySource | CollectionSource, ...] = (*checked.sources, *checked.described)
    titles = {source.name: source.title for source in sources}
    for source in sources:
        vague = _list_vague(source.front.lang or checked.project.settings.lang)
        for link, in_note in _list_links(source):
            named = titles.get(resolve_path(unquote(link.target.partition("#")[0]), source.name) or "", "")
            _check_text(link, vague, named=named, in_note=in_note, report=report)


def _list_vague(lang: str) -> frozenset[str]:
    """The texts that say nothing in `lang`; English is understood, and misused, everywhere."""
    own = _VAGUE.get(lang.lower().partition("-")[0], "")
    return frozenset(f"{_VAGUE['en']}, {own}".split(", "))


def _list_links(source: StorySource | CollectionSource) -> Iterator[tuple[WrittenLink, bool]]:
    """Every link of a story, and whether it stands in a footnote."""
    for prose in source.prose:
        links = (WrittenLink(one.target, one.text, one.at) for one in prose.pieces if isinstance(one, WrittenLinks))
        yield from ((link, prose is source.notes) for link in (*links, *prose.links))


def _check_text(link: WrittenLink, vague: frozenset[str], *, named: str, in_note: bool, report: Report) -> None:
    """Tell what is wrong with a link's text; `named` is the title of the story that it leads to, if it leads to one."""
    text = " ".join(link.text.split())
    if link.target.lower().startswith("place:"):
        named = unquote(link.target[len("place:") :])
    example = f"[{named or 'the report of May'}]({shorten(link.target, 60)})"
    if not text:
        report.warning(
            "empty-link",
            f'the link to "{shorten(link.target, 60)}" has no text, so nobody can see it or follow it',
            link.at,
            f"write between the brackets what it leads to: {example}",
        )
    elif _PUNCTUATION.sub("", unicodedata.normalize("NFC", text).casefold()) in vague:
        report.warning(
            "vague-link",
            f'the link text "{text}" does not say where it leads',
            _point_at_text(link),
            f"link the words that name what is there, such as {example}",
        )
    elif _ADDRESS.fullmatch(text) and not in_note:
        report.warning(
            "bare-link",
            "a web address stands for the link's text",
            _point_at_text(link),
            f"write what is there: {example}; in footnotes addresses are fine",
        )


def _point_at_text(link: WrittenLink) -> Location:
    """Where the link's text stands, which is directly before its target; the target where it was written otherwise."""
    at = link.at
    before = at.excerpt[: max(0, at.column - 1)]
    for opening in ("](<", "]("):
        if before.endswith(opening):
            start = before.rfind("[", 0, len(before) - len(opening))
            if start >= 0:
                return replace(at, column=start + 2, length=max(1, len(before) - len(opening) - start - 1))
    return at
