"""The first sentences of a story, as plain text: what it is about, where its author wrote no summary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

import nh3

from storymap.layers.naming import say_some
from storymap.model.prose import Html, Prose
from storymap.model.story import Story

LONGEST = 200
"""Characters of a description: search engines and cards show about so many."""

_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_NOTE_MARK = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
_SENTENCE_END = re.compile(r"""(?<=[.!?…؟])["'”’»)\]]*\s+|(?<=[。！？])[”’」』）]*""")


def describe_by_summary(story: Story) -> str:
    """What `story` is about: its summary, or else its first sentences, or, of a story without any, its places."""
    texts = (story.opening, *(step.prose for step in story.steps))
    return story.summary or take_sentences(texts) or say_some([place.name for place in story.places], story.lang)


def take_sentences(texts: Iterable[Prose], longest: int = LONGEST) -> str:
    """The first whole sentences of the first of `texts` that has a paragraph, in at most `longest` characters.

    A first sentence that is longer is cut at a blank, with an ellipsis. Notes are left out.
    """
    for prose in texts:
        written = "".join(piece.html for piece in prose if isinstance(piece, Html))
        for paragraph in _PARAGRAPH.finditer(written):
            plain = _read_plainly(paragraph[1])
            if plain:
                return _cut(plain, longest)
    return ""


def _read_plainly(html: str) -> str:
    """The text of safe HTML, on one line."""
    return " ".join(unescape(nh3.clean(_NOTE_MARK.sub("", html), tags=set())).split())


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text, 0, longest + 1) if end.end() <= longest + 1]
    if ends:
        return text[: ends[-1]].rstrip()
    words = text[:longest].rpartition(" ")[0] or text[: longest - 1]
    return f"{words.rstrip(' ,;:–—-')}…"
