"""One story and its steps, resolved."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from storymap.errors import Location
from storymap.model.collection import StoryCollection
from storymap.model.layer import Leg, Route
from storymap.model.place import Place
from storymap.model.prose import Credit, MapLink, Picture, Prose, ScaledPicture, list_map_links, shows_media
from storymap.model.raster import PictureMap, Raster
from storymap.model.scene import Scene, View
from storymap.model.tileset import CutTile
from storymap.model.time import When


class Cover(Struct, frozen=True):
    """The picture at the head of a story; `position` is which part stays where it is cut, as CSS has it, or empty."""

    picture: Picture
    credit: Credit | None
    position: str


class Right(Struct, frozen=True):
    """Whose something is that a story shows: `file` is what it is called, `shows` what it is, in words, or empty.

    `said` is what its caption says, `credit` what the front matter does.
    """

    file: str
    shows: str
    said: str
    credit: Credit | None


class Step(Struct, frozen=True):
    """One step of a story.

    `number` counts from 1; `id` is the address within the page; `title_html` is sanitised. `moves_map` is false
    where the step keeps the map where it was; its `scene` then has the view of the one before. `places` are those that
    the step is at.
    """

    number: int
    id: str
    title: str
    title_html: str
    prose: Prose
    places: tuple[Place, ...]
    scene: Scene
    moves_map: bool
    when: When | None
    at: Location

    @property
    def view(self) -> View:
        """What its map has to show."""
        return self.scene.view

    @property
    def links(self) -> tuple[MapLink, ...]:
        """The links of its prose that move the map, in order."""
        return list_map_links(self.prose)


@dataclass(frozen=True, slots=True)
class Story:
    """One story, resolved.

    `id` names its page; `opening` stands before the first step, `notes` after the last. `scene` is the opening's,
    which frames the whole story; `files` are the pictures and other files that its prose shows or links to, as paths
    relative to the stories folder, and `scaled` those of them that are published smaller; `cover` is the one for its
    card, if it has one, and `head` the one at its head; `rights` say whose all of them are; `rasters` are
    the pictures on the ground of its maps. `aliases` are ids that it once had; `script`
    is the name of the lightest script that draws its maps. `picture` is what it is told on instead of the earth;
    `cuts` are the tiles of the author's own that its maps need, behind the stamp of their set. With
    `downloads` its page offers its places as files.
    `published` and `updated` are days in ISO 8601, or empty. `tags` say what it is about; it `leads` where its author
    wants it first, and `has_order` where its place among others is given. `collection` is the one that it belongs to.
    """

    id: str
    title: str
    summary: str
    lang: str
    authors: tuple[str, ...]
    when: When | None
    opening: Prose
    notes: Prose
    steps: tuple[Step, ...]
    scene: Scene
    files: tuple[str, ...]
    cover: Picture | None
    rasters: tuple[Raster, ...]
    aliases: tuple[str, ...]
    draft: bool
    at: Location
    script: str = "storymap"
    picture: PictureMap | None = None
    cuts: tuple[tuple[str, tuple[CutTile, ...]], ...] = ()
    downloads: bool = False
    published: str = ""
    updated: str = ""
    tags: tuple[str, ...] = ()
    leads: bool = False
    has_order: bool = False
    scaled: tuple[ScaledPicture, ...] = ()
    collection: StoryCollection | None = None
    head: Cover | None = None
    rights: tuple[Right, ...] = ()

    @property
    def opening_links(self) -> tuple[MapLink, ...]:
        """The links of its opening that move the map, in order."""
        return list_map_links(self.opening)

    @property
    def prose(self) -> tuple[Prose, ...]:
        """Every part of its prose, in order."""
        return (self.opening, *(step.prose for step in self.steps), self.notes)

    @property
    def has_media(self) -> bool:
        """Whether its page shows pictures, or plays sounds or films, in its text."""
        return self.head is not None or shows_media(self.prose)

    @property
    def notes_links(self) -> tuple[MapLink, ...]:
        """The links of its notes that move the map, in order."""
        return list_map_links(self.notes)

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """What its maps show: that of the whole, and of each step in order."""
        return (self.scene, *(step.scene for step in self.steps))

    @property
    def view(self) -> View:
        """What the map of the whole story has to show."""
        return self.scene.view

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Every line of the story, in order."""
        return tuple(leg for step in self.steps for route in step.scene.find(Route) for leg in route.own)

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place of the story's steps, in order of first appearance, by the name that it has there."""
        found: dict[str, Place] = {}
        for step in self.steps:
            for place in step.places:
                found.setdefault(place.id, place)
        return tuple(found.values())

    @property
    def linked_places(self) -> tuple[Place, ...]:
        """The places that the story's prose links to, in order, once each; a note does not count."""
        links = (*self.opening_links, *(link for step in self.steps for link in step.links))
        return tuple({place.id: place for link in links for place in link.places}.values())

    @property
    def named_places(self) -> tuple[Place, ...]:
        """Every place that the story names, in a step, in its prose or in a note: each of them has a page."""
        noted = (place for link in self.notes_links for place in link.places)
        return (*self.places, *self.linked_places, *noted)
