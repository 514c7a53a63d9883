"""The keys an author may write: `FrontMatter` for a story, `StepFields` for a step, with meanings and examples.

The README's tables, the documentation and the JSON schema are made from the descriptions and examples here. The models
take what `yaml_mapping` parsed; `read_fields` turns what they refuse into problems that point at the value or the key.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from storymap.errors import Location, Report
from storymap.reading.dates import DATE_PATTERN, EXAMPLES, DateError, read_date
from storymap.reading.slugs import MAX_SLUG_CHARACTERS, OWN_PREFIX, is_slug, make_slug
from storymap.reading.yaml_mapping import Path, Scalar, YamlMapping
from storymap.suggesting import ask_nearest

MAX_ZOOM = 18
"""The closest zoom that can be asked for; the baked map or the tiles may stop earlier."""

_LANG = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*(-x(-[A-Za-z0-9]{1,8})+)?"
)
_LINES = ("great-circle", "straight", "none")
_PAIR_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def _wrong(message: str, *, help: str = "") -> PydanticCustomError:
    """A refusal: `message` completes a sentence about the key, `help` replaces the example."""
    return PydanticCustomError("wrong_value", "{message}", {"message": message, "help": help})


def _read_text(value: Any) -> Any:
    """A scalar as its author typed it, whatever YAML makes of it: `title: 1984` is text."""
    if isinstance(value, Scalar):
        if value.value is None:
            raise _wrong("is empty")
        return value.text.strip()
    if isinstance(value, str):
        return value
    raise _wrong("should be a text")


def _read_filled_text(value: Any) -> Any:
    text = _read_text(value)
    if not text:
        raise _wrong("is empty")
    return text


def _read_number(value: Any) -> Any:
    number = value.value if isinstance(value, Scalar) else value
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise _wrong("should be a number")
    return number


def _read_zoom(value: Any) -> Any:
    number = _read_number(value)
    if not 0 <= number <= MAX_ZOOM:
        raise _wrong(f"should be from 0 (the whole world) to {MAX_ZOOM} (a house)")
    return number


def _read_integer(value: Any) -> Any:
    number = value.value if isinstance(value, Scalar) else value
    if isinstance(number, bool) or not isinstance(number, int) or abs(number) > 10**9:
        raise _wrong("should be a whole number")
    return number


def _read_flag(value: Any) -> Any:
    flag = value.value if isinstance(value, Scalar) else value
    if not isinstance(flag, bool):
        written = value.text.strip().lower() if isinstance(value, Scalar) else ""
        meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(written)
        raise _wrong("should be true or false", help=f"write {meant}" if meant else "")
    return flag


def _read_texts(value: Any) -> Any:
    """One text or a list of them. A text with a comma, such as `Washington, D.C.`, stays one."""
    if isinstance(value, Mapping):
        raise _wrong("should be a text or a list of texts")
    items = value if isinstance(value, list | tuple) else [value]
    if not items:
        raise _wrong("is an empty list")
    return tuple(items)


def _read_places(value: Any) -> Any:
    """Like `_read_texts`, but two bare numbers in brackets are a coordinate pair that lost its meaning."""
    items = _read_texts(value)
    texts = [item.text if isinstance(item, Scalar) else str(item) for item in items]
    if isinstance(value, list) and len(texts) == 2 and all(map(_PAIR_NUMBER.fullmatch, texts)):
        raise _wrong("is a list of two numbers", help=f"a coordinate pair has no brackets: {texts[0]}, {texts[1]}")
    return items


def _read_pair(value: Any) -> Any:
    if isinstance(value, list | tuple):
        texts = [item.text if isinstance(item, Scalar) else str(item) for item in value]
        raise _wrong(
            "should be a coordinate pair",
            help=f"without brackets, latitude first: {', '.join(texts)}" if len(texts) == 2 else "",
        )
    return _read_filled_text(value)


def _read_bounds(value: Any) -> Any:
    """Four numbers west, south, east, north, as a list or as text."""
    if isinstance(value, Scalar):
        value = [part.strip() for part in value.text.split(",")]
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise _wrong("should be four numbers: west, south, east, north")
    numbers = []
    for item in value:
        text = (item.text if isinstance(item, Scalar) else str(item)).strip()
        if not _PAIR_NUMBER.fullmatch(text):
            raise _wrong("should be four numbers: west, south, east, north")
        numbers.append(float(text))
    return tuple(numbers)


def _read_edtf(value: Any) -> Any:
    text = _read_filled_text(value)
    try:
        read_date(text)
    except DateError as error:
        raise _wrong(f"is no date: {error}", help=error.help) from error
    return text


def _read_lang(value: Any) -> Any:
    text = _read_filled_text(value)
    if not _LANG.fullmatch(text):
        raise _wrong("should be a language code")
    return text


def _read_id(value: Any) -> Any:
    text = _read_filled_text(value)
    if not is_slug(text) or text.startswith(OWN_PREFIX):
        better = make_slug(text).removeprefix(OWN_PREFIX)
        raise _wrong(
            f"should be lower-case letters, digits and hyphens, at most {MAX_SLUG_CHARACTERS}",
            help=f"write {better}" if better else "",
        )
    return text


def _read_line(value: Any) -> Any:
    text = _read_filled_text(value)
    if text not in _LINES:
        raise _wrong("should be great-circle, straight or none", help=ask_nearest(text.lower(), _LINES, parts=False))
    return text


def _read_extra(value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise _wrong("should hold keys of your own, indented below it")
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Scalar):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


_LAT = r"\s*[+-]?0*(?:90(?:\.0*)?|[1-8]?[0-9](?:\.[0-9]*)?|\.[0-9]+)\s*"
_LON = r"\s*[+-]?0*(?:180(?:\.0*)?|(?:1[0-7]|[1-9])?[0-9](?:\.[0-9]*)?|\.[0-9]+)\s*"
_DECIMAL = r"\s*[+-]?[0-9]*\.?[0-9]+\s*"
_OFF_EARTH = rf"(?!{_DECIMAL},{_DECIMAL}$)(?!\s*[+-]?[0-9]+,[0-9]+(?:\s*[,;]\s*|\s+)[+-]?[0-9]+,[0-9]+\s*$)"
_POSITION_SIGNS = r"""[0-9\s.,;+°º˚'’‘ʹ´′"”“″ʺ−‐‑–﹣－NSEWnsew-]"""

# What the readers above take, as JSON Schema: for editors, and for every other program that writes stories. A value is
# what YAML 1.2 makes of it, so that a title may be a number. Nothing that a reader takes is refused here.
_TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_PLACE_SCHEMA: dict[str, Any] = {
    "type": ["string", "number", "boolean"],
    "pattern": rf"^{_OFF_EARTH}[\s\S]*\S|^{_LAT},{_LON}$",
}
_FOUR = [{"type": "number", "minimum": -limit, "maximum": limit} for limit in (180, 90, 180, 90)]
_BOUNDS_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "array", "prefixItems": _FOUR, "items": False, "minItems": 4},
        {"type": "string", "pattern": rf"^{_LON},{_LAT},{_LON},{_LAT}$"},
    ]
}


def _one_or_more(item: dict[str, Any], **limits: Any) -> WithJsonSchema:
    """The schema of a value or of a list of such values."""
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item, "minItems": 1, **limits}]})


_TWO_NUMBERS: dict[str, Any] = {
    "minItems": 2,
    "maxItems": 2,
    "items": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^[+-]?[0-9]+(?:\.[0-9]+)?$"}]},
}

Text = Annotated[str, BeforeValidator(_read_filled_text), WithJsonSchema(_TEXT_SCHEMA)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_read_texts), _one_or_more(_TEXT_SCHEMA)]
Places = Annotated[
    tuple[Text, ...], BeforeValidator(_read_places), _one_or_more(_PLACE_SCHEMA, **{"not": _TWO_NUMBERS})
]
Edtf = Annotated[
    str,
    BeforeValidator(_read_edtf),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": DATE_PATTERN}, {"type": "integer", "minimum": -9999, "maximum": 9999}]}
    ),
]
Flag = Annotated[bool, BeforeValidator(_read_flag), WithJsonSchema({"type": "boolean"})]
Line = Annotated[
    Literal["great-circle", "straight", "none"],
    BeforeValidator(_read_line),
    WithJsonSchema({"enum": list(_LINES)}),
]
Lang = Annotated[
    str, BeforeValidator(_read_lang), WithJsonSchema({"type": "string", "pattern": rf"^\s*{_LANG.pattern}\s*$"})
]
Order = Annotated[
    int,
    BeforeValidator(_read_integer),
    WithJsonSchema({"type": "integer", "minimum": -(10**9), "maximum": 10**9}),
]
Zoom = Annotated[
    float,
    BeforeValidator(_read_zoom),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": MAX_ZOOM}),
]
Pair = Annotated[
    str,
    BeforeValidator(_read_pair),
    WithJsonSchema(
        {"type": "string", "pattern": rf"^{_OFF_EARTH}(?:\s*[Gg][Ee][Oo]:.+|{_POSITION_SIGNS}+)$|^{_LAT},{_LON}$"}
    ),
]
FourNumbers = Annotated[
    tuple[float, float, float, float], BeforeValidator(_read_bounds), WithJsonSchema(_BOUNDS_SCHEMA)
]
StepId = Annotated[
    str,
    BeforeValidator(_read_id),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "minimum": 0,
            "maxLength": MAX_SLUG_CHARACTERS,
            "pattern": rf"^(?!{OWN_PREFIX})(?!-)(?!.*--)(?!.*-$)[^\s!-,./:-`{{-\x7f]+$",
        }
    ),
]
Extra = Annotated[dict[str, Any], BeforeValidator(_read_extra), WithJsonSchema({"type": "object"})]


class WrittenFields(BaseModel):
    """Fields as an author wrote them, with the place of each in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

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

    def where_key(self, key: str) -> Location:
        """Where a key stands; where it was not written, the block's place."""
        return self._keys_at.get((key,), self._at)

    def wrote(self, key: str) -> bool:
        """Whether the author wrote `key`."""
        return (key,) in self._keys_at

    def placed(self, mapping: YamlMapping, at: Location) -> Self:
        """Learn where the values stand; called once, by `read_fields`."""
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
    date: Edtf | None = Field(
        None,
        description="When it happened, in ISO 8601 or EDTF: a day, a month, a year or a span. "
        "Stories without `order` stand in the order of their dates.",
        examples=list(EXAMPLES),
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
        "is straight on the map, or not at all. Without it, the site's setting decides.",
        examples=["great-circle"],
    )
    order: Order | None = Field(
        None,
        description="Where the story stands among the others, lowest first. Without it, the dates decide.",
        examples=["1"],
    )
    cover: Text | None = Field(
        None, description="The picture of the story's card: a file that lies beside the story.", examples=["museum.jpg"]
    )
    extra: Extra = Field(
        default_factory=dict,
        description="Keys of your own, which the site ignores and Python code can read.",
        examples=["{mood: calm}"],
    )


class StepFields(WrittenFields):
    """The `key: value` lines directly under a step's heading."""

    place: Places | None = Field(
        None,
        description="Where it happens: a name from `geo/`, a city, a country, `latitude, longitude`, a `geo:` URI, or "
        "a list of them. Without it, the map stays where it was.",
        examples=["Prague National Museum", "[Prague, Washington]", "50.0790, 14.4306"],
    )
    date: Edtf | None = Field(
        None,
        description="When it happened, in ISO 8601 or EDTF: a day, a month, a year or a span.",
        examples=list(EXAMPLES),
    )
    zoom: Zoom | None = Field(
        None,
        description=f"How close the map comes: 0 is the world, 5 a country, 9 a city, {MAX_ZOOM} a house. "
        "Without it, all places of the step are just in view.",
        examples=["9"],
    )
    center: Pair | None = Field(
        None,
        description="What the map looks at, latitude first, if that is not where the places are.",
        examples=["50.0790, 14.4306"],
    )
    bounds: FourNumbers | None = Field(
        None,
        description="What the map must show: west, south, east, north. A west above the east crosses 180°.",
        examples=["[12.1, 48.5, 18.9, 51.1]"],
    )
    line: Line | None = Field(
        None,
        description="How this step's places are joined, and the step before to this one: by the shortest way over the "
        "globe, by a line that is straight on the map, or not at all.",
        examples=["straight"],
    )
    highlight: Texts | None = Field(
        None, description="Countries to fill on the map, by code or by name.", examples=["[CZ, US]"]
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


FieldsT = TypeVar("FieldsT", bound=WrittenFields)
"""`FrontMatter` or `StepFields`."""


def read_fields(model: type[FieldsT], mapping: YamlMapping, report: Report, *, at: Location) -> FieldsT:
    """Check `mapping` against `model`, reporting every unknown key and wrong value; what is right is returned."""
    try:
        return model.model_validate(mapping.values).placed(mapping, at)
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
        bad = {str(error["loc"][0]) for error in errors}
        order = list(mapping.values)
        for error in sorted(errors, key=lambda error: order.index(str(error["loc"][0]))):
            _report_refusal(model, mapping, error, report, at=at)
        good = {key: value for key, value in mapping.values.items() if key not in bad}
        return model.model_validate(good).placed(mapping, at)


def suggest_key(model: type[WrittenFields], key: str) -> str:
    """The key of `model` that `key` most likely means; empty where none is near."""
    from rapidfuzz.distance import OSA

    plain = key.strip().lower().replace("_", "-")
    meant = _SYNONYMS.get(plain, "")
    if meant in model.model_fields:
        return meant
    distance, name = min((OSA.distance(plain, name), name) for name in model.model_fields)
    return name if distance <= (1 if len(name) <= 4 else 2) else ""


_SYNONYMS = {
    "places": "place",
    "where": "place",
    "location": "place",
    "when": "date",
    "dates": "date",
    "language": "lang",
    "description": "summary",
    "image": "cover",
    "picture": "cover",
    "centre": "center",
    "bbox": "bounds",
    "name": "title",
    "weight": "order",
    "slug": "id",
    "countries": "highlight",
    "highlights": "highlight",
    "route": "line",
    "path": "line",
    "by": "author",
    "alias": "aliases",
}


def _report_refusal(
    model: type[WrittenFields], mapping: YamlMapping, error: Any, report: Report, *, at: Location
) -> None:
    path: Path = tuple(error["loc"])
    key = str(path[0])
    if error["type"] == "extra_forbidden":
        _report_unknown(model, mapping, key, report, at=at)
        return
    while path and path not in mapping.values_at:
        path = path[:-1]
    context = error.get("ctx", {})
    example = model.model_fields[key].examples or ()
    report.error(
        "wrong-value",
        f'"{key}" {context.get("message", error["msg"])}',
        mapping.values_at.get(path, at),
        context.get("help") or "for example: " + " or ".join(f"{key}: {text}" for text in example),
    )


def _report_unknown(
    model: type[WrittenFields], mapping: YamlMapping, key: str, report: Report, *, at: Location
) -> None:
    other = FrontMatter if model is StepFields else StepFields
    where = mapping.keys_at.get((key,), at)
    if near := suggest_key(model, key):
        help = f'did you mean "{near}"?'
    elif key in other.model_fields:
        help = (
            "it belongs under a step's heading"
            if other is StepFields
            else "it belongs into the front matter, at the top"
        )
    else:
        help = f"known keys are {', '.join(model.model_fields)}; keys of your own go under extra:"
    report.error("unknown-key", f'unknown key "{key}"', where, help)
