"""The cards of a site: pictures that stand for its pages where links to them are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from storymap.addresses import list_card, place_card, step_card, story_card
from storymap.building.collections import ReadyCollection
from storymap.building.grounds import Ground, lay_on_grounds, part_grounds
from storymap.building.list_grounds import ListGrounds, WantedMap
from storymap.building.place_grounds import PlaceGrounds
from storymap.building.ready_stories import ReadyStory
from storymap.building.runner import Runner
from storymap.building.site_tiles import SiteTiles
from storymap.building.tasks import Part, Task, join
from storymap.drawing.letters import Letters
from storymap.drawing.svg import clean
from storymap.errors import Report
from storymap.layers.image import Image
from storymap.layers.tileset import Tileset
from storymap.model.ground import GroundDetail
from storymap.model.layer import Layer
from storymap.model.place import Place
from storymap.model.scene import Scene, View
from storymap.model.story import Story
from storymap.model.tileset import Mosaic, TileCut
from storymap.outputs.cards import CardText, make_card
from storymap.pages.atlas import CARDED
from storymap.pages.frame import Site
from storymap.resolving.atlas import AtlasStory, show_stories
from storymap.resolving.names import call_in_language
from storymap.resolving.story_lists import StoryList, list_stories


def card_files(
    ready: Sequence[ReadyStory],
    collections: Sequence[ReadyCollection],
    ranked: tuple[Place, ...],
    grounds: ListGrounds,
    places: Sequence[Place],
    place_grounds: PlaceGrounds,
    tiles: SiteTiles | None,
    site: Site,
    palette: str,
    detail: GroundDetail,
    letters: Part,
    runner: Runner,
    report: Report,
) -> Iterator[Task]:
    """The cards that `site` has: of its stories and its first page, of the `places` that have one, of steps.

    `ranked` are the places of all steps, the most visited first, `grounds` and `place_grounds` find what maps lie on,
    `tiles` those of the author's own under all of them.
    `palette` is the stylesheet with the colours, `letters` names a `Letters`. A story whose title no font
    has is told in `report`.
    """
    fonts: Letters = runner.load(letters)
    has_steps = site.cards == "steps"
    for story in ready:
        told = story.outline
        if not fonts.covers(clean(told.title)):
            help = "put a font that has them into fonts/ of the project, as .ttf or .otf"
            report.note(
                "unlettered-card",
                f'"{told.title}" is left off its card, since no font has its letters: {help}',
                told.at,
            )
        files = (story_card(told.id), *(step_card(told.id, step) for step in told.steps if has_steps))
        title = site.speak(told.lang).title
        cuts = _cut_story(story, tiles, runner, report, has_steps=has_steps) if not told.picture else {}
        drawn = (story.shown, title, palette, letters, has_steps, tuple(cuts), *cuts.values())
        yield runner.task(files[0], make_story_cards, *drawn, files=files)
    if site.cards in {"pages", "steps"}:
        for speaking in (site, *site.others):
            called = [place if speaking is site else call_in_language(place, speaking.lang) for place in places]
            found = place_grounds.find(called, speaking.lang, speaking.readers, cards=True)
            for place in called:
                scene, _, under = found[place.id]
                text = CardText(place.name, speaking.title, speaking.lang)
                card = place_card(place.id, speaking.readers)
                yield runner.task(card, make_scene_card, scene, text, palette, letters, *under)
    outlines = tuple(story.outline for story in ready)
    grouped = tuple(collection.outline for collection in collections)
    listed: tuple[ReadyStory | ReadyCollection, ...] = (*ready, *collections)
    lists = list_stories(outlines, site.lang, [other.lang for other in site.others], grouped)
    shown_on = {
        one.first: _choose_shown(one, ranked, listed) for one in lists if one.kind in CARDED or site.cards != "stories"
    }
    langs = {one.first: one.lang or site.lang for one in lists}
    under_lists = grounds.find((WantedMap(first, langs[first], shown) for first, shown in shown_on.items()), cards=True)
    for one in lists:
        if one.first not in shown_on:
            continue
        own = site.speak(one.lang) if one.lang else site
        lang = one.lang or site.lang
        text = CardText(one.title, own.title, lang) if one.title else CardText(own.title, own.description, lang)
        entries = [listed[number] for number in one.stories]
        ground = under_lists[one.first]
        inputs = (shown_on[one.first], ground.view, detail, text, palette, letters)
        scenes = (entry.shown_on_atlas for entry in entries)
        yield runner.task(list_card(one.first), make_list_card, *inputs, *ground.parts, *scenes)


def _choose_shown(
    listed: StoryList, ranked: tuple[Place, ...], entries: Sequence[ReadyStory | ReadyCollection]
) -> tuple[Place, ...]:
    """The places of a list."""
    visited = {place.id for number in listed.stories for place in entries[number].outline.visited}
    return ranked if listed.kind == "all" else tuple(place for place in ranked if place.id in visited)


def make_story_cards(
    story: Story,
    site_title: str,
    palette: str,
    letters: Letters,
    has_steps: bool,  # noqa: FBT001 - an input among others
    stamps: tuple[str, ...],
    *cuts: TileCut,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The card of a story, and those of its steps in order if it `has_steps`.

    `cuts` are what they show of tiles: of those sets that `stamps` say, "" for that under all maps.
    """
    texts = [CardText(story.title, site_title, story.lang)]
    if has_steps:
        texts += (CardText(step.title, story.title, story.lang) for step in story.steps)
    scenes = story.scenes[: len(texts)]
    for stamp, cut in zip(stamps, cuts, strict=True):
        mosaics = iter(cut.mosaics)
        scenes = tuple(_show_mosaic(scene, stamp, next(mosaics)) if _shows(scene, stamp) else scene for scene in scenes)
    return join(make_card(scene, text, palette, letters=letters) for scene, text in zip(scenes, texts, strict=True))


def _cut_story(
    story: ReadyStory, tiles: SiteTiles | None, runner: Runner, report: Report, *, has_steps: bool
) -> dict[str, Part]:
    """What the cards of a story show of tiles, by the stamp of their set, "" for that of the site."""
    sheets = {raster.tileset.stamp: raster.tileset for raster in story.outline.rasters if raster.tileset}
    if not (tiles or sheets):
        return {}
    from storymap.building.tiling import cut_cards  # with Pillow, which few sites need

    whole: Story = runner.load(story.whole)
    scenes = whole.scenes if has_steps else whole.scenes[:1]
    cuts = {"": tiles.cut_cards(story.outline.id, [scene.view for scene in scenes])[1]} if tiles else {}
    for stamp, sheet in sheets.items():
        views = [scene.view for scene in scenes if _shows(scene, stamp)]
        if views:
            page = f"{story.outline.id} of {sheet.name}"
            cuts[stamp] = cut_cards(page, runner.share(sheet), views, runner, report)
    return cuts


def _shows(scene: Scene, stamp: str) -> bool:
    """Whether a scene shows a set of tiles; of that under all maps each has a picture, if only an empty one."""
    return not stamp or any(_is_of(layer, stamp) for layer in scene.layers)


def _is_of(layer: Layer, stamp: str) -> bool:
    if isinstance(layer, Image):
        return layer.raster.tileset is not None and layer.raster.tileset.stamp == stamp
    return isinstance(layer, Tileset) and not stamp


def _show_mosaic(scene: Scene, stamp: str, mosaic: Mosaic | None) -> Scene:
    """`scene` with another picture of a set of tiles."""
    return replace(
        scene,
        layers=tuple(
            replace(layer, mosaic=mosaic) if isinstance(layer, Image | Tileset) and _is_of(layer, stamp) else layer
            for layer in scene.layers
        ),
    )


def make_scene_card(
    scene: Scene,
    text: CardText,
    palette: str,
    letters: Letters,
    *grounds: Ground,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The card of a page with one scene, over `grounds`."""
    return make_card(lay_on_grounds(scene, grounds), text, palette, letters=letters)


def make_list_card(
    places: tuple[Place, ...],
    view: View,
    detail: GroundDetail,
    text: CardText,
    palette: str,
    letters: Letters,
    *given: Ground | AtlasStory,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The card of a page that lists the stories among what is `given`, over the grounds among it.

    `places`, `view` and `detail` are as in `show_stories`.
    """
    grounds, stories = part_grounds(given)
    scene = show_stories([story.scene for story in stories], places, view=view, detail=detail)
    return make_card(lay_on_grounds(scene, grounds), text, palette, letters=letters)
