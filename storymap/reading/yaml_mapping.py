"""Parse a block of YAML into values that know where they were written: front matter and the fields of a step.

libyaml parses, yamlcore gives scalars the meaning of YAML 1.2's core schema (`NO` and `12:30` are text). Between them
stand the limits that keep hostile YAML cheap: libyaml overflows the C stack on deep nesting, and aliases multiply.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml
from msgspec import Struct
from yamlcore import CCoreLoader

from storymap.errors import Location, Report
from storymap.reading.text import TextSource
from storymap.reading.wide import join_wide_words
from storymap.reading.yaml_mistakes import report_syntax
from storymap.text.unwanted import refuse_escaped

MAX_CHARACTERS = 64 * 1024
"""Longest block of YAML."""

MAX_DEPTH = 20
"""Deepest nesting of lists and mappings."""

MAX_NODES = 5_000
"""Most values in one block, aliases counted as often as they are used."""

# libyaml still follows YAML 1.1, in which these end a line, and refuses a byte order mark inside a text. They are
# swapped for noncharacters, which no source contains (text.py), and swapped back.
_SWAPPED = {"\x85": "\ufdd3", "\u2028": "\ufdd4", "\u2029": "\ufdd5", "\ufeff": "\ufdd6"}
_SWAP_IN = str.maketrans(_SWAPPED)
_SWAP_OUT = str.maketrans({after: before for before, after in _SWAPPED.items()})

_BRACKETS = re.compile(r"[\[{\]}]")
_DASHES = re.compile(r"(?<!\S)[-?:](?=\s)")
_PREFIX = "tag:yaml.org,2002:"
_CORE_TAGS = frozenset(_PREFIX + kind for kind in ("str", "int", "float", "bool", "null", "seq", "map"))


class Scalar(Struct, frozen=True):
    """One plain value: `text` as typed, `value` what YAML 1.2 makes of it (text, number, bool or None)."""

    text: str
    value: str | int | float | bool | None


Path = tuple[str | int, ...]


class YamlMapping(Struct, frozen=True):
    """A parsed block. `values` holds `Scalar`s, lists and dicts; `keys_at` and `values_at` say where each stands.

    A path is the keys and list indexes that lead to a value: `("place", 1)`.
    """

    values: Mapping[str, Any]
    keys_at: Mapping[Path, Location]
    values_at: Mapping[Path, Location]


def parse_yaml(source: TextSource, report: Report, *, first: int, last: int) -> YamlMapping:
    """Parse the lines `first` to `last` (from 1, inclusive) of `source` as one YAML mapping.

    Mistakes go to `report`; what could be read is returned, an empty mapping if nothing could. Raises nothing.
    """
    nothing = YamlMapping({}, {}, {})
    lines = source.lines[first - 1 : last]
    text = "\n".join(lines)
    if not text.strip() or not _within_limits(source, report, first=first, lines=lines):
        return nothing
    loader = CCoreLoader(text.translate(_SWAP_IN))
    try:
        root = loader.get_single_node()
        if root is None:
            return nothing
        walk = _Walk(source, report, first, loader)
        if not isinstance(root, yaml.MappingNode):
            report.error(
                "yaml-not-fields",
                "here should stand `key: value` lines",
                walk.locate(root),
                'for example: title: "The hall that stayed empty"',
            )
            return nothing
        values = walk.read_mapping(root, ())
    except yaml.MarkedYAMLError as error:
        report_syntax(error, source, report, first=first, last=last)
        return nothing
    except yaml.reader.ReaderError as error:
        line = text[: max(0, int(error.position))].count("\n") + first
        report.error("yaml-syntax", "a character that YAML does not allow", source.at(min(line, last)), "delete it")
        return nothing
    except _TooMuchError as error:
        report.error(
            "yaml-too-large",
            str(error),
            source.at(first),
            "an alias (*name) repeats all that its anchor (&name) holds: write the values out, or fewer of them",
        )
        return nothing
    finally:
        loader.dispose()
    return YamlMapping(values, walk.keys_at, walk.values_at)


class _TooMuchError(Exception):
    """The block unfolds into too many values or too deep ones."""


class _Walk:
    """Turns the nodes of one block into values and remembers where each was written."""

    def __init__(self, source: TextSource, report: Report, first: int, loader: Any) -> None:
        self.source = source
        self.report = report
        self.first = first
        self.loader = loader
        self.keys_at: dict[Path, Location] = {}
        self.values_at: dict[Path, Location] = {}
        self.budget = MAX_NODES
        self.characters = 4 * MAX_CHARACTERS
        self.open: set[int] = set()

    def read_mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        """The mapping as a dict; a key that comes twice is reported and its first value kept."""
        self._enter(node, path)
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.report.error(
                    "yaml-key",
                    "a key must be a single word",
                    self.locate(key_node),
                    "a value that begins with [ or { needs a key before it: `place: [Prague, Brno]`",
                )
                continue
            self._check_tag(key_node)
            key = self._read_text(key_node)
            if key in result:
                earlier = self.keys_at[(*path, key)]
                self.report.error(
                    "duplicate-key",
                    f'"{key}" is given twice',
                    self.locate(key_node),
                    f"it already stands in line {earlier.line}; keep one of them. "
                    "Where a key takes several values, they stand in one list: [one, two]",
                )
                self._read(value_node, (*path, key, "again"))
                continue
            self.keys_at[(*path, key)] = self.locate(key_node)
            result[key] = self._read(value_node, (*path, key))
        self.open.discard(id(node))
        return result

    def locate(self, node: yaml.Node) -> Location:
        """Where a node is written; a node over several lines is marked to the end of its first."""
        start, end = node.start_mark, node.end_mark
        line = start.line + self.first
        written = self.source.lines[line - 1]
        stop = end.column if end.line == start.line else len(written.rstrip())
        return self.source.at(line, start.column + 1, max(1, stop - start.column))

    def _read(self, node: yaml.Node, path: Path) -> Any:
        self.budget -= 1
        if self.budget < 0:
            raise _TooMuchError(f"the values unfold to more than {MAX_NODES:,}")
        self.values_at[path] = self.locate(node)
        if isinstance(node, yaml.MappingNode):
            return self.read_mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            self._enter(node, path)
            items = [self._read(item, (*path, number)) for number, item in enumerate(node.value)]
            self.open.discard(id(node))
            return items
        self._check_tag(node)
        text = self._read_text(node)
        self.characters -= len(text)
        if self.characters < 0:
            raise _TooMuchError(f"the values unfold to more than {4 * MAX_CHARACTERS:,} characters")
        return Scalar(text, self._resolve(node, text))

    def _read_text(self, node: yaml.Node) -> str:
        text = str(node.value).translate(_SWAP_OUT)
        if node.start_mark.line != node.end_mark.line and getattr(node, "style", None) != "|":
            text = join_wide_words(text)
        return text if text.isprintable() else refuse_escaped(text, self.locate(node), self.report)

    def _enter(self, node: yaml.Node, path: Path) -> None:
        if id(node) in self.open:
            raise _TooMuchError("an alias stands inside its own anchor")
        if len(path) > MAX_DEPTH:
            raise _TooMuchError(f"the values are nested deeper than {MAX_DEPTH}")
        self._check_tag(node)
        self.open.add(id(node))

    def _check_tag(self, node: yaml.Node) -> None:
        if node.tag not in _CORE_TAGS:
            tag = str(node.tag).removeprefix(_PREFIX).translate(_SWAP_OUT)
            self.report.error(
                "yaml-tag",
                f'the tag "{tag}" is not allowed',
                self.locate(node),
                "write the value without a tag (a word that begins with !), or put it in quotes",
            )

    def _resolve(self, node: yaml.Node, text: str) -> str | int | float | bool | None:
        if node.tag == _PREFIX + "str" or node.tag not in _CORE_TAGS:
            return text
        try:
            value = self.loader.construct_object(node)
        except (ValueError, KeyError, IndexError, OverflowError, yaml.YAMLError):
            return text  # such as !!int "x", or an integer of more digits than Python converts
        return value if isinstance(value, int | float | bool | None) else text


def _within_limits(source: TextSource, report: Report, *, first: int, lines: tuple[str, ...]) -> bool:
    """Refuse what would cost libyaml its stack: told by the line in which the nesting gets too deep."""
    if sum(map(len, lines)) > MAX_CHARACTERS:
        report.error(
            "yaml-too-large",
            f"these fields have more than {MAX_CHARACTERS // 1024} KiB",
            source.at(first),
            "a story's text stands below the second `---`",
        )
        return False
    brackets = 0
    for number, line in enumerate(lines, first):
        indentation = len(line) - len(line.lstrip(" "))
        for bracket in _BRACKETS.finditer(line):
            brackets += 1 if bracket[0] in "[{" else -1
            if brackets > MAX_DEPTH:
                report.error(
                    "yaml-too-deep",
                    f"brackets are nested deeper than {MAX_DEPTH}",
                    source.at(number, bracket.start() + 1),
                    "close the brackets, or put the text in quotes",
                )
                return False
        brackets = max(0, brackets)
        if indentation > 4 * MAX_DEPTH or len(_DASHES.findall(line)) > 2 * MAX_DEPTH:
            report.error(
                "yaml-too-deep",
                f"values are nested deeper than {MAX_DEPTH}",
                source.at(number),
                "write a list as `key: [one, two]`",
            )
            return False
    return True
