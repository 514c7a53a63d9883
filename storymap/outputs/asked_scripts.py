"""Scripts that few readers need: a page loads them when they are asked for, and they bring their words along."""

from __future__ import annotations

import json
from types import MappingProxyType

from storymap.addresses import READING, SHARING, VIEWER
from storymap.language.words import list_words
from storymap.prepared import read_static

WORDS = MappingProxyType(
    {
        SHARING: ("storymapWords", "sharing"),
        READING: ("storymapReadingWords", "reading"),
        VIEWER: ("storymapMediaWords", "media"),
    }
)
"""By the file of a site: the variable in which the script looks for its words, and their context in the catalogues."""


def write_asked_script(path: str, lang: str = "") -> bytes:
    """The script in the file `path` of a site, behind its words.

    They are in all languages, since pages of all languages load it; for a page in `lang` alone, in that language and in
    English, which stands in for what has no words.
    """
    variable, context = WORDS[path]
    words = list_words(context)
    if lang:
        words = {
            language: words[language] for language in sorted({lang.partition("-")[0].lower(), "en"} & words.keys())
        }
    written = json.dumps(words, separators=(",", ":"))
    return f"var {variable}={written};\n".encode() + read_static(path.rpartition("/")[2])
