"""Say prose without markup: what is left of it in files that know no HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from storymap.language.words import interface_words
from storymap.model.prose import CalloutTitle, Html, Prose
from storymap.text.unwanted import blot_out

_PARAGRAPHS = frozenset("blockquote dl figure h3 h4 h5 h6 ol p pre table ul".split())
"""Elements that a blank line parts from what stands around them."""

_BLOCKS = _PARAGRAPHS | frozenset("address aside dd details div dt figcaption hr li summary tr".split())
"""Elements that stand on lines of their own."""

_LINE, _PARAGRAPH = "\v", "\f"
"""What stands for the end of a line and of a paragraph until all text is there; author text holds neither."""

_BETWEEN = re.compile(r"[ \n]*[\v\f][ \n\v\f]*")


def say_plainly(prose: Prose, lang: str) -> str:
    """`prose` as text in the language `lang`: a blank line between paragraphs, no pictures, no references to notes."""
    words = interface_words(lang).page
    reader = _Reader()
    for piece in prose:
        if isinstance(piece, Html):
            reader.feed(piece.html)
        elif isinstance(piece, CalloutTitle):
            reader.handle_data(words[f"callout_{piece.kind}"])
    reader.close()
    return blot_out(reader.tell())


class _Reader(HTMLParser):
    """Gathers the text of safe HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._texts: list[str] = []
        self._reference = 0  # how deep in a reference to a note
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where the element does."""
        if tag == "sup" and (self._reference or (dict(attrs).get("id") or "").startswith("fnref")):
            self._reference += 1
        self._verbatim += tag == "pre"
        self._part(tag)
        if tag == "li":
            self._texts.append("– ")

    def handle_endtag(self, tag: str) -> None:
        """End the line where the element does."""
        self._reference -= tag == "sup" and self._reference > 0
        self._verbatim -= tag == "pre" and self._verbatim > 0
        self._part(tag)
        if tag in {"td", "th"}:
            self._texts.append(" ")

    def handle_data(self, data: str) -> None:
        """Take text along."""
        if not self._reference:
            self._texts.append(data if self._verbatim else re.sub(r"\s+", " ", data))

    def tell(self) -> str:
        """The whole text."""
        text = _BETWEEN.sub(lambda found: "\n\n" if _PARAGRAPH in found[0] else "\n", "".join(self._texts))
        return re.sub(r"  +", " ", text).strip()

    def _part(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._texts.append(_PARAGRAPH)
        elif tag in _BLOCKS or tag == "br":
            self._texts.append(_LINE)
