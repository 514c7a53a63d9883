"""A story's page as a single file: everything that it loads stands in it, so that it opens by a double click, anywhere.

The page is changed where it leads to another file, and nowhere else: what it loads, at once or when a reader asks for
it, becomes a part of it, and what it links to gets a whole address. Without the site's URL such a link becomes text,
and what only leads on is left out; so is the search, which is one of the site.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from html import escape
from html.parser import HTMLParser
from typing import Any, get_args
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from storymap.addresses import MEDIA, READING, SHARING, VIEWER, follow, runtime_file, whole_address
from storymap.drawing.map_parts import DATA_ID
from storymap.drawing.payload import write_payload
from storymap.layers.kinds import Script
from storymap.outputs.asked_scripts import write_asked_script
from storymap.outputs.data_uris import write_data_uri
from storymap.pages.policy import allow_within

_LEADS_ON = frozenset({"onward", "also", "colophon", "editions"})
"""Classes of elements that do nothing but lead to other pages."""

_LOADED = {"src": ("img", "audio", "video", "source", "track", "embed"), "poster": ("video",), "data": ("object",)}
"""By attribute, the elements that load what it names."""

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_CSS_URL = re.compile(r"url\(\s*(?P<quote>[\"']?)(?P<url>(?!data:)[^\"')]+)(?P=quote)\s*\)", re.IGNORECASE)
_PLAIN_TEXT = "a:not([href]){color:inherit!important;text-decoration:none!important;border:0!important;cursor:inherit}"
"""The style of a link that leads nowhere."""

_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.IGNORECASE)
_RANGE = re.compile(r"unicode-range:\s*([^;}]+)", re.IGNORECASE)
_CODES = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)

_OF_FILES = frozenset({"src", "async", "defer", "data-more"})
"""Attributes of a script that it does not have in the page that carries it."""

_LOADS_LATER = {**dict.fromkeys(map(runtime_file, get_args(Script)), (READING, SHARING)), MEDIA: (VIEWER,)}
"""By script, those that it loads once a reader asks for them, if they are not there already."""

_SCRIPT_TYPES = frozenset({"", "text/javascript", "application/javascript", "module"})


class Notice(Struct, frozen=True):
    """The licence of what is in a page: what it is `of`, and its `text`."""

    of: str
    text: str


def make_single_page(
    page: str, here: str, site: Mapping[str, bytes], *, url: str = "", notices: Iterable[Notice] = ()
) -> str:
    """`page`, that at `here` of `site`, as a single file. Without `url`, the site's, links to other pages are text.

    `notices` are the licences of what is in it. A file that the page loads and the site does not have is left as it is.
    """
    inliner = _Inliner(page, here, site, url)
    inliner.feed(page)
    inliner.close()
    parts, end = [], 0
    for change in inliner.list_changes():
        parts += [page[end : change.start], change.text]
        end = change.end
    single = "".join([*parts, page[end:]])
    style = "" if url else f"<style>{_PLAIN_TEXT}</style>\n"
    styles = [*inliner.styles, *(() if url else (_PLAIN_TEXT,))]
    single = allow_within(single, scripts=inliner.scripts, styles=styles, former=inliner.former)
    legal = "\n\n".join(f"{notice.of}\n\n{notice.text.strip()}" for notice in notices)
    if legal:
        legal = f'<script type="text/plain" id="licences">\n{_end_no_script(legal)}\n</script>\n'
    return single.replace("</head>", f"{style}</head>", 1).replace("</body>", f"{legal}</body>", 1)


class _Change(Struct, frozen=True):
    """What stands in place of a part of the page."""

    start: int
    end: int
    text: str


class _Inliner(HTMLParser):
    """Finds where a page names other files, and what it has to say instead."""

    def __init__(self, page: str, here: str, site: Mapping[str, bytes], url: str) -> None:
        super().__init__(convert_charrefs=False)
        self._page, self._here, self._site, self._url = page, here, site, url
        self._starts = [0, *(found.end() for found in re.finditer("\n", page))]
        self._changes: list[_Change] = []
        self._left_out: tuple[int, str, int] | None = None  # where an element that leads on began, its tag, its depth
        self._payload: int | None = None
        self._lang = ""
        self._has_viewed = False  # whether anything is shown larger, or laid over something else
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.former: list[str] = []
        """Stylesheets of the page that stand in it otherwise now."""

    def list_changes(self) -> Iterator[_Change]:
        """The changes in order, those within one that leaves a part out left out."""
        end = 0
        for change in sorted(self._changes, key=lambda change: (change.start, -change.end)):
            if change.start >= end:
                yield change
                end = change.end

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Change an element that names another file."""
        values = {name: value or "" for name, value in attrs}
        if self._left_out:
            start, own, depth = self._left_out
            self._left_out = (start, own, depth + (tag == own))
        elif tag not in _VOID and self._is_left_out(values):
            self._left_out = (self._at, tag, 1)
        if tag == "html":
            self._lang = values.get("lang", "")
        self._has_viewed |= "data-media" in values or "compare" in values.get("class", "").split()
        if tag == "script" and values.get("id") == DATA_ID:
            self._payload = self._at + len(self._raw)
        elif tag == "script" and "src" in values:
            self._inline_script(values)
        elif tag == "style":
            self._inline_style()
        elif tag == "link":
            self._inline_link(values)
        elif tag == "a" and "enlarge" in values.get("class", "").split():
            self._rewrite("a", values, {"href": None})  # what it would open stands in the page already
        elif tag == "source" and "srcset" in values:
            self._replace("")
        elif tag == "a" and "href" in values:
            self._lead(values)
        else:
            self._inline_files(tag, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The same of one that closes itself."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Leave out what leads on; write the map's data anew."""
        if self._left_out and tag == self._left_out[1]:
            start, own, depth = self._left_out
            self._left_out = (start, own, depth - 1) if depth > 1 else None
            if depth == 1:
                end = self._page.index(">", self._at) + 1
                self._changes.append(_Change(start, end, ""))
        if tag == "script" and self._payload is not None:
            data = self._page[self._payload : self._at]
            self._changes.append(_Change(self._payload, self._at, self._write_payload(data)))
            self._payload = None

    def _is_left_out(self, values: Mapping[str, str]) -> bool:
        """Whether an element with these attributes has no use in a single file."""
        leads_on = not self._url and _LEADS_ON & set(values.get("class", "").split())
        return bool(leads_on) or "data-search" in values

    @property
    def _at(self) -> int:
        """Where in the page the present tag begins."""
        line, column = self.getpos()
        return self._starts[line - 1] + column

    @property
    def _raw(self) -> str:
        """The present tag as it is written."""
        return self.get_starttag_text() or ""

    def _replace(self, text: str, *, more: int = 0) -> None:
        self._changes.append(_Change(self._at, self._at + len(self._raw) + more, text))

    def _rewrite(self, tag: str, values: Mapping[str, str], changed: Mapping[str, str | None]) -> None:
        """Write the present tag anew, with the attributes in `changed` otherwise, or without them."""
        told = {**values, **{name: value for name, value in changed.items() if value is not None}}
        kept = {name: value for name, value in told.items() if changed.get(name, "") is not None}
        written = "".join(f' {name}="{_quote(value)}"' if value else f" {name}" for name, value in kept.items())
        self._replace(f"<{tag}{written}>")

    def _inline_script(self, values: dict[str, str]) -> None:
        path = follow(self._here, values["src"])
        data = self._read(path)
        if data is None or values.get("type", "").lower() not in _SCRIPT_TYPES:
            return
        kept = "".join(f' {name}="{_quote(value)}"' for name, value in values.items() if name not in _OF_FILES)
        texts = [_end_no_script(text.decode("utf-8", "replace")) for text in (*self._list_later(path), data)]
        self.scripts += texts
        end = self._page.index("</script", self._at) - self._at - len(self._raw)  # nothing stands in between
        before = "".join(f"<script>{text}</script>\n" for text in texts[:-1])
        self._replace(f"{before}<script{kept}>{texts[-1]}", more=end)

    def _list_later(self, path: str) -> Iterator[bytes]:
        """The scripts that the one at `path` would load later, with words in the language of the page."""
        for script in _LOADS_LATER.get(path, ()):
            if script != VIEWER or self._has_viewed:
                yield write_asked_script(script, self._lang)

    def _inline_link(self, values: dict[str, str]) -> None:
        relations = set(values.get("rel", "").lower().split())
        path = follow(self._here, values.get("href", ""))
        if not path:  # it leads elsewhere, or is a data URI
            return
        if "stylesheet" in relations:
            if (data := self._read(path)) is not None:
                media = f' media="{_quote(values["media"])}"' if values.get("media") else ""
                css = self._inline_css(data.decode("utf-8", "replace"), path)
                self.styles.append(css)
                self._replace(f"<style{media}>{css}</style>")
        elif relations & {"alternate", "canonical", "prev", "next"} and self._url:
            self._rewrite("link", values, {"href": whole_address(self._url, path)})
        else:  # what would be loaded beforehand, or by an app
            self._replace("")

    def _inline_style(self) -> None:
        """The stylesheet that begins here has in itself what it names, and no face that sets nothing of the page."""
        start = self._at + len(self._raw)
        end = self._page.index("</style", start)
        css = self._page[start:end]
        changed = self._inline_css(_FACE.sub(lambda face: face[0] if self._is_used(face[0]) else "", css), self._here)
        if changed != css:
            self.former.append(css)
            self.styles.append(changed)
            self._changes.append(_Change(start, end, changed))

    def _is_used(self, face: str) -> bool:
        """Whether a character of the page is among those of a face, which says which they are."""
        told = _RANGE.search(face)
        if not told:
            return True
        ranges = [(int(first, 16), int(last or first, 16)) for first, last in _CODES.findall(told[1])]
        return any(first <= code <= last for first, last in ranges for code in self._characters)

    @cached_property
    def _characters(self) -> frozenset[int]:
        """The characters of the page, as numbers."""
        return frozenset(map(ord, set(self._page)))

    def _inline_css(self, css: str, path: str) -> str:
        """A stylesheet with the pictures and fonts that it names."""

        def replace(found: re.Match[str]) -> str:
            file = follow(path, found["url"].strip().partition("#")[0].partition("?")[0])
            data = self._read(file)
            return found[0] if data is None else f'url("{write_data_uri(file, data)}")'

        return re.sub(r"</(?=style)", r"<\\/", _CSS_URL.sub(replace, css), flags=re.IGNORECASE)

    def _inline_files(self, tag: str, values: dict[str, str]) -> None:
        changed: dict[str, str | None] = {}
        for name, tags in _LOADED.items():
            if tag in tags and values.get(name):
                path = follow(self._here, values[name])
                if (data := self._read(path)) is not None:
                    changed[name] = write_data_uri(path, data)
        if changed:
            changed["srcset"] = None
            self._rewrite(tag, values, changed)

    def _lead(self, values: dict[str, str]) -> None:
        """A link to another page gets its whole address; without one it is text, or moves the map alone."""
        path = follow(self._here, values["href"])
        if not path:
            return
        anchor = unquote(urlsplit(values["href"]).fragment)
        if path == self._here:
            self._rewrite("a", values, {"href": f"#{urlsplit(values['href']).fragment}"})
        elif not path.endswith(".html") and (data := self._read(path)) is not None:
            name = posixpath.basename(path)
            self._rewrite("a", values, {"href": write_data_uri(path, data), "download": name})
        elif self._url:
            self._rewrite("a", values, {"href": whole_address(self._url, path, anchor)})
        else:
            # What it would lead to still says which links name the same.
            address = values["href"]
            self._rewrite(
                "a", values, {"href": "#" if "data-link" in values else None, "rel": None, "data-to": address}
            )

    def _write_payload(self, data: str) -> str:
        """The map's data, which names pages of places and pictures on the ground."""
        return write_payload(_rewrite_addresses(json.loads(data), self._find_address, self._find_tiles))

    def _find_address(self, address: str) -> str | None:
        """What stands in place of an address in the map's data; None for nothing."""
        path = follow(self._here, address)
        if not path or "{" in address:
            return address
        if not path.endswith(".html"):
            data = self._read(path)
            return address if data is None else write_data_uri(path, data)
        return whole_address(self._url, path) if self._url else None

    def _find_tiles(self, address: str) -> dict[str, str]:
        """Every file that an address with blanks may mean, by its own address."""
        start = address.partition("{")[0]
        before = follow(self._here, f"{start}x").removesuffix("x")
        found = {path: self._read(path) for path in self._site if path.startswith(before)}
        return {
            start + path.removeprefix(before): write_data_uri(path, data)
            for path, data in found.items()
            if data is not None
        }

    def _read(self, path: str) -> bytes | None:
        return self._site[path] if path and path in self._site else None


def _rewrite_addresses(
    value: Any, find: Callable[[str], str | None], find_tiles: Callable[[str], dict[str, str]]
) -> Any:
    """The map's data with every address in it as `find` says, and the files of tiles beside theirs."""
    if isinstance(value, list):
        return [_rewrite_addresses(one, find, find_tiles) for one in value]
    if not isinstance(value, dict):
        return value
    changed = {key: _rewrite_addresses(one, find, find_tiles) for key, one in value.items()}
    for key in ("url", "about"):
        if isinstance(address := value.get(key), str):
            if (found := find(address)) is not None:
                changed[key] = found
            elif key == "about":
                changed[key] = ""
            else:
                del changed[key]
            if "{z}" in address and not urlsplit(address).scheme and (files := find_tiles(address)):
                changed["files"] = files
            told = changed if "runs" in changed else changed.get("tiles")
            if isinstance(told, dict) and "runs" in told:
                told["files"] = _name_files(told["runs"], find_tiles(address.partition("#")[0]))
    return changed


def _name_files(runs: Iterable[Any], files: Mapping[str, str]) -> dict[str, str]:
    """Of the `files` of a folder, by their addresses, those that `runs` of tiles name, by their names."""
    wanted = {name for run in runs for name in run[3].split(",")}
    return {name: data for path, data in files.items() if (name := posixpath.basename(path)) in wanted}


def _end_no_script(text: str) -> str:
    """A script that does not end, or hide, the element that it stands in."""
    text = re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE)
    return text.replace("<!--", r"\x3c!--")


def _quote(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;")
