"""How streets look on a still: rules that only a still with streets has, in the colours of `look.json`."""

from __future__ import annotations

from functools import lru_cache

from storymap.look import LOOK

_WAYS = (*LOOK.streets.roads, *(f"{road}-casing" for road in LOOK.streets.roads), "rail", "tram")

_QUIET = ("street", "landmark", "plaza", "way")
"""Names that are set as those of streets are."""


@lru_cache(maxsize=1)
def style_streets() -> str:
    """The rules; land, waters, coast, accent and what is around letters are those of the page's palette."""
    light, dark = (LOOK.streets.colours[palette] for palette in ("light", "dark"))
    colours = {f"--g-{name}": colour for name, colour in light.items()}
    darker = {f"--g-{name}": colour for name, colour in dark.items()}
    rules = [
        f".s-streets,.s-street-names{{{_declare(colours)}}}",
        f"@media (prefers-color-scheme:dark){{.s-streets,.s-street-names{{{_declare(darker)}}}}}",
        ".s-streets path{fill:none;stroke-linejoin:round;stroke-linecap:round}",
        ".s-streets .s-ground{fill:var(--land)}",
        *(
            f".s-streets .g-{kind}{{fill:var({'--lake' if kind == 'water' else f'--g-{kind}'});fill-rule:evenodd}}"
            for kind in LOOK.streets.areas
        ),
        ".s-streets .g-water{stroke:var(--lake)}",
        ".s-streets .g-building{stroke:var(--g-wall);stroke-width:0}",
        ".s-streets .w-river{stroke:var(--river)}",
        ".s-streets .w-coast{stroke:var(--coast)}",
        *(f".s-streets .w-{kind}{{stroke:var(--g-{kind})}}" for kind in _WAYS),
        ".s-streets .w-path,.s-streets .w-steps{stroke:var(--g-path)}",
        ".s-streets .w-steps,.s-streets .w-coast,.s-streets .w-river{stroke-linecap:butt}",
        ".g-own{fill:var(--accent);fill-opacity:.82;fill-rule:evenodd}",
        (
            ".s-street-names text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;"
            "font-weight:500;text-anchor:middle;fill:var(--g-place);stroke:var(--label-halo);stroke-width:3;"
            "stroke-linejoin:round;paint-order:stroke}"
        ),
        f"{','.join(f'.s-street-names .n-{kind}' for kind in _QUIET)}{{fill:var(--g-name)}}",
        ".s-street-names .n-green{fill:var(--g-green)}",
        ".s-street-names .n-station,.s-street-names .n-own{font-weight:600}",
        (
            ".s-street-names .n-water{font-family:Charter,'Iowan Old Style',Palatino,Georgia,serif;font-weight:400;"
            "font-style:italic;fill:var(--water-label);stroke:var(--water-halo)}"
        ),
        ".n-mark{fill:var(--g-place);stroke:var(--label-halo);stroke-width:2.4;paint-order:stroke}",
    ]
    return "".join(rules)


def _declare(values: dict[str, str]) -> str:
    return ";".join(f"{name}:{value}" for name, value in values.items())
