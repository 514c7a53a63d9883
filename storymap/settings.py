"""A site's settings: what `storymap.toml`, or `[tool.storymap]` in `pyproject.toml`, may say.

Read first of all by `storymap.project`. Every key, its default and its meaning stand in `Settings`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from storymap.errors import Location, Report, Verdict
from storymap.mistakes.catalogue import advise_code, load_mistakes
from storymap.model.layer import LineStyle
from storymap.text.suggesting import ask_nearest, find_nearest
from storymap.text.unwanted import refuse_escaped

Pages = Literal["used", "all"]
_URL = r"""https?://[^\s<>"']+"""
_DEEPEST = 100
"""Tables within tables that are read; settings have four, and other programs' tables in the same file some more."""

_HOOK = r"[A-Za-z_][\w.]*:[A-Za-z_]\w*"


def _check_url(text: str) -> str:
    if text and not re.fullmatch(_URL, text):
        raise ValueError("must start with https:// or http://")
    return text.rstrip("/")


def _check_hook(text: str) -> str:
    if text and not re.fullmatch(_HOOK, text):
        raise ValueError('must name a Python function as "module:function"')
    return text


def _check_code(code: str) -> str:
    if code not in load_mistakes():
        raise PydanticCustomError("unknown_code", "no check has this code")
    return code


def _list_names(names: Any) -> Any:
    return (names,) if isinstance(names, str) else names


def _check_encoding(name: str) -> str:
    try:
        if name:
            "".encode(name)
    except LookupError:
        raise ValueError('should be an encoding, such as "windows-1250" or "utf-8"') from None
    return name


class GeoFile(BaseModel):
    """What a site can be told of one file of `geo/`."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

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


class Settings(BaseModel):
    """Everything a site can be told; each key has a default, so that an empty file is a valid one."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

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
    lang: str = Field(
        "en",
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        description="Language of stories that name none, as a BCP 47 tag.",
        examples=["en", "cs", "pt-BR"],
        json_schema_extra={"pattern": r"^\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\s*$"},
    )
    url: Annotated[str, AfterValidator(_check_url)] = Field(
        "",
        description="Where the site will stand, for the one page that cannot use relative links: 404.html.",
        examples=["https://example.org/atlantic"],
        json_schema_extra={"pattern": rf"^\s*({_URL})?\s*$"},
    )
    line: LineStyle = Field(
        "none",
        description="How successive places of a story are joined, where the story does not say.",
        examples=["great-circle"],
    )
    tiles: str = Field(
        "",
        description="Opt in to map tiles from elsewhere, over the drawn map: an xyzservices name such as "
        '"OpenStreetMap.Mapnik", or a URL template with {z}, {x} and {y}.',
        examples=["OpenStreetMap.Mapnik", "https://tiles.example.org/{z}/{x}/{y}.png"],
        json_schema_extra={"pattern": r"^(?:[^{/]*|\s*https?://(?=.*\{z\})(?=.*\{x\})(?=.*\{y\}).*)$"},
    )
    tiles_attribution: str = Field(
        "",
        description="Who must be credited for tiles that a URL template names.",
        examples=["© OpenStreetMap contributors"],
    )
    guide: bool = Field(
        default=False,
        strict=True,
        description="Whether the site carries the guide for authors, under guide/.",
        examples=[True],
    )
    pages: Pages = Field(
        "used",
        description='Which places of geo/ have a page: those that a story goes to or links to ("used"), or "all".',
        examples=["all"],
    )
    map_hook: Annotated[str, AfterValidator(_check_hook)] = Field(
        "",
        description='A Python function of this project, as "module:function", that gets every folium.Map and the story '
        "or None, and may add any Folium element to it.",
        examples=["map_extras:add_minimap"],
        json_schema_extra={"pattern": rf"^\s*({_HOOK})?\s*$"},
    )
    geo: dict[str, GeoFile] = Field(
        default_factory=dict,
        description="What to know of single files of `geo/`, by their paths in it: `name` is the column, or a list of "
        "columns, with the names, `encoding` how the texts of a table or a shapefile are encoded if not in UTF-8.",
        examples=[{"rivers.gpkg": {"name": "nazev"}, "mills.csv": {"encoding": "windows-1250"}}],
    )
    checks: dict[Annotated[str, AfterValidator(_check_code)], Verdict] = Field(
        default_factory=dict,
        description='What becomes of each mistake, by its code: "error", which keeps the site from being written, '
        '"warning" or "off". storymap explain lists the codes.',
        examples=[{"missing-alt": "error"}],
    )


def parse_settings(text: str, *, path: str, table: tuple[str, ...], report: Report) -> Settings:
    """Read settings from TOML `text`; `table` is where they stand in it, `()` for the whole file.

    Every mistake goes to `report`; the settings that come back are then the defaults.
    """
    lines = text.splitlines()
    try:
        values: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (0, 0)
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        reason = re.sub(r"\s*\(at .*", "", str(error))
        report.error("broken-toml", *_explain_toml(reason, Location(path, line, column, 1, excerpt)))
        return Settings()
    except (RecursionError, ValueError):  # nested without end, or a number of thousands of digits
        values = None
    if values is None or not _is_shallow([values]):
        help = "settings are texts, true or false, and tables of such: write them anew"
        report.error("broken-toml", "this is nested too deeply, or has too long a number", Location(path), help)
        return Settings()
    keys = _Keys(path, lines, table)
    for number, name in enumerate(table, 1):
        values = values.get(name, {})
        if not isinstance(values, dict):
            message = f'"{".".join(table[:number])}" is no table'
            help = f"write settings below a line [{'.'.join(table)}]"
            report.error("bad-setting", message, replace(keys, table=()).find(*table[:number]), help)
            return Settings()
    values = _refuse_escaped(values, (), keys, report)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        for problem in error.errors():
            _report_setting(problem, keys, report)
        return Settings()
    hard = [
        code for code, verdict in settings.checks.items() if verdict != "error" and not load_mistakes()[code].lowerable
    ]
    for code in hard:
        report.error(
            "hard-mistake",
            f'"{code}" cannot be made less than an error: it leaves nothing to build with',
            keys.find("checks", code),
            help=f"delete this line; storymap explain {code} says how to mend the mistake",
        )
    return Settings() if hard else settings


def _is_shallow(values: Any) -> bool:
    """Whether what TOML gave is nested no deeper than anybody writes: `a.a.a.…` is a table in a table with each dot."""
    for _ in range(_DEEPEST):
        inner = (list(value.values()) if isinstance(value, dict) else value for value in values)
        values = [item for items in inner if isinstance(items, list) for item in items]
    return not values


def _refuse_escaped(value: Any, names: tuple[str, ...], keys: _Keys, report: Report) -> Any:
    """`value` without what its escapes must not bring in; `names` lead to it."""
    if isinstance(value, str):
        return refuse_escaped(value, keys.find(*names), report)
    if isinstance(value, dict):
        return {key: _refuse_escaped(item, (*names, key), keys, report) for key, item in value.items()}
    return [_refuse_escaped(item, names, keys, report) for item in value] if isinstance(value, list) else value


def _explain_toml(reason: str, at: Location) -> tuple[str, Location, str]:
    """What is wrong with a text that is no TOML, where, and what to do: by the parser's reason and the line itself."""
    key, equals, value = at.excerpt.partition("=")
    whole_key = replace(at, column=len(key) - len(key.lstrip()) + 1, length=max(1, len(key.strip())))
    example = 'write settings as: title = "My stories"'
    if "overwrite" in reason:
        return f'"{key.strip(" []")}" is given twice', whole_key, "delete one of the two"
    if reason.startswith("Illegal character '\\n'") or "Unterminated string" in reason:
        start = at.excerpt.find('"', len(key))
        return "a text has no closing quotation mark", replace(at, column=max(start, 0) + 1), f'close it: {at.excerpt}"'
    if not equals and at.excerpt.strip():
        return "this line is no setting", replace(at, column=1, length=len(at.excerpt)), example
    if reason == "Invalid value" and value.strip():
        column = len(key) + 2 + len(value) - len(value.lstrip())
        quoted = f"{key.strip()} = {json.dumps(value.strip(), ensure_ascii=False)}"
        return (
            "this value has no quotation marks",
            replace(at, column=column, length=len(value.strip())),
            f"write {quoted}",
        )
    return f"this is not TOML: {reason[:1].lower()}{reason[1:]}", at, example


def locate_setting(text: str, *names: str, path: str, table: tuple[str, ...]) -> Location:
    """Where the setting with these nested names is written in the TOML `text`, as `parse_settings` takes it."""
    return _Keys(path, text.splitlines(), table).find(*names)


@dataclass(frozen=True, slots=True)
class _Keys:
    """Where the keys of a TOML file stand: its `path`, its `lines`, and the `table` that settings are in."""

    path: str
    lines: list[str]
    table: tuple[str, ...]

    def find(self, *names: str) -> Location:
        """Where the setting with these nested names is written, or the table around it, or else the file."""
        for length in range(len(names), 0, -1):
            wanted = (*self.table, *names[:length])
            for number, line, keys in self._walk():
                if tuple(name for name, _, _ in keys) == wanted:
                    _, start, end = keys[-1]
                    return self._refine(Location(self.path, number, start + 1, end - start, line), names[length:])
        return Location(self.path)

    def _walk(self) -> Iterator[tuple[int, str, list[tuple[str, int, int]]]]:
        """Each header and each key of the file: line number, line, and its nested names with where each stands."""
        header: list[tuple[str, int, int]] = []
        for number, line in enumerate(self.lines, 1):
            if found := _HEADER.match(line):
                header = _split_key(line, found.start(1), found.end(1))
                yield number, line, header
            elif found := _ASSIGNMENT.match(line):
                yield number, line, header + _split_key(line, found.start(1), found.end(1))

    def _refine(self, at: Location, names: tuple[str, ...]) -> Location:
        """`at`, or where the next of `names` is written later on its line, as in `checks = { missing-alt = "off" }`."""
        if not names:
            return at
        found = re.compile(rf"""[{{,]\s*["']?({re.escape(names[0])})["']?\s*=""").search(at.excerpt, at.column)
        return replace(at, column=found.start(1) + 1, length=len(names[0])) if found else at


_NAME = r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'"""
_DOTTED = rf"(?:{_NAME})(?:\s*\.\s*(?:{_NAME}))*"
_HEADER = re.compile(rf"\s*\[\[?\s*({_DOTTED})\s*\]")
_ASSIGNMENT = re.compile(rf"\s*({_DOTTED})\s*=")


def _split_key(line: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The names of the dotted key in `line[start:end]`, without quotes, each with where it starts and ends."""
    found = re.compile(_NAME).finditer(line, start, end)
    quotes = [(name, 1 if name[0][0] in "\"'" else 0) for name in found]
    return [(name[0][quote : len(name[0]) - quote], name.start() + quote, name.end() - quote) for name, quote in quotes]


def _report_setting(problem: Any, keys: _Keys, report: Report) -> None:
    names = tuple(str(name) for name in problem["loc"] if name != "[key]")
    key = names[-1] if names else ""
    at = keys.find(*names)
    if problem["type"] == "extra_forbidden":
        model = GeoFile if names[:1] == ("geo",) else Settings
        report.error("unknown-setting", f'no setting "{key}"', at, help=_suggest_setting(key, model))
        return
    if problem["type"] == "unknown_code":
        report.error("unknown-code", f'no check has the code "{key}"', at, help=advise_code(key))
        return
    if names[:1] == ("checks",) and problem["type"] == "literal_error":
        meant = _suggest_choice(problem) or "warning"
        report.error("bad-setting", f'"{key}": {_say_verdict(problem["input"])}', at, help=f'write {key} = "{meant}"')
        return
    if names[:1] == ("geo",) and len(names) > 2:
        key = names[2]
        field = GeoFile.model_fields.get(key)
    else:
        field = Settings.model_fields.get(names[0]) if names else None
    near = _suggest_choice(problem) if problem["type"] == "literal_error" else ""
    help = f'did you mean "{near}"?' if near else _advise(key, field)
    report.error("bad-setting", f'"{key}" {_say_reason(problem)}', at, help=help)


def _suggest_choice(problem: Any) -> str:
    """The one of a few values that a misspelt one most likely means; empty where none is near."""
    choices = re.findall(r"'([^']*)'", problem["ctx"]["expected"])
    return find_nearest(str(problem["input"]).lower(), choices, parts=False)


def _advise(key: str, field: FieldInfo | None) -> str:
    """What to write for a setting: its examples as TOML, or its meaning."""
    if field is None:
        return ""
    examples = [f"{key} = {json.dumps(example, ensure_ascii=False)}" for example in field.examples or ()]
    return f"for example: {' or '.join(examples)}" if examples else field.description or ""


def _say_reason(problem: Any) -> str:
    """What is wrong with a value, as the end of a sentence about its key."""
    match problem["type"]:
        case "string_too_short":
            return "is empty"
        case "string_too_long":
            return f"is too long: at most {problem['ctx']['max_length']} characters"
        case "string_type":
            return "should be a text in quotation marks"
        case "tuple_type":
            return "should be a text in quotation marks, or a list of them"
        case "bool_type":
            return "should be true or false"
        case "string_pattern_mismatch":
            return 'should be a language code, such as "en", "cs" or "pt-BR"'
        case "literal_error":
            return f"should be {problem['ctx']['expected'].replace(chr(39), chr(34))}"
        case _:
            reason = str(problem["msg"]).removeprefix("Value error, ")
            return reason[0].lower() + reason[1:]


def _say_verdict(written: Any) -> str:
    words = ", ".join(f'"{word}"' for word in get_args(Verdict)[:-1]) + f' or "{get_args(Verdict)[-1]}"'
    return f'"{written}" is none of {words}' if isinstance(written, str) else f"should be one of {words}"


def _suggest_setting(key: str, model: type[BaseModel]) -> str:
    names = sorted(model.model_fields)
    return ask_nearest(key, names, otherwise="settings are: " + ", ".join(names))
