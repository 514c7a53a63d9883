"""How a still looks: the rules of its own stylesheet, whose colours are those of `browser/src/styles/palette.css`.

The widths of the map's lines stand beside their paths: they grow with the zoom like the browser's. Those of routes are
in tenths of a pixel, as their paths are.
"""

from __future__ import annotations

from storymap.figures import FIGURES
from storymap.look import LOOK

_THIN = f"{LOOK.graticule_width:g}".removeprefix("0")

_SANS = "var(--sans,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif)"
_SERIF = "var(--serif,Charter,'Iowan Old Style',Palatino,Georgia,serif)"

SMALL = 480
"""The width, in CSS pixels, up to which a still is shown with the lettering of a picture half as large."""

SKETCH_STYLESHEET = f"""
.s-sea{{fill:var(--sea)}}
.s-map path{{fill:none;stroke-linejoin:round;stroke-linecap:round}}
.s-map .s-land{{fill:var(--land);fill-rule:evenodd;stroke:var(--coast);paint-order:stroke}}
.s-map .s-highlight{{fill:var(--highlight);fill-rule:evenodd}}
.s-area,.s-line{{fill:none;stroke:var(--route);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}}
.s-area{{fill:var(--route);fill-opacity:.14;fill-rule:evenodd}}
.s-route,.s-casing,.s-quiet{{fill:none;stroke-linejoin:round;stroke-linecap:round}}
.s-quiet{{stroke:var(--route-quiet);stroke-width:15}}
.s-pin{{fill:var(--marker);stroke:var(--marker-edge);stroke-width:2}}
.s-pin-text{{font:650 13px {_SANS};fill:var(--marker-text);text-anchor:middle}}
.s-symbol{{fill:var(--marker-text)}}
.signed{{--marker:var(--light);--marker-text:var(--light-ink)}}
@media (prefers-color-scheme:dark){{.signed{{--marker:var(--dark);--marker-text:var(--dark-ink)}}}}
""".replace("\n", "")
"""What a sketch needs, which stands in a page."""

_GROUND = f"""
.s-graticule,.s-equator{{fill:none;stroke:var(--graticule);stroke-width:{_THIN}}}
.s-equator{{stroke:var(--equator)}}
.s-map .s-lakes{{fill:var(--lake);fill-rule:evenodd;stroke:var(--coast);paint-order:stroke}}
.s-map .s-rivers{{stroke:var(--river)}}
.s-map .s-regions{{stroke:var(--region)}}
.s-map .s-borders{{stroke:var(--border)}}
"""
"""What lies on the sea and the land of a still."""

_LINES = """
.s-casing{stroke:var(--route-casing);stroke-width:50;opacity:.7}
.s-route,.s-track{stroke:var(--route);stroke-width:25}
.s-track{fill:none;stroke-linejoin:round;stroke-linecap:round;stroke-width:30}
.s-track-behind{stroke-width:22;opacity:.6}
.s-track-ahead{stroke-width:18;opacity:.35;stroke-dasharray:20 50}
.inked{stroke:var(--light)}
@media (prefers-color-scheme:dark){.inked{stroke:var(--dark)}}
"""
"""Lines over the map of a still."""

_TILES = "@media (prefers-color-scheme:dark){.s-tiles{filter:brightness(.72) contrast(1.05)}}"
"""Maps of the author's own, as `browser/src/styles/map.css` has them."""

CARD_STYLESHEET = SKETCH_STYLESHEET + (_GROUND + _LINES).replace("\n", "") + _TILES
"""What a picture without lettering needs."""

STYLESHEET = (
    SKETCH_STYLESHEET
    + f"""
.s-grid{{fill:none;stroke:var(--rule);stroke-width:.7}}
.s-bar{{fill:none;stroke:var(--ink);stroke-width:1.2}}
.s-bar-text{{font:11px {_SANS};fill:var(--ink);text-anchor:middle;stroke:var(--label-halo);stroke-width:3}}
.s-credit{{font:9px {_SANS};fill:var(--ink-quiet);stroke:var(--label-halo);stroke-width:2.5}}
.s-bar-text,.s-credit{{paint-order:stroke}}
{_GROUND}
.s-halos,.s-dots{{stroke:var(--label-halo);stroke-linecap:round}}
.s-dots{{stroke:var(--settlement)}}
.s-capital{{fill:var(--label-halo);stroke:var(--settlement);stroke-width:1.3}}
.s-names text{{font-family:{_SANS};fill:var(--label)}}
.s-names text{{stroke:var(--label-halo);stroke-width:{FIGURES.names.halo};stroke-linejoin:round;paint-order:stroke}}
.s-names .t0,.s-names .tc{{fill:var(--label-quiet)}}
.s-names .t5,.s-names .t6,.s-names .tr{{font-weight:600}}
.s-names .tr{{fill:var(--route)}}
.s-names .tc{{font-weight:500}}
.s-names .tw{{font-family:{_SERIF};font-style:italic;fill:var(--water-label);stroke:var(--water-halo)}}
{_LINES}.s-divide{{fill:none;stroke:var(--paper);stroke-width:3}}
.s-half{{font:600 12px {_SANS};fill:var(--ink);stroke:var(--paper);stroke-width:4;stroke-linejoin:round}}
.s-half{{paint-order:stroke}}
.s-plate{{fill:var(--paper);stroke:var(--rule);stroke-width:1}}
.s-key text{{font:11px {_SANS};fill:var(--ink)}}
.s-key .s-key-title{{font-weight:600}}
.s-place{{font:600 13px {_SANS};fill:var(--ink)}}
.s-plain{{stroke:var(--label-halo);stroke-width:3.5;stroke-linejoin:round;paint-order:stroke}}
.s-small{{display:none}}
@media (max-width:{SMALL}px){{.s-full{{display:none}}.s-small{{display:inline}}
.s-route,.s-track{{stroke-width:45}}.s-casing{{stroke-width:85}}}}
""".replace("\n", "")
    + _TILES
)
