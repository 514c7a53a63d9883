"""Write the reference chapters of the guide from what the code says: fields, settings, commands and mistakes.

The chapters are files beside this one, kept in git so that they can be read there; `python -m storymap.guide` writes
them, and a test holds them to the code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import click
from pydantic import AliasChoices, BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from storymap.cli.commands import storymap
from storymap.errors import Severity
from storymap.geodata.properties import PlaceProperties
from storymap.mistakes.catalogue import STAGES, Mistake, load_mistakes
from storymap.reading.collection_fields import CollectionFields
from storymap.reading.compare_fields import Compared
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.ground_fields import Ground
from storymap.reading.image_fields import Image
from storymap.reading.track_fields import Track
from storymap.reading.values import Date, Lang, Pair, Places, StepId, Texts
from storymap.settings.model import Settings

GENERATED = "<!-- Written by `python -m storymap.guide` from the code: change it there. -->"

_LONG_VALUES = (
    (Places, "a place, or a list of places"),
    (Texts, "a text, or a list of texts"),
    (Track, "a file, or a file and which part of it"),
    (Image, "a picture, and where it lies"),
    (Compared, "two layers, or two pictures"),
    (Ground, "which borders and names"),
    (Date, "a date, or a span of time"),
    (Lang, "a language code"),
    (Pair, "a latitude and a longitude"),
    (StepId, "small letters, digits and hyphens"),
)
"""What the values are called that an annotation names, and that are more than their Python type."""

_TYPES = {str: "text", bool: "true or false", int: "a whole number", float: "a number", dict: "keys and values"}
_STAGE_TITLES = {
    "reading": "In a story's text and fields",
    "places": "In places and coordinates",
    "tracks": "In tracks",
    "stories": "Between stories, places and pictures",
    "layers": "In layers of your own data",
    "settings": "In the settings",
    "publishing": "While building and writing",
    "checks": "Found by storymap check only",
}
_LEVELS = {
    Severity.ERROR: "An error",
    Severity.WARNING: "A warning",
    Severity.NOTE: "A note",
}


def write_reference() -> dict[str, str]:
    """The reference chapters: file name to Markdown."""
    return {
        "fields.md": write_fields(),
        "settings.md": write_settings(),
        "commands.md": write_commands(),
        "mistakes.md": write_mistakes(),
    }


def write_fields() -> str:
    """The chapter on what front matter and steps may say."""
    return _chapter(
        "Every field",
        "Front matter stands between two lines of `---` at the top of a story, a step's fields directly under its "
        "heading: [Write a story](stories.md) shows both. What a file in `geo/` may say of a [place](places.md) comes "
        "last. Each may be left out.",
        "## Front matter",
        *_models(FrontMatter),
        "## Fields of a step",
        *_models(StepFields),
        "## Front matter of a collection",
        "At the top of a `_collection.md`, which makes the folder that it lies in a "
        "[collection](growing.md#collections).",
        *_models(CollectionFields),
        "## Properties of a place",
        "In GeoJSON they are members of `properties`, in a table the names of columns. All others are left alone.",
        *_models(PlaceProperties, language="json"),
    )


def write_settings() -> str:
    """The chapter on what `storymap.toml` may say."""
    return _chapter(
        "Every setting",
        "Settings stand in `storymap.toml`, in the folder that holds `stories/`, or in `pyproject.toml` below "
        "`[tool.storymap]`. Each may be left out.",
        "## All settings",
        *_models(Settings, language="toml"),
    )


def write_commands() -> str:
    """The chapter on what can be typed after `storymap`."""
    context = click.Context(storymap, info_name="storymap")
    return _chapter(
        "Every command",
        "Each command answers to `--help`. Where a command takes a FOLDER, it is the project's; without it, the one "
        "that you stand in.",
        "Exit codes: 0 when all is well, 1 if the project has mistakes, 2 if the command was typed wrongly.",
        *_command_sections(storymap, context),
        "## storymap",
        _options(storymap, context),
    )


def write_mistakes() -> str:
    """The chapter on every code: what it means, and how to mend it."""
    mistakes = load_mistakes().values()
    chapters: list[str] = []
    for stage in STAGES:
        found = [mistake for mistake in mistakes if mistake.stage == stage]
        if found:
            links = " · ".join(f"[{mistake.code}](#{mistake.code})" for mistake in found)
            chapters += [f"## {_STAGE_TITLES[stage]}", links, *(_mistake(mistake) for mistake in found)]
    return _chapter(
        "Every mistake",
        "Each message has a code in brackets, as in `error[unknown-place]`. Here is what each one means; "
        "`storymap explain unknown-place` says the same in the terminal. "
        "[Preview and mistakes](mending.md#if-you-know-better) tells how to silence one.",
        *chapters,
    )


def _chapter(title: str, *paragraphs: str) -> str:
    return "\n\n".join((f"# {title}", GENERATED, *paragraphs)) + "\n"


def _models(model: type[BaseModel], *, language: str = "yaml") -> Iterator[str]:
    """A section for each field of `model`, with examples in YAML, TOML or JSON."""
    write = {"yaml": "{}: {}".format, "toml": _write_setting, "json": _write_property}[language]
    for name, field in model.model_fields.items():
        examples = [write(name, example) for example in field.examples or ()]
        apart = "\n```\n\n```json\n" if language == "json" else "\n# or\n"
        yield "\n\n".join(
            _fill(
                f"### `{name}`",
                field.description or "",
                f"*{_sentence(_facts(field))}*",
                f"```{language}\n{apart.join(examples)}\n```" if examples else "",
            )
        )


def _write_setting(name: str, value: Any) -> str:
    if isinstance(value, dict) and all(isinstance(item, dict) for item in value.values()):
        tables = ((f"[{name}.{json.dumps(key)}]", item) for key, item in value.items())
        return "\n\n".join("\n".join([head, *map(_write_setting, item, item.values())]) for head, item in tables)
    return f"{name} = {_write_toml(value)}"


def _write_property(name: str, value: Any) -> str:
    return f'"{name}": {json.dumps(value, ensure_ascii=False)}'


def _write_toml(value: Any) -> str:
    """A setting's value as TOML: a text, true or false, or a table in braces."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_write_toml(item)}" for key, item in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _facts(field: FieldInfo) -> str:
    facts = name_type(_annotation(field))
    if isinstance(field.validation_alias, AliasChoices):
        others = [f"`{choice}`" for choice in field.validation_alias.choices[1:]]
        facts += f"; may also be called {', '.join(others)}"
    default = field.get_default(call_default_factory=True)
    if default in (None, "", (), {}) or isinstance(default, BaseModel):
        return facts
    shown = str(default).lower() if isinstance(default, bool) else f"`{default}`"
    return f"{facts}; without it, {shown}"


def _annotation(field: FieldInfo) -> Any:
    """What the field was declared as; properties of places may be anything, and say in their schema what is read."""
    if field.annotation is not Any:
        return field.annotation
    schema = next(mark.json_schema for mark in field.metadata if isinstance(mark, WithJsonSchema))
    return Texts if schema and "anyOf" in schema else str


def name_type(annotation: Any) -> str:
    """What a value of `annotation` is called for people who do not program."""
    for known, words in _LONG_VALUES:
        if annotation == known:
            return words
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return " or ".join(name_type(part) for part in get_args(annotation) if part is not type(None))
    if origin is Literal:
        *rest, last = (f"`{value}`" for value in get_args(annotation))
        return f"{', '.join(rest)} or {last}" if rest else last
    if hasattr(annotation, "__metadata__"):
        return name_type(get_args(annotation)[0])
    if origin is tuple:
        parts = get_args(annotation)
        return "a list" if parts[-1] is Ellipsis else f"{_NUMBERS[len(parts)]} numbers"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _TYPES[dict]
    return _TYPES[origin or annotation]


_NUMBERS = {2: "two", 3: "three", 4: "four"}


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _command_sections(group: click.Group, context: click.Context) -> Iterator[str]:
    """A section for each command of `group`, and for each command of theirs."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if command.hidden:
            continue
        inner = type(command).context_class(command, info_name=name, parent=context)
        yield f"{'##' if group is storymap else '###'} {inner.command_path}"
        yield "\n".join(("```text", _usage(command, inner), "```"))
        yield _help(command)
        if rows := _options(command, inner):
            yield rows
        if isinstance(command, click.Group):
            yield from _command_sections(command, inner)


def _usage(command: click.Command, context: click.Context) -> str:
    return " ".join((context.command_path, *command.collect_usage_pieces(context)))


def _help(command: click.Command) -> str:
    """A command's help as Markdown: paragraphs as they are, and what click leaves alone as text."""
    paragraphs = []
    for paragraph in re.split(r"\n{2,}", cleandoc(command.help or "")):
        if paragraph.startswith("\b"):
            paragraphs.append("```text\n" + cleandoc(paragraph.lstrip("\b\n")) + "\n```")
        else:
            paragraphs.append(" ".join(paragraph.split()))
    return "\n\n".join(paragraphs)


def _options(command: click.Command, context: click.Context) -> str:
    """A table of the options of a command; empty where it has none but `--help`."""
    rows = [
        record
        for parameter in command.get_params(context)
        if "--help" not in parameter.opts and (record := parameter.get_help_record(context)) and record[1]
    ]
    if not rows:
        return ""
    lines = ["| Option | What it does |", "| --- | --- |"]
    lines += [f"| `{_cell(option)}` | {_cell(meaning)} |" for option, meaning in rows]
    return "\n".join(lines)


def _cell(text: str) -> str:
    """`text` without the bars that would end a cell: what one can choose from stands in braces."""
    chosen = re.sub(r"\[(\w[^\[\]]*\|[^\[\]]*)\]", lambda found: "{" + found[1].replace("|", ",") + "}", text)
    return " ".join(chosen.replace("|", "/").split())


def _mistake(mistake: Mistake) -> str:
    level = _LEVELS[mistake.level] + ("" if mistake.lowerable else ", which the settings cannot lower")
    return "\n\n".join(
        _fill(
            f"### {mistake.code}",
            f"**{mistake.title}.** *{level}.*",
            mistake.why,
            mistake.mend,
            "Wrong:",
            _fence(mistake.wrong),
            "Right:",
            _fence(mistake.right),
        )
    )


def _fence(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    mark = "`" * (longest + 1)
    return f"{mark}text\n{text}\n{mark}"


def _fill(*paragraphs: str) -> Iterable[str]:
    return (paragraph.strip() for paragraph in paragraphs if paragraph.strip())
