"""Check the links of the built site: every page, picture and anchor that one of its pages names must be in it.

Links between stories are errors when the stories are read; what is left for here are the pages that a map hook writes
into, and our own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cache
from urllib.parse import unquote, urlsplit

from storymap.addresses import NOT_FOUND, story_page
from storymap.checking.checked import CheckedProject
from storymap.checking.page import Page, read_page
from storymap.errors import Location, Report
from storymap.reading.text import TextSource
from storymap.text.suggesting import find_nearest


def check_links(checked: CheckedProject, report: Report) -> None:
    """Tell every address of a page that leads to no file of the site, or to an anchor that its page does not have.

    A page that could not be made is empty, and why has been told.
    """
    site = checked.site
    sources: dict[str, TextSource | Location] = {story_page(source.id): source.text for source in checked.sources}
    sources |= {story_page(collection.id): collection.text for collection in checked.described}
    static = checked.project.static_folder
    sources |= {path: Location(f"static/{path}") for path in site if _is_page(path) and (static / path).is_file()}

    @cache
    def page_of(path: str) -> Page:
        return read_page(site[path].decode("utf-8", "replace"))

    for path in site:
        if not _is_page(path) or path.startswith("licenses/"):
            continue
        page = page_of(path)
        for address in dict.fromkeys(page.addresses):
            target, anchor = _follow(address, path)
            if target is None:
                continue
            if target not in site:
                help = _suggest(target, site, path) or "only what a story shows or links to is published"
                report.warning(
                    "broken-link", f'"{address}" leads to nothing on the site', _find(address, path, sources), help
                )
            elif anchor and _is_page(target) and site[target] and anchor not in (ids := page_of(target).ids):
                report.warning("broken-anchor", *_explain_anchor(address, target, path=path, ids=ids, sources=sources))


def _is_page(path: str) -> bool:
    return path.lower().endswith((".html", ".htm"))


def _follow(address: str, path: str) -> tuple[str | None, str]:
    """The file of the site that `address` on the page `path` names, and the anchor in it; None where it leads outside.

    The page for addresses that do not exist is shown at every address, so its own links say nothing here.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None, ""
    if parts.scheme or parts.netloc or path == NOT_FOUND or not (parts.path or parts.fragment):
        return None, ""
    if not parts.path:
        return path, unquote(parts.fragment)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    if parts.path.endswith("/"):
        target = f"{target}/index.html"
    return target.removeprefix("./"), unquote(parts.fragment)


def _find(address: str, path: str, sources: Mapping[str, TextSource | Location]) -> Location:
    """Where `address` is written; the page itself where no source of it is an author's."""
    source = sources.get(path, Location(path))
    if isinstance(source, Location):
        return source
    before, after = ("", "") if address.startswith("[^") else (r"(?<=[\"'(<=\s])", r"(?=[\"')>\s]|$)")
    spelled = f"(?:media/)?{re.escape(address.removeprefix('media/'))}"  # the build has put the folder before it
    pattern = re.compile(f"{before}({spelled}){after}")
    for number, line in enumerate(source.lines, 1):
        if found := pattern.search(line):
            return source.at(number, found.start(1) + 1, len(found[1]))
    return Location(source.name)


def _suggest(target: str, site: Iterable[str], path: str) -> str:
    """The file of the site most like `target`, as the page `path` would write it."""
    near = find_nearest(target, sorted(site), likeness=80)
    return f'did you mean "{posixpath.relpath(near, posixpath.dirname(path) or ".")}"?' if near else ""


def _explain_anchor(
    address: str, target: str, *, path: str, ids: Iterable[str], sources: Mapping[str, TextSource | Location]
) -> tuple[str, Location, str]:
    """What is wrong with `address` on the page `path`, whose anchor `target` does not have; where; what to do."""
    if address.startswith("#fn:"):
        name = address.removeprefix("#fn:")
        return (
            f'the footnote "{name}" is written, but does not come out on the page',
            _find(f"[^{name}]", path, sources),
            "in a footnote before it a comment or an HTML tag is opened and not closed",
        )
    near = find_nearest(address.partition("#")[2], sorted(ids))
    where = "this page" if target == path else f'"{target}"'
    help = f'did you mean "#{near}"?' if near else "give the part that is meant this id"
    return f'"{address}" leads to no part of {where}', _find(address, path, sources), help
