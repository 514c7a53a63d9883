"""Plain digits and hyphens for what other scripts and word processors write, in values that are read and not shown."""

from __future__ import annotations

import re
import unicodedata

_DASHES = str.maketrans("‐‑−", "---")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def tidy(text: str) -> str:
    """`text` with ASCII for every decimal digit, hyphen and minus sign, and with nothing invisible in it."""
    if text.isascii():
        return text.strip()
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_DASHES).strip()
    return "".join(str(unicodedata.digit(one)) if one.isdecimal() else one for one in plain)
