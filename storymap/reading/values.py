"""The kinds of value that an author may write under a key: how each is read, refused, and described to editors.

A kind is a type of pydantic: its reader takes what `yaml_mapping` parsed, and its JSON Schema takes whatever the reader
takes, for editors and every other program that writes stories. `storymap.reading.fields` says which key has which.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema

from storymap.model.layer import LineStyle
from storymap.model.time import When
from storymap.reading.characters import tidy
from storymap.reading.date_notations import tidy_date
from storymap.reading.dates import DATE_PATTERN, DAY_PATTERN, DateError, read_date
from storymap.reading.yaml_mapping import Scalar
from storymap.text.slugs import MAX_SLUG_CHARACTERS, OWN_PREFIX, is_device, is_slug, make_slug
from storymap.text.suggesting import ask_nearest
from storymap.validation import refuse

MAX_ZOOM = 18
"""The closest zoom that can be asked for; the baked map or the tiles may stop earlier."""

_LANG = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*(-x(-[A-Za-z0-9]{1,8})+)?"
)
MARK_LENGTH = 6
"""Characters of the mark of a part of a story."""

_MARK = re.compile(rf"[0-9A-Fa-f]{{{MARK_LENGTH}}}")
_LINES: tuple[str, ...] = get_args(LineStyle)
_NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")
_PAIR_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def _read_text(value: Any) -> Any:
    """A scalar as its author typed it, whatever YAML makes of it: `title: 1984` is text."""
    if isinstance(value, Scalar):
        if value.value is None:
            raise refuse("is empty")
        return value.text.strip()
    if isinstance(value, str):
        return value
    raise refuse("should be a text")


def _read_filled_text(value: Any) -> Any:
    text = _read_text(value)
    if not text:
        raise refuse("is empty")
    return text


def _read_number(value: Any) -> Any:
    number = value.value if isinstance(value, Scalar) else value
    if isinstance(value, Scalar) and not value.text.isascii() and _NUMBER.fullmatch(plain := tidy(value.text)):
        number = float(plain)
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise refuse("should be a number")
    if isinstance(number, float) and not math.isfinite(number):  # an integer may be larger than any float
        raise refuse("should be a number")
    return number


def _read_zoom(value: Any) -> Any:
    number = _read_number(value)
    if not 0 <= number <= MAX_ZOOM:
        raise refuse(f"should be from 0 (the whole world) to {MAX_ZOOM} (a house)")
    return number


def _read_integer(value: Any) -> Any:
    number = value.value if isinstance(value, Scalar) else value
    if isinstance(number, bool) or not isinstance(number, int) or abs(number) > 10**9:
        raise refuse("should be a whole number")
    return number


def _read_flag(value: Any) -> Any:
    flag = value.value if isinstance(value, Scalar) else value
    if not isinstance(flag, bool):
        written = value.text.strip().lower() if isinstance(value, Scalar) else ""
        meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(written)
        raise refuse("should be true or false", help=f"write {meant}" if meant else "")
    return flag


def _read_texts(value: Any) -> Any:
    """One text or a list of them. A text with a comma, such as `Washington, D.C.`, stays one."""
    if isinstance(value, Mapping):
        raise refuse("should be a text or a list of texts")
    items = value if isinstance(value, list | tuple) else [value]
    if not items:
        raise refuse("is an empty list")
    return tuple(items)


def _read_places(value: Any) -> Any:
    """Like `_read_texts`, but two bare numbers in brackets are a coordinate pair that lost its meaning."""
    items = _read_texts(value)
    texts = [item.text if isinstance(item, Scalar) else str(item) for item in items]
    if isinstance(value, list) and len(texts) == 2 and all(map(_PAIR_NUMBER.fullmatch, texts)):
        raise refuse("is a list of two numbers", help=f"a coordinate pair has no brackets: {texts[0]}, {texts[1]}")
    return items


def _read_pair(value: Any) -> Any:
    if isinstance(value, list | tuple):
        texts = [item.text if isinstance(item, Scalar) else str(item) for item in value]
        raise refuse(
            "should be a coordinate pair",
            help=f"without brackets, latitude first: {', '.join(texts)}" if len(texts) == 2 else "",
        )
    return _read_filled_text(value)


def mend_decimal_commas(items: Sequence[Any]) -> str:
    """What eight items mean that are four numbers with decimal commas, as a list is written; empty for others."""
    texts = [item.text if isinstance(item, Scalar) else str(item) for item in items]
    if len(texts) != 8 or not all(
        re.fullmatch(r"-?[0-9]+" if n % 2 == 0 else "[0-9]+", t) for n, t in enumerate(texts)
    ):
        return ""
    return f"[{', '.join(f'{whole}.{part}' for whole, part in zip(texts[::2], texts[1::2], strict=True))}]"


def _read_bounds(value: Any) -> Any:
    """Four numbers west, south, east, north, as a list or as text."""
    if isinstance(value, Scalar):
        value = [part.strip() for part in re.split("[,，、]", value.text)]
    if isinstance(value, list | tuple) and (meant := mend_decimal_commas(value)):
        raise refuse("has commas within its numbers", help=f"with decimal points: bounds: {meant}")
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise refuse("should be four numbers: west, south, east, north")
    numbers = []
    for item in value:
        text = tidy(item.text if isinstance(item, Scalar) else str(item))
        if not _PAIR_NUMBER.fullmatch(text):
            raise refuse("should be four numbers: west, south, east, north")
        number = float(text)
        if not math.isfinite(number):
            raise refuse("should be four numbers: west, south, east, north")
        numbers.append(number)
    return tuple(numbers)


def _read_date(value: Any) -> When:
    if isinstance(value, When):
        return value
    try:
        return read_date(tidy_date(_read_filled_text(value)))
    except DateError as error:
        raise refuse(str(error), help=error.help, is_whole=True) from error


def _read_day(value: Any) -> str:
    """A whole day of the calendar, in ISO 8601."""
    when = _read_date(value)
    start = when.start
    if start is None or start != when.end or start.mark or not start.day or start.time or not 0 < start.year < 10_000:
        raise refuse("should be a day", help="write year, month and day: 2026-11-27")
    return start.first


def _read_lang(value: Any) -> Any:
    text = tidy(_read_filled_text(value))
    if not _LANG.fullmatch(text):
        raise refuse("should be a language code")
    return text


def _read_marks(value: Any) -> Any:
    """Marks of the parts of a text, in lower case; a number among them is one, too."""
    marks = tidy(_read_filled_text(value)).lower().split() if not isinstance(value, tuple) else value
    if not all(_MARK.fullmatch(mark) for mark in marks):
        raise refuse(f"should be marks of {MARK_LENGTH} digits and letters from a to f, as the site's check tells them")
    return tuple(marks)


def _read_id(value: Any) -> Any:
    text = tidy(_read_filled_text(value))
    if is_device(text):
        raise refuse("is a name that Windows keeps for itself", help=f"write {make_slug(text)}")
    if not is_slug(text) or text.startswith(OWN_PREFIX):
        better = make_slug(text).removeprefix(OWN_PREFIX)
        raise refuse(
            f"should be lower-case letters, digits and hyphens, at most {MAX_SLUG_CHARACTERS}",
            help=f"write {better}" if better else "",
        )
    return text


def one_of(words: Sequence[str]) -> BeforeValidator:
    """Reads one of two or more `words`; another is refused with the one that is meant."""

    def read(value: Any) -> str:
        text = tidy(_read_filled_text(value))
        if text not in words:
            message = f"should be {', '.join(words[:-1])} or {words[-1]}"
            raise refuse(message, help=ask_nearest(text.lower(), words, parts=False))
        return text

    return BeforeValidator(read)


def _read_extra(value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise refuse("should hold keys of your own, indented below it")
    return to_plain(value)


def to_plain(value: Any) -> Any:
    """A parsed YAML value as plain Python: texts, numbers, lists and dicts."""
    if isinstance(value, Scalar):
        return value.value
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    return [to_plain(item) for item in value] if isinstance(value, list | tuple) else value


_LAT = r"\s*[+-]?0*(?:90(?:\.0*)?|[1-8]?[0-9](?:\.[0-9]*)?|\.[0-9]+)\s*"
_LON = r"\s*[+-]?0*(?:180(?:\.0*)?|(?:1[0-7]|[1-9])?[0-9](?:\.[0-9]*)?|\.[0-9]+)\s*"
_DECIMAL = r"\s*[+-]?[0-9]*\.?[0-9]+\s*"
_OFF_EARTH = rf"(?!{_DECIMAL},{_DECIMAL}$)(?!\s*[+-]?[0-9]+,[0-9]+(?:\s*[,;]\s*|\s+)[+-]?[0-9]+,[0-9]+\s*$)"
_POSITION_SIGNS = r"""[0-9()\[\]\s.,;+°º˚'’‘ʹ´′"”“″ʺ−‐‑–﹣－NSEWnsew-]"""

# What the readers above take, as JSON Schema. A value is what YAML 1.2 makes of it, so that a title may be a number.
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

# Of a step they may be pixels of a picture, of which a schema cannot know.
_VIEW_BOUNDS_SCHEMA: dict[str, Any] = {
    "anyOf": [
        *_BOUNDS_SCHEMA["anyOf"],
        {"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 4, "maxItems": 4},
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
Date = Annotated[
    When,
    PlainValidator(_read_date),
    PlainSerializer(lambda when: when.edtf, return_type=str),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": DATE_PATTERN}, {"type": "integer", "minimum": -9999, "maximum": 9999}]}
    ),
]
Day = Annotated[
    str,
    BeforeValidator(_read_day),
    WithJsonSchema({"type": "string", "pattern": DAY_PATTERN}),
]
Number = Annotated[float, BeforeValidator(_read_number), WithJsonSchema({"type": "number"})]
Flag = Annotated[bool, BeforeValidator(_read_flag), WithJsonSchema({"type": "boolean"})]
Line = Annotated[
    LineStyle,
    one_of(_LINES),
    WithJsonSchema({"enum": list(_LINES)}),
]
Lang = Annotated[
    str, BeforeValidator(_read_lang), WithJsonSchema({"type": "string", "pattern": rf"^\s*{_LANG.pattern}\s*$"})
]
Marks = Annotated[
    tuple[str, ...],
    BeforeValidator(_read_marks),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": rf"^\s*{_MARK.pattern}(\s+{_MARK.pattern})*\s*$"}, {"type": "number"}]}
    ),
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
        {
            "type": "string",
            "pattern": rf"^{_OFF_EARTH}(?:\s*(?:[Gg][Ee][Oo]:|[Ll][Aa][Tt]).+|{_POSITION_SIGNS}+)$|^{_LAT},{_LON}$",
        }
    ),
]
FourNumbers = Annotated[
    tuple[float, float, float, float], BeforeValidator(_read_bounds), WithJsonSchema(_BOUNDS_SCHEMA)
]
ViewBounds = Annotated[
    tuple[float, float, float, float], BeforeValidator(_read_bounds), WithJsonSchema(_VIEW_BOUNDS_SCHEMA)
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
