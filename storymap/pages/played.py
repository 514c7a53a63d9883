"""Write a sound or a film as a page plays it: with controls, captions and a transcript, and never by itself.

Captions stand in the page: browsers load none from beside a page that is opened from disk.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote as encode

from babel import Locale, UnknownLocaleError

from storymap.addresses import media_file, picture_copy
from storymap.language.tags import primary_language
from storymap.language.words import interface_words
from storymap.model.prose import Captions, Played
from storymap.pages.pictures import Address, quote

LONGEST_WITHIN = 60_000
"""Characters of captions that stand in a page; longer ones are a file, which browsers load where a server gives it."""

_POSTER_WIDTH = 800


def show_played(played: Played, *, lang: str, address: Address) -> str:
    """A sound or film of a page whose words are in `lang`."""
    words = interface_words(lang).page
    source, name = (
        quote(address(media_file(played.file), "")),
        played.alt or words["film" if played.is_film else "sound"],
    )
    attributes = f'controls preload="metadata" src="{source}" aria-label="{quote(name)}"{played.attributes}'
    link = f'<a href="{source}">{escape(name, quote=False)}</a>'
    if played.is_film:
        size = f' width="{played.width}" height="{played.height}"' if played.width and played.height else ""
        poster = f' poster="{quote(find_poster(played, address))}"' if played.poster else ""
        tracks = "".join(_write_track(one, lang, address) for one in played.captions)
        shown = f"<video {attributes} playsinline{size}{poster}>{tracks}{link}</video>"
    else:
        shown = f"<audio {attributes}>{link}</audio>"
    if not played.stands_alone:
        return shown
    told = "".join(f"<p>{escape(part, quote=False)}</p>" for part in played.transcript)
    transcript = f'<details class="transcript"><summary>{words["transcript"]}</summary>{told}</details>' if told else ""
    # On paper a sound is its name, and so is a film without a picture of it.
    said = "" if played.poster else f' data-played="{quote(name)}"'
    return f'<figure class="shown {"film" if played.is_film else "sound"}"{said}>{shown}{transcript}'


def find_poster(played: Played, address: Address) -> str:
    """The address of the picture in place of a film: a copy where there is one that is large enough."""
    assert played.poster is not None
    width = next((width for width in played.poster.copies if width >= _POSTER_WIDTH), 0)
    file = played.poster.file
    return address(picture_copy(file, width) if width else media_file(file), "")


def has_captions_within(played: Played) -> bool:
    """Whether captions stand in the page itself."""
    return any(len(one.text) <= LONGEST_WITHIN for one in played.captions)


def _write_track(captions: Captions, lang: str, address: Address) -> str:
    own = primary_language(captions.lang) == primary_language(lang)
    kind = "captions" if own else "subtitles"
    if len(captions.text) <= LONGEST_WITHIN:
        source = f"data:text/vtt;charset=utf-8,{encode(captions.text, safe=_READABLE)}"
    else:
        source = address(media_file(captions.file), "")
    default = " default" if own else ""
    label = quote(_name_language(captions.lang))
    return f'<track kind="{kind}" srclang="{quote(captions.lang)}" label="{label}" src="{quote(source)}"{default}>'


_READABLE = " !$'()*+,-./:;=?@[]_~{}|^`"


def _name_language(tag: str) -> str:
    """What a language calls itself."""
    try:
        name = Locale.parse(tag, sep="-").display_name
    except (UnknownLocaleError, ValueError):
        return tag
    return name or tag
