"""Name the features of whole layers: which column is the name, and what has none is told once for a layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.geodata.columns import LATITUDES, LONGITUDES
from storymap.geodata.features import Feature
from storymap.geodata.file_settings import FileSettings, head_settings
from storymap.geodata.name_columns import choose_name_column, suggest_name_column
from storymap.geodata.naming import (
    ALIAS_KEYS,
    CATEGORY_KEYS,
    COUNTRY_KEYS,
    DESCRIPTION_KEYS,
    NAME_KEYS,
    SOURCE_KEYS,
    Naming,
    name_feature,
)
from storymap.text.suggesting import ask_nearest

_MOST_COLUMNS = 12
_MOST_LABELS = 3
"""How many columns, and how many features, a message lists."""

_MEANT = frozenset({"id", *ALIAS_KEYS, *CATEGORY_KEYS, *COUNTRY_KEYS, *DESCRIPTION_KEYS, *SOURCE_KEYS})
"""Columns that have another meaning than the name."""


def name_features(
    features: Sequence[Feature], settings: Mapping[str, FileSettings], report: Report
) -> tuple[Naming, ...]:
    """The naming of each feature, empty of a name where it has none; what has none is told once for each layer.

    `settings` are those of files, by their paths.
    """
    layers: dict[tuple[str, str], list[int]] = {}
    for number, feature in enumerate(features):
        layers.setdefault((feature.at.path, feature.layer), []).append(number)
    namings: dict[int, Naming] = {}
    for (path, layer), numbers in layers.items():
        members = [features[number] for number in numbers]
        named = _Layer(path, layer, members, settings.get(path, FileSettings()))
        namings.update(zip(numbers, named.name(report), strict=True))
    _tell_unknown_columns(features, settings, report)
    return tuple(namings[number] for number in range(len(features)))


class _Layer(Struct, frozen=True):
    """The features of one layer, `name` empty where its file has no layers."""

    path: str
    title: str
    features: Sequence[Feature]
    settings: FileSettings

    def name(self, report: Report) -> list[Naming]:
        """The naming of each feature."""
        columns = _list_columns(self.features)
        chosen = [column for name in self.settings.names for column in columns if _fold(column) == _fold(name)]
        taken = "" if chosen or self._is_named(columns) else choose_name_column(list(columns))
        if taken and not any(columns[taken]):
            taken = ""
        if taken and not all(feature.fallback_name for feature in self.features):
            report.note(
                "taken-for-name",
                f'{self._say_where()}no column is called "name", so "{taken}" is taken for it',
                Location(self.path),
                f"for another, write in storymap.toml:\n{self._write_setting('column')}",
            )
        keys = [*map(_fold, chosen), *NAME_KEYS, *([_fold(taken)] if taken else [])]
        namings = [
            name_feature(feature.properties, feature_id=feature.id, fallback=feature.fallback_name, keys=keys)
            for feature in self.features
        ]
        self._tell_unnamed(columns, namings, has_names=bool(chosen or taken), report=report)
        return namings

    def _is_named(self, columns: Mapping[str, Sequence[Any]]) -> bool:
        """Whether a column is called as names are, and holds one."""
        return any(
            _fold(column) in NAME_KEYS and any(_is_said(value) for value in columns[column]) for column in columns
        )

    def _tell_unnamed(
        self, columns: Mapping[str, Sequence[Any]], namings: Sequence[Naming], *, has_names: bool, report: Report
    ) -> None:
        placed = [(one, naming) for one, naming in zip(self.features, namings, strict=True) if one.lost is None]
        unnamed = [feature for feature, naming in placed if not naming.name]
        wordy = [column for column, values in columns.items() if _fold(column) not in _MEANT and _hold_words(values)]
        if not placed:
            return
        if not unnamed:
            by_id = not has_names and not self._is_named(columns) and all(naming.has_own_id for _, naming in placed)
            near = choose_name_column(wordy) or suggest_name_column(wordy, surely=True)
            if by_id and near and not any(feature.fallback_name for feature in self.features):
                report.warning(
                    "unnamed-feature",
                    f'{self._say_where()}no column is called "name", so ids serve as names',
                    Location(self.path),
                    self._advise(columns, near),
                )
            return
        count, total = len(unnamed), len(placed)
        if count < total or total == 1:
            listed = ", ".join(feature.label for feature in unnamed[:_MOST_LABELS])
            more = f" and {count - _MOST_LABELS} more" if count > _MOST_LABELS else ""
            who = f"{listed}{more} {'have' if count > 1 else 'has'} no name"
            at = unnamed[0].at
        else:
            who = f"{self._say_where()}none of {total:,} features has a name"
            at = Location(self.path)
        listable = has_names or self._is_named(columns)
        help = 'give it a "name"' if listable or not columns else self._advise(columns, suggest_name_column(wordy))
        report.warning(
            "unnamed-feature",
            f"{who}, so no story can go there",
            at,
            help.replace("it a", "each a") if count > 1 else help,
        )

    def _advise(self, columns: Iterable[str], near: str) -> str:
        """Which columns there are, which of them may be meant, and how to say so."""
        listed = [f'"{column[:40]}"' for column in columns if _fold(column) not in (*LATITUDES, *LONGITUDES)]
        more = f" and {len(listed) - _MOST_COLUMNS} more" if len(listed) > _MOST_COLUMNS else ""
        has = f"its columns are {', '.join(listed[:_MOST_COLUMNS])}{more}"
        if not near:
            return f'{has}; add one that is called "name"'
        setting = self._write_setting(near)
        return f'did you mean "{near}"? {has}\ncall it "name", or write in storymap.toml:\n{setting}'

    def _say_where(self) -> str:
        return f'in layer "{self.title}" ' if self.title else ""

    def _write_setting(self, column: str) -> str:
        """The lines that say which column is the name, in one."""
        return f'{head_settings(self.path)}\nname = "{column}"'


def _tell_unknown_columns(features: Sequence[Feature], settings: Mapping[str, FileSettings], report: Report) -> None:
    """Tell each name of the settings that no layer of its file has a column of."""
    for path, wanted in settings.items():
        columns = list(_list_columns(feature for feature in features if feature.at.path == path))
        for name in wanted.names if columns else ():
            if _fold(name) not in map(_fold, columns):
                listed = ", ".join(f'"{column[:40]}"' for column in columns[:_MOST_COLUMNS])
                help = ask_nearest(name, columns, otherwise=f"its columns are {listed}")
                report.error("unknown-column", f'{path} has no column "{name}"', wanted.at, help)


def _list_columns(features: Iterable[Feature]) -> dict[str, list[Any]]:
    """The columns of a layer, each with what its features say there."""
    columns: dict[str, list[Any]] = {}
    for feature in features:
        for column, value in feature.properties.items():
            columns.setdefault(str(column).strip(), []).append(value)
    return columns


def _fold(column: str) -> str:
    return column.strip().casefold()


def _is_said(value: Any) -> bool:
    return value is not None and bool(str(value).strip())


def _hold_words(values: Iterable[Any]) -> bool:
    """Whether most of what a column holds are words, and no numbers, addresses or keys."""
    told = list(_say_texts(values))
    return sum(text[0].isalpha() and "://" not in text and len(text) < 200 for text in told) * 2 > len(told)


def _say_texts(values: Iterable[Any]) -> Iterator[str]:
    return (value.strip() for value in values if isinstance(value, str) and value.strip())
