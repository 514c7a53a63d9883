"""Tell what stories say of themselves that does not go together: names of tags and authors, and which of them leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Literal

from storymap.addresses import split_edition
from storymap.errors import Location, Report
from storymap.reading.collection import CollectionSource
from storymap.reading.collection_fields import CollectionFields
from storymap.reading.fields import FrontMatter
from storymap.reading.outline import SourceOutline
from storymap.reading.story_files import find_folder
from storymap.resolving.story_lists import name_page

NameKind = Literal["tag", "author"]


def check_names(
    stories: Iterable[SourceOutline],
    read_front: Callable[[SourceOutline], FrontMatter],
    report: Report,
    *,
    collections: Sequence[CollectionSource] = (),
) -> None:
    """Report tags and authors that have no page, or share one under several spellings, and a second story that leads.

    `read_front` gives the front matter of a story of which something is to be told, `collections` are those of the
    site: stories lead on the page of theirs, and a collection on the first page of the site.
    """
    known: dict[str, tuple[str, str]] = {}
    described = {find_folder(collection.name) for collection in collections}
    leading: dict[str, tuple[str, str]] = {}
    for collection in collections:
        if collection.front.lead:
            _tell_second_lead(leading, "", collection, collection.front, report)
        tags = collection.front.tags or ()
        _check_spelling(known, collection.name, "tag", tags, partial(collection.front.where, "tags"), report)
    for story in stories:
        for kind, names in _list_names(story):
            _check_spelling(known, story.name, kind, names, partial(_locate_name, story, read_front, kind), report)
        if story.leads:
            folder = find_folder(story.name)
            group = folder if folder in described else ""
            _tell_second_lead(leading, group, story, read_front(story), report)


def _tell_second_lead(
    leading: dict[str, tuple[str, str]],
    group: str,
    one: SourceOutline | CollectionSource,
    front: FrontMatter | CollectionFields,
    report: Report,
) -> None:
    """Report one that leads where another does: `leading` has their files and ids, by the list that they lead.

    The editions of a story stand on one card.
    """
    original = split_edition(one.id)[0]
    first, leader = leading.setdefault(group, (one.name, original))
    if leader != original:
        at = front.where("lead")
        report.error("second-lead", f'"{first}" leads, too', at, help="take lead: true out of one of them")


def _check_spelling(
    known: dict[str, tuple[str, str]],
    file: str,
    kind: NameKind,
    names: Sequence[str],
    locate: Callable[[int], Location],
    report: Report,
) -> None:
    """Report those of `names` that have no page, or that of another spelling; `known` are those of earlier files."""
    for number, name in enumerate(names):
        page = name_page(name, kind)
        spelled, where = known.setdefault(page, (name, file)) if page else ("", "")
        if spelled == name:
            continue
        if page:
            message = f'"{name}" has the page of "{spelled}" in {where}, {page}'
            report.warning("other-spelling", message, locate(number), help=f'write "{spelled}" in both')
        else:
            message = f'"{name}" has neither letters nor digits, of which the address of its page would be made'
            report.warning("no-page", message, locate(number), help="write a name in words")


def _locate_name(
    story: SourceOutline, read_front: Callable[[SourceOutline], FrontMatter], kind: NameKind, number: int
) -> Location:
    """Where a name stands in the front matter of a story."""
    front = read_front(story)
    return front.where("tags" if kind == "tag" else "authors" if front.authors else "author", number)


def _list_names(story: SourceOutline) -> tuple[tuple[NameKind, tuple[str, ...]], ...]:
    return ("tag", story.tags), ("author", story.authors)
