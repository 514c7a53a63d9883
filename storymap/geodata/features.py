"""What a file says, before it is a place or data on a map: one `Feature` per record, with where it is written.

The readers of the formats (`geojson`, `tables`, `vectors`) make them; `storymap.gazetteer.settling` settles them as
places, `storymap.geodata.datasets` as data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from storymap.earth.flaws import Flaw
from storymap.errors import Location

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WGS84 = "EPSG:4326"
"""The reference system of RFC 7946: longitude and latitude in degrees, in this order."""

LARGEST_FILE = 50_000_000
"""Bytes of the largest file that is read; a story map shows none of what is finer."""

MOST_FEATURES = 20_000
"""Features of one file of places. Every one of them becomes a page, so a whole register of addresses is a mistake."""

LONGEST_EXCERPT = 2_000
"""Characters of a line beyond which a mistake in it is told without the line."""


class Purpose(Struct, frozen=True):
    """What a file is read for, which decides how much of it is read, and what is said of one that does not serve it.

    `largest_file` is in bytes. `fewer` says how to have fewer features, `values_only` what a table without coordinates
    is for, and `nowhere` what to do about it.
    """

    largest_file: int
    most_features: int
    fewer: str
    values_only: str
    nowhere: str

    def advise_fewer(self) -> str:
        """What to do about a file with too many features."""
        return f"at most {self.most_features:,} are read; {self.fewer}"

    def advise_smaller(self) -> str:
        """What to do about a file that is too large."""
        return f"at most {self.largest_file / 1e6:.0f} MB are read"


PLACES = Purpose(
    LARGEST_FILE,
    MOST_FEATURES,
    "keep those that stories name",
    "the table holds values, no places: it has neither names nor coordinates",
    "take it out of geo/, where every file is one of places, and lay it beside the story that speaks of it",
)

DATA = Purpose(
    200_000_000,
    200_000,
    "keep those that the map shows, or gather them into areas",
    "the table holds values, no shapes",
    "join it to the shapes that its rows belong to: from: regions.geojson, join: {table: …, on: code}",
)


class Feature(Struct, frozen=True):
    """A record of a file of places, or of data that maps show.

    `geometry` is as written, in `crs`. `at` says where the feature stands and `geometry_at` where its coordinates do;
    `label` tells it from its neighbours in messages: its name, or "feature 3". `fallback_name` is what it may be called
    if it has no name of its own. `mended` is what was put right in its geometry. `lost` is why it is no place at all;
    its geometry is empty then. `layer` is the one of its file that it is in, empty where files have none.
    """

    geometry: BaseGeometry
    properties: Mapping[str, Any]
    at: Location
    geometry_at: Location
    label: str
    crs: str = WGS84
    id: str = ""
    fallback_name: str = ""
    mended: tuple[Flaw, ...] = ()
    lost: Flaw | None = None
    layer: str = ""
