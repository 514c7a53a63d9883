"""Map tiles from elsewhere, when a site opts in: a provider's name or a URL template becomes a layer."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from storymap.errors import Location, Report
from storymap.layers.tiles import Tiles
from storymap.settings.model import Settings
from storymap.text.suggesting import ask_nearest
from storymap.tilesets.naming import names_own_tiles

REFERER_HOSTS = ("openstreetmap.org", "openstreetmap.fr", "openstreetmap.de")
"""Hosts whose tile servers refuse a request without a Referer, which a page opened from disk cannot send."""


def find_tiles(settings: Settings, at: Location, report: Report) -> Tiles | None:
    """The tiles of a provider that `settings` ask for; None for none, or for some that cannot be used (reported).

    Those that lie in the project are found by `storymap.resolving.own_tiles`.
    """
    if not settings.tiles or names_own_tiles(settings.tiles):
        return None
    if "{" in settings.tiles or "/" in settings.tiles:
        return _from_template(settings, at, report)
    return _from_name(settings, at, report)


def _from_template(settings: Settings, at: Location, report: Report) -> Tiles | None:
    missing = [part for part in ("{z}", "{x}", "{y}") if part not in settings.tiles]
    if missing or not settings.tiles.startswith(("https://", "http://")):
        report.error(
            "bad-tiles",
            f'"{settings.tiles}" is no template of tile addresses'
            + (f": {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing" if missing else ""),
            at,
            help="write https://, a host, and {z}, {x} and {y} where the numbers of a tile belong; "
            "or the path of tiles in the project, such as tiles/{z}/{x}/{y}.png",
        )
        return None
    if not settings.tiles_attribution:
        report.error(
            "missing-attribution",
            "tiles need the credit that their provider asks for",
            at,
            help='add: tiles_attribution = "© …"',
        )
        return None
    return _make_tiles(settings.tiles, attribution=settings.tiles_attribution, max_zoom=18, subdomains="abc")


def _from_name(settings: Settings, at: Location, report: Report) -> Tiles | None:
    import xyzservices.providers

    known = xyzservices.providers.flatten()
    try:
        provider = xyzservices.providers.query_name(settings.tiles)
    except ValueError:
        advice = 'write a name such as "OpenStreetMap.Mapnik", or an address or a path with {z}, {x} and {y}'
        suggestion = ask_nearest(settings.tiles, sorted(known), otherwise=advice)
        report.error("unknown-tiles", f'no tiles are named "{settings.tiles}"', at, help=suggestion)
        return None
    if provider.requires_token():
        report.error(
            "tiles-need-key",
            f'"{settings.tiles}" needs an account and a key',
            at,
            help='use tiles without one, such as "OpenStreetMap.Mapnik", or the drawn map alone',
        )
        return None
    url = re.sub(
        r"\{(\w+)\}",
        lambda found: found[0] if found[1] in {"s", "x", "y", "z"} else str(provider.get(found[1], "")),
        provider.url,
    )
    credit = html.unescape(re.sub(r"<[^>]*>", "", str(provider.get("html_attribution", provider.attribution))))
    return _make_tiles(
        url,
        attribution=credit,
        max_zoom=int(provider.get("max_zoom", 18)),
        subdomains=str(provider.get("subdomains", "abc")),
    )


def _make_tiles(url: str, *, attribution: str, max_zoom: int, subdomains: str) -> Tiles:
    host = urlsplit(url.replace("{s}.", "")).hostname or ""
    return Tiles(url, attribution, max_zoom, subdomains, needs_referer=host.endswith(REFERER_HOSTS))
