"""Read the settings of a site from TOML, before everything else; each mistake is told with its line."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace
from pydantic import BaseModel

from storymap.errors import Location, Report
from storymap.mistakes.catalogue import load_mistakes
from storymap.settings.model import Category, GeoFile, GroundSettings, Settings, SiteLanguage
from storymap.settings.toml_keys import TomlKeys
from storymap.text.suggesting import ask_nearest
from storymap.text.unwanted import refuse_escaped
from storymap.validation import Refusal, validate

_DEEPEST = 100
"""Tables within tables that are read; settings have four, and other programs' tables in the same file some more."""

_TABLES: Mapping[str, type[BaseModel]] = {
    "geo": GeoFile,
    "categories": Category,
    "languages": SiteLanguage,
}
"""Settings that are tables of tables, and what each of those holds."""


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
    keys = TomlKeys(path, tuple(lines), table)
    for number, name in enumerate(table, 1):
        values = values.get(name, {})
        if not isinstance(values, dict):
            message = f'"{".".join(table[:number])}" is no table'
            help = f"write settings below a line [{'.'.join(table)}]"
            report.error("bad-setting", message, replace(keys, table=()).find(*table[:number]), help)
            return Settings()
    values = _refuse_escaped(values, (), keys, report)
    settings, refusals = validate(Settings, values)
    for refusal in refusals:
        _report_refusal(refusal, keys, report)
    if refusals:
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
    """Whether tables and lists are nested at most `_DEEPEST` deep; each dot of `a.a.a.…` is a table in a table."""
    for _ in range(_DEEPEST):
        inner = (list(value.values()) if isinstance(value, dict) else value for value in values)
        values = [item for items in inner if isinstance(items, list) for item in items]
    return not values


def _refuse_escaped(value: Any, names: tuple[str, ...], keys: TomlKeys, report: Report) -> Any:
    """`value` without forbidden characters that an escape wrote; `names` are the keys that lead to it."""
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
        plain = value.strip().strip("“”„«»‘’‚‹›") or value.strip()
        quoted = f"{key.strip()} = {json.dumps(plain, ensure_ascii=False)}"
        return (
            "this value has no quotation marks",
            replace(at, column=column, length=len(value.strip())),
            f"write {quoted}",
        )
    if equals and "\\" in value and ("Unescaped" in reason or "escape" in reason.casefold()):
        return "a backslash in a text", at, f"write / instead: {key.strip()} = {value.strip().replace(chr(92), '/')}"
    return f"this is not TOML: {reason[:1].lower()}{reason[1:]}", at, example


def locate_setting(text: str, *names: str, path: str, table: tuple[str, ...]) -> Location:
    """Where the setting with these nested names is written in the TOML `text`, as `parse_settings` takes it."""
    return TomlKeys(path, tuple(text.splitlines()), table).find(*names)


def _quote(key: str) -> str:
    """A key as TOML has it, in quotation marks where it needs them."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def _write_value(value: Any) -> str:
    """A value as TOML has it, in one line: tables have other signs than in JSON."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_quote(key)} = {_write_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(_write_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _report_refusal(refusal: Refusal, keys: TomlKeys, report: Report) -> None:
    names = tuple(map(str, refusal.path))
    key, at = names[-1], keys.find(*names)
    if names[0] == "checks" and refusal.is_whole:
        report.error("unknown-code", refusal.message, at, refusal.help)
        return
    model: type[BaseModel] = Settings
    if names[0] in _TABLES and len(names) > 2:
        model, key = _TABLES[names[0]], names[2]
    elif names[0] == "ground" and len(names) > 1:
        model, key = GroundSettings, names[1]
    if refusal.is_unknown:
        known = sorted(model.model_fields)
        help = ask_nearest(key, known, otherwise="settings are: " + ", ".join(known))
        report.error("unknown-setting", f'no setting "{key}"', at, help)
        return
    if names[0] == "checks" and len(names) > 1:
        examples = [f'{key} = "warning"']
    elif refusal.is_key:
        tables: list[Any] = Settings.model_fields[names[0]].examples or []
        examples = [f"[{names[0]}.{_quote(next(iter(table)))}]" for table in tables]
    else:
        field = model.model_fields[names[0] if model is Settings else key]
        examples = [f"{key} = {_write_value(example)}" for example in field.examples or ()]
    help = refusal.help or f"for example: {' or '.join(examples)}"
    if names[0] in _TABLES and len(names) == 2 and not refusal.is_key:
        help = f"write a table [{names[0]}.{_quote(key)}] with {', '.join(_TABLES[names[0]].model_fields)}"
    report.error("bad-setting", f'"{key}" {refusal.message}', at, help)
