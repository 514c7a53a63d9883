"""Tell what stories say of themselves that does not go together: names of tags and authors, and which of them leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from storymap.addresses import split_edition
from storymap.errors import Report
from storymap.reading.fields import FrontMatter
from storymap.reading.outline import SourceOutline
from storymap.resolving.story_lists import name_page


def check_names(
    stories: Iterable[SourceOutline], read_front: Callable[[SourceOutline], FrontMatter], report: Report
) -> None:
    """Report tags and authors that have no page, or share one under several spellings, and a second story that leads.

    `read_front` gives the front matter of a story of which something is to be told.
    """
    known: dict[str, tuple[str, str]] = {}
    leading, leader = "", ""
    for story in stories:
        for kind, names in _list_names(story):
            for number, name in enumerate(names):
                page = name_page(name, kind)
                spelled, where = known.setdefault(page, (name, story.name)) if page else ("", "")
                if spelled == name:
                    continue
                front = read_front(story)
                field = "tags" if kind == "tag" else "authors" if front.authors else "author"
                at = front.where(field, number)
                if page:
                    message = f'"{name}" has the page of "{spelled}" in {where}, {page}'
                    report.warning("other-spelling", message, at, help=f'write "{spelled}" in both')
                else:
                    message = f'"{name}" has neither letters nor digits, of which the address of its page would be made'
                    report.warning("no-page", message, at, help="write a name in words")
        original = split_edition(story.id)[0]
        if story.leads and leading and original != leader:  # the editions of a story stand on one card
            at = read_front(story).where("lead")
            report.error("second-lead", f'"{leading}" leads, too', at, help="take lead: true out of one of them")
        if story.leads and not leading:
            leading, leader = story.name, original


def _list_names(story: SourceOutline) -> tuple[tuple[Literal["tag", "author"], tuple[str, ...]], ...]:
    return ("tag", story.tags), ("author", story.authors)
