"""What is checked: a project as it is written, as it is resolved, and as it would be published."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from storymap.gazetteer.gazetteer import Gazetteer
from storymap.model.collection import Collection
from storymap.model.story import Story
from storymap.model.tileset import TileSource
from storymap.project import Project
from storymap.reading.collection import CollectionSource
from storymap.reading.source import StorySource
from storymap.resolving.names import SiteNames


class CheckedProject(Struct, frozen=True):
    """A project that is checked.

    `sources` and `stories` are the same stories in the same order, as written and as resolved, and `names`
    is what their names mean. `described` are the collections as written, and `collections` those that have stories, as
    resolved. `tileset` are the tiles of the author's own under all maps, if there are any. `mistaken` are the codes of
    the errors that were found before: where there are any, a story may lack places or files, or may be missing, and
    `site` is empty. A check that would then blame an author for what an error has already told looks there first.
    """

    project: Project
    sources: tuple[StorySource, ...]
    stories: tuple[Story, ...]
    gazetteer: Gazetteer
    names: SiteNames
    site: Mapping[str, bytes]
    mistaken: frozenset[str] = frozenset()
    described: tuple[CollectionSource, ...] = ()
    collections: tuple[Collection, ...] = ()
    tileset: TileSource | None = None
