"""Put the pictures that lie on a map into it: a map in a notebook has no files beside it, as that of a site has."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from typing import Any

from storymap.addresses import ATLAS, lead, media_file
from storymap.layers.backdrop import Backdrop
from storymap.layers.geometry import write_box
from storymap.layers.image import Image
from storymap.model.scene import Scene


def put_in(payload: Any, scenes: Sequence[Scene], *, here: str = ATLAS) -> None:
    """Give the pictures in the payload of a map by their small copies, as `data:` addresses, in place of their files.

    `scenes` are those that the map shows, `here` is the page that the payload was made for. A picture that a story is
    told on is the one of the first scene, without the tiles that a large one has on a site. Tiles of the author's own
    are left out: the drawn map shows where they would lie.
    """
    _leave_tiles_out(payload)
    small = {media_file(image.raster.path): image.raster.preview for scene in scenes for image in scene.find(Image)}
    previews = {lead(here, path): preview for path, preview in small.items()}
    backdrop = next((backdrop for scene in scenes[:1] for backdrop in scene.find(Backdrop)), None)
    for layer in _list_layers(payload):
        if layer["kind"] == "image":
            layer["url"] = _write_address(previews[layer["url"]])
        elif layer["kind"] == "backdrop" and backdrop:
            layer |= {"url": _write_address(backdrop.piece), "bounds": write_box(backdrop.piece_bounds)}
            layer.pop("tiles", None)


def _leave_tiles_out(value: Any) -> None:
    """Take the layers out of a payload that are tiles."""
    if isinstance(value, dict):
        if isinstance(layers := value.get("layers"), list):
            value["layers"] = [
                layer
                for layer in layers
                if not (layer["kind"] == "tileset" or (layer["kind"] == "image" and "tiles" in layer))
            ]
        for member in value.values():
            _leave_tiles_out(member)
    elif isinstance(value, list | tuple):
        for member in value:
            _leave_tiles_out(member)


def _list_layers(value: Any) -> Iterator[dict[str, Any]]:
    """Every layer in a payload."""
    if isinstance(value, dict):
        if "kind" in value:
            yield value
        for member in value.values():
            yield from _list_layers(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _list_layers(member)


def _write_address(picture: bytes) -> str:
    """The `data:` address of a picture, WebP."""
    return f"data:image/webp;base64,{b64encode(picture).decode()}"
