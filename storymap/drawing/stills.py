"""The still pictures of scenes: a file each, and the sketch that stands in a page until its map is drawn.

Between a resolved scene and `storymap.drawing.still`, which draws.
"""

from __future__ import annotations

from storymap.drawing.canvas import Canvas
from storymap.drawing.ground import ask_ground
from storymap.drawing.key import explain_scene
from storymap.drawing.key_box import fits_small
from storymap.drawing.pictures import shrink_picture
from storymap.drawing.still import draw_still
from storymap.drawing.words import tell_scene
from storymap.earth.extent import Extent, project_bounds
from storymap.layers.compare import Compare
from storymap.layers.figures import Figure, Picture, PlaceMark
from storymap.layers.image import Image
from storymap.layers.kinds import draw
from storymap.layers.tileset import Tileset
from storymap.model.layer import Layer
from storymap.model.scene import Scene

STILL_SIZE = (672, 448)
"""Width and height of a still, in CSS pixels: as wide as the text, so that its names, 10 pixels and more, are 7 points
on A4 paper and can be read where no script draws a map."""


_NEAR = 1e-6
"""How near an edge is at an edge, in widths of the world; bounds are rounded to metres."""

CARD_SIZE, LEAD_SIZE = (128, 128), (448, 252)
"""Width and height of the picture of a story's card, and of that of the story that leads a page, in CSS pixels."""


def draw_picture(scene: Scene, lang: str, *, palette: str) -> str:
    """The SVG of `scene`, to stand in a file of its own; `palette` is the stylesheet with its colours."""
    return draw_scene(
        scene, lang, stylesheet=palette, has_small=fits_beside_text(scene, lang), title=tell_scene(scene, lang)
    )


def fits_beside_text(scene: Scene, lang: str) -> bool:
    """Whether the still of `scene` can be read at half its size, too: neither is in halves nor needs a large key."""
    return not scene.find(Compare) and fits_small(explain_scene(scene, lang))


def draw_card(scene: Scene, lang: str, *, palette: str) -> str:
    """The SVG of `scene` for a card: small, and without lettering; the card says in words what it shows."""
    return draw_scene(scene, lang, size=CARD_SIZE, stylesheet=palette, quiet=True)


def draw_lead(scene: Scene, lang: str, *, palette: str) -> str:
    """The SVG of `scene` for the card of the story that leads a page: wide, and lettered for its size."""
    return draw_scene(scene, lang, size=LEAD_SIZE, stylesheet=palette, title=tell_scene(scene, lang))


def sketch_opening(scene: Scene, lang: str) -> str:
    """The SVG that stands in a page until its map is drawn: land, routes and markers, in the colours of the page."""
    return draw_scene(scene, lang, sketch=True)  # the page hides it from who cannot see it


def draw_scene(
    scene: Scene,
    lang: str,
    *,
    size: tuple[int, int] = STILL_SIZE,
    stylesheet: str = "",
    sketch: bool = False,
    has_keys: bool = True,
    quiet: bool = False,
    light: bool = False,
    has_numbers: bool = True,
    enlarged: float = 1.0,
    has_small: bool = False,
    title: str = "",
) -> str:
    """The SVG of `scene`, of any size in CSS pixels, to be shown `enlarged` so many times.

    `has_keys` says whether it explains its colours, `has_numbers` whether its markers have those of steps, `has_small`
    whether it can be read at half its size too; `quiet` and `light` are as in `draw_still`.
    """
    width, height = size
    ground = ask_ground([scene])
    figures = [figure for layer in scene.layers for figure in draw(layer).still(scene.view)]
    if quiet:
        figures = [shrink_picture(figure, size) if isinstance(figure, Picture) else figure for figure in figures]
    return draw_still(
        scene.view,
        width=width,
        height=height,
        figures=figures if has_numbers else [_leave_number_out(figure) for figure in figures],
        keys=explain_scene(scene, lang) if has_keys and not quiet else (),
        highlight=ground.fills,
        spots=ground.spots,
        detail=scene.detail,
        is_covered=_is_covered(scene, size),
        credits=None if quiet else _list_credits(scene),
        streets=scene.streets,
        lang=lang,
        stylesheet=stylesheet,
        sketch=sketch,
        enlarged=enlarged,
        has_small=has_small,
        quiet=quiet,
        light=light,
        title=title,
    )


def _is_covered(scene: Scene, size: tuple[int, int]) -> bool:
    """Whether tiles of the author's own cover all of a still."""
    mosaics = [ground.mosaic for ground in scene.find(Tileset) if ground.mosaic and ground.mosaic.whole]
    if not mosaics:
        return False
    shown = Canvas.of_view(scene.view, width=size[0], height=size[1], sketch=False).extent
    return any(_holds(project_bounds(mosaic.bounds), shown) for mosaic in mosaics)


def _holds(outer: Extent, inner: Extent) -> bool:
    turn = round((outer.west + outer.east - inner.west - inner.east) / 2)
    return (
        outer.west - turn <= inner.west + _NEAR
        and outer.east - turn >= inner.east - _NEAR
        and outer.north <= inner.north + _NEAR
        and outer.south >= inner.south - _NEAR
    )


def _list_credits(scene: Scene) -> tuple[str, ...]:
    """Who made what a still shows of its layers; tiles of which it shows none are not named."""
    shown = (layer for layer in scene.layers if not _is_unseen(layer))
    return tuple(dict.fromkeys(credit for layer in shown for credit in draw(layer).credits()))


def _is_unseen(layer: Layer) -> bool:
    if isinstance(layer, Image):
        return layer.raster.tileset is not None and layer.mosaic is None
    return isinstance(layer, Tileset) and layer.mosaic is None


def _leave_number_out(figure: Figure) -> Figure:
    return figure._replace(text="") if isinstance(figure, PlaceMark) else figure
