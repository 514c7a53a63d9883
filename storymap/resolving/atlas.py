"""What the atlas tells of all stories: each without its prose, the places of their steps, and a view of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from storymap.earth.bounds import center_of_bounds
from storymap.earth.views import GROUND_ZOOM, view_at
from storymap.layers.markers import Markers
from storymap.model.ground import TODAY, GroundDetail
from storymap.model.place import Place
from storymap.model.prose import Picture
from storymap.model.scene import Scene, View
from storymap.model.story import Story
from storymap.model.time import When
from storymap.resolving.closer import SQUARE
from storymap.resolving.collections import CollectionOutline
from storymap.resolving.editions import choose_editions
from storymap.resolving.outline import StoryOutline, find_years
from storymap.resolving.scenes import show_atlas, show_collection, show_nothing, show_on_atlas
from storymap.resolving.story_lists import FEW
from storymap.resolving.views import frame_places
from storymap.text.ordering import order_naturally


class AtlasStory(Struct, frozen=True):
    """A story without its prose, or a collection of stories as the atlas shows it: as one.

    `id` names its page. `steps` counts its steps, `stories` those of a collection, 0 for a story; `cover` is a picture
    in the stories folder, or empty; `scene` shows all its places and lines. `years` are the first and the last year of
    which it tells, astronomical; None where nothing in it has a date. `street_credits` say whose streets its own map
    shows, as the picture on its card does.
    """

    id: str
    title: str
    summary: str
    lang: str
    when: When | None
    cover: Picture | None
    steps: int
    scene: Scene
    draft: bool
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    years: tuple[int, int] | None
    stories: int = 0
    street_credits: tuple[str, ...] = ()

    @property
    def on_streets(self) -> bool:
        """Whether its own map has streets, so that it may be closer than the atlas has ground for."""
        return bool(self.street_credits)

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of its steps."""
        return _list_places(self.scene)


class Atlas(Struct, frozen=True):
    """Several stories on one map: its `scene` frames them all.

    `places` are those of steps, those with the most steps first: where names are short of room, they win.
    """

    stories: tuple[AtlasStory, ...]
    places: tuple[Place, ...]
    scene: Scene


def make_atlas(
    stories: Sequence[AtlasStory],
    places: Sequence[Place],
    *,
    view: View,
    detail: GroundDetail = TODAY,
    closest: float = GROUND_ZOOM,
) -> Atlas:
    """The atlas of `stories`; `places`, `view` and `detail` as in `show_stories`, `closest` as in `suit_story`."""
    suited = tuple(suit_story(story, view, closest) for story in stories)
    scene = show_stories([story.scene for story in suited], places, view=view, detail=detail)
    return Atlas(suited, tuple(places), scene)


def suit_story(story: AtlasStory, view: View, closest: float) -> AtlasStory:
    """`story` on a map of several that opens with `view`: no farther away than that, nor much closer than its ground.

    A story on streets is shown no closer than zoom `closest`.
    """
    own = story.scene.view
    if own.zoom <= GROUND_ZOOM < view.zoom and story.places:
        own = frame_places(story.places, closest=min(closest, SQUARE))
    elif story.on_streets and own.zoom > closest:
        own = view_at(center_of_bounds(own.bounds), closest)
    return story if own == story.scene.view else replace(story, scene=replace(story.scene, view=own))


def show_stories(
    stories: Sequence[Scene], places: Sequence[Place], *, view: View, detail: GroundDetail = TODAY
) -> Scene:
    """All `stories`, each as the atlas shows it, on one map, which opens with `view`.

    `places` are those of their steps, as `rank_places` gives them. Of more than a `FEW` stories it shows the places
    alone, unnamed, until a reader looks at one of the stories. `detail` is how much of today's world the drawn map
    shows.
    """
    return show_atlas(view, places, stories if len(stories) <= FEW else None, detail)


def rank_places(places: Iterable[Place], stories: Sequence[StoryOutline], lang: str = "") -> tuple[Place, ...]:
    """Those of `places` at which `stories` have steps, those with the most steps first.

    A story counts once, as a list in `lang` has it; where only another edition of it has a step counts least.
    """
    steps: Counter[str] = Counter()
    told = set(choose_editions(stories, lang))
    for number, story in enumerate(stories):
        for place in story.visited:
            steps[place.id] += len(place.visit.steps) if number in told else 0
    visited = (place for place in places if place.id in steps)
    return tuple(sorted(visited, key=lambda place: (-steps[place.id], order_naturally(place.id))))


def describe_story(story: Story, detail: GroundDetail = TODAY) -> AtlasStory:
    """`story` as the atlas tells it, on a map that shows `detail` of today's world."""
    return AtlasStory(
        id=story.id,
        title=story.title,
        summary=story.summary,
        lang=story.lang,
        when=story.when,
        cover=story.cover,
        steps=len(story.steps),
        scene=show_nothing(detail) if story.picture else show_on_atlas(story.scene, story.legs, detail),
        draft=story.draft,
        authors=story.authors,
        tags=story.tags,
        years=find_years(story),
        street_credits=story.scene.streets.credits if story.scene.streets else (),
    )


def describe_collection(
    outline: CollectionOutline, stories: Sequence[AtlasStory], detail: GroundDetail = TODAY
) -> AtlasStory:
    """The collection of `stories` as the atlas tells it: with all places of its stories and, of few, their lines."""
    scenes = [story.scene for story in stories]
    places = tuple({place.id: place for story in stories for place in story.places}.values())
    return AtlasStory(
        id=outline.id,
        title=outline.title,
        summary=outline.summary,
        lang=outline.lang,
        when=outline.when,
        cover=outline.cover,
        steps=0,
        scene=show_collection(frame_places(places), places, scenes if len(scenes) <= FEW else (), detail)
        if places
        else show_nothing(detail),
        draft=outline.draft,
        authors=outline.authors,
        tags=outline.tags,
        years=outline.years,
        stories=len(stories),
        street_credits=tuple(dict.fromkeys(credit for story in stories for credit in story.street_credits)),
    )


def _list_places(scene: Scene) -> tuple[Place, ...]:
    return tuple(mark.place for markers in scene.find(Markers) for mark in markers.own)
