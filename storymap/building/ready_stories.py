"""Stories as they are resolved, each by a task of its own: what other pages need of them at once, and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from storymap.building.digests import Digester
from storymap.building.runner import Runner
from storymap.building.tasks import Digested, Part, Task, pack
from storymap.errors import Report
from storymap.model.collection import StoryCollection
from storymap.model.data import Dataset
from storymap.model.ground import GroundDetail
from storymap.model.raster import PictureMap, Raster
from storymap.model.story import Story
from storymap.model.track import TrackFile
from storymap.outputs.search import NOTHING, Searchable, make_searchable
from storymap.reading.source import StorySource
from storymap.resolving.atlas import describe_story
from storymap.resolving.close_views import find_close_views
from storymap.resolving.links import LinkedStep
from storymap.resolving.names import StoryNames
from storymap.resolving.outline import StoryOutline, Visit, outline_story
from storymap.resolving.story import StoryDefaults, resolve_story
from storymap.resolving.story_file import StoryFile
from storymap.streets.needs import CloseViews

if TYPE_CHECKING:
    from storymap.resolving.sheets import Sheet


class ReadyStory(Struct, frozen=True):
    """A resolved story, as much of it as the pages of others need at once, and the rest as what a task has made.

    `key` is that of the task that made it. `digests` are those of the story and of what its maps show, and of what the
    atlas tells of it and shows. `visits` are those of the places that the outline names, in order. `searchable` is what
    the index of the search has of it; `NOTHING` for a draft, and where nothing is searched. `close` are the views
    of its maps that show streets, where there are any.
    """

    outline: StoryOutline
    visits: tuple[Digested[Visit], ...]
    key: str
    digests: tuple[str, ...]
    searchable: Searchable
    close: CloseViews

    @property
    def whole(self) -> Part:
        """All of the story."""
        return Part(self.key, 1, self.digests[0])

    @property
    def shown(self) -> Part:
        """The story, for who needs what its maps show."""
        return Part(self.key, 1, self.digests[1])

    @property
    def on_atlas(self) -> Part:
        """What the atlas tells of it."""
        return Part(self.key, 2, self.digests[2])

    @property
    def texts(self) -> Part:
        """Its text, as the search has it."""
        return Part(self.key, 3, self.digests[4])

    @property
    def shown_on_atlas(self) -> Part:
        """The same, for who needs what the atlas shows of it."""
        return Part(self.key, 2, self.digests[3])


def make_story(
    source: StorySource,
    names: StoryNames,
    files: dict[str, StoryFile],
    story_links: dict[str, LinkedStep],
    aliases: tuple[str, ...],
    defaults: StoryDefaults,
    is_searched: bool,  # noqa: FBT001 - an input among others
    collection: StoryCollection | None,
    *data: Dataset | TrackFile | Raster | PictureMap | bytes,
    report: Report,
) -> bytes:
    """The task of resolving a story: its outline with the digests that `ReadyStory` has, itself, and it on the atlas.

    A `PictureMap` is followed by the bytes of its file.
    """
    story = resolve_story(
        source,
        names,
        files=files,
        story_links=story_links,
        aliases=aliases,
        defaults=defaults,
        datasets=[one for one in data if isinstance(one, Dataset)],
        tracks=[one for one in data if isinstance(one, TrackFile)],
        rasters=[one for one in data if isinstance(one, Raster)],
        sheet=_find_sheet(source, data),
        collection=collection,
        report=report,
    )
    return pack_story(story, defaults.detail, is_searched=is_searched)


def pack_story(story: Story, detail: GroundDetail, *, is_searched: bool) -> bytes:
    """A resolved story as a task gives it to others: see `make_story`."""
    on_atlas, digester = describe_story(story, detail), Digester()
    outline = outline_story(story)
    visits = tuple(Digested(place.visit, digester.digest(place.visit)) for place in outline.named)
    shown = (story.lang, story.scenes)
    searchable = make_searchable(story) if is_searched else NOTHING
    digests = tuple(map(digester.digest, (story, shown, on_atlas, on_atlas.scene, searchable.texts)))
    indexed = replace(searchable, texts="")
    return pack((outline, visits, digests, indexed, find_close_views(story)), story, on_atlas, searchable.texts)


def name_parts(task: Task, runner: Runner) -> ReadyStory:
    """What a story's task made."""
    outline, visits, digests, searchable, close = runner.load(Part(task.key, 0, ""))
    return ReadyStory(runner.settle(("story", task.path), outline), visits, task.key, digests, searchable, close)


def _find_sheet(source: StorySource, data: Sequence[object]) -> Sheet | None:
    """The picture that a story is told on."""
    picture = next((one for one in data if isinstance(one, PictureMap)), None)
    file = next((one for one in data if isinstance(one, bytes)), None)
    if picture is None or file is None or source.front.map is None:
        return None
    from storymap.resolving.sheets import Sheet  # with Pillow, which few stories need

    return Sheet(picture, file, source.front.map.title or source.title)
