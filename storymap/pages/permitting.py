"""The filters with which templates say what of a page is ours, and what a map hook brought: `storymap.pages.policy`.

They are told of each script and stylesheet where it stands, and never find one in what an author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from jinja2 import pass_context
from markupsafe import Markup

from storymap.addresses import PLUGINS
from storymap.drawing.elsewhere import list_elsewhere
from storymap.drawing.plugins import is_evaluating
from storymap.pages.policy import DATA, SELF, UNSAFE_HASHES, UNSAFE_INLINE, Grant, Permits, hash_inline, write_hosts

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

_MARK = Markup("@policy@")
"""What stands in a page for its policy until the page is written: only then is known what stands in it."""

_KEY = "permits"
"""The name of the page's `Permits` among the variables of its template, which reads nothing but `page` itself."""

_SVG_STYLE = re.compile(r"<style>([^<]*)</style>")
_STYLE_ATTRIBUTE = re.compile(r"<[a-z]+(?: [\w:-]+=\"[^\"]*\")*? style=\"([^\"<>&]*)\"")
_STYLED = re.compile(r"""url\("((?:https?:)?//[^"]+)\"""")
_FACE = re.compile(r"@font-face\s*\{[^}]*", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*["']?([^"')]+)""", re.IGNORECASE)
_HANDLER = re.compile(r"\bon[a-z]+\s*=\s*\\?[\"']")


def add_filters(environment: Environment) -> None:
    """Give templates the filters with which they say what of a page is ours."""
    environment.filters["policy"] = _start_policy
    environment.filters["script"] = _write_script
    environment.filters["stylesheet"] = _write_stylesheet
    environment.filters["drawing"] = _allow_drawing
    environment.filters["hooked"] = _allow_hooked


def render_with_policy(environment: Environment, template: str, page: object) -> str:
    """What `template` makes of the view model `page`, with its policy where `base.html` has the place for it."""
    permits = Permits()
    text = environment.get_template(template).render({"page": page, _KEY: permits})
    return text.replace(_MARK, escape(permits.write(text), quote=False), 1)


@pass_context
def _start_policy(context: Context, grants: Iterable[Grant]) -> Markup:
    """The place of the policy, which allows what is granted."""
    for grant in grants:
        _permits(context).grant(grant.directive, grant.address)
    return _MARK


@pass_context
def _write_script(context: Context, text: Markup) -> Markup:
    """A script of ours."""
    _permits(context).add("script-src", hash_inline(_check_ours(text)))
    return Markup(f"<script>{text}</script>")


@pass_context
def _write_stylesheet(context: Context, text: Markup) -> Markup:
    """A stylesheet of ours, or of the site's own theme, which may have fonts, and show what its author was told of."""
    permits = _permits(context)
    permits.add("style-src", hash_inline(_check_ours(text)))
    fonts, others = _list_shown(text)
    if fonts:
        permits.add("font-src", *fonts)
    for address in others:
        permits.grant("img-src", address)
        permits.grant("font-src", address)
    return Markup(f"<style>{text}</style>")


@lru_cache(maxsize=16)
def _list_shown(css: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where a stylesheet, which many pages have, has fonts of its own site from, and what it shows of other hosts."""
    addresses = [found[1] for face in _FACE.finditer(css) for found in _URL.finditer(face[0])]
    has_data = any(address.startswith(DATA) for address in addresses)
    has_files = any(not address.startswith(DATA) and "//" not in address for address in addresses)
    fonts = (*((SELF,) if has_files else ()), *((DATA,) if has_data else ()))
    return fonts, tuple(found[1] for found in _STYLED.finditer(css))


@pass_context
def _allow_drawing(context: Context, svg: Markup) -> Markup:
    """A drawing of ours, SVG within the page: its stylesheet, and the styles of its elements."""
    permits = _permits(context)
    for style in _SVG_STYLE.finditer(_check_ours(svg)):
        permits.add("style-src", hash_inline(unescape(style[1])))  # in SVG a reference stands for its character
    if ' style="' in svg:
        for style in _STYLE_ATTRIBUTE.finditer(svg):
            permits.add("style-src-attr", UNSAFE_HASHES, hash_inline(style[1]))
    return svg


@pass_context
def _allow_hooked(context: Context, markup: Markup) -> Markup:
    """What an author's map hook brings, which is the author's own program and may do what it says.

    Folium's elements write styles into the elements that they make, so these are not held to hashes; a handler such as
    `onclick="…"` is let through where the hook wrote one, and the making of functions of texts where a script may do
    so: the measuring tool does, and nobody knows of scripts that the package does not carry.
    """
    if "<" not in _check_ours(markup):
        return markup
    reader = _HookReader(_permits(context))
    reader.feed(markup)
    reader.close()
    return markup


class _HookReader(HTMLParser):
    """Allows what stands in the markup of a hook."""

    def __init__(self, permits: Permits) -> None:
        super().__init__(convert_charrefs=True)
        self._permits = permits
        self._within = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is loaded, and where a script or a stylesheet begins."""
        attributes = dict(attrs)
        if tag == "script" and (source := attributes.get("src")):
            if is_evaluating(source.partition(PLUGINS)[2]):
                self._permits.add("script-src", "'unsafe-eval'")
            if source.startswith(DATA):
                self._permits.add("script-src", DATA)
            elif "//" in source:
                self._permits.grant("script-src", source)
        elif tag in ("script", "style"):
            self._within = tag
        if tag == "link" and "stylesheet" in (attributes.get("rel") or ""):
            source = attributes.get("href") or ""
            self._permits.add("style-src", *((DATA,) if source.startswith(DATA) else ()))
            if "//" in source:
                self._permits.grant("style-src", source)
        if tag in ("script", "link", "style"):
            self._permits.add("style-src-attr", UNSAFE_INLINE)
            self._permits.add("font-src", SELF, DATA)
        if any(name.startswith("on") for name, _ in attrs):
            self._permits.add("script-src-attr", UNSAFE_INLINE)
        if any(name == "style" for name, _ in attrs):
            self._permits.add("style-src-attr", UNSAFE_INLINE)
        self._grant_others(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        """Gather the text of a script or a stylesheet."""
        if self._within:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Allow the script or stylesheet that ends here, and what it asks for."""
        if tag != self._within:
            return
        text = "".join(self._text)
        self._permits.add("script-src" if tag == "script" else "style-src", hash_inline(text))
        if tag == "script" and _HANDLER.search(text):
            self._permits.add("script-src-attr", UNSAFE_INLINE)
        self._grant_others(text)
        self._within, self._text = "", []

    def _grant_others(self, text: str) -> None:
        """What a script asks for may be a picture, a tile, data or a frame: the author was told of its host."""
        for address in list_elsewhere(text):
            end = address.partition("?")[0].partition("#")[0]
            if end.endswith((".js", ".mjs")):
                self._permits.grant("script-src", address)
            elif end.endswith(".css"):
                self._permits.grant("style-src", address)
            else:
                for directive in ("img-src", "connect-src", "frame-src", "media-src"):
                    self._permits.grant(directive, address)
            for directive in ("img-src", "font-src"):  # a stylesheet has pictures and fonts beside it
                if end.endswith(".css"):
                    self._permits.add(directive, *write_hosts(address))


def _permits(context: Context) -> Permits:
    permits = context[_KEY]
    assert isinstance(permits, Permits)
    return permits


def _check_ours(text: Markup) -> Markup:
    """`text` itself, if it was made as markup: what an author wrote is plain text, and never becomes a script."""
    if not isinstance(text, Markup):
        raise TypeError("only markup of ours can be allowed to run, not plain text")
    return text
