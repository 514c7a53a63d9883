"""What the scenes of a page ask of the drawn map under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storymap.basemap.bake import bake_basemap
from storymap.basemap.contract import BasemapPayload
from storymap.layers.drawn import Ground
from storymap.layers.kinds import draw
from storymap.model.scene import Scene, View


def ask_ground(scenes: Iterable[Scene]) -> Ground:
    """What all layers of `scenes` ask of it, once each."""
    asked = [draw(layer).ground() for scene in scenes for layer in scene.layers]
    return Ground(
        fills=tuple(dict.fromkeys(code for each in asked for code in each.fills)),
        spots=tuple(dict.fromkeys(spot for each in asked for spot in each.spots)),
    )


def bake_ground(scenes: Sequence[Scene], lang: str, *, glances: Iterable[View] = ()) -> BasemapPayload:
    """The drawn map of a page that shows `scenes`, lettered in `lang`; `glances` are views of links."""
    ground = ask_ground(scenes)
    views = [scene.view for scene in scenes]
    baked = bake_basemap(views, glances=glances, highlight=ground.fills, places=ground.spots, lang=lang)
    streets = next((scene.streets for scene in scenes if scene.streets), None)
    return {**baked, "credits": [*streets.credits, *baked["credits"]]} if streets else baked
