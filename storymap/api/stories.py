"""Stories from Python: those of a project, and such as are written in a program, without a Markdown file.

>>> import storymap
>>> story = storymap.load_stories(storymap.load_project("."))["declaration"]
>>> story.map()  # a folium.Map: a notebook shows it, .save("map.html") writes it
>>> storymap.Story("Prices", [storymap.Step("Prague", "Where it began.", place="Prague")]).save("site")
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from storymap.addresses import story_page
from storymap.api.layers import FrameLayer, write_fields
from storymap.api.pictures import put_in
from storymap.api.steps import Step
from storymap.building.build import Site, build_site
from storymap.building.content import GivenStory, read_content
from storymap.building.stories import map_story
from storymap.building.write import write_site
from storymap.drawing.document import MapDocument
from storymap.drawing.folium_map import StoryMap, draw_map
from storymap.drawing.payload import list_kinds
from storymap.errors import Location, Report, StorymapError
from storymap.layers.kinds import choose_styles
from storymap.layers.tiles import Tiles
from storymap.model import story as resolved
from storymap.model.data import Dataset
from storymap.pages.themes.builtin import builtin_theme
from storymap.project import Project
from storymap.reading.given import GivenPart, GivenText, read_given
from storymap.reading.source import StorySource
from storymap.resolving.tiles import find_tiles
from storymap.settings.model import Settings
from storymap.text.slugs import make_slug

ResolvedStep = resolved.Step


class ResolvedStory(resolved.Story):
    """A story that knows the site it belongs to, and so can draw its map. Otherwise as `storymap.model.story.Story`."""

    __slots__ = ("_tiles",)
    _tiles: Tiles | None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.title!r}, {len(self.steps)} steps)"

    def map(self) -> StoryMap:
        """The story's map as a `folium.Map`, as on its page: basemap, lines, markers.

        Add any Folium element to it. It shows in a notebook, and `map.save("map.html")` writes a page that needs no
        network. Each call makes a new map.
        """
        payload = map_story(self, self._tiles)
        put_in(payload, self.scenes, here=story_page(self.id))
        inset = self.picture is None
        kinds = list_kinds(payload)
        story_map = draw_map(self.view, kinds, max_zoom=payload["maxZoom"], inset=inset)
        css = builtin_theme().style_story(self.lang, choose_styles(kinds))
        MapDocument(story_map, payload=payload, css=css, lang=self.lang)
        return story_map


class Story(ResolvedStory):
    """A story that is written in Python: its `title`, its `steps`, and the keys that front matter has, such as `lang`.

    `text` is Markdown that stands before the first step; `page` names its page, which is otherwise named by the title.
    Places, pictures and settings are those of `project`; without one, of the folder in which the program runs. Its
    attributes are those of a resolved story, so `steps` are the steps as the map shows them. Raises `StorymapError`
    with every mistake, told by the argument that it is in.
    """

    __slots__ = ("_given", "_project", "_text")
    _given: GivenStory
    _project: Project
    _text: GivenText

    def __init__(
        self,
        title: str,
        steps: Sequence[Step],
        *,
        text: str = "",
        page: str = "",
        project: Project | None = None,
        **front: Any,
    ) -> None:
        report = Report()
        layers = _Layers()
        parts = [_give_step(number, step, layers) for number, step in enumerate(steps, 1)]
        opening = _give_story(title, text, front, layers)
        source, given_text = read_given(page or make_slug(title) or "story", opening, parts, report)
        if source is None:
            raise _place(StorymapError(report.errors), given_text)
        project = project or _settle_here(source)
        given = GivenStory(source, tuple(layers.datasets))
        content = read_content(project, report, drafts=True, given=[given])
        if report.errors:
            raise _place(StorymapError(report.errors), given_text)
        (story,) = content.stories
        _fill(self, story, find_tiles(project.settings, project.where("tiles"), report))
        for name, value in (("_given", given), ("_project", project), ("_text", given_text)):
            object.__setattr__(self, name, value)

    def site(self) -> Site:
        """The site of this story alone, as a mapping of path to bytes; nothing is written."""
        try:
            return build_site(self._project, drafts=True, given=[self._given])
        except StorymapError as error:
            raise _place(error, self._text) from None

    def save(self, folder: Path | str) -> None:
        """Write the site of this story alone to `folder`, which opens from disk and needs no network."""
        write_site(self.site(), Path(folder), project=self._project)


def load_stories(project: Project, *, drafts: bool = False) -> dict[str, ResolvedStory]:
    """The stories of `project` by id, in the order of its atlas.

    Raises `StorymapError` with every mistake of the project.
    """
    report = Report()
    content = read_content(project, report, drafts=drafts)
    tiles = find_tiles(project.settings, project.where("tiles"), report)
    report.raise_errors()
    return {story.id: _fill(ResolvedStory.__new__(ResolvedStory), story, tiles) for story in content.stories}


def _fill(known: ResolvedStory, story: resolved.Story, tiles: Tiles | None) -> ResolvedStory:
    for one in fields(story):
        object.__setattr__(known, one.name, getattr(story, one.name))
    object.__setattr__(known, "_tiles", tiles)
    return known


def _settle_here(source: StorySource) -> Project:
    """A project in the folder in which the program runs, of a site that is called as the story is, in its language."""
    settings = Settings()
    named = {"title": source.title, "lang": source.front.lang or settings.lang}
    return Project(Path.cwd(), settings.model_copy(update=named), "")


class _Layers(Struct):
    """The layers of a story by name: those of the same data have one, unless a step shows several of them."""

    datasets: list[Dataset] = field(default_factory=list)
    named: list[tuple[Dataset, str]] = field(default_factory=list)

    def name(self, layers: Sequence[FrameLayer | str]) -> Iterator[tuple[str, FrameLayer | None]]:
        """The name of each layer that a step shows."""
        taken: set[str] = set()
        for layer in layers:
            if isinstance(layer, str):
                yield layer, None
                continue
            free = (name for data, name in self.named if data is layer.dataset and name not in taken)
            name = next(free, None) or self._add(layer)
            taken.add(name)
            yield name, layer

    def _add(self, layer: FrameLayer) -> str:
        kind = type(layer).__name__
        count = sum(name.partition(" ")[0] == kind for _, name in self.named)
        name = f"{kind} {count + 1}" if count else kind
        self.named.append((layer.dataset, name))
        self.datasets.append(replace(layer.dataset, id=name))
        return name


def _give_step(number: int, step: Step, layers: _Layers) -> GivenPart:
    called = f"Step {number}"
    given = dict(step.fields)
    named: dict[str, FrameLayer | None] = {}
    if step.layers is not None:
        named = dict(layers.name(step.layers))
        given["layers"] = {name: write_fields(layer.style) if layer else {} for name, layer in named.items()} or "none"

    def locate(*path: str | int) -> Location:
        layer = named.get(str(path[1])) if len(path) > 1 and path[0] == "layers" else None
        return layer.where(*path[2:]) if layer else _name_argument(called, path)

    return GivenPart(called, step.title, step.text, given, locate)


def _give_story(title: str, text: str, front: dict[str, Any], layers: _Layers) -> GivenPart:
    def locate(*path: str | int) -> Location:
        return _name_argument("Story", path)

    given = {"title": title, **{key: value for key, value in front.items() if value is not None}}
    if layers.named:
        given["layers"] = {**given.get("layers", {}), **{name: {"from": "frame"} for _, name in layers.named}}
    return GivenPart("Story", title, text, given, locate)


def _name_argument(called: str, path: Sequence[str | int]) -> Location:
    return Location(f"{called}({'.'.join(map(str, path[:1]))})" if path else called)


def _place(error: StorymapError, text: GivenText) -> StorymapError:
    return StorymapError(map(text.place, error.problems))
