"""Join the lines of Chinese and Japanese text: a line break between two wide characters means no blank.

As CSS Text 4 has it (https://www.w3.org/TR/css-text-4/#line-break-transform), which browsers do not do yet. Korean
writes blanks between words, and keeps them.
"""

from __future__ import annotations

import re
import unicodedata

_MAYBE_WIDE = re.compile("[\u20a9\u2329\u232a\u25fd\u25fe\u2e80-\uffef\U00016fe0-\U0003ffff]")
"""Every wide character, and others; an arrow back from a footnote is none."""
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_NO_PROSE = re.compile(r"<(pre|code|textarea)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MOST_TAGS = 8
"""Tags between a line break and the text beside it that are looked past."""


def join_wide_lines(html: str) -> str:
    """`html` without the line breaks that stand between wide characters, outside of code."""
    if "\n" not in html or html.isascii() or not _MAYBE_WIDE.search(html):
        return html
    pieces, end = [], 0
    for code in (*_NO_PROSE.finditer(html), None):
        stop = code.start() if code else len(html)
        part = html[end:stop]
        pieces.append(_LINE_BREAK.sub(lambda found, part=part: _break(part, found), part))  # type: ignore[misc]
        pieces.append(code[0] if code else "")
        end = code.end() if code else stop
    return "".join(pieces)


def join_wide_words(text: str) -> str:
    """`text`, whose line breaks have become blanks, without those between wide characters."""
    return re.sub(r"(?<=(.)) (?=(.))", lambda found: "" if _joins(found[1], found[2]) else " ", text)


def _break(text: str, found: re.Match[str]) -> str:
    return "" if _joins(_before(text, found.start()), _after(text, found.end())) else found[0]


def _before(text: str, end: int) -> str:
    """The last character of text before `end`, tags left out; empty if there is none near."""
    for _ in range(_MOST_TAGS):
        if end <= 0 or text[end - 1] != ">":
            break
        end = max(0, text.rfind("<", 0, end))
    return text[end - 1 : end]


def _after(text: str, start: int) -> str:
    for _ in range(_MOST_TAGS):
        tag = _TAG.match(text, start)
        if not tag:
            break
        start = tag.end()
    return text[start : start + 1]


def _joins(before: str, after: str) -> bool:
    """Whether no blank is meant between two characters at a line break."""
    wide = _is_wide(before), _is_wide(after)
    return all(wide) or (any(wide) and bool(before and after) and (_is_mark(before) or _is_mark(after)))


def _is_wide(character: str) -> bool:
    """Whether it is a letter or mark of Chinese or Japanese; no pictograph, and none of Korean."""
    return (
        bool(character)
        and unicodedata.east_asian_width(character) in "WFH"
        and unicodedata.category(character) != "So"
        and "HANGUL" not in unicodedata.name(character, "")
    )


def _is_mark(character: str) -> bool:
    """Whether it is a mark that Chinese shares with other scripts: a quotation mark, a dash, an ellipsis."""
    return character in "“”‘’—…·"
