"""How a story is cited: as a line of text, and for programs that keep lists of sources, as BibTeX and RIS.

Nothing is said that its author did not say: a story that does not tell when it was published has no year, and a site
that does not know its address gives none. Both formats are a handful of lines, so they are written here; the tests read
them with bibtexparser and rispy.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from urllib.parse import quote

from markupsafe import Markup, escape
from msgspec import Struct

from storymap.language.dates import say_date
from storymap.language.positions import say_list
from storymap.language.words import interface_words
from storymap.model.story import Story
from storymap.model.time import PartialDate
from storymap.pages.frame import Site

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: f"\\{sign}" for sign in "&%$#_"}
"""What TeX reads as something else than a letter, and how it is written."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
"""The months by the names that BibTeX has for them, which stand without braces."""

_ENDED = re.compile(r"[.!?…。！？؟]$")


class Citation(Struct, frozen=True):
    """How a story is cited."""

    html: Markup
    """A line of text."""

    bibtex: str
    """An entry of BibTeX."""

    bibtex_name: str
    """What a file with that is called."""

    bibtex_url: str
    """The entry as the address of a file: it needs no server and no script."""

    ris_name: str
    """What a file of RIS is called."""

    ris_url: str
    """The story in RIS, in the same way."""


def cite_story(story: Story, site: Site, *, url: str) -> Citation:
    """How `story` of `site` is cited; `url` is its whole address, or empty."""
    bibtex, ris = write_bibtex(story, site.title, url), write_ris(story, site.title, url)
    return Citation(
        html=write_line(story, site.title, url),
        bibtex=bibtex,
        bibtex_name=f"{story.id}.bib",
        bibtex_url=f"data:application/x-bibtex;charset=utf-8,{quote(bibtex)}",
        ris_name=f"{story.id}.ris",
        ris_url=f"data:application/x-research-info-systems;charset=utf-8,{quote(ris)}",
    )


def write_line(story: Story, site: str, url: str) -> Markup:
    """The line: authors, title, the name of the `site`, the day, the address, as far as they are known."""
    words, lang = interface_words(story.lang), story.lang
    day = _say_day(story.published, lang) if story.published else words.page["cite_undated"]
    parts = [
        escape(say_list(story.authors, lang)),
        Markup("<cite>{}</cite>").format(story.title),
        escape(words.position["comma"].join((site, day))),
    ]
    told = Markup()
    for part in filter(None, parts):
        told += part + (" " if _ENDED.search(part.striptags()) else words.page["map_joint"])
    told = Markup(told.rstrip(" "))
    return told + Markup(' <a href="{0}">{0}</a>').format(url) if url else told


def write_bibtex(story: Story, site: str, url: str) -> str:
    """An entry of BibTeX, in UTF-8. Its key is made of the story's id and its year."""
    plain = unicodedata.normalize("NFKD", story.id).encode("ascii", "ignore").decode()
    key = "-".join(filter(None, (re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "story", story.published[:4])))
    month = _MONTHS[int(story.published[5:7]) - 1] if story.published else ""
    fields = {
        "author": " and ".join(map(_tex_name, story.authors)),
        "title": f"{{{_tex(story.title)}}}",  # in braces once more, so that capital letters stay
        "howpublished": _tex(site),
        "year": story.published[:4],
        "month": month,
        "language": _tex(story.lang),
        "url": quote(url, safe="/:?#@!$&'()*+,;=%~[]"),
    }
    lines = [
        f"  {name} = {value}," if name == "month" else f"  {name} = {{{value}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def write_ris(story: Story, site: str, url: str) -> str:
    """The story in RIS: a line for each fact."""
    fields = [
        ("TY", "ELEC"),
        *(("AU", name) for name in story.authors),
        ("TI", story.title),
        ("T2", site),
        ("PY", story.published[:4]),
        ("DA", story.published.replace("-", "/")),
        ("LA", story.lang),
        ("UR", url),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _say_day(day: str, lang: str) -> str:
    known = date.fromisoformat(day)
    one = (known.year, known.month, known.day)
    return say_date(PartialDate(*one, "", "", one, one), lang)


def _tex(text: str) -> str:
    """`text` on one line, as TeX reads it."""
    return "".join(_TEX.get(character, character) for character in " ".join(text.split()))


def _tex_name(name: str) -> str:
    """A name; one that is no person's, as far as BibTeX could tell, is kept in one piece."""
    written = _tex(name)
    return f"{{{written}}}" if name.count(",") > 1 or re.search(r"\band\b", name, re.IGNORECASE) else written
