"""What a page may run and load, as a Content-Security-Policy in its head: what it has, and nothing else.

The policy is the second wall behind the cleaning of what authors write. So it is not read off the finished page, which
would allow whatever came in: templates say of each script and stylesheet that it is ours, with the filters of
`storymap.pages.permitting`, and its SHA-256 is allowed. What a page asks of other hosts is granted by the maker of its
view model.

Browsers let `'self'` stand for files beside a page that is opened from disk, as Chromium and Firefox were tried for.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape, unescape

from msgspec import Struct

from storymap.drawing.elsewhere import name_host

POLICY_TAG = '<meta http-equiv="Content-Security-Policy" content="'
"""How the policy begins in a page, up to a double quote; `base.html` has it before everything that an author wrote."""

NONE = "'none'"
SELF = "'self'"
DATA = "data:"
UNSAFE_HASHES = "'unsafe-hashes'"
UNSAFE_INLINE = "'unsafe-inline'"

_HAS = {
    "script-src": r"script\b[^>]*? src=\"",
    "style-src": r"link\b[^>]*? ?rel=\"stylesheet\"",
    "media-src": r"(?:video|audio)\b",
    "manifest-src": r"link rel=\"manifest\"",
    "connect-src": r"link rel=\"canonical\"",
}
"""What a page must have of its own site, in a tag, for `'self'` to stand in a directive: what follows the `<`.

Our scripts ask for nothing. But a page that search engines are told of is audited, as by Lighthouse, and that asks for
the site's robots.txt from within the page.
"""

_TAG = re.compile(f"<(?:{'|'.join(f'({has})' for has in _HAS.values())})")
"""Any of them, found in one pass; the number of its group is that of the directive."""

_HOST = re.compile(r"[\w.*-]+(?::\d+)?", re.ASCII)
_LINE_ENDS = re.compile(r"\r\n?")


class Grant(Struct, frozen=True):
    """Leave for a page to ask another host: `directive` such as `img-src`, and the address of what it may ask for.

    An address that ends with its host, `https://tiles.example.org`, stands for everything there; `data:` for what
    stands in the page itself.
    """

    directive: str
    address: str


class Permits:
    """What a page may run and load, gathered while its template is filled."""

    def __init__(self) -> None:
        self._sources: dict[str, dict[str, None]] = {}

    def add(self, directive: str, *sources: str) -> None:
        """Allow `sources`, as a policy has them, for `directive`."""
        self._sources.setdefault(directive, {}).update(dict.fromkeys(sources))

    def grant(self, directive: str, address: str) -> None:
        """Allow a page to ask for `address`, or for anything of its host if it names nothing there."""
        self.add(directive, *((DATA,) if address == DATA else _write_source(address)))

    def write(self, page: str) -> str:
        """The policy of `page`, which is finished but for that."""
        wanted = {directive: [*sources] for directive, sources in self._sources.items()}
        found = {tag.lastindex for tag in _TAG.finditer(page)}
        for number, directive in enumerate(_HAS, 1):
            if number in found:
                wanted.setdefault(directive, []).insert(0, SELF)
        wanted["img-src"] = [SELF, DATA, *wanted.get("img-src", ())]  # the icon of each page is such an address
        fixed = {name: [NONE] for name in ("connect-src", "base-uri", "form-action", "object-src")}
        return _join({"default-src": [NONE], **dict(sorted({**fixed, **wanted}.items()))})


@lru_cache(maxsize=256)
def hash_inline(text: str) -> str:
    """What allows an inline script or stylesheet with this text, as a browser reads it."""
    read = _LINE_ENDS.sub("\n", text).encode("utf-8", "replace")
    return f"'sha256-{b64encode(hashlib.sha256(read).digest()).decode()}'"


def write_hosts(address: str) -> tuple[str, ...]:
    """The host of an address with its scheme, or both schemes; none for what is no host."""
    scheme = address.partition("//")[0]
    host = re.sub(r"^\{\w+\}\.", "*.", name_host(address))
    try:
        host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ()
    if not _HOST.fullmatch(host):
        return ()
    return tuple(f"{one}//{host}" for one in ((scheme,) if scheme in ("http:", "https:") else ("https:", "http:")))


def allow_preview(page: bytes, *, base: bool = False) -> bytes:
    """`page` with a policy that lets the preview's script in, and lets it ask its server.

    With `base` the page may say for which folder its links are written.
    """
    begin = page.find(POLICY_TAG.encode())
    if begin < 0:
        return page
    begin += len(POLICY_TAG)
    end = page.index(b'"', begin)
    policy = _split(unescape(page[begin:end].decode()))
    for directive in ("script-src", "connect-src", *(("base-uri",) if base else ())):
        policy[directive] = [SELF, *(one for one in policy.get(directive, ()) if one not in (NONE, SELF))]
    return page[:begin] + escape(_join(policy), quote=False).encode() + page[end:]


def allow_within(page: str, *, scripts: Iterable[str], styles: Iterable[str], former: Iterable[str] = ()) -> str:
    """`page`, a single file, with a policy for what it loaded from beside it and now has in itself.

    That are the texts of `scripts` and `styles`, and data URIs; it asks for nothing beside it any more. The stylesheets
    `former` are no longer in it.
    """
    begin = page.find(POLICY_TAG)
    if begin < 0:
        return page
    begin += len(POLICY_TAG)
    end = page.index('"', begin)
    policy = {
        directive: [
            DATA if one == SELF and directive not in ("script-src", "style-src") else one
            for one in sources
            if (directive, one) != ("connect-src", SELF)
        ]
        for directive, sources in _split(unescape(page[begin:end])).items()
        if directive != "manifest-src"
    }
    gone = {SELF, *map(hash_inline, former)}
    for directive, texts in (("script-src", scripts), ("style-src", styles)):
        policy[directive] = [*map(hash_inline, texts), *(one for one in policy.get(directive, ()) if one not in gone)]
    policy = {directive: [*dict.fromkeys(sources)] for directive, sources in policy.items() if sources}
    return page[:begin] + escape(_join(policy), quote=False) + page[end:]


def list_foreign(page: bytes) -> tuple[str, ...]:
    """The hosts that the policy of a page lets it ask, sorted; none is the rule."""
    begin = page.find(POLICY_TAG.encode())
    if begin < 0:
        return ()
    begin += len(POLICY_TAG)
    policy = _split(unescape(page[begin : page.index(b'"', begin)].decode()))
    return tuple(sorted({name_host(one) for sources in policy.values() for one in sources if "//" in one}))


def _write_source(address: str) -> tuple[str, ...]:
    """An address as a policy has it: without what follows `?`, or the hosts alone where it names blanks or nothing."""
    path = address.partition("//")[2].partition("/")[2].partition("?")[0].partition("#")[0]
    hosts = write_hosts(address)
    if not path or "{" in path:
        return hosts
    written = path.replace(";", "%3B").replace(",", "%2C").replace("'", "%27").replace('"', "%22").replace(" ", "%20")
    return tuple(f"{host}/{written}" for host in hosts)


def _join(policy: Mapping[str, Iterable[str]]) -> str:
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy.items())


def _split(policy: str) -> dict[str, list[str]]:
    parts = (part.split() for part in policy.split(";"))
    return {part[0]: part[1:] for part in parts if part}
