"""Join a table to features: each gets the values of the rows that have its value in a column; the rest is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from storymap.errors import Location, Report
from storymap.geodata.column_values import write_value
from storymap.geodata.features import DATA, Feature
from storymap.geodata.json_tables import KEY
from storymap.geodata.value_tables import ValueTable
from storymap.text.names import normalize_name
from storymap.text.suggesting import ask_nearest, find_nearest

_SAMPLE = 1_000
"""Features and rows that are compared to find out which columns hold the same."""

_TELLING_COLUMNS = 12
"""Columns of a table that are looked at to find out which of them tell the rows of one feature apart."""

_SAMPLED_FEATURES = 100
"""Features whose rows are compared at first."""

_SHOWN = 5
"""How many values a message lists."""

_LIKENESS = 65
"""How like a value has to be to one that fits nothing to be suggested for it, where 100 is the same."""

_MARKS = re.compile(r"(?:\s*(?:[*†‡§¹²³⁰⁴-⁹]+|\[\w{1,3}\]|\(?\d{1,2}\)))+\s*$")
"""Marks of footnotes behind a name."""

_KINDS = frozenset(
    "kraj kraje okres obec mesto hlavni hl m oblast region regione county district province provincia provincie "
    "departement departamento estado state comunidad wojewodztwo powiat gmina landkreis kreis bezirk kanton canton "
    "regierungsbezirk stadt city of the de do da del la megye judetul zupanija област край район область".split()
)
"""Words that say what kind of region a name is of, as normalised names have them."""

_TOTALS = frozenset(
    map(
        normalize_name,
        "total totals sum all summe gesamt insgesamt celkem úhrnem spolu razem ogółem ensemble totale totaal totalt "
        "yhteensä összesen ukupno skupaj total général celkový součet итого всего всього усього разом 合計 总计 總計 "
        "المجموع סהכ".split(),
    )
)
"""What rows are called that belong to no feature because they are of all."""

_WORDS = frozenset({"all", "sum", "general", "soucet", "celkovy", "alle"})
"""Those of them that may begin or end the name of a feature."""

_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
_DECIMAL_ZEROS = re.compile(r"^(\d+)[.,]0+$")

Fold = Callable[[str], str]
"""Brings a value into the form in which it is compared; empty where that leaves nothing to compare."""


class Join(Struct, frozen=True):
    """A table whose rows belong to features: those with the same value in `column` as the features in `own_column`.

    `path` is what messages call its file. `part` is the sheet of a spreadsheet or the member of a JSON object that it
    is, empty for the first. `encoding` is that of its texts, empty where the settings do not say it.
    """

    table: Path
    path: str
    own_column: str
    column: str
    part: str = ""
    encoding: str = ""


class Known(Struct, frozen=True):
    """How features are known that no file of the author has: by what `fold` makes of a value of their `column`."""

    column: str
    fold: Fold


class _Match(Struct, frozen=True):
    """Which rows of the table each value of the features has, and which values fit only in another form."""

    rows: Mapping[str, tuple[int, ...]]
    loose: Mapping[str, str]

    def list_left(self, count: int) -> list[int]:
        """The rows, of `count`, that no feature has."""
        taken = {number for numbers in self.rows.values() for number in numbers}
        return [number for number in range(count) if number not in taken]


def join_table(
    features: Sequence[Feature],
    table: ValueTable,
    join: Join,
    at: Location,
    report: Report,
    *,
    known: Known | None = None,
) -> list[Feature]:
    """`features` with the values of the rows of `table` that have in its column what they have in theirs.

    A feature with several rows comes once for each, as in a table with a row for each year. There are none, which is
    told at `at`, where there is no such column, or nothing fits. Of features that are `known` without a file only those
    are kept that have rows.
    """
    own_names = dict.fromkeys(name for feature in features for name in feature.properties)
    if known is not None and join.own_column not in own_names:
        own = known.column
    else:
        own = _find_column(join.own_column, list(own_names), features[0].at.path, at, report)
    other = _find_key(join.column, table, at, report)
    if not own or other is None:
        return []
    wanted = [write_value(feature.properties.get(own)) for feature in features]
    keys = [write_value(values[other]) for _, values in table.rows]
    folds = (_fold, _drop_marks, _drop_zeros, _drop_kinds) if known is None else (normalize_name, known.fold)
    match = _match_values(dict.fromkeys(filter(None, wanted)), keys, folds, gather=known is not None)
    if not match.rows:
        listed = f"{_list_values(wanted)} in the features, {_list_values(keys)} in the table"
        help = _suggest_columns(features, own_names, table, than=1) or _NAME_BOTH
        report.error("nothing-joined", f'no row of "{table.path}" fits: there are {listed}', at, help)
        return []
    if known is None:
        _tell_loose(match.loose, own, at, report)
        better = _suggest_columns(features, own_names, table, than=len(match.rows) + 1)
        _tell_features(wanted, keys, match, table, at, report, help=better)
    else:
        features = [feature for feature, value in zip(features, wanted, strict=True) if value in match.rows]
        wanted = [value for value in wanted if value in match.rows]
    _tell_rows(keys, match, table, report)
    chosen = _choose_rows(match.rows, table, other, report)
    count = sum(max(1, len(chosen.get(value, ()))) for value in wanted)
    if count > DATA.most_features:
        report.error("too-many-features", f"joined, these are {count:,} features", at, DATA.advise_fewer())
        return []
    names = [(number, name) for number, name in enumerate(table.columns) if number != other or name not in {KEY, own}]
    return [
        replace(feature, properties={**feature.properties, **values})
        for feature, value in zip(features, wanted, strict=True)
        for values in _list_joined(table, names, chosen.get(value, ()))
    ]


_NAME_BOTH = "name the columns that hold the same, the layer's first: on: {nuts: code}"


def _suggest_columns(features: Sequence[Feature], names: Iterable[str], table: ValueTable, *, than: int) -> str:
    """What to write of the two columns that share the most values, if that are more `than` now; else empty."""
    rows = table.rows[:_SAMPLE]
    theirs = [
        {normalize_name(write_value(values[number])) for _, values in rows} for number in range(len(table.columns))
    ]
    best = ""
    for name in names:
        own = {normalize_name(write_value(feature.properties.get(name))) for feature in features[:_SAMPLE]} - {""}
        for column, values in zip(table.columns, theirs, strict=True):
            if len(own & values) > than:
                than = len(own & values)
                best = f"did you mean on: {name if name == column else f'{{{name}: {column}}}'}?"
    return best


def _find_column(wanted: str, names: Sequence[str], path: str, at: Location, report: Report) -> str:
    """The one of `names` that is `wanted`, in any letters; empty, and told, where there is none."""
    same = [name for name in names if normalize_name(name) == normalize_name(wanted)]
    if wanted in names or len(same) == 1:
        return wanted if wanted in names else same[0]
    listed = ", ".join(f'"{name[:40]}"' for name in names[:12]) + (", …" if len(names) > 12 else "")
    help = ask_nearest(wanted, names, otherwise=f"its columns are {listed}" if names else "it has no columns")
    report.error("unknown-column", f'"{path}" has no column "{wanted[:80]}"', at, help)
    return ""


def _find_key(wanted: str, table: ValueTable, at: Location, report: Report) -> int | None:
    """The number of the column of `table` that is `wanted`; of a keyed one without a column so called, its keys."""
    if table.is_keyed and wanted not in table.columns:
        return table.columns.index(KEY)
    found = _find_column(wanted, table.columns, table.path, at, report)
    return table.columns.index(found) if found else None


def _match_values(
    wanted: Collection[str], keys: Sequence[str], folds: Sequence[Fold], *, gather: bool = False
) -> _Match:
    """The rows of each of `wanted`: those with the same key, else with the one key that is the same in another form.

    With `gather` all keys of one form are the same: of a country that had another name in some of the years.
    """
    if gather:
        *_, known = folds
        gathered: dict[str, list[int]] = {}
        for number, key in enumerate(keys):
            gathered.setdefault(known(key) or normalize_name(key), []).append(number)
        forms = {value: known(value) or normalize_name(value) for value in wanted}
        return _Match({value: tuple(gathered[form]) for value, form in forms.items() if form in gathered}, {})
    rows: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        rows.setdefault(key, []).append(number)
    found = {value: tuple(rows[value]) for value in wanted if value in rows}
    loose: dict[str, str] = {}
    for fold in folds:
        taken = found.keys() | set(loose.values())
        left = _index_unique((key for key in rows if key not in taken), fold)
        missing = _index_unique((value for value in wanted if value not in found), fold)
        for form, value in missing.items():
            if form in left:
                loose[value] = left[form]
                found[value] = tuple(rows[left[form]])
    return _Match(found, loose)


def _fold(value: str) -> str:
    """A name or a code as they are compared: 1.5 is not 15, and 10.0 is 10, as a spreadsheet has it."""
    return normalize_name(_POINT.sub(" ", _DECIMAL_ZEROS.sub(r"\1", value)))


def _drop_marks(value: str) -> str:
    """A name without the marks of footnotes behind it: "Wales*", "Vysočina 1)"."""
    return _fold(_MARKS.sub("", value))


def _drop_kinds(value: str) -> str:
    """A name without the words that say what kind of region it is: "Kraj Vysočina", "Landkreis Görlitz"."""
    words = _drop_marks(value).split()
    return " ".join(word for word in words if word not in _KINDS)


def _drop_zeros(value: str) -> str:
    """A code without the zeros before it, which spreadsheets lose."""
    plain = _fold(value)
    return plain.lstrip("0") or plain[-1:]


def _index_unique(values: Iterable[str], fold: Fold) -> dict[str, str]:
    """`values` by the form that they have; those that share one are left out."""
    forms: dict[str, list[str]] = {}
    for value in values:
        forms.setdefault(fold(value), []).append(value)
    return {form: same[0] for form, same in forms.items() if form and len(same) == 1}


def _tell_loose(loose: Mapping[str, str], column: str, at: Location, report: Report) -> None:
    if loose:
        pairs = [f'"{key[:40]}" for "{value[:40]}"' for value, key in loose.items()]
        message = f'the table has other spellings of values of "{column}": {_list_some(pairs)}'
        report.note("joined-loosely", message, at, "nothing needs to be done, unless one of them is another")


def _tell_features(
    wanted: Sequence[str],
    keys: Sequence[str],
    match: _Match,
    table: ValueTable,
    at: Location,
    report: Report,
    *,
    help: str,
) -> None:
    """Tell which features have no row, with those that may be meant; `help` says how more would, if it is known."""
    missing = list(dict.fromkeys(value for value in wanted if value not in match.rows))
    if missing:
        left = list(dict.fromkeys(keys[number] for number in match.list_left(len(keys)) if keys[number]))
        told = [_say_missing(value, left if number < _SHOWN else ()) for number, value in enumerate(missing)]
        message = f'{len(missing):,} of {len(set(wanted)):,} features have no row in "{table.path}": {_list_some(told)}'
        report.warning("unmatched-features", message, at, help or "write both the same way, or add rows for them")


def _tell_rows(keys: Sequence[str], match: _Match, table: ValueTable, report: Report) -> None:
    """Tell which rows belong to no feature."""
    left = [number for number in match.list_left(len(keys)) if not _is_total(keys[number])]
    told = [f'"{key[:40]}"' for key in dict.fromkeys(keys[number] for number in left if keys[number])]
    if told:
        message = f"{len(left):,} of {len(keys):,} rows belong to no feature: {_list_some(told)}"
        advice = "write both the same way; rows that the map does not show may stay"
        report.warning("unmatched-rows", message, table.at(left[0]), advice)


def _is_total(key: str) -> bool:
    """Whether a row is of all features: "Total", "Celkem ČR"."""
    plain = normalize_name(key)
    words = plain.split()
    return plain in _TOTALS or any(word in _TOTALS and word not in _WORDS for word in words[:1] + words[-1:])


def _say_missing(value: str, near: Sequence[str]) -> str:
    meant = find_nearest(value, near, likeness=_LIKENESS) if value else ""
    shown = f'"{value[:40]}"' if value else "one without a value"
    return f'{shown} (did you mean "{meant[:40]}"?)' if meant else shown


def _choose_rows(
    rows: Mapping[str, tuple[int, ...]], table: ValueTable, other: int, report: Report
) -> Mapping[str, tuple[int, ...]]:
    """The rows of each value: all where a column tells them apart, such as the year; else the first. Both are told."""
    several = {value: numbers for value, numbers in rows.items() if len(numbers) > 1}
    if not several:
        return rows
    value, numbers = next(iter(several.items()))
    if apart := _find_telling_columns(several, table, other):
        names = " and ".join(f'"{table.columns[column]}"' for column in apart)
        message = f"{len(several):,} of {len(rows):,} features have several rows, one for each {names}"
        last = table.rows[numbers[-1]][1]
        chosen = ", ".join(f"{table.columns[column]}: {write_value(last[column])}" for column in apart)
        advice = f"choose one of them, in the layer or in a step: where: {{{chosen}}}"
        report.note("several-rows", message, table.at(numbers[0]), advice)
        return rows
    lines = ", ".join(str(table.rows[number][0]) for number in numbers[:_SHOWN] if table.rows[number][0])
    values = f"{len(several):,} values have several rows, such as" if len(several) > 1 else "several rows are for"
    message = f'{values} "{value[:40]}"'
    message += f" in lines {lines}" if lines else ""
    report.warning("duplicate-row", message, table.at(numbers[1]), "the first counts; delete the others")
    return {value: numbers[:1] for value, numbers in rows.items()}


def _find_telling_columns(several: Mapping[str, tuple[int, ...]], table: ValueTable, other: int) -> tuple[int, ...]:
    """The numbers of the fewest columns whose values tell the rows of one feature apart, and are those of others, too.

    Such as the year, or the year and what is counted; none where there are no such columns.
    """
    columns = [number for number in range(len(table.columns)) if number != other][:_TELLING_COLUMNS]
    sample = dict(islice(several.items(), _SAMPLED_FEATURES))
    for count in (1, 2, 3):
        for chosen in combinations(columns, count):
            if _tell_apart(chosen, sample, table) and _tell_apart(chosen, several, table):
                return chosen
    return ()


def _tell_apart(columns: Sequence[int], several: Mapping[str, tuple[int, ...]], table: ValueTable) -> bool:
    """Whether `columns` tell the rows of each feature apart, and have the same values for all of them."""
    most = max(map(len, several.values()))
    values: set[tuple[str, ...]] = set()
    for rows in several.values():
        group = [tuple(write_value(table.rows[row][1][number]) for number in columns) for row in rows]
        values.update(group)
        if len(set(group)) < len(group) or len(values) > 2 * most:
            return False
    return len(several) > 1 or most > 2


def _list_joined(
    table: ValueTable, names: Sequence[tuple[int, str]], rows: Sequence[int]
) -> Iterator[dict[str, object]]:
    """The values that a feature gets, for each of its rows; once none where it has no rows."""
    for row in rows:
        values = table.rows[row][1]
        yield {name: values[number] for number, name in names if write_value(values[number])}
    if not rows:
        yield {}


def _list_some(told: Sequence[str]) -> str:
    return ", ".join(told[:_SHOWN]) + (f" and {len(told) - _SHOWN:,} more" if len(told) > _SHOWN else "")


def _list_values(values: Iterable[str]) -> str:
    return _list_some([f'"{value[:40]}"' for value in dict.fromkeys(filter(None, values))][:3]) or "none"
