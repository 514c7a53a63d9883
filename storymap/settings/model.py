"""Every key of a site's settings, with its default, its meaning and what it may hold: `Settings`.

The table of the guide and the JSON Schema are made from the descriptions and examples here.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from storymap.errors import Verdict
from storymap.mistakes.catalogue import advise_code, load_mistakes
from storymap.model.ground import Borders, GroundDetail, Names
from storymap.model.layer import SiteLine
from storymap.settings.hosts import HOST, check_host, find_host
from storymap.validation import refuse

Pages = Literal["used", "all"]
Cards = Literal["none", "stories", "pages", "steps"]
Pictures = Literal["scaled", "original"]
Fonts = Literal["bundled", "system"]
_LANG = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_URL = r"""https?://[^\s<>"']+"""
_HOOK = r"[A-Za-z_][\w.]*:[A-Za-z_]\w*"
_TILES = (
    r"^(?:[^{/]*"  # a name, or an archive at the root of the project
    r"|\s*https?://(?=.*\{z\})(?=.*\{x\})(?=.*\{y\}).*"  # an address
    r"|(?![A-Za-z][A-Za-z0-9+.-]*:)(?![/~])(?!(?:.*/)?\.\.(?:/|$))"  # a path in the project
    r"(?:[^{]*|(?=.*\{z\})(?=.*\{x\})(?=.*\{-?y\}).*))$"
)


def _check_lang(tag: str) -> str:
    if not re.fullmatch(_LANG, tag):
        raise refuse('should be a language code, such as "en", "cs" or "pt-BR"')
    return tag


def _check_url(text: str) -> str:
    if text and not re.fullmatch(_URL, text):
        raise refuse("must start with https:// or http://")
    return text.rstrip("/")


def _check_cname(text: str, info: ValidationInfo) -> str:
    host, other = check_host(text), find_host(info.data.get("url", ""))
    if host and other and host != other:
        raise refuse(f'is another host than that of url, "{other}"', help="give the same in both, or leave out url")
    return host


def _check_hook(text: str) -> str:
    if text and not re.fullmatch(_HOOK, text):
        raise refuse('must name a Python function as "module:function"')
    return text


def _check_code(code: str) -> str:
    if code not in load_mistakes():
        raise refuse(f'no check has the code "{code}"', help=advise_code(code), is_whole=True)
    return code


def _list_names(names: Any) -> Any:
    return (names,) if isinstance(names, str) else names


def _check_encoding(name: str) -> str:
    try:
        if name:
            "".encode(name)
    except LookupError:
        raise refuse('should be an encoding, such as "windows-1250" or "utf-8"') from None
    return name


class GeoFile(BaseModel):
    """What a site can be told of one file of `geo/`."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", str_strip_whitespace=True)

    name: Annotated[
        tuple[str, ...],
        BeforeValidator(_list_names),
        WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
    ] = Field(
        (),
        description="The column, or property, that holds the names; of several the first that a layer has.",
        examples=["nazev", ["nazev", "jmeno"]],
    )
    encoding: Annotated[str, AfterValidator(_check_encoding)] = Field(
        "",
        description="How the texts of a table or a shapefile are encoded, where the file does not say it and is not in "
        "UTF-8.",
        examples=["windows-1250"],
    )
    crs: str = Field(
        "",
        description="The reference system of its coordinates, where the file does not say it and is not in degrees.",
        examples=["EPSG:5514"],
    )


class GroundSettings(BaseModel):
    """Which of today's borders and names the maps of a site show."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", str_strip_whitespace=True)

    borders: Borders = Field("all", description="Borders of countries and regions.", examples=["none"])
    names: Names = Field("all", description="Names of countries, settlements and waters.", examples=["none", "water"])

    @property
    def detail(self) -> GroundDetail:
        """The same as maps have it."""
        return GroundDetail(self.borders, self.names)


class Category(BaseModel):
    """How the places of a category are marked."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", str_strip_whitespace=True)

    color: str = Field(
        description="The colour of their markers, `#rrggbb` or a name of CSS. In the dark it is lightened where it "
        "would not be seen.",
        examples=["#7a3b8f", "darkgreen"],
    )
    symbol: str = Field(
        "",
        description="The symbol in their markers: the name of an icon of Maki.",
        examples=["museum"],
    )
    title: str = Field(
        "",
        max_length=100,
        description="What the key of a map calls them; without it, the category itself.",
        examples=["Museums"],
    )


class SiteLanguage(BaseModel):
    """What a site is called in another language."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", str_strip_whitespace=True)

    title: str = Field("", max_length=200, description="The site's name.", examples=["Nad Atlantikem"])
    description: str = Field(
        "",
        max_length=1000,
        description="One or two sentences under that title.",
        examples=["První let přes oceán bez zastávky, vyprávěný na mapě."],
    )


class Settings(BaseModel):
    """Everything a site can be told; each key has a default, so that an empty file is a valid one."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", str_strip_whitespace=True)

    title: str = Field(
        "Story maps",
        min_length=1,
        max_length=200,
        description="The site's name, on every page.",
        examples=["Over the Atlantic"],
        json_schema_extra={"pattern": r"\S"},
    )
    description: str = Field(
        "",
        max_length=1000,
        description="One or two sentences under the title of the atlas.",
        examples=["The first flight across the ocean without a stop, told on a map."],
    )
    lang: Annotated[str, AfterValidator(_check_lang)] = Field(
        "en",
        description="Language of stories that name none, as a BCP 47 tag.",
        examples=["en", "cs", "pt-BR"],
        json_schema_extra={"pattern": rf"^\s*{_LANG}\s*$"},
    )
    languages: dict[Annotated[str, AfterValidator(_check_lang)], SiteLanguage] = Field(
        default_factory=dict,
        description="What the site is called in other languages, by their BCP 47 tags: `title` and `description`. Its "
        "readers of each have a first page of their own, as those of every language into which a story is translated.",
        examples=[{"cs": {"title": "Nad Atlantikem"}}],
    )
    url: Annotated[str, AfterValidator(_check_url)] = Field(
        "",
        description="Where the site will stand. With it, pages can be shared as cards, and the site has feeds, "
        "sitemap.xml and robots.txt.",
        examples=["https://example.org/atlantic"],
        json_schema_extra={"pattern": rf"^\s*({_URL})?\s*$"},
    )
    cname: Annotated[str, AfterValidator(_check_cname)] = Field(
        "",
        description="A domain of your own for a site on GitHub Pages and hosts like it: the name that the file CNAME "
        "tells them. It is also the `url`, if that is not set.",
        examples=["walks.example.org"],
        json_schema_extra={"pattern": rf"^\s*({HOST})?\s*$"},
    )
    line: SiteLine = Field(
        "none",
        description="How successive places of a story are joined, where the story does not say.",
        examples=["great-circle"],
    )
    ground: GroundSettings = Field(
        GroundSettings(),
        description="Which of today's borders and names all maps show, for sites of an earlier time: `borders` are "
        '"all" or "none", `names` are "all", "water" or "none". A story may say otherwise.',
        examples=[{"borders": "none", "names": "none"}],
    )
    tiles: str = Field(
        "",
        description="Map tiles over the drawn map. Tiles of your own need no network: the path of their folder, with "
        "{z}, {x} and {y} ({-y} where rows count from the south), or of a .pmtiles or .mbtiles file in the project. Or "
        'opt in to those of a server: an xyzservices name such as "OpenStreetMap.Mapnik", or an address with {z}, {x} '
        "and {y}.",
        examples=[
            "tiles/{z}/{x}/{y}.png",
            "old-map.mbtiles",
            "OpenStreetMap.Mapnik",
            "https://tiles.example.org/{z}/{x}/{y}.png",
        ],
        json_schema_extra={"pattern": _TILES},
    )
    tiles_attribution: str = Field(
        "",
        description="Who must be credited for the tiles. Tiles at an address need it; archives of your own may say it "
        "themselves.",
        examples=["© OpenStreetMap contributors"],
    )
    downloads: bool = Field(
        default=False,
        strict=True,
        description="Whether the page of each story offers its places and tracks as files: GeoJSON, KML, GPX, CSV and "
        "Linked Places. A story may say otherwise.",
        examples=[True],
    )
    embeds: bool = Field(
        default=True,
        strict=True,
        description="Whether a link to a film or a post elsewhere that has a paragraph of its own becomes a card, "
        "which loads it when a reader presses it, and not before. Without it, it stays a link.",
        examples=[False],
    )
    guide: bool = Field(
        default=False,
        strict=True,
        description="Whether the site carries the guide for authors, under guide/.",
        examples=[True],
    )
    search: bool = Field(
        default=True,
        strict=True,
        description="Whether readers can search the site. The search works from disk and asks nobody.",
        examples=[False],
    )
    pages: Pages = Field(
        "used",
        description='Which places of geo/ have a page: those that a story goes to or links to ("used"), or "all".',
        examples=["all"],
    )
    pictures: Pictures = Field(
        "scaled",
        description="Whether pictures are published in the sizes that screens show, none larger than 2560 pixels a "
        'side ("scaled"), or as they are ("original").',
        examples=["original"],
    )
    fonts: Fonts = Field(
        "bundled",
        description='What pages are set in: faces that the site carries in `assets/fonts/` ("bundled"), or fonts of '
        'each reader\'s system ("system").',
        examples=["system"],
    )
    cards: Cards = Field(
        "pages",
        description="What has a card, a picture of its map and title for where a link to it is shown, once `url` is "
        'known: "stories" and the first page, all "pages", "steps" too, or "none".',
        examples=["stories"],
    )
    map_hook: Annotated[str, AfterValidator(_check_hook)] = Field(
        "",
        description='A Python function of this project, as "module:function", that gets every folium.Map and the story '
        "or None, and may add any Folium element to it. A third parameter gets None, and then each step of the story.",
        examples=["map_extras:add_minimap"],
        json_schema_extra={"pattern": rf"^\s*({_HOOK})?\s*$"},
    )
    geo: dict[str, GeoFile] = Field(
        default_factory=dict,
        description="What to know of single files of `geo/`, by their paths in it: `name` is the column, or a list of "
        "columns, with the names, `encoding` how the texts of a table or a shapefile are encoded if not in UTF-8, "
        "`crs` the reference system of its coordinates if they are no degrees.",
        examples=[{"rivers.gpkg": {"name": "nazev"}, "mills.csv": {"encoding": "windows-1250"}}],
    )
    layers: dict[str, Any] = Field(
        default_factory=dict,
        description="Data of the site's own, under names by which the steps of every story show it, with the keys that "
        "a layer has in front matter.",
        examples=[{"regions": {"from": "regions.geojson", "color": {"by": "price", "palette": "oranges"}}}],
    )
    categories: dict[str, Category] = Field(
        default_factory=dict,
        description="How places are marked whose `category` is one of these, in large letters or small: `color` of the "
        "marker, `symbol` in it, the name of an icon of Maki (https://labs.mapbox.com/maki-icons/), and `title` in the "
        "key of the map. Layers of data that are coloured by a column with these values have the same colours.",
        examples=[{"museum": {"symbol": "museum", "color": "#7a3b8f", "title": "Museums"}}],
    )
    checks: dict[Annotated[str, AfterValidator(_check_code)], Verdict] = Field(
        default_factory=dict,
        description='What becomes of each mistake, by its code: "error", which keeps the site from being written, '
        '"warning" or "off". storymap explain lists the codes.',
        examples=[{"missing-alt": "error"}],
    )

    @model_validator(mode="before")
    @classmethod
    def _stand_at_cname(cls, values: Any) -> Any:
        """A site with a domain of its own stands there, if it does not say where."""
        if not isinstance(values, dict) or values.get("url") or not isinstance(values.get("cname"), str):
            return values
        host = find_host(f"https://{values['cname'].strip()}")
        return {**values, "url": f"https://{host}"} if host else values
