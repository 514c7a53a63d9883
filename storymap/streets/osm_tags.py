"""What a thing of OpenStreetMap is on a map of streets, by its tags.

The tags are those of the wiki's "Map features"; what a quiet map under a story has no use for is nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from storymap.streets.features import AreaKind, LineKind, PointKind

Tags = Mapping[str, str]

AREA_KEYS = ("building", "natural", "landuse", "leisure", "waterway", "amenity", "place", "highway", "man_made")
LINE_KEYS = ("highway", "railway", "waterway", "natural", "man_made")
POINT_KEYS = ("place", "railway", "tourism", "historic", "amenity", "station")


class Drawn(NamedTuple):
    """How a thing is drawn: its kind as an area or a line, and the rank that it has among them."""

    kind: AreaKind | LineKind
    rank: int = 0


class Named(NamedTuple):
    """How a thing is named where its name stands by itself."""

    kind: PointKind
    rank: int


_AREAS: Mapping[str, Mapping[str, AreaKind]] = {
    "natural": {
        "water": "water",
        "wood": "wood",
        "grassland": "grass",
        "scrub": "grass",
        "heath": "grass",
        "wetland": "grass",
        "beach": "sand",
        "sand": "sand",
        "shingle": "sand",
    },
    "waterway": {"riverbank": "water", "dock": "water"},
    "landuse": {
        "reservoir": "water",
        "basin": "water",
        "forest": "wood",
        "cemetery": "park",
        "recreation_ground": "park",
        "village_green": "park",
        "allotments": "park",
        "grass": "grass",
        "meadow": "grass",
        "orchard": "grass",
        "vineyard": "grass",
        "flowerbed": "grass",
        "greenfield": "grass",
        "residential": "built",
        "commercial": "built",
        "retail": "built",
        "education": "built",
        "institutional": "built",
        "industrial": "industrial",
        "railway": "industrial",
        "port": "industrial",
    },
    "leisure": {
        "park": "park",
        "garden": "park",
        "golf_course": "park",
        "dog_park": "park",
        "pitch": "grass",
        "playground": "grass",
        "common": "park",
        "marina": "water",
    },
    "amenity": {
        "university": "built",
        "school": "built",
        "college": "built",
        "hospital": "built",
        "grave_yard": "park",
    },
    "place": {"square": "square"},
    "man_made": {"pier": "square", "breakwater": "square", "groyne": "square"},
}

_BUILDINGS_NOT = frozenset({"no", "proposed", "construction", "demolished"})

_ON_GROUND = frozenset({"surface", "overground", "overhead", "roof", "rooftop"})

_RISING = ("building:levels", "height", "roof:levels")
"""Keys of what stands out of the ground, by which a building that is drawn below a bridge is told from a cellar."""

_NOTHING = frozenset({"", "0", "0.0"})

_LINES: Mapping[str, Mapping[str, Drawn]] = {
    "highway": {
        "motorway": Drawn("major"),
        "trunk": Drawn("major"),
        "motorway_link": Drawn("major", 1),
        "trunk_link": Drawn("major", 1),
        "primary": Drawn("main"),
        "secondary": Drawn("main", 1),
        "primary_link": Drawn("main", 1),
        "secondary_link": Drawn("main", 1),
        "tertiary": Drawn("collector"),
        "tertiary_link": Drawn("collector"),
        "residential": Drawn("minor"),
        "unclassified": Drawn("minor"),
        "living_street": Drawn("minor"),
        "pedestrian": Drawn("minor"),
        "road": Drawn("minor"),
        "busway": Drawn("service"),
        "service": Drawn("service"),
        "track": Drawn("service", 1),
        "footway": Drawn("path"),
        "path": Drawn("path"),
        "cycleway": Drawn("path"),
        "bridleway": Drawn("path"),
        "steps": Drawn("steps"),
    },
    "railway": {
        "rail": Drawn("rail"),
        "light_rail": Drawn("rail"),
        "narrow_gauge": Drawn("rail"),
        "funicular": Drawn("rail"),
        "monorail": Drawn("rail"),
        "subway": Drawn("rail"),
        "tram": Drawn("tram"),
    },
    "waterway": {
        "river": Drawn("river"),
        "canal": Drawn("river", 1),
        "stream": Drawn("river", 2),
        "ditch": Drawn("river", 3),
        "drain": Drawn("river", 3),
    },
    "natural": {"coastline": Drawn("coast")},
    "man_made": {"pier": Drawn("path"), "breakwater": Drawn("path"), "groyne": Drawn("path")},
}

_ASIDE = {
    "service": {"parking_aisle": 2, "driveway": 2, "drive-through": 2, "siding": 2, "yard": 2, "spur": 1, "alley": 1},
    "footway": {"sidewalk": 3, "crossing": 3, "traffic_island": 3, "access_aisle": 3},
    "cycleway": {"sidewalk": 3, "crossing": 3},
}
"""How much less than others of their kind such ways are; those of `HIDDEN` are not drawn beside their streets."""

HIDDEN = 3

_PLACES: Mapping[str, Named] = {
    "suburb": Named("suburb", 0),
    "borough": Named("suburb", 0),
    "quarter": Named("quarter", 0),
    "neighbourhood": Named("quarter", 1),
    "square": Named("plaza", 0),
}

_SIGHTS: Mapping[str, Mapping[str, int]] = {
    "tourism": {"museum": 0, "attraction": 1, "gallery": 1, "viewpoint": 2, "zoo": 0},
    "historic": {"castle": 0, "fort": 0, "palace": 0, "monument": 1, "ruins": 1, "city_gate": 1, "memorial": 2},
    "amenity": {
        "townhall": 1,
        "theatre": 1,
        "university": 1,
        "library": 1,
        "place_of_worship": 1,
        "courthouse": 1,
        "arts_centre": 2,
        "college": 2,
        "hospital": 2,
        "concert_hall": 1,
        "prison": 2,
    },
}
"""Buildings and places by which people find their way, and how soon each is named."""

_NAMED_AREAS: Mapping[str, PointKind] = {"water": "lake", "park": "garden", "wood": "garden"}

_UNKNOWN = 2
"""How much later a sight is named of which no encyclopedia has heard."""


def read_tags(thing: Any) -> dict[str, str]:
    """The tags of a thing of osmium; those whose letters are no text, as only a forged file has, are left out."""
    try:
        return {tag.k: tag.v for tag in thing.tags}
    except UnicodeDecodeError:
        return dict(_list_legible(thing))


def _list_legible(thing: Any) -> Iterator[tuple[str, str]]:
    following = iter(thing.tags)
    for _ in range(len(thing.tags)):
        with contextlib.suppress(UnicodeDecodeError):
            tag = next(following)
            yield tag.k, tag.v


def draw_area(tags: Tags, *, from_line: bool) -> Drawn | None:
    """How an area is drawn; `from_line` says that it is a closed line, which may be meant as one."""
    if _is_covered(tags):
        return None
    building = tags.get("building")
    if building and building not in _BUILDINGS_NOT:
        return None if _is_below(tags) else Drawn("building", 1 - _is_known(tags))
    if tags.get("highway") and (not from_line or tags.get("area") == "yes"):
        return None if _is_below(tags) else Drawn("square")
    for key, kinds in _AREAS.items():
        kind = kinds.get(tags.get(key, ""))
        if kind:
            return Drawn(kind)
    return None


def draw_line(tags: Tags) -> Drawn | None:
    """How a line is drawn."""
    if tags.get("area") == "yes":
        return None
    for key, kinds in _LINES.items():
        drawn = kinds.get(tags.get(key, ""))
        if drawn:
            rank = max((ranks.get(tags.get(word, ""), 0) for word, ranks in _ASIDE.items()), default=0)
            return Drawn(drawn.kind, max(drawn.rank, rank))
    return None


def name_point(tags: Tags) -> Named | None:
    """How a thing with a name of its own is named."""
    if tags.get("railway") in ("station", "halt"):
        return Named("station", _rank_station(tags))
    place = _PLACES.get(tags.get("place", ""))
    if place:
        return place
    for key, ranks in _SIGHTS.items():
        rank = ranks.get(tags.get(key, ""))
        if rank is not None:
            return Named("landmark", rank if _is_known(tags) else rank + _UNKNOWN)
    return Named("landmark", 2) if tags.get("building") and _is_known(tags) else None


def _rank_station(tags: Tags) -> int:
    """0 where trains stop, 1 for what runs within a city, 2 for the stops of trams, of which a street has many."""
    if tags.get("train") == "yes":
        return 0
    if tags.get("tram") == "yes" and tags.get("subway") != "yes":
        return 2
    return int("yes" in (tags.get("subway"), tags.get("light_rail")) or tags.get("station", "train") != "train")


def name_area(tags: Tags) -> Named | None:
    """How a point is named that stands for an area, as tiles have them beside areas without names."""
    drawn = draw_area(tags, from_line=False)
    kind: PointKind | None = _NAMED_AREAS.get(drawn.kind) if drawn else None
    return Named(kind, 0) if kind else None


def tell_level(tags: Tags) -> int:
    """-1 in a tunnel, 1 on a bridge, else 0."""
    if _is_covered(tags) or (tags.get("railway") == "subway" and tags.get("layer", "0").startswith("-")):
        return -1
    return int(tags.get("bridge", "no") != "no")


def _is_covered(tags: Tags) -> bool:
    """Whether a thing says that the ground lies over it."""
    return tags.get("location") == "underground" or tags.get("tunnel", "no") != "no"


def _is_below(tags: Tags) -> bool:
    """Whether a thing lies in layers or levels that are all below the ground, as the halls of a subway do.

    What has storeys above the ground, or says that it is there, stands on it whatever lies over it.
    """
    if tags.get("location") in _ON_GROUND or any(tags.get(key, "0") not in _NOTHING for key in _RISING):
        return False
    levels = tags.get("level", "").split(";")
    return tags.get("layer", "").startswith("-") or all(level.strip().startswith("-") for level in levels)


def _is_known(tags: Tags) -> bool:
    return "wikidata" in tags or "wikipedia" in tags
