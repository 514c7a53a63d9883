"""Check the name of a host that an author wrote: a domain of one's own, under which a site is to stand."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from storymap.validation import refuse

HOST = r"[^\s/:@?#.]+(\.[^\s/:@?#.]+)+"
"""What a name of a host looks like, before its letters are looked at: words with dots between them."""


def check_host(text: str) -> str:
    """`text` as the name service has it, in small letters, those of other scripts than Latin encoded (IDNA 2008).

    An empty text stays one. Raises what a validator raises.
    """
    if not text:
        return ""
    if not re.fullmatch(HOST, text):
        host = (urlsplit(text if "//" in text else f"//{text}").hostname or "") if _is_split(text) else ""
        help = f'write cname = "{host}"' if re.fullmatch(HOST, host) else ""
        raise refuse('should be the name of a host alone, such as "walks.example.org"', help=help)
    if re.fullmatch(r"[\d.]+", text):
        raise refuse("should be the name of a host, and not its number")
    import idna  # in the settings of few

    try:
        return idna.encode(text, uts46=True, std3_rules=True).decode()
    except idna.IDNAError as error:
        reason = str(error)
        raise refuse(f"is no name that a host can have: {reason[:1].lower()}{reason[1:]}") from None


def find_host(url: str) -> str:
    """The host of a URL as `check_host` would have it; empty where it has none."""
    try:
        return check_host(urlsplit(url).hostname or "")
    except ValueError:  # what cannot be split, and what is refused
        return ""


def _is_split(text: str) -> bool:
    """Whether `text` can be read as an address."""
    try:
        return urlsplit(text if "//" in text else f"//{text}").hostname is not None
    except ValueError:
        return False
