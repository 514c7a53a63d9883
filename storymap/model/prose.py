"""What the prose of a story leads to."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.model.place import Place
from storymap.model.scene import View


@dataclass(frozen=True, slots=True)
class ProseLink:
    """A link in prose that moves the map: the places it names and the view that shows them."""

    places: tuple[Place, ...]
    view: View
