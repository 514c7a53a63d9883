"""The schemas take all that is right and refuse all that is wrong, as far as a schema can see.

A schema sees one value at a time: the front matter of a story, the fields of a step, the settings, a GeoJSON file.
Every problem that a project of `tests/projects/bad` tells about such a value has a code that stands below, so that none
is left out unnoticed.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, strategies
from jsonschema import Draft202012Validator

from storymap.cli.commands import storymap
from storymap.errors import Report
from storymap.reading.dates import DATE_PATTERN, DateError, read_date
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.layout import lay_out
from storymap.reading.lines import Lines
from storymap.reading.story_files import COLLECTION_FILE
from storymap.reading.text import decode_text
from storymap.reading.values import to_plain
from storymap.reading.yaml_mapping import parse_yaml
from storymap.settings.model import Settings
from storymap.starter.schemas import list_schemas, make_schema

REPOSITORY = Path(__file__).parents[1]
BAD = sorted(path for path in (REPOSITORY / "tests" / "projects" / "bad").iterdir() if path.is_dir())
RIGHT = [
    REPOSITORY,
    REPOSITORY / "storymap" / "starter" / "project",
    *sorted(path for path in (REPOSITORY / "tests" / "projects" / "good").iterdir() if path.is_dir()),
]

SEEN = {
    "bad-bounds",
    "bad-coordinates",
    "bad-feature",
    "bad-geojson",
    "bad-geometry",
    "bad-property",
    "bad-setting",
    "bad-tiles",
    "coordinate-out-of-range",
    "decimal-comma",
    "hard-mistake",
    "unknown-code",
    "unknown-key",
    "unknown-setting",
    "wrong-value",
}
"""Codes of what one value shows by itself."""

UNSEEN_MESSAGES = {
    r"^stories/.*(?:cannot be silenced|no check has the code)": "is about a comment",
    r"\" ends before it begins": "compares two parts of a text",
    r"is empty: south must be less": "compares two numbers",
    r"[\d, .]+\" lies outside the earth": "in a story on a picture they are pixels",
    r"is no place": "the text NaN is no JSON, so that no schema gets it",
    r"polygon's ring ends at|has \d different points|has no length": "compares positions",
}
"""What is told with a code that is seen, and yet needs more than a schema has; and why."""

UNSEEN = {
    "json-front-matter": "is about what stands around the front matter",
    "misplaced-front-matter": "is about what stands around the front matter",
    "no-streets": "needs the files of street data",
    "unreadable-streets": "is about a file of street data",
    "refused-request": "is about a page",
    "unused-credit": "needs the files of the project",
    "noted-credit": "needs the files of the project",
    "missing-alt": "is good advice, and no mistake of the shape",
    "published-missing": "is about the published site",
    "published-otherwise": "is about the published site",
    "published-besides": "is about the published site",
    "no-published-site": "is about the published site",
    "bad-style": "is about a style sheet",
    "unlettered-card": "is about the letters of fonts",
    "unreadable-font": "is about a font",
    "missing-style-file": "is about a style sheet",
    "style-asks-elsewhere": "is about a style sheet",
    "bad-template": "is about a template",
    "unknown-template": "is about a template",
    "static-collision": "is about files that the site makes",
    "static-name": "is about the names of files",
    "bad-control-points": "compares positions",
    "bad-leg": "needs the file of the track",
    "image-nowhere": "needs one of two keys",
    "loose-control-point": "compares positions",
    "stretched-picture": "compares the shapes of pictures",
    "more-overlays": "needs the file of the picture",
    "heavy-layer": "needs the data",
    "heavy-streets": "needs the street data",
    "streets-end": "needs the street data",
    "unused-data": "is about files that are not named",
    "no-spot": "needs the picture",
    "not-on-a-picture": "compares the front matter with the steps",
    "no-track": "needs the file of the track",
    "no-route": "needs the front matter",
    "off-the-route": "needs the file of the track",
    "gps-leap": "needs the file of the track",
    "bad-breaks": "compares numbers with one another",
    "bad-classes": "is about the palette, too",
    "bad-color": "needs the names of colours",
    "bad-format": "needs the patterns of CLDR",
    "bad-look": "is told with the kind of layer",
    "empty-column": "needs the data",
    "joined-loosely": "needs the data",
    "nothing-joined": "needs the data",
    "several-rows": "needs the data",
    "unmatched-features": "needs the data",
    "remote-data": "is about what lies in the project",
    "long-popup": "is told with the data",
    "mixed-column": "needs the data",
    "negative-size": "needs the data",
    "nothing-shown": "needs the data",
    "text-column": "needs the data",
    "too-many-categories": "needs the data",
    "unknown-layer": "needs the front matter, or the settings",
    "unknown-symbol": "needs the names of symbols",
    "unused-category": "needs the places",
    "weak-color": "measures contrast",
    "lost-color": "measures contrast",
    "unknown-palette": "needs the palettes, in whatever capitals",
    "unknown-scheme": "is told with the data",
    "unsafe-palette": "is advice about colours",
    "already-known": "is about what a command may add",
    "ambiguous-place": "needs the gazetteer",
    "no-original": "compares stories",
    "same-language": "compares stories",
    "edition-language": "compares the name of the file",
    "not-an-edition": "compares the name of the file",
    "unpaired-steps": "compares stories",
    "extra-step": "compares stories",
    "lost-in-edition": "compares stories",
    "missing-step": "compares stories",
    "other-than-original": "compares stories",
    "stale-edition": "compares stories",
    "step-order": "compares stories",
    "no-page": "needs to know which characters are letters",
    "other-spelling": "compares stories",
    "second-lead": "compares stories",
    "empty-collection": "needs the stories",
    "misplaced-collection": "is about where a file lies",
    "no-collection": "is about where stories lie",
    "bad-alias": "compares an address with those that a site can have",
    "bad-id": "is about the file's other ids",
    "bad-json": "cannot be parsed",
    "place-left-out": "stands in a story, not in the file of the place",
    "beyond-the-map": "is odd, not wrong",
    "broken-toml": "cannot be parsed",
    "built-in-place": "needs the gazetteer",
    "country-mismatch": "needs the outlines of countries",
    "deep-nesting": "is refused before it is parsed",
    "duplicate-id": "compares steps",
    "duplicate-key": "a mapping has each key once",
    "duplicate-place-id": "compares features",
    "duplicate-place-name": "compares features",
    "empty-file": "cannot be parsed",
    "file-case": "needs the files",
    "asset-not-kept": "asks a server",
    "unknown-licence": "asks a server",
    "changed-asset": "compares files",
    "foreign-asset": "runs Python",
    "hook-failed": "runs Python",
    "hook-parameters": "runs Python",
    "idle-field": "compares fields of several steps",
    "invalid-geometry": "is geometry",
    "map-address": "is a name of something else, and a link in prose may hold it",
    "lfs-pointer": "cannot be parsed",
    "line-too-long": "is about the text, not the value",
    "long-summary": "is advice about cards",
    "long-title": "is advice about cards",
    "missing-attribution": "compares two settings",
    "missing-file": "needs the files",
    "missing-picture": "needs the files",
    "missing-source": "is advice about what could be there",
    "missing-title": "a heading may give it",
    "network-link": "is about the file",
    "no-address": "compares a heading with addresses",
    "no-features": "is odd, not wrong",
    "no-geometry": "is odd, not wrong: such a feature is left out",
    "no-places": "needs the steps",
    "no-position": "needs the picture",
    "no-steps": "needs the steps",
    "not-a-picture": "needs the file",
    "not-in-degrees": "is about what a command may add to",
    "null-island": "is odd, not wrong",
    "other-name": "needs the gazetteer",
    "outside-project": "needs the folders",
    "picture-case": "needs the files",
    "swapped-coordinates": "needs the outlines of countries or other places",
    "taken-for-name": "is odd, not wrong",
    "tiles-need-key": "needs the list of providers",
    "tiles-projection": "needs the tiles",
    "missing-tiles": "needs the tiles",
    "unreadable-tiles": "needs the tiles",
    "vector-tiles": "needs the tiles",
    "broken-tile": "needs the tiles",
    "heavy-tiles": "needs the tiles",
    "story-tiles": "needs the tiles",
    "tiles-elsewhere": "needs the tiles",
    "too-many-features": "is about the file",
    "two-ids": "compares a field with a heading",
    "two-titles": "compares a field with a heading",
    "unknown-column": "needs the file",
    "unknown-encoding": "is about the file",
    "unknown-country": "needs the list of countries",
    "unknown-crs": "needs the list of reference systems",
    "unknown-hook": "runs Python",
    "unknown-place": "needs the gazetteer",
    "unknown-tiles": "needs the list of providers",
    "unreadable-picture": "needs the picture",
    "unnamed-feature": "is odd, not wrong: such a feature is left out",
    "updated-too-early": "compares two days",
    "unused-ignore": "is about comments",
    "unused-place": "needs the stories",
    "view-misses-places": "needs the places",
    "wrapped-longitude": "is odd, not wrong",
    "yaml-key": "cannot be parsed",
    "yaml-not-fields": "cannot be parsed",
    "yaml-syntax": "cannot be parsed",
    "yaml-tag": "cannot be parsed",
    "yaml-too-deep": "cannot be parsed",
    "yaml-too-large": "cannot be parsed",
    "zoom-too-close": "is advice about what the map can show",
}
"""Codes of what needs more than one value, and what that is."""

PROBLEM = re.compile(
    r"^(?P<path>[^\s:][^:\n]*?)(?::(?P<line>\d+))?(?::\d+)?: "
    r"(?P<severity>error|warning)\[(?P<code>[\w-]+)\]: (?P<say>.*)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Written:
    """A value that an author wrote: of which schema, in which file and lines."""

    schema: str
    path: str
    lines: Lines
    value: Any

    def __str__(self) -> str:
        return f"{self.path}:{self.lines.first} ({self.schema})"


@dataclass(frozen=True)
class Told:
    """A problem as `expected.txt` has it."""

    path: str
    line: int
    severity: str
    code: str
    message: str


@pytest.mark.parametrize("name", list_schemas())
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(make_schema(name))


@pytest.mark.parametrize("name", list_schemas())
def test_every_key_says_in_a_sentence_what_it_means_and_has_examples_that_are_right(name: str) -> None:
    root = make_schema(name)
    found = list(list_properties(root))
    assert found
    for key, schema in found:
        assert schema["title"] == key
        assert re.fullmatch(r"[A-Z`“].*[.!)]", schema["description"], re.DOTALL), (key, schema["description"])
        assert schema["examples"], key
        for example in schema["examples"]:
            whole = {"$schema": root["$schema"], "$defs": root.get("$defs", {}), **schema}
            assert not list(Draft202012Validator(whole).iter_errors(example)), (key, example)


@pytest.mark.parametrize("name", list_schemas())
def test_patterns_escape_nothing_that_a_browser_would_not(name: str) -> None:
    """Editors compile them as Unicode regular expressions of ECMAScript, which allow few escapes and no `\\Z`."""
    for pattern in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(make_schema(name))):
        escapes = set(re.findall(r"\\(.)", json.loads(pattern)))
        assert escapes <= {*"sSdDwWbBx.[](){}*+?^$|/"}, pattern


def test_every_key_of_the_models_is_in_a_schema() -> None:
    assert list(make_schema("settings")["properties"]) == list(Settings.model_fields)
    assert list(make_schema("front-matter")["properties"]) == list(FrontMatter.model_fields)
    assert list(make_schema("step")["properties"]) == list(StepFields.model_fields)


@pytest.mark.parametrize("folder", RIGHT, ids=lambda folder: folder.name)
def test_what_is_right_is_taken(folder: Path) -> None:
    written = list(list_written(folder))
    assert {"front-matter", "step"} <= {one.schema for one in written}
    for one in written:
        assert not refusals(one), one


@pytest.mark.parametrize("folder", BAD, ids=lambda folder: folder.name)
def test_what_is_wrong_is_refused_where_a_schema_can_see_it(folder: Path) -> None:
    told = list_told(folder)
    for one in list_written(folder):
        wrong = [problem for problem in told if concerns(problem, one)]
        codes = {problem.code for problem in wrong}
        assert codes <= SEEN | set(UNSEEN), f"say whether a schema can see {codes - SEEN - set(UNSEEN)}"
        if visible := [problem for problem in wrong if is_visible(problem)]:
            assert refusals(one), f"{one} is taken, in spite of {visible}"
        elif all(problem.severity == "warning" for problem in wrong) and "deep-nesting" not in codes:
            assert not refusals(one), one


def test_the_codes_here_exist() -> None:
    from storymap.mistakes.catalogue import load_mistakes

    assert set(load_mistakes()) >= SEEN | set(UNSEEN)
    assert not SEEN & set(UNSEEN)


DATES = strategies.from_regex(
    r"-?\d{3,4}X{0,2}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?Z?)?)?)?[~?%]?(/(\.\.|\d{4}(-[012]\d(-[0-3]\d)?)?)?)?",
    fullmatch=True,
)


@given(DATES)
def test_the_pattern_of_dates_takes_what_is_read_and_refuses_what_is_not(text: str) -> None:
    try:
        read_date(text)
        refused = ""
    except DateError as error:
        refused = str(error)
    taken = re.search(DATE_PATTERN, text) is not None
    assert taken == (not refused or "ends before it begins" in refused)


@pytest.mark.parametrize(
    "text", ["2020-02-29", "1900~", "-0043", "2020-02-29T23:59Z", "Y12000-02-29", "../2020", "2020/"]
)
def test_dates_that_are_taken(text: str) -> None:
    assert re.search(DATE_PATTERN, text)


@pytest.mark.parametrize("text", ["2021-02-29", "1900-02-29", "2020-13", "2020-04-31", "/", "../..", "today", "20-1-1"])
def test_dates_that_are_refused(text: str) -> None:
    assert not re.search(DATE_PATTERN, text)


@pytest.mark.parametrize(
    "fields",
    [
        {"place": "116.4074, 39.9042"},
        {"place": [50.08, 14.43]},
        {"place": []},
        {"place": None},
        {"center": "Prague"},
        {"center": [50, 14]},
        {"bounds": [-181, 0, 0, 1]},
        {"bounds": [0, 1, 2]},
        {"zoom": 19},
        {"zoom": "9"},
        {"overview": "yes"},
        {"id": "storymap-top"},
        {"id": "The call"},
        {"line": "curved"},
        {"colour": "red"},
    ],
)
def test_step_fields_that_are_refused(fields: dict[str, Any]) -> None:
    assert refusals(Written("step", "", Lines(1, 1), fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"place": "50.0790, 14.4306"},
        {"place": "geo:50.0790,14.4306"},
        {"place": "Washington, D.C."},
        {"place": 1984},
        {"place": "50°4′44″N 14°25′50″E"},
        {"center": "50.0790 N, 14.4306 E"},
        {"bounds": "12, 48, 19, 51"},
        {"date": 2020},
        {"id": "první-krok"},
        {},
    ],
)
def test_step_fields_that_are_taken(fields: dict[str, Any]) -> None:
    assert not refusals(Written("step", "", Lines(1, 1), fields))


def test_the_command_lists_prints_and_writes(tmp_path: Path) -> None:
    runner = CliRunner()
    listed = runner.invoke(storymap, ["schema"])
    assert [line.split()[0] for line in listed.stdout.splitlines()] == list(list_schemas())
    for name in list_schemas():
        assert json.loads(runner.invoke(storymap, ["schema", name]).stdout) == make_schema(name)
    wrote = runner.invoke(storymap, ["schema", "--output", str(tmp_path / "new")])
    assert wrote.exit_code == 0
    assert {file.name for file in (tmp_path / "new").iterdir()} == {
        *(f"{name}.schema.json" for name in list_schemas()),
        "storymap.code-snippets",
    }
    assert "0 written" in runner.invoke(storymap, ["schema", "--output", str(tmp_path / "new")]).stdout


def test_a_misspelt_schema_is_answered_with_the_right_one() -> None:
    result = CliRunner().invoke(storymap, ["schema", "setings"])
    assert result.exit_code == 2
    assert 'did you mean "settings"?' in result.output


def refusals(one: Written) -> list[str]:
    return [error.message for error in make_validator(one.schema).iter_errors(one.value)]


@cache
def make_validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(make_schema(name))


def list_properties(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that a schema describes, wherever it stands in it; conditions repeat keys without describing them."""
    if isinstance(schema, list):
        for item in schema:
            yield from list_properties(item)
    if isinstance(schema, dict):
        for word, value in schema.items():
            if word == "properties" and isinstance(value, dict):
                for key, described in value.items():
                    yield key, described
                    yield from list_properties(described)
            elif word not in {"if", "then", "else", "allOf", "examples"}:
                yield from list_properties(value)


def list_written(folder: Path) -> Iterator[Written]:
    """Every value in the project that a schema describes and that can be parsed."""
    for file in sorted((folder / "stories").rglob("*.md")):
        if file.is_file() and file.stem.lower() != "readme":
            yield from list_in_story(file, file.relative_to(folder).as_posix())
    for file in sorted((folder / "geo").glob("*.*json")):
        value = parse(file, lambda text: json.loads(text, parse_constant=refuse))
        if value is not None:
            yield Written("places", file.relative_to(folder).as_posix(), Lines(0, 10**9), value)
    if (folder / "storymap.toml").is_file():
        value = parse(folder / "storymap.toml", tomllib.loads)
        if value is not None:
            yield Written("settings", "storymap.toml", Lines(0, 10**9), value)
    if (folder / "pyproject.toml").is_file():
        value = (parse(folder / "pyproject.toml", tomllib.loads) or {}).get("tool", {}).get("storymap")
        if value is not None:
            yield Written("settings", "pyproject.toml", Lines(0, 10**9), value)


def list_in_story(file: Path, path: str) -> Iterator[Written]:
    report = Report()
    source = decode_text(file.read_bytes(), path, report)
    if source is None:
        return
    layout = lay_out(source, report)
    blocks = [("front-matter", layout.front), *(("step", step.fields) for step in layout.steps)]
    if file.name == COLLECTION_FILE:
        blocks = [("collection", layout.front)]
    for schema, lines in blocks:
        broken = Report()
        mapping = parse_yaml(source, broken, first=lines.first, last=lines.last) if not lines.empty else None
        if mapping is None or not broken.problems:
            value = {key: to_plain(value) for key, value in mapping.values.items()} if mapping else {}
            yield Written(schema, path, lines, value)


def parse(file: Path, read: Any) -> Any:
    """What `read` makes of the file's text; None where it is no such text."""
    try:
        return read(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def refuse(word: str) -> Any:
    raise ValueError(word)


def list_told(folder: Path) -> list[Told]:
    text = (folder / "expected.txt").read_text(encoding="utf-8")
    return [
        Told(found["path"], int(found["line"] or 0), found["severity"], found["code"], found["say"])
        for found in PROBLEM.finditer(text)
    ]


def concerns(problem: Told, one: Written) -> bool:
    return problem.path == one.path and (one.lines.first <= problem.line <= one.lines.last)


def is_visible(problem: Told) -> bool:
    return problem.code in SEEN and not any(
        re.search(pattern, f"{problem.path}: {problem.message}") for pattern in UNSEEN_MESSAGES
    )
