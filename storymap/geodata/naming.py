"""Name the features of `geo/`: their names, ids and texts, from whatever columns or properties a file has."""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.language.tags import is_language, write_tag
from storymap.text.names import normalize_name, slugify_name
from storymap.text.slugs import is_device

NAME_KEYS = ("name", "title", "label", "place")
ALIAS_KEYS = ("aliases", "alias", "names", "alternative_names", "alt_name")
DESCRIPTION_KEYS = ("description", "desc", "cmt")
CATEGORY_KEYS = ("category", "type", "kind")
SOURCE_KEYS = ("source", "src", "credit")
COUNTRY_KEYS = ("country", "iso2", "country_code", "iso_a2")
_NAME_IN_LANGUAGE = re.compile(r"name[_:]([a-z]{2,3}(?:[-_][a-z0-9]{2,4}){0,2})")
_DATA = re.compile(r"data:[^\s\"'<>]{100,}")
"""A picture that stands in a description itself; what follows it is not to be cut off."""

_LONGEST_NAME = 200
_LONGEST_TEXT = 5_000
_MACHINE_IDS = re.compile(
    r"\d+"  # the key of some table
    r"|(?:id|fid|oid|gid|objectid|globalid|feat|feature|kml|placemark|node|way|relation)"
    r"(?:[\W_]+[\da-f]*\d[\da-f]*|\d+)"  # ID_00000, node/240109189
    r"|.+\.\d+"  # what GDAL and GeoServer write: the layer's name and a number
    r"|\{?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\}?|(?=[a-f]*\d)[\da-f]{12,}",
    re.IGNORECASE,
)
"""Ids that a program numbered: an address should say what is there."""


class Named(Protocol):
    """What can be looked up: a place, or a record that could not become one."""

    @property
    def id(self) -> str:
        """Unique among the places of a project."""
        ...

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def aliases(self) -> tuple[str, ...]:
        """What else it is called."""
        ...


NamedT = TypeVar("NamedT", bound=Named)
"""A `Place` or a `LostPlace`."""


class Naming(Struct, frozen=True):
    """What a feature says of itself, as text. `country` is as written; all but the id may be empty.

    `has_own_id` tells whether `id` was written in the file or made from the name. `names` are those in languages, by
    their tags.
    """

    id: str
    name: str
    has_own_id: bool
    aliases: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    country: str
    description: str
    category: str
    source: str


def name_feature(
    properties: Mapping[str, Any], *, feature_id: str = "", fallback: str = "", keys: Iterable[str] = NAME_KEYS
) -> Naming:
    """The naming of a feature with these properties; its name is empty where it has none.

    `feature_id` is the id that stands outside of the properties, `fallback` what the feature is called otherwise.
    `keys` are the properties that hold the name, in small letters: the first that is filled does.
    """
    texts = dict(_write_properties(properties))
    own_id = _choose_own_id(texts.get("id") or _keep_writable(feature_id))
    given = html.unescape(_first(texts, keys)) or _keep_writable(fallback) or own_id
    name = " ".join(given.split())[:_LONGEST_NAME]
    aliases = _split_aliases(_first(texts, ALIAS_KEYS))
    place_id = _make_id(own_id, name)
    if own_id and own_id != place_id:
        aliases.append(own_id)
    return Naming(
        id=place_id,
        name=name,
        has_own_id=bool(own_id) and place_id == slugify_name(own_id),
        aliases=tuple(dict.fromkeys(alias[:_LONGEST_NAME] for alias in aliases if alias and alias != name)),
        names=tuple(_find_names({**texts, **_spread_names(properties)})),
        country=_first(texts, COUNTRY_KEYS),
        description=_first(texts, DESCRIPTION_KEYS),
        category=_first(texts, CATEGORY_KEYS)[:_LONGEST_NAME],
        source=_first(texts, SOURCE_KEYS)[:1000],
    )


def index_names(places: Iterable[NamedT]) -> dict[str, tuple[NamedT, ...]]:
    """Places by normalised id, name and alias; a name proper comes before an alias of another place."""
    index: dict[str, tuple[NamedT, ...]] = {}
    everything = tuple(places)
    for number in range(3):
        found: dict[str, dict[int, NamedT]] = {}
        for place in everything:
            for spelling in ((place.id,), (place.name,), place.aliases)[number]:
                found.setdefault(normalize_name(spelling) or spelling, {})[id(place)] = place
        for key, same in found.items():
            index.setdefault(key, tuple(same.values()))
    return index


def settle_ids(named: Sequence[tuple[Naming, Location]], report: Report) -> tuple[str, ...]:
    """The id of each of `named`, no two the same; empty for one that was given the id of another, which is told.

    An id that was written in a file is kept; one that was made from a name gives way, with a number behind it.
    """
    owners: dict[str, int] = {}
    for number, (naming, _) in enumerate(named):
        if naming.has_own_id:
            owners.setdefault(naming.id, number)
    taken = set(owners)
    numbers: dict[str, int] = {}
    by_name: dict[str, tuple[str, Location]] = {}
    settled = []
    for number, (naming, at) in enumerate(named):
        place_id = naming.id
        if naming.has_own_id:
            owner = named[owners[place_id]]
            if owners[place_id] != number:
                report.warning(
                    "duplicate-place-id",
                    f'two places have the id "{place_id}": "{owner[0].name}" and "{naming.name}"',
                    at,
                    f"the other is in {owner[1]}; give one of them another id",
                )
                settled.append("")
                continue
        else:
            while place_id in taken:
                numbers[naming.id] = numbers.get(naming.id, 1) + 1
                place_id = f"{naming.id}-{numbers[naming.id]}"
            taken.add(place_id)
        key = normalize_name(naming.name)
        namesake = by_name.setdefault(key, (place_id, at))
        if namesake[0] != place_id:
            report.warning(
                "duplicate-place-name",
                f'two places are called "{naming.name}"',
                at,
                f'the other is in {namesake[1]}; stories reach them by id: "{namesake[0]}" and "{place_id}"',
            )
        settled.append(place_id)
    return tuple(settled)


def _write_properties(properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Properties as text, by lower-case key; the first of keys that differ only in case wins."""
    seen: set[str] = set()
    for key, value in properties.items():
        folded = str(key).strip().casefold()
        text = value if isinstance(value, str) else "" if value is None else _write_value(value)
        if folded not in seen and text.strip():
            seen.add(folded)
            yield folded, _keep_writable(_DATA.sub("", text.strip()))[:_LONGEST_TEXT]


def _keep_writable(text: str) -> str:
    """`text` without what no page can hold: half a surrogate pair, control characters other than line ends and tabs."""
    if text.isprintable():
        return text
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(character for character in whole if character in "\n\t" or unicodedata.category(character) != "Cc")


def _write_value(value: Any) -> str:
    """A property that is no text: a list of names by semicolons, a whole number without its decimals."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list | tuple) or type(value).__name__ == "ndarray":
        return ";".join(str(item) for item in value if isinstance(item, str | int | float))
    return "" if isinstance(value, dict) else str(value)


def _choose_own_id(written: str) -> str:
    """The id that the author gave; empty where a program did."""
    return "" if _MACHINE_IDS.fullmatch(written) else written


def _first(properties: Mapping[str, str], keys: Iterable[str]) -> str:
    return next((properties[key] for key in keys if properties.get(key)), "")


def _find_names(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names in languages: of `name_cs` as Natural Earth writes it, or `name:cs` as OpenStreetMap does."""
    for key, text in texts.items():
        found = _NAME_IN_LANGUAGE.fullmatch(key)
        if found and is_language(tag := found[1].replace("_", "-")):
            yield write_tag(tag), " ".join(html.unescape(text).split())[:_LONGEST_NAME]


def _spread_names(properties: Mapping[str, Any]) -> dict[str, str]:
    """What GeoJSON says as `"names": {"cs": …}`, as `name_cs`."""
    told = ((str(key).casefold(), value) for key, value in properties.items())
    names = next((value for key, value in told if key == "names" and isinstance(value, Mapping)), {})
    return {f"name_{key}": text for key, text in _write_properties(names)}


def _split_aliases(written: str) -> list[str]:
    """Alternative names: parted by semicolons or bars, or a list as JSON, as which some formats carry lists."""
    if written.startswith("["):
        try:
            return [str(alias).strip() for alias in json.loads(written)]
        except (ValueError, RecursionError):
            written = written.strip("[]")
    return [alias.strip() for alias in written.replace("|", ";").split(";")]


def _make_id(written: str, name: str) -> str:
    """An id for addresses: the written one or the name as a slug; a digest where neither has a letter or a digit."""
    slug = slugify_name(written) or slugify_name(name)
    if not slug:
        slug = "place-" + hashlib.sha256(normalize_name(name).encode()).hexdigest()[:8]
    return f"{slug}-place" if is_device(slug) or slug == "index" else slug
