"""The style sheet of a site's own, `theme.css`: read as a browser reads it, and made fit to stand in every page.

It stands in the page itself, so what it shows has to be found from pages in several folders: addresses in it are seen
from the top of the site, and `place_styles` leads to them from a page.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import tinycss2
from tinycss2.ast import Node

from storymap.errors import Location, Report
from storymap.pages.frame import TOP
from storymap.reading.text import TextSource
from storymap.text.shortening import shorten

_LOADING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"})
"""Functions of CSS in which a text is an address."""

_RULES = frozenset({"media", "supports", "container", "layer", "scope", "starting-style"})
"""Rules that hold rules. What holds declarations, as `@font-face` does, is read as such."""


def clean_styles(source: TextSource, report: Report, *, has_file: Callable[[str], bool]) -> str:
    """The style sheet `source` without what browsers leave out, and with every address in it led from the top.

    `has_file` says whether the site has a file of the author's at a path. What asks another server is told as an error,
    what leads to nothing and what is no CSS as a warning.
    """
    cleaner = _Cleaner(source, report, has_file)
    rules = tinycss2.parse_stylesheet(source.text, skip_comments=True, skip_whitespace=True)
    kept = cleaner.clean(rules)
    cleaner.check_rules(rules)
    # In texts a backslash before a character is that character; nowhere else has CSS these two side by side.
    return tinycss2.serialize(kept).replace("</", "<\\/")


class _Cleaner:
    """Follows the nodes of a style sheet, and changes addresses where they stand."""

    def __init__(self, source: TextSource, report: Report, has_file: Callable[[str], bool]) -> None:
        self._source = source
        self._report = report
        self._has_file = has_file

    def clean(self, nodes: Iterable[Node]) -> list[Node]:
        """The nodes that can stand in a page."""
        return [node for node in nodes if self._clean_one(node)]

    def check_rules(self, nodes: Sequence[Any]) -> None:
        """Tell what a browser leaves out because it is no CSS."""
        for node in nodes:
            content = getattr(node, "content", None)
            if node.type == "error":
                self._tell_broken(node)
            elif content is not None and node.type == "at-rule" and node.lower_at_keyword in _RULES:
                self.check_rules(tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True))
            elif content is not None and (node.type == "qualified-rule" or node.lower_at_keyword != "keyframes"):
                self.check_rules(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))

    def _clean_one(self, node: Any) -> bool:
        """Change what has to be changed in a node; whether it can stand in a page."""
        match node.type:
            case "error":
                return False
            case "at-rule" if node.lower_at_keyword in {"import", "charset"}:
                if node.lower_at_keyword == "import":
                    message = "theme.css loads another style sheet, which no page can have in it"
                    self._report.error("style-asks-elsewhere", message, self._at(node), "copy its rules here")
                return False
            case "url":
                node.representation = f'url("{self._lead(node.value, node)}")'
            case "function" if node.lower_name in _LOADING:
                for argument in node.arguments:
                    if argument.type == "string":
                        argument.representation = f'"{self._lead(argument.value, argument)}"'
                node.arguments = self.clean(node.arguments)
            case "function":
                node.arguments = self.clean(node.arguments)
            case "at-rule" | "qualified-rule":
                node.prelude = self.clean(node.prelude)
                node.content = None if node.content is None else self.clean(node.content)
            case "{} block" | "[] block" | "() block":
                node.content = self.clean(node.content)
        return True

    def _lead(self, address: str, node: Node) -> str:
        """An address as it stands in the page: from the top of the site, or as it is where it leads elsewhere."""
        written = shorten(address, 60)
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            parts = urlsplit("")
        if parts.scheme == "data" or (not parts.path and not parts.netloc and not parts.scheme):
            return _quote(address)
        if parts.scheme or parts.netloc:
            self._report.error(
                "style-asks-elsewhere",
                f'"{written}" is on another server, which every reader\'s browser would ask',
                self._at(node),
                'put the file into static/, and write its path there: url("fonts/mine.woff2")',
            )
            return _quote(address)
        path = posixpath.normpath(unquote(parts.path).lstrip("/"))
        if path.startswith("..") or not self._has_file(path):
            message, help = f'no file "static/{path}"', "addresses in theme.css are seen from the folder static/"
            self._report.warning("missing-style-file", message, self._at(node), help)
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return _quote(f"{TOP}{quote(path)}{fragment}")

    def _tell_broken(self, node: Any) -> None:
        message = "this is neither a declaration nor a rule, and browsers leave it out"
        if node.kind != "invalid":  # what has no closing mark, or one too many
            message = f"browsers leave this out: {node.message.rstrip('.')}"
        self._report.warning("bad-style", message, self._at(node), "write declarations as: color: #a3321c;")

    def _at(self, node: Node) -> Location:
        return self._source.at(node.source_line, node.source_column)


def _quote(text: str) -> str:
    """A text as it stands between quotation marks in CSS."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(character if character.isprintable() else f"\\{ord(character):x} " for character in escaped)
