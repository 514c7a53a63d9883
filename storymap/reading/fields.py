"""The keys an author may write: `FrontMatter` for a story, `StepFields` for a step, with meanings and examples.

The guide's tables and the JSON schemas are made from the descriptions and examples here. What a value may be is said in
`values`; `field_reading` makes the models from YAML.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from storymap.errors import Location
from storymap.reading.compare_fields import Compared, ComparedFields
from storymap.reading.cover_fields import Cover, Credits
from storymap.reading.dates import EXAMPLES
from storymap.reading.ground_fields import Ground
from storymap.reading.image_fields import Image, ImageFields
from storymap.reading.layer_fields import Layers, ShownLayers
from storymap.reading.map_fields import Map
from storymap.reading.route_fields import Routes
from storymap.reading.track_fields import Track
from storymap.reading.values import (
    MAX_ZOOM,
    Date,
    Day,
    Extra,
    Flag,
    Lang,
    Line,
    Marks,
    Order,
    Pair,
    Places,
    StepId,
    Text,
    Texts,
    ViewBounds,
    Zoom,
)
from storymap.reading.yaml_mapping import Path, YamlMapping


class WrittenFields(BaseModel):
    """Fields as an author wrote them, with the place of each in the file.

    The models of fields are built when they are first asked, as most stories need few of them.
    """

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

    _at: Location = PrivateAttr(default_factory=lambda: Location(""))
    _keys_at: Mapping[Path, Location] = PrivateAttr(default_factory=dict)
    _values_at: Mapping[Path, Location] = PrivateAttr(default_factory=dict)

    def where(self, *path: str | int) -> Location:
        """Where a value stands: `where("place", 1)`; where it was not written, its parent's place or the block's."""
        while path:
            if found := self._values_at.get(path):
                return found
            path = path[:-1]
        return self._at

    def where_key(self, *path: str | int) -> Location:
        """Where a key stands; where it was not written, the block's place."""
        return self._keys_at.get(path, self._at)

    def wrote(self, *path: str | int) -> bool:
        """Whether the author wrote the key at `path`."""
        return path in self._keys_at

    def placed(self, mapping: YamlMapping, at: Location) -> Self:
        """Note where the values stand; called once, when they are read."""
        self._at, self._keys_at, self._values_at = at, mapping.keys_at, mapping.values_at
        return self


class FrontMatter(WrittenFields):
    """What stands between the two `---` lines at the top of a story."""

    title: Text | None = Field(
        None,
        description="The story's name, on its page and its card. Without it, a `# heading` at the top names the story.",
        examples=["A declaration by telephone"],
    )
    summary: Text | None = Field(
        None,
        description="One sentence that says what the story is about, for its card and for feeds.",
        examples=["Prague and Washington agree on 5G without meeting."],
    )
    date: Date | None = Field(
        None,
        description="When it happened, in ISO 8601 or EDTF: a day, a month, a year or a span. "
        "Stories without `order` stand in the order of their dates.",
        examples=list(EXAMPLES),
    )
    published: Day | None = Field(
        None,
        description="The day on which the story was published, for feeds, search engines and citations. `date` is when "
        "it happened, and stands for it nowhere else.",
        examples=["2026-11-27"],
    )
    updated: Day | None = Field(
        None,
        description="The day on which the story was last changed so that readers should know, for feeds and search "
        "engines.",
        examples=["2026-12-01"],
    )
    lang: Lang | None = Field(
        None,
        description="The language that the story is written in, as a BCP 47 tag. Without it, it is the site's.",
        examples=["en", "cs", "pt-BR"],
    )
    author: Texts | None = Field(
        None,
        description="Who wrote the story: a name or a list of names.",
        examples=["Jana Nováková", "[Jana Nováková, John Smith]"],
    )
    authors: Texts | None = Field(
        None,
        description="The same as `author`, for those who write several names.",
        examples=["[Jana Nováková, John Smith]"],
    )
    tags: Texts | None = Field(
        None,
        description="What the story is about, in a word or two each: every tag has a page with its stories.",
        examples=["migration", "[migration, railways]"],
    )
    translates: Marks | None = Field(
        None,
        description="In an edition in another language, which state of the original it translates: a mark for each "
        "part, as `storymap new story --translates` writes them. `check` tells which parts have changed since.",
        examples=["3f2a9c 77be12 0d41aa"],
    )
    draft: Flag = Field(
        default=False,
        description="Keep the story out of the site until it is finished; `--drafts` shows it.",
        examples=["true"],
    )
    aliases: Texts | None = Field(
        None,
        description="Earlier names of the story's page: each leaves a page that leads to the present one.",
        examples=["[prague-call]"],
    )
    line: Line | None = Field(
        None,
        description="How the places of successive steps are joined: by the shortest way over the globe, by a line that "
        "is straight on the map, along the `track` of the story, or not at all. Without it, a story with a `track` is "
        "joined along that, and for others the site's setting decides.",
        examples=["great-circle", "route"],
    )
    track: Track | None = Field(
        None,
        description="A recorded way that the lines between the places of the story follow: a file, one leg of it, or "
        "the part between two of its points.",
        examples=["ride.gpx", "{file: ride.gpx, leg: 2}"],
    )
    routes: Routes = Field(
        default_factory=dict,
        description="Named ways, each in a colour of its own: a track, or a list of places. They grow as one reads, "
        "the key names them, and a reader can choose one.",
        examples=["{By sea: [Lisbon, Funchal], On foot: walk.gpx}", '{Scott: {track: scott.gpx, color: "#2f6f9f"}}'],
    )
    order: Order | None = Field(
        None,
        description="Where the story stands among the others, lowest first. Without it, the dates decide.",
        examples=["1"],
    )
    lead: Flag = Field(
        default=False,
        description="Whether the story stands first and large on the atlas. Without it, of more than six stories the "
        "newest does by `published` or else by `date`, or the first where its `order` is written.",
        examples=["true"],
    )
    cover: Cover | None = Field(
        None,
        description="The picture of the story's card: a file that lies beside the story. The card shows the middle of "
        "it as a small square. With `alt`, what it shows, it stands at the head of the story, too.",
        examples=["museum.jpg", '{file: museum.jpg, alt: The lit front of the museum, credit: "Jana N., CC0"}'],
    )
    credits: Credits = Field(
        default_factory=dict,
        description="Whose the pictures, sounds, films and data are that the story shows, by the names of their files: "
        "a text, or `author`, `licence` and `source`. Captions show it, and the page with all credits.",
        examples=["{museum.jpg: Jana Nováková}", "{museum.jpg: {author: Jana Nováková, licence: CC BY 4.0}}"],
    )
    downloads: Flag | None = Field(
        None,
        description="Offer the places and tracks of the story as files at the end of its page: GeoJSON, KML, GPX, CSV "
        "and Linked Places. Without it, the site's setting decides.",
        examples=["true"],
    )
    ground: Ground | None = Field(
        None,
        description="Which of today's borders and names the map shows, for stories of an earlier time. "
        "Without it, the site's setting decides.",
        examples=["{borders: none, names: none}", "{names: water}"],
    )
    map: Map | None = Field(
        None,
        description="A picture that the story is told on, instead of the earth: a painting, a plan, a panorama. A "
        "`place` is then a spot of it, in per cent of its width and height or in pixels, from the upper left corner.",
        examples=['{image: painting.jpg, title: "The Ambassadors, 1533"}'],
    )
    layers: Layers = Field(
        default_factory=dict,
        description="Data of your own, each under a name by which steps show it: areas, lines or points of a file.",
        examples=["{regions: {from: regions.geojson}}"],
    )
    extra: Extra = Field(
        default_factory=dict,
        description="Keys of your own, which the site ignores and Python code can read.",
        examples=["{mood: calm}"],
    )

    @property
    def cover_file(self) -> str:
        """The name of its cover, or empty."""
        return self.cover.file if self.cover else ""


class StepFields(WrittenFields):
    """The `key: value` lines directly under a step's heading."""

    place: Places | None = Field(
        None,
        description="Where it happens: a name from `geo/`, a city, a country, an island, `latitude, longitude`, a "
        "`geo:` URI, a photograph that knows where it was taken, or a list of them. In a story on a picture it is a "
        "spot of that: `34%, 52%` or `1360px, 940px`. Without it, the map stays where it was.",
        examples=["Prague National Museum", "[Prague, Washington]", "50.0790, 14.4306", "IMG_1004.JPG"],
    )
    date: Date | None = Field(
        None,
        description="When it happened, in ISO 8601 or EDTF: a day, a month, a year or a span. Without it, it is when "
        "the photograph was taken that `place` names.",
        examples=list(EXAMPLES),
    )
    zoom: Zoom | None = Field(
        None,
        description=f"How close the map comes: 0 is the world, 5 a country, 9 a city, {MAX_ZOOM} a house; on a picture "
        "0 is all of it, and each one more is twice as close. "
        "Without it, all places of the step are just in view.",
        examples=["9"],
    )
    center: Pair | None = Field(
        None,
        description="What the map looks at, latitude first, if that is not where the places are.",
        examples=["50.0790, 14.4306"],
    )
    bounds: ViewBounds | None = Field(
        None,
        description="What the map has to show: west, south, east, north. A west above the east crosses 180°. In a "
        "story on a picture left, top, right, bottom in pixels.",
        examples=["[12.1, 48.5, 18.9, 51.1]"],
    )
    line: Line | None = Field(
        None,
        description="How this step's places are joined, and the step before to this one: by the shortest way over the "
        "globe, by a line that is straight on the map, along the `track` of the front matter, or not at all.",
        examples=["straight", "route"],
    )
    highlight: Texts | None = Field(
        None, description="Countries to fill on the map, by code or by name.", examples=["[CZ, US]"]
    )
    layers: ShownLayers | None = Field(
        None,
        description="Which layers of the front matter are shown from here on, by their names, and how they are shown "
        "otherwise; `none` for no layer. Without it, those of the step before stay.",
        examples=["regions", "{regions: {by: price_2014}}", "none"],
    )
    ground: Ground | None = Field(
        None,
        description="Which of today's borders and names the map shows from here on. What is not written stays as it "
        "was in the step before.",
        examples=["{borders: none, names: none}", "{borders: all, names: all}"],
    )
    track: Track | None = Field(
        None,
        description="A recorded way that the step goes: a file, one leg of it, or the part between two of its points. "
        "Without a place, the map shows it.",
        examples=["ride.gpx", "{file: ride.gpx, leg: 2}", "{file: ride.gpx, from: Hut, to: Summit}"],
    )
    image: Image | None = Field(
        None,
        description="A picture that lies on the ground under lines and places: a scan, a plan, an aerial photograph. "
        "`bounds` say where its edges lie, or `points` of it where they are. Without a place, the map shows it. It "
        "stays until a step names another, or `none`; where a story shows it again, its name is enough.",
        examples=["{file: plan.jpg, bounds: [14.40, 50.06, 14.46, 50.10], opacity: 0.8}", "plan.jpg", "none"],
    )
    compare: Compared | None = Field(
        None,
        description="Two layers by their names, or two pictures as in `image`: what lies left and what lies right of a "
        "line that the reader moves. A layer may be shown otherwise on each side.",
        examples=[
            "[heat_2014, heat_2024]",
            "[{layer: heat, by: price_2014}, {layer: heat, by: price_2024}]",
            "[{file: 1894.jpg, bounds: [14.4, 50.0, 14.5, 50.1]}, {file: 1938.jpg, bounds: [14.4, 50.0, 14.5, 50.1]}]",
        ],
    )
    alt: Text | None = Field(
        None,
        description="What the map of the step shows, for those who cannot see it, in a sentence or two of your own. It "
        "stands in place of the sentences that are made of its places, distances and layers.",
        examples=["The line runs along the river, and leaves it before the border."],
    )
    overview: Flag = Field(
        default=False, description="Frame the whole story, from its first place to its last.", examples=["true"]
    )
    id: StepId | None = Field(
        None,
        description="The address of the step, for links such as `story.md#the-call`. "
        "Without it, the heading makes one.",
        examples=["the-call"],
    )
    extra: Extra = Field(
        default_factory=dict,
        description="Keys of your own, which the site ignores and Python code can read.",
        examples=["{mood: calm}"],
    )

    @property
    def pictures(self) -> tuple[tuple[Path, ImageFields | ComparedFields], ...]:
        """The pictures that it lays on the ground, each behind the keys that lead to it."""
        compared = tuple((("compare", number), side) for number, side in enumerate(self.compare or ()) if side.file)
        return ((("image",), self.image), *compared) if self.image and not self.image.is_nothing else compared

    @property
    def layer_names(self) -> tuple[str, ...]:
        """The names of the layers that it shows."""
        return (*(self.layers or ()), *(side.layer for side in self.compare or () if side.layer))
