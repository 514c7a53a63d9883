"""A map that was rendered when the package was built is the one that Folium renders now."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from storymap.drawing import plain_map
from storymap.drawing.figure import render_map
from storymap.drawing.folium_map import draw_map
from storymap.drawing.plain_map import draw_plain_map
from storymap.layers.kinds import TAGS
from storymap.model.place import Bounds
from storymap.model.scene import View

VIEWS = {
    "a town": (View(Bounds(14.1, 49.9, 14.7, 50.2), 9.87), 10.0),
    "over 180°": (View(Bounds(170.5, -20.25, -160.125, 3.21), 3.0), 7.65),
    "numbers that look like others": (View(Bounds(-11.25, 22.5, 33.75, 45.0), 3.21), 7.65),
    "the world": (View(Bounds(-180.0, -58.0, 180.0, 78.0), 0.0), 18),
    "tiny numbers": (View(Bounds(-1e-05, -1e-05, 2e-05, 1e-05), 16.0), 19.0),
}


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    plain_map._read_map.cache_clear()
    yield
    plain_map._read_map.cache_clear()


@pytest.mark.parametrize("inset", [True, False])
@pytest.mark.parametrize("kinds", [(), ("markers",), ("route", "markers"), TAGS])
@pytest.mark.parametrize("name", VIEWS)
def test_a_prepared_map_is_what_folium_renders(name: str, kinds: tuple[str, ...], inset: bool) -> None:
    view, max_zoom = VIEWS[name]
    rendered = render_map(draw_map(view, kinds, max_zoom=max_zoom, inset=inset))
    assert draw_plain_map(view, kinds, max_zoom=max_zoom, inset=inset) == rendered


def test_another_folium_renders_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    view, max_zoom = VIEWS["a town"]
    rendered = render_map(draw_map(view, max_zoom=max_zoom))
    calls = []

    def render(view: View, kinds: object, **options: object) -> object:
        calls.append(options)
        return rendered

    monkeypatch.setattr(plain_map, "_render", render)
    assert draw_plain_map(view, max_zoom=max_zoom) == rendered
    assert calls == []
    plain_map._read_map.cache_clear()
    monkeypatch.setattr(plain_map, "list_versions", lambda: {"branca": "0.8.2", "folium": "0.99"})
    assert draw_plain_map(view, max_zoom=max_zoom) == rendered
    assert len(calls) == 1


def test_a_prepared_map_is_had_without_loading_folium() -> None:
    script = """
import sys
from storymap.drawing.plain_map import draw_plain_map
from storymap.model.place import Bounds
from storymap.model.scene import View
assert draw_plain_map(View(Bounds(1.0, 2.0, 3.0, 4.0), 5.0), max_zoom=10).html
print(*sorted({"folium", "branca", "pandas"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
