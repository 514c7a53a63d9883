"""Render a Folium map once and take apart what it gives: our page needs its html and script, not its document.

Between `storymap.drawing.folium_map`, which makes the map, and `storymap.pages.mapped`, which places the parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from branca.element import CssLink, Element, Figure, JavascriptLink

from storymap.drawing.elsewhere import ADDED, is_elsewhere, lead_elsewhere, list_elsewhere
from storymap.drawing.folium_map import StoryMap, VerbatimMacro
from storymap.drawing.map_parts import DATA_ID, MapParts
from storymap.prepared import read_static

_LOADS = re.compile(r"<(?:script|link)\b", re.IGNORECASE)
_LEAFLET = re.compile(r"(?:^|/)leaflet(?:-src)?(?:\.min)?\.(?:js|css)(?:[?#].*)?$")
_EMPTY = re.compile(r"=\"data:text/(?:javascript|css),\"")
_TAG = re.compile(r"<(?:script|link)\b[^>]*>", re.IGNORECASE)
_GUARDS = re.compile(r"""\s(?:integrity|crossorigin)(?:=(?:"[^"]*"|'[^']*'|[^\s>"']+))?""", re.IGNORECASE)

_MENDED = (
    # branca looks for the box of a key by its class, and so draws a second key into the first one's.
    (
        re.compile(r'(\w+)\.svg = d3\.select\("\.legend\.leaflet-control"\)'),
        r"\1.svg = d3.select(\1.legend.getContainer())",
    ),
    # Folium's TimestampedGeoJson tells the console each time that it shows.
    (re.compile(r"^\s*console\.log\(newdate\)\n", re.MULTILINE), ""),
)

FindCopies = Callable[[Iterable[str]], Mapping[str, str]]
"""Gets addresses that elements load, and gives others in their place: of the copies that there are."""


def render_map(story_map: StoryMap, *, find_copies: FindCopies = lambda _: {}) -> MapParts:
    """Render `story_map` into parts, which load what `find_copies` finds from there."""
    figure = story_map.get_root()
    assert isinstance(figure, Figure)
    story_map.render()
    header = [child for name, child in figure.header._children.items() if name != "meta_http"]
    header = [child for child in header if not _is_leaflet(child)]
    linked = [child.url for child in header if isinstance(child, JavascriptLink | CssLink)]
    rendered = [child.render().strip() for child in header]
    html = "".join(child.render() for child in figure.html._children.values())
    own = {story_map.get_name(), *_name_own(story_map), "start"}
    scripts = [(name in own, child.render().strip()) for name, child in figure.script._children.items()]
    asked = list_elsewhere("\n".join((*rendered, html, *(text for is_own, text in scripts if not is_own))))
    kept = find_copies(dict.fromkeys((*linked, *asked)))
    rendered = [_load_kept(text, kept) for text in rendered]
    html = _load_kept(html, kept)
    head = [text for text in rendered if not _LOADS.search(text)]
    loads = [_mark(text) for text in rendered if _LOADS.search(text) and not _EMPTY.search(text)]
    loads += [_write_script(_load_kept(text, kept)) for is_own, text in scripts if not is_own and text]
    if loads:
        name = story_map.get_name()
        ready = f'storymapFolium.expect({name}, "{DATA_ID}");'
        loads = [f"<script>{ready}</script>", *loads, f"<script>storymap.refresh({name});</script>"]
        head.insert(0, f"<style>{read_static('folium.css').decode().strip()}</style>")
    added = "\n".join(loads)
    return MapParts(
        html=html,
        script="\n".join(text for is_own, text in scripts if is_own),
        head="\n".join(head),
        added=added,
        whole=bool(loads),
        elsewhere=tuple(address for address in asked if address not in kept),
        missing=tuple(
            url for url in linked if not is_elsewhere(url) and not url.startswith("data:") and url not in kept
        ),
    )


def _name_own(story_map: StoryMap) -> Iterator[str]:
    """The names of the layers that need nothing but our runtime."""
    return (child.get_name() for child in story_map._children.values() if isinstance(child, VerbatimMacro))


def _is_leaflet(child: Element) -> bool:
    """Whether an element would load Leaflet a second time, to which our map would be a stranger."""
    return isinstance(child, JavascriptLink | CssLink) and _LEAFLET.search(child.url) is not None


def _load_kept(text: str, kept: Mapping[str, str]) -> str:
    """`text` that loads from `kept` addresses, and so without what browsers ask of scripts from another host."""
    led = lead_elsewhere(text, kept)
    return led if led == text else _TAG.sub(lambda tag: _GUARDS.sub("", tag[0]), led)


def _mark(text: str) -> str:
    return re.sub(r"<script\b", f"<script {ADDED}", text)


def _write_script(text: str) -> str:
    """A script of its own: what goes wrong in it, be it how it is written, ends there."""
    for wrong, right in _MENDED:
        text = wrong.sub(right, text)
    safe = re.sub(r"<(?=/script|!--)", r"<\\", text, flags=re.IGNORECASE)
    return f"<script {ADDED}>\n{safe}\n</script>"
