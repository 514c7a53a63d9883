"""What the built-in gazetteer knows: towns, countries and regions, as frozen values."""

from __future__ import annotations

from msgspec import Struct

from storymap.model.place import Bounds, LonLat
from storymap.text.names import normalize_name


class Settlement(Struct, frozen=True):
    """A town of GeoNames. `region` is the code of its state or province, `population` has two significant digits."""

    id: int
    name: str
    point: LonLat
    country: str
    region: str
    population: int
    is_capital: bool

    @property
    def key(self) -> str:
        """Its name in the form in which names are compared."""
        return normalize_name(self.name)


class Country(Struct, frozen=True):
    """A country or territory with an ISO 3166 code. `bounds` frame its main land; `point` is where a label stands."""

    iso2: str
    iso3: str
    name: str
    capital: str
    point: LonLat
    bounds: Bounds


class NamedRegion(Struct, frozen=True):
    """A region, island, water or mountain that the world knows by name.

    `kind` is what it is, as "sea"; `countries` are ISO codes, empty where it is too many countries' or none's. `bounds`
    frame it, `point` is where a label stands; `has_outline` says whether the built-in data draw it.
    """

    id: int
    name: str
    kind: str
    countries: tuple[str, ...]
    point: LonLat
    bounds: Bounds
    has_outline: bool
