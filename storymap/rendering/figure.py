"""Render a Folium map once and take apart what it gives: our page needs its html and script, not its document.

Between `storymap.rendering.maps`, which makes the map, and `storymap.rendering.pages`, which places the parts.
"""

from __future__ import annotations

from dataclasses import dataclass

from branca.element import CssLink, Figure, JavascriptLink

from storymap.rendering.maps import StoryMap


@dataclass(frozen=True, slots=True)
class MapParts:
    """What a page takes from a rendered map.

    `html` is the map's `<div>`, `script` the JavaScript that makes it, `head` what elements added by an author's hook
    want in the page's head, and `foreign` the addresses that those elements load from elsewhere.
    """

    html: str
    script: str
    head: str
    foreign: tuple[str, ...]


def render_map(story_map: StoryMap) -> MapParts:
    """Render `story_map` into parts."""
    figure = story_map.get_root()
    assert isinstance(figure, Figure)
    story_map.render()
    head = [element for name, element in figure.header._children.items() if name != "meta_http"]
    return MapParts(
        html="".join(element.render() for element in figure.html._children.values()),
        script="\n".join(element.render().strip() for element in figure.script._children.values()),
        head="\n".join(element.render().strip() for element in head),
        foreign=tuple(element.url for element in head if isinstance(element, JavascriptLink | CssLink)),
    )
