"""Compose the payload of a page: what its scenes show, as the one JSON object that the browser gets.

One function per kind of page, each from resolved values to a payload. The baked basemap is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storymap.addresses import ABOUT, ATLAS, for_readers, lead, place_page, story_page
from storymap.basemap.contract import BasemapPayload
from storymap.drawing.contract import (
    PAYLOAD_VERSION,
    AtlasPayload,
    GroundPayload,
    LayersPayload,
    LinkPayload,
    PagePayload,
    Payload,
    PlacePagePayload,
    PlacePayload,
    ScenePayload,
    SignColorsPayload,
    SignPayload,
    StoryPayload,
)
from storymap.drawing.map_parts import MapParts
from storymap.drawing.street_payload import write_streets
from storymap.earth import picture_plane
from storymap.earth.views import closest_zoom, is_settlement
from storymap.errors import Report
from storymap.language.words import interface_words
from storymap.layers.backdrop import Backdrop
from storymap.layers.datasets import index_page, list_shown, write_data
from storymap.layers.drawn import PageIndex
from storymap.layers.geometry import write_box, write_point, write_shape
from storymap.layers.kinds import TAGS, Script, choose_script, draw
from storymap.layers.markers import order_signs
from storymap.layers.tiles import Tiles
from storymap.model.ground import GroundDetail
from storymap.model.place import Place
from storymap.model.prose import MapLink
from storymap.model.scene import Scene, View
from storymap.model.sign import Sign, SignColors
from storymap.model.story import Story
from storymap.resolving.atlas import Atlas


def compose_story(
    story: Story,
    *,
    tiles: Tiles | None,
    basemap: BasemapPayload,
    readers: str = "",
    report: Report | None = None,
) -> StoryPayload:
    """The payload of a story's page: the places of its steps in order, then those that only its prose leads to.

    `readers` of pages of places are as in `storymap.addresses.for_readers`, here and in what follows. `report` is told
    of data that is too much for a page.
    """
    stepped = {place.id for place in story.places}
    places = (*story.places, *(place for place in story.linked_places if place.id not in stepped))
    scenes = (story.scene, *(step.scene for step in story.steps))
    data = list_shown(scenes)
    here = story_page(story.id)
    index = index_page(places, data, here=here)
    links = (*story.opening_links, *(link for step in story.steps for link in step.links))
    views = (*(step.view for step in story.steps), *(link.view for link in links))
    page = _page(
        story.scene,
        index,
        places,
        views,
        here=here,
        readers=readers,
        lang=story.lang,
        tiles=tiles,
        basemap=basemap,
        others=scenes[1:],
    )
    payload: StoryPayload = {
        **page,  # type: ignore[typeddict-item]  # mypy misses what is not required
        "kind": "story",
        "links": _links(story.opening_links, index),
        "steps": [
            {**_scene(step.scene, index), "id": step.id, "title": step.title, "links": _links(step.links, index)}
            for step in story.steps
        ],
    }
    if data:
        payload["data"] = write_data(data, story.lang, report, has_ground=bool(basemap["scales"]))
    if streets := next((scene.streets for scene in scenes if scene.streets), None):
        at = [(), *([place.point for place in step.places] for step in story.steps)]
        payload["streets"] = write_streets(streets, at)
    return payload


def compose_atlas(
    atlas: Atlas, *, here: str = ATLAS, readers: str = "", lang: str, tiles: Tiles | None, basemap: BasemapPayload
) -> AtlasPayload:
    """The payload of the page `here`, which lists stories: every place that they visit, and every story's lines."""
    index = index_page(atlas.places, here=here)
    views = [story.scene.view for story in atlas.stories]
    # The small maps on cards have streets of their own.
    on_cards = (credit for story in atlas.stories if not story.cover for credit in story.street_credits)
    credits = dict.fromkeys((*on_cards, *basemap["credits"]))
    basemap = {**basemap, "credits": list(credits)}
    page = _page(
        atlas.scene, index, atlas.places, views, here=here, readers=readers, lang=lang, tiles=tiles, basemap=basemap
    )
    payload: AtlasPayload = {
        **page,  # type: ignore[typeddict-item]  # as above
        "kind": "atlas",
        "stories": [
            {**_scene(story.scene, index), "title": story.title, "url": lead(here, story_page(story.id))}
            for story in atlas.stories
        ],
    }
    if atlas.scene.streets:
        payload["streets"] = write_streets(atlas.scene.streets, ())
    return payload


def compose_place(
    place: Place,
    neighbours: Sequence[Place],
    *,
    scene: Scene,
    readers: str = "",
    lang: str,
    tiles: Tiles | None,
    basemap: BasemapPayload,
) -> PlacePagePayload:
    """The payload of a place's page: the place itself first, then its neighbours as pins alone, seen in its `scene`."""
    places, here = (place, *neighbours), place_page(place.id, readers)
    index = index_page(places, here=here)
    page = _page(
        scene, index, places, (), here=here, readers=readers, lang=lang, tiles=tiles, basemap=basemap, shapes=1
    )
    payload: PlacePagePayload = {**page, "kind": "place"}  # type: ignore[typeddict-item]  # as above
    if scene.streets:
        payload["streets"] = write_streets(scene.streets, [(place.point,)])
    return payload


def compose_layers(scene: Scene, lang: str) -> LayersPayload:
    """The payload of the author's data that `scene` shows, for a map that is none of ours."""
    data = list_shown([scene])
    return {
        "version": PAYLOAD_VERSION,
        "kind": "layers",
        **_scene(scene, index_page((), data)),
        "strings": dict(interface_words(lang).browser),
        "data": write_data(data, lang),
    }


def list_kinds(payload: Payload) -> tuple[str, ...]:
    """The kinds of layers that the map of a page has, the lowest first: every place of it has a marker."""
    found = {layer["kind"] for scene in _list_scenes(payload) for layer in scene["layers"]}
    if payload["places"]:
        found.add("markers")
    return tuple(kind for kind in TAGS if kind in found)


def choose_runtime(payload: Payload, parts: MapParts) -> Script:
    """The lightest script with which the map of a page can be made: its layers decide, and what a hook added."""
    if parts.whole:
        return "whole"
    # A picture that was cut to tiles is drawn as other tiles are.
    sheets = ("tileset" for scene in _list_scenes(payload) for layer in scene["layers"] if "tiles" in layer)
    return choose_script({*list_kinds(payload), *sheets})


def _list_scenes(payload: Payload) -> list[ScenePayload]:
    if payload["kind"] == "story":
        return [payload, *payload["steps"]]
    return [payload, *payload["stories"]] if payload["kind"] == "atlas" else [payload]


def write_payload(payload: Payload | LayersPayload) -> str:
    """`payload` as JSON that may stand inside a script element: no `<` is left that could end or open one."""
    return write_json(payload)


def write_json(value: object) -> str:
    """`value` as JSON that may stand in a script, or inside its element.

    The readers of places and settings let only finite numbers in, so there is none that JSON does not have.
    """
    # Four times as fast as the standard library's, for the longest text of every page.
    from pydantic_core import to_json

    return to_json(value).decode().replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _page(
    scene: Scene,
    index: PageIndex,
    places: Sequence[Place],
    views: Iterable[View],
    *,
    here: str,
    readers: str,
    lang: str,
    tiles: Tiles | None,
    basemap: BasemapPayload,
    others: Sequence[Scene] = (),
    shapes: int | None = None,
) -> PagePayload:
    """What every page tells, which opens with `scene` and shows `others`, too.

    `views` are those that it shows besides its own, `shapes` how many shapes are drawn.
    """
    closest = max(closest_zoom((scene.view, *views)), tiles.max_zoom if tiles else 0)
    if scene.find(Backdrop):
        closest = max(closest, picture_plane.NATIVE_ZOOM + 1.0)  # a reader may look at its pixels
    own = scene.over(tiles) if tiles else scene
    credits = dict.fromkeys(
        credit for one in (scene, *others) for layer in one.layers for credit in draw(layer).credits()
    )
    signs = order_signs(place.sign for place in places if place.sign)
    payload: PagePayload = {
        "version": PAYLOAD_VERSION,
        **_scene(own, index),  # type: ignore[typeddict-item]  # mypy misses what is not required
        "maxZoom": closest,
        "places": [
            _place(place, here, readers, signs, closest=closest if shapes is None or number < shapes else None)
            for number, place in enumerate(places)
        ],
        "about": lead(here, for_readers(readers, ABOUT)),
        "strings": dict(interface_words(lang).browser),
        "basemap": {**basemap, "credits": [*basemap["credits"], *credits]} if credits else basemap,
    }
    if signs:
        payload["signs"] = [_sign(sign) for sign in signs]
    return payload


def _scene(scene: Scene, index: PageIndex) -> ScenePayload:
    layers = [told for layer in scene.layers if (told := draw(layer).payload(index)) is not None]
    payload: ScenePayload = {"view": write_box(scene.view.bounds), "layers": layers}
    if ground := _ground(scene.detail):
        payload["ground"] = ground
    return payload


def _ground(detail: GroundDetail) -> GroundPayload:
    payload: GroundPayload = {}
    if detail.borders != "all":
        payload["borders"] = detail.borders
    if detail.names != "all":
        payload["names"] = detail.names
    if not detail.earth:
        payload["earth"] = False
    return payload


def _links(links: Sequence[MapLink], index: PageIndex) -> list[LinkPayload]:
    return [
        {"view": write_box(link.view.bounds), "places": [index.places[place.id] for place in link.places]}
        for link in links
    ]


def _place(place: Place, here: str, readers: str, signs: Sequence[Sign], *, closest: float | None) -> PlacePayload:
    """A place as the page `here` tells it, its shape as a map at zoom `closest` can show it; None draws none."""
    payload: PlacePayload = {"name": place.name, "town": is_settlement(place), "at": write_point(place.point)}
    shape = None if closest is None else write_shape(place, closest)
    if shape is not None:
        payload["shape"] = shape
    page = place_page(place.id, readers)
    if page != here and place.origin != "picture":
        payload["url"] = lead(here, page)
    if place.sign:
        payload["sign"] = signs.index(place.sign)
    return payload


def _sign(sign: Sign) -> SignPayload:
    payload: SignPayload = {"title": sign.title, "light": _colors(sign.light), "dark": _colors(sign.dark)}
    if sign.symbol:
        payload["symbol"] = sign.symbol
    return payload


def _colors(colors: SignColors) -> SignColorsPayload:
    return {"fill": colors.fill, "ink": colors.ink}
