"""Texts in another language than the page that they stand on, each in the order of its own letters."""

from __future__ import annotations

from markupsafe import Markup, escape

from storymap.language.hyphens import soften


def speak(text: str, lang: str, here: str) -> Markup:
    """`text` as safe HTML; where `lang` is not the language `here`, of the page, it says so, and which way it reads.

    Without a `lang`, where nobody knows it, the letters of the text decide.
    """
    # Imported here, because the package build, which prepares templates, knows no languages.
    from storymap.language.tags import primary_language, text_direction

    said = soften(text, lang or here)
    if not said:
        return said
    if not lang:
        return Markup("<bdi>{}</bdi>").format(said)
    if primary_language(lang) == primary_language(here):
        return said
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(escape(lang), text_direction(lang), said)
